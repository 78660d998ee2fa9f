"""Compute the signals for and against a fact as the answer to a question, the input of the fitted vote.

`SIGNALS` describes each signal, and the sign that its weight in the vote must have, if any.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.matching.deciding.evidence import Evidence, Reason
from bot.matching.deciding.profiles import Ints, Profile, UtteranceProfile
from bot.matching.deciding.wordmap import WordMap
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rows import Floats
from bot.matching.ranking.semantic import encode_texts
from bot.matching.reading.participants import ParticipantsByAct
from bot.matching.reading.question import ParsedQuestion, Unit
from bot.matching.reading.spelling.wordlist import rarity
from bot.story.model import Slot

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
    "only_names": Signal(-1, "it has none of the question's content words"),
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
    "asked_alike": Signal(
        1, "share of the question, word by word, that an utterance with the same question word has; any, if it has none"
    ),
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


Column = Sequence[float] | npt.NDArray[np.floating | np.integer]  # one number per candidate
Columns = dict[str, Column]  # by signal

NO_ROWS = np.empty(0, np.intp)
NO_ROW = np.array([-1], np.intp)  # stands for a word that is like no other
NO_UTTERANCE = UtteranceProfile(None, frozenset(), ())
USUAL_RARITY = 4.2  # mean over the words of questions in tests/stories


class RankedFact(NamedTuple):
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
    """The content words of a question, compared with the words of the candidates."""

    units: tuple[Unit, ...]
    rows: Ints  # sorted: NO_ROW, then those of the candidates' words in the word map
    near: Floats  # (words, rows): similarity, at least 0; the first column is 0
    likeness: Floats  # (words, candidates): similarity to the nearest word of each candidate
    adds: Floats  # (words,): 1 - cosine of the question with and without the word
    rarity: Floats  # (words,)


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
        if not candidates:
            return np.empty((0, len(SIGNALS)))
        profiles = [candidate.profile for candidate in candidates]
        content = self._content_words(question, profiles)
        (meaning,) = encode_texts([question.text], self._encoder)
        cosines = [profile.utterance_vectors @ meaning for profile in profiles] if meaning.size else []
        columns = {
            **_ranks(candidates, threshold),
            **_meanings(profiles, meaning, cosines),
            **_words_missing(content, [candidate.evidence for candidate in candidates]),
            **self._beside_nearest(question, content, profiles, cosines),
            "asked_alike": _asked_alike(question, content, profiles),
            **_grammar(question, candidates, participants),
        }
        signals = np.empty((len(candidates), len(SIGNALS)))
        for number, name in enumerate(SIGNALS):
            signals[:, number] = columns[name]
        return signals

    def _content_words(self, question: ParsedQuestion, profiles: Sequence[Profile]) -> _ContentWords:
        units = question.content_words
        adds = self._adds(question, units)
        of_each, starts = _in_one([profile.word_rows for profile in profiles])
        rows, at = np.unique(of_each, return_inverse=True)
        near = np.zeros((len(units), len(rows)), np.float32)
        np.maximum(self._words.near([unit.surface for unit in units], rows[1:]), 0, out=near[:, 1:])
        return _ContentWords(
            units=units,
            rows=rows,
            near=near,
            likeness=np.maximum.reduceat(near[:, at], starts, axis=1),
            adds=adds,
            rarity=np.array([self._rarity(unit, question) for unit in units], np.float32),
        )

    def _adds(self, question: ParsedQuestion, units: Sequence[Unit]) -> Floats:
        """Return how much each content word adds to the meaning of a question: (words,)."""
        if self._encoder is None:
            return np.ones(len(units), np.float32)
        without = []
        for unit in units[: max(1, MAX_ENCODED_WORDS // max(1, len(question.tokens)))]:
            end = unit.at + len(unit.surface.split())
            without.append(" ".join([*question.tokens[: unit.at], *question.tokens[end:]]))
        vectors = encode_texts([" ".join(question.tokens), *without], self._encoder)
        adds: Floats = 1 - vectors[1:] @ vectors[0]
        rest = len(units) - len(adds)  # of a long text: they may add as much as any other word
        return np.pad(adds, (0, rest), constant_values=adds.max(initial=0))

    @staticmethod
    def _rarity(unit: Unit, question: ParsedQuestion) -> float:
        """Return the rarity of a word; for a foreign question the usual one, to avoid loading another word list."""
        return USUAL_RARITY if question.is_foreign else rarity(unit.surface, question.spoken.code)

    def _beside_nearest(
        self, question: ParsedQuestion, content: _ContentWords, profiles: Sequence[Profile], cosines: Sequence[Floats]
    ) -> Columns:
        """Compare the question with each fact's nearest utterance, word by word; without an encoder with its first."""
        numbers = [int(row.argmax()) if row.size else 0 for row in cosines] or [0] * len(profiles)
        pairs = list(zip(profiles, numbers, strict=True))
        asked = [profile.asked[number] if profile.asked else NO_UTTERANCE for profile, number in pairs]
        rows = [profile.utterance_word_rows[number] if profile.asked else NO_ROWS for profile, number in pairs]
        covered, covering = self._covered(content, asked, rows)
        ours = frozenset(unit.key for unit in question.names)
        columns: Columns = {
            "covered": covered,
            "covering": covering,
            "same_names": [len(ours & theirs.names) / max(1, len(ours | theirs.names)) for theirs in asked],
            "same_slot": [question.slot == theirs.slot for theirs in asked],
            "head": _heads(question, content),
        }
        are_asked = np.array([bool(profile.asked) for profile in profiles])
        return columns if are_asked.all() else {name: np.where(are_asked, row, 0.0) for name, row in columns.items()}

    def _covered(
        self, content: _ContentWords, asked: Sequence[UtteranceProfile], rows: Sequence[Ints]
    ) -> tuple[list[float], list[float]]:
        """Return how well utterances, by their words' rows, cover the question, and how well it covers each."""
        likeness, starts = _likeness(content, asked, rows)
        of_ours = np.ascontiguousarray(np.maximum.reduceat(likeness, starts, axis=1).T)
        of_theirs, total = likeness.max(axis=0, initial=0), float(content.rarity.sum())
        rarities = [self._row_rarity[own] for own in rows]
        return [_weighted_mean(row, content.rarity, total) for row in of_ours], [
            _weighted_mean(of_theirs[start + 1 : start + 1 + len(own)], own, float(own.sum()))
            for start, own in zip(starts.tolist(), rarities, strict=True)
        ]


