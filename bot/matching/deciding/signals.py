"""Compute the signals for and against a fact as the answer to a question, the input of the fitted vote.

`SIGNALS` describes each signal, and the sign that its weight in the vote must have, if any.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.matching.deciding.evidence import Evidence, Reason
from bot.matching.deciding.profiles import Profile
from bot.matching.deciding.wordmap import WordMap
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rows import Floats
from bot.matching.ranking.semantic import encode_texts
from bot.matching.reading.question import ParsedQuestion, Unit
from bot.matching.reading.roles import ParticipantsByAct
from bot.matching.reading.spelling.wordlist import rarity

MAX_ENCODED_WORDS = 1_500  # in all the texts without one of their words; an encoder reads 50,000 in a second


class Signal(NamedTuple):
    """The meaning of a signal, and whether it speaks for the fact (1), against it (-1) or depends (0)."""

    sign: int
    meaning: str


SIGNALS: dict[str, Signal] = {
    "score": Signal(1, "mean score of the two rankings"),
    "lead": Signal(1, "how far its score is ahead of every other fact's"),
    "typed": Signal(1, "score of the question as typed"),
    "read": Signal(1, "score of the question's names, concepts and question word"),
    "above": Signal(1, "how far its score is above the story's own threshold"),
    "lexical": Signal(1, "cosine with the nearest utterance, by words and letters"),
    "centre": Signal(1, "cosine with the centroid of its utterances, by meaning"),
    "told": Signal(1, "cosine with its text, by meaning"),
    "meaning_lead": Signal(1, "how far it is ahead of every other fact, by meaning"),
    "held": Signal(1, "share of the question's names and content words that it has"),
    "other_meaning": Signal(-1, "number of missing words that have a known concept"),
    "likeness": Signal(1, "how similar its words are to the missing ones, on average"),
    "lost": Signal(
        -1, "how much the missing words add to the meaning, weighted by how much they differ from its words"
    ),
    "lost_most": Signal(-1, "the same for the missing word that adds most"),
    "owned_elsewhere": Signal(-1, "how much more similar another fact's words are to a missing word"),
    "known_elsewhere": Signal(-1, "number of missing words that another fact has"),
    "head": Signal(1, "how similar its words are to the word after the question word"),
    "covered": Signal(1, "how well its nearest utterance covers the question, word by word"),
    "covering": Signal(1, "how well the question covers its nearest utterance, word by word"),
    "same_names": Signal(1, "share of names that the question and its nearest utterance have in common"),
    "same_slot": Signal(1, "its nearest utterance has the same question word"),
    "slot_share": Signal(1, "share of its utterances with the same question word"),
    "no_slot": Signal(0, "the question has no question word"),
    "yes_no": Signal(0, "the question is a yes-no question"),
    "names": Signal(0, "number of names in the question"),
    "figure": Signal(-1, "a missing word is a figure"),
    "word": Signal(-1, "a missing word changes what is asked"),
    "other_party": Signal(-1, "the agent is not that of its own wordings"),
    "foreign": Signal(0, "the question is not in a language of the story"),
    "name": Signal(-1, "the question names somebody the fact does not"),
    "slot": Signal(-1, "the question word asks for something the fact does not say"),
    "role": Signal(-1, "the question swaps who does what to whom, or who says so"),
    "bare": Signal(-1, "only a name and a question word, and no utterance of the fact asks just that"),
}


OBJECTION_SIGNALS: tuple[Reason, ...] = ("name", "word", "figure", "slot", "role", "bare")  # vetoes and doubts too


NO_ROWS = np.empty(0, np.intp)
USUAL_RARITY = 4.2  # mean over the words of questions in tests/stories


@dataclass(frozen=True)
class RankedFact:
    """A fact with its evidence and its scores in the two rankings."""

    profile: Profile
    evidence: Evidence
    typed: float  # score of the question as typed
    read: float  # score of its names, concepts and slot
    lexical: float  # cosine with its nearest utterance, by words and letters

    @property
    def score(self) -> float:
        """The mean of the two scores."""
        return (self.typed + self.read) / 2


class _ContentWords(NamedTuple):
    """The content words of a question; arrays have one row per word."""

    units: tuple[Unit, ...]
    rows: npt.NDArray[np.intp]  # sorted: those of the candidates' words in the word map
    near: Floats  # (words, rows): similarity
    adds: Floats  # (words,): 1 - cosine of the question with and without the word
    rarity: Floats  # (words,)

    def near_rows(self, rows: npt.NDArray[np.intp]) -> Floats:
        """Return the similarity to some of the rows: (words, rows)."""
        near: Floats = self.near[:, np.searchsorted(self.rows, rows)]
        return near


class SignalExtractor:
    """Computes the signals of candidate facts of one story."""

    def __init__(self, words: WordMap, encoder: Encoder | None, row_rarity: Floats) -> None:
        self._words = words
        self._encoder = encoder
        self._row_rarity = row_rarity

    def of(
        self,
        question: ParsedQuestion,
        candidates: Sequence[RankedFact],
        threshold: float,
        participants: ParticipantsByAct,
    ) -> npt.NDArray[np.float64]:
        """Return the signals of each candidate: (candidates, signals), in the order of `SIGNALS`."""
        content = self._content_words(question, candidates)
        (meaning,) = encode_texts([question.text], self._encoder)
        nearness = [_nearness(meaning, candidate.profile) for candidate in candidates]
        likeness = np.array([_best(content, candidate.profile.word_rows) for candidate in candidates])
        rows = []
        for number, candidate in enumerate(candidates):
            others = [at for at in range(len(candidates)) if at != number]
            values = _ranks(candidate, [candidates[at] for at in others], threshold)
            values |= _meanings(nearness, number, others)
            values |= self._words_missing(content, candidate, likeness[number], likeness[others])
            values |= self._beside_nearest(question, content, candidate.profile, meaning)
            values |= _grammar(question, candidate, participants)
            rows.append([values[name] for name in SIGNALS])
        return np.array(rows, np.float64).reshape(len(candidates), len(SIGNALS))

    def _content_words(self, question: ParsedQuestion, candidates: Sequence[RankedFact]) -> _ContentWords:
        units = question.content_words
        rows = np.unique(np.concatenate([NO_ROWS, *(candidate.profile.word_rows for candidate in candidates)]))
        without = []
        for unit in units[: max(1, MAX_ENCODED_WORDS // max(1, len(question.tokens)))]:
            end = unit.at + len(unit.surface.split())
            without.append(" ".join([*question.tokens[: unit.at], *question.tokens[end:]]))
        vectors = encode_texts([" ".join(question.tokens), *without], self._encoder)
        adds: Floats = 1 - vectors[1:] @ vectors[0]
        rest = len(units) - len(adds)  # of a long text: they may add as much as any other word
        return _ContentWords(
            units=units,
            rows=rows,
            near=self._words.near([unit.surface for unit in units], rows),
            adds=np.pad(adds, (0, rest), constant_values=adds.max(initial=0)),
            rarity=np.array([self._rarity(unit, question) for unit in units], np.float32),
        )

    @staticmethod
    def _rarity(unit: Unit, question: ParsedQuestion) -> float:
        """Return the rarity of a word; for a foreign question the usual one, to avoid loading another word list."""
        return USUAL_RARITY if question.is_foreign else rarity(unit.surface, question.spoken.code)

    def _words_missing(
        self, asked_words: _ContentWords, candidate: RankedFact, likeness: Floats, elsewhere: Floats
    ) -> dict[str, float]:
        evidence = candidate.evidence
        unknown = [at for at, unit in enumerate(asked_words.units) if unit.surface in evidence.unknown]
        likeness = np.maximum(likeness, 0)
        unlike = 1 - likeness[unknown]
        lost = unlike * asked_words.adds[unknown]
        lead_elsewhere = (elsewhere.max(axis=0, initial=0) - likeness)[unknown]
        count = len(evidence.known) + len(evidence.unknown)
        return {
            "held": len(evidence.known) / max(1, count),
            "other_meaning": sum(asked_words.units[at].is_concept for at in unknown),
            "likeness": float(1 - unlike.mean()) if unknown else 1.0,
            "lost": float(lost.sum()),
            "lost_most": float(lost.max(initial=0)),
            "owned_elsewhere": float(lead_elsewhere.max(initial=0)),
            "known_elsewhere": evidence.elsewhere,
        }

    def _beside_nearest(
        self, question: ParsedQuestion, asked_words: _ContentWords, profile: Profile, meaning: Floats
    ) -> dict[str, float]:
        """Compare the question with the fact's nearest utterance, word by word."""
        if not profile.asked:
            return dict.fromkeys(("covered", "covering", "same_names", "same_slot", "head"), 0.0)
        number = int((profile.utterance_vectors @ meaning).argmax()) if profile.utterance_vectors.size else 0
        asked, rows = profile.asked[number], profile.utterance_word_rows[number]
        likeness = np.maximum(asked_words.near_rows(rows), 0)
        theirs_are = np.array(asked.keys, object)
        likeness[np.array([unit.key for unit in asked_words.units], object)[:, None] == theirs_are[None, :]] = 1.0
        ours, theirs = {unit.key for unit in question.names}, asked.names
        return {
            "covered": _weighted_mean(likeness.max(axis=1, initial=0), asked_words.rarity),
            "covering": _weighted_mean(likeness.max(axis=0, initial=0), self._row_rarity[rows]),
            "same_names": len(ours & theirs) / max(1, len(ours | theirs)),
            "same_slot": float(question.slot == asked.slot),
            "head": self._head(question, asked_words, profile),
        }

    def _head(self, question: ParsedQuestion, asked_words: _ContentWords, profile: Profile) -> float:
        """Return how similar the fact's words are to the word right after the question word; 1 if there is none."""
        if not question.question_words:
            return 1.0
        after = max(question.question_words) + 1
        at = next((number for number, unit in enumerate(asked_words.units) if unit.at == after), None)
        return 1.0 if at is None else float(asked_words.near_rows(profile.word_rows)[at].max(initial=0))


def _best(content: _ContentWords, rows: npt.NDArray[np.intp]) -> Floats:
    best: Floats = content.near_rows(rows).max(axis=1, initial=0)
    return best


def _weighted_mean(likeness: Floats, weights: Floats) -> float:
    total = float(weights.sum())
    return float(likeness @ weights) / total if total else 1.0


def _nearness(meaning: Floats, profile: Profile) -> tuple[float, float, float]:
    """Return the cosines of a question with the fact's nearest utterance, their centroid, and its text."""
    nearest = float((profile.utterance_vectors @ meaning).max(initial=0))
    return nearest, float(profile.centre @ meaning), float((profile.text_vectors @ meaning).max(initial=0))


def _meanings(nearness: Sequence[tuple[float, ...]], number: int, others: Sequence[int]) -> dict[str, float]:
    nearest, centre, text = nearness[number]
    best = max((nearness[at][0] + nearness[at][1] for at in others), default=0.0)
    return {
        "centre": centre,
        "told": text,
        "meaning_lead": (nearest + centre - best) / 2,
    }


def _ranks(candidate: RankedFact, others: Sequence[RankedFact], threshold: float) -> dict[str, float]:
    return {
        "score": candidate.score,
        "lead": candidate.score - max((other.score for other in others), default=0.0),
        "typed": candidate.typed,
        "read": candidate.read,
        "above": candidate.score - threshold,
        "lexical": candidate.lexical,
    }


def _grammar(question: ParsedQuestion, candidate: RankedFact, participants: ParticipantsByAct) -> dict[str, float]:
    profile, evidence = candidate.profile, candidate.evidence
    slots = [utterance.slot for utterance in profile.asked]
    others = (
        bool(
            asked.agent
            and (known := profile.known_participants.get(act))
            and known.agents
            and asked.agent not in known.agents
        )
        for act, asked in participants.items()
    )
    against = {*evidence.vetoes, *evidence.doubts}
    return {
        "slot_share": slots.count(question.slot) / max(1, len(slots)) if question.slot else 0.0,
        "no_slot": float(question.slot is None),
        "yes_no": float(question.slot == "yes-no"),
        "names": len(question.names),
        "other_party": float(any(others)),
        "foreign": float(question.is_foreign),
        **{name: float(name in against) for name in OBJECTION_SIGNALS},
    }