def _likeness(
    content: _ContentWords, asked: Sequence[UtteranceProfile], rows: Sequence[Ints]
) -> tuple[npt.NDArray[np.floating], Ints]:
    """Compare the question's words with those of utterances: (words, all rows), and where each utterance starts."""
    of_each, starts = _in_one(rows)
    likeness = content.near[:, np.searchsorted(content.rows, of_each)]
    ours: dict[str, list[int]] = {}
    for number, unit in enumerate(content.units):
        ours.setdefault(unit.key, []).append(number)
    for start, utterance in zip(starts.tolist(), asked, strict=True):
        for column, key in enumerate(utterance.keys, start + 1):
            if key in ours:
                likeness[ours[key], column] = 1.0
    return likeness, starts


def _asked_alike(question: ParsedQuestion, content: _ContentWords, profiles: Sequence[Profile]) -> Column:
    """Return for each fact how much of the question's names and content words one of its utterances has.

    An utterance counts if it has the same question word; if the question has none, any counts.
    """
    ours = frozenset(unit.key for unit in question.names)
    alike = np.zeros(len(profiles))
    utterances = [
        (number, theirs, rows)
        for number, profile in enumerate(profiles)
        for theirs, rows in zip(profile.asked, profile.utterance_word_rows, strict=True)
        if question.slot in {None, theirs.slot}
    ]
    if not utterances:
        return alike
    of_facts, asked, rows = zip(*utterances, strict=True)
    likeness, starts = _likeness(content, asked, rows)
    words = np.maximum.reduceat(likeness, starts, axis=1).sum(axis=0)
    names = np.array([len(ours & theirs.names) for theirs in asked])
    np.maximum.at(alike, list(of_facts), (words + names) / max(1, len(content.units) + len(ours)))
    return alike


def _in_one(rows: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Return some rows one after the other, NO_ROW before each so that none is empty, and where each starts."""
    starts = np.zeros(len(rows), np.intp)
    np.cumsum([len(own) + 1 for own in rows[:-1]], out=starts[1:])
    return np.concatenate([part for own in rows for part in (NO_ROW, own)]), starts


def _weighted_mean(likeness: Floats, weights: Floats, total: float) -> float:
    return float(likeness @ weights) / total if total else 1.0


def _best_of_others(values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Return the largest of the other values in the last axis, for each value; 0 if there is no other."""
    if values.shape[-1] < 2:
        return np.zeros_like(values)
    best, second = (np.partition(values, -at, axis=-1)[..., -at, None] for at in (1, 2))
    is_best = np.arange(values.shape[-1]) == values.argmax(axis=-1)[..., None]
    return np.where(is_best, second, best)


def _heads(question: ParsedQuestion, content: _ContentWords) -> Column:
    """Return how similar each fact's words are to the word right after the question word; 1 if there is none."""
    after = max(question.question_words) + 1 if question.question_words else None
    at = next((number for number, unit in enumerate(content.units) if unit.at == after), None)
    return np.ones(content.likeness.shape[1]) if at is None else content.likeness[at]


def _meanings(profiles: Sequence[Profile], meaning: Floats, cosines: Sequence[Floats]) -> Columns:
    """Return the cosines of the question with each fact's utterances and its text; 0 without an encoder."""
    if not meaning.size:
        return dict.fromkeys(("centre", "told", "meaning_lead"), np.zeros(len(profiles)))
    nearest = np.array([row.max(initial=0) for row in cosines], np.float64)
    centre = np.array([profile.centre @ meaning for profile in profiles], np.float64)
    return {
        "centre": centre,
        "told": [(profile.text_vectors @ meaning).max(initial=0) for profile in profiles],
        "meaning_lead": (nearest + centre - _best_of_others(nearest + centre)) / 2,
    }


def _words_missing(content: _ContentWords, evidence: Sequence[Evidence]) -> Columns:
    """Compare the words that each candidate does not have with those that it has, and with the other candidates'."""
    units, likeness = content.units, content.likeness
    is_missing = np.array([[unit.surface in item.unknown for item in evidence] for unit in units], np.bool_)
    is_missing = is_missing.reshape(likeness.shape)
    unlike = np.where(is_missing, 1 - likeness, np.float32(0))
    lost = unlike * content.adds[:, None]
    elsewhere = np.where(is_missing, _best_of_others(likeness) - likeness, 0)
    count = np.maximum(is_missing.sum(axis=0), 1).astype(np.float32)
    is_concept = np.array([unit.is_concept for unit in units], np.bool_)
    return {
        "held": [len(item.known) / max(1, len(item.known) + len(item.unknown)) for item in evidence],
        "only_names": is_missing.all(axis=0) if units else np.zeros(len(evidence)),
        "other_meaning": is_missing[is_concept].sum(axis=0),
        "likeness": 1 - unlike.sum(axis=0) / count,
        "lost": lost.sum(axis=0),
        "lost_most": lost.max(axis=0, initial=0),
        "owned_elsewhere": elsewhere.max(axis=0, initial=0),
        "known_elsewhere": [item.elsewhere for item in evidence],
    }


def _ranks(candidates: Sequence[RankedFact], threshold: float) -> Columns:
    scores = np.array([candidate.score for candidate in candidates])
    return {
        "score": scores,
        "lead": scores - _best_of_others(scores),
        "typed": [candidate.typed for candidate in candidates],
        "read": [candidate.read for candidate in candidates],
        "above": scores - threshold,
        "lexical": [candidate.lexical for candidate in candidates],
    }


def _grammar(question: ParsedQuestion, candidates: Sequence[RankedFact], participants: ParticipantsByAct) -> Columns:
    number = len(candidates)
    agents = {act: asked.agent for act, asked in participants.items() if asked.agent}
    against = [{*candidate.evidence.vetoes, *candidate.evidence.doubts} for candidate in candidates]
    return {
        "slot_share": [_slot_share(question.slot, candidate.profile) for candidate in candidates],
        "no_slot": [question.slot is None] * number,
        "yes_no": [question.slot == "yes-no"] * number,
        "names": [len(question.names)] * number,
        "other_party": [_has_other_party(agents, candidate.profile) for candidate in candidates],
        "foreign": [question.is_foreign] * number,
        **{name: [name in reasons for reasons in against] for name in OBJECTION_SIGNALS},
    }


def _slot_share(slot: Slot | None, profile: Profile) -> float:
    """Return the share of a fact's utterances with a question word."""
    return sum(asked.slot == slot for asked in profile.asked) / max(1, len(profile.asked)) if slot else 0.0


def _has_other_party(agents: Mapping[str, str], profile: Profile) -> bool:
    """Return whether the agent of an act in the question is in none of the fact's own wordings of that act."""
    known = ((agent, profile.known_participants.get(act)) for act, agent in agents.items())
    return any(found and found.agents and agent not in found.agents for agent, found in known)
