"""Precompute what the signals need of each fact: its utterances as questions, their meaning and their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from sys import intern

import numpy as np
import numpy.typing as npt

from bot.matching.deciding.wordmap import WordMap
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rows import Floats
from bot.matching.ranking.semantic import encode_texts
from bot.matching.reading.question import ParsedQuestion
from bot.matching.reading.roles import KnownParticipants
from bot.story.model import Slot

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class UtteranceProfile:
    """What the signals need of an utterance; the utterance itself, as it was read, takes ten times the memory."""

    slot: Slot | None
    names: frozenset[str]  # entity ids
    keys: tuple[str, ...]  # of its content words, in the order of their rows in the word map


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile of one fact; vectors have length one, and no columns without an encoder."""

    fact: str
    asked: tuple[UtteranceProfile, ...]
    utterance_vectors: Floats  # (utterances, dimensions)
    centre: Floats  # (dimensions,): centroid of the utterances
    text_vectors: Floats  # (languages, dimensions): the fact's text
    word_rows: Ints  # rows of its words in the word map
    utterance_word_rows: tuple[Ints, ...]  # the same for each utterance
    known_participants: Mapping[str, KnownParticipants]  # by act (a concept or a stem)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A fact whose words have no row yet."""

    asked: tuple[tuple[Slot | None, frozenset[str], tuple[tuple[str, str], ...]], ...]  # slot, names, (surface, key)
    asked_texts: tuple[str, ...]
    texts: tuple[str, ...]
    told: tuple[str, ...]  # the surfaces of the content words of its texts
    known_participants: Mapping[str, KnownParticipants]


class ProfileBuilder:
    """Collects the facts of a story one by one, so that few of their readings are in memory at a time."""

    def __init__(self) -> None:
        self._drafts: dict[str, _Draft] = {}

    def add(
        self,
        fact: str,
        asked: Sequence[ParsedQuestion],
        texts: Sequence[ParsedQuestion],
        known: Mapping[str, KnownParticipants],
    ) -> None:
        """Add a fact, by its parsed utterances and texts."""
        self._drafts[fact] = _Draft(
            asked=tuple(
                (
                    question.slot,
                    frozenset(unit.key for unit in question.names),
                    tuple((intern(unit.surface), unit.key) for unit in question.content_words),
                )
                for question in asked
            ),
            asked_texts=tuple(question.text for question in asked),
            texts=tuple(text.text for text in texts),
            told=tuple(intern(unit.surface) for text in texts for unit in text.content_words),
            known_participants=known,
        )

    def build(self, encoder: Encoder | None) -> tuple[dict[str, Profile], WordMap]:
        """Return the profile of each fact, and the map of their words; what was collected is released one by one."""
        drafts = self._drafts.values()
        of_asked = (surface for draft in drafts for _, _, units in draft.asked for surface, _ in units)
        words = WordMap.build(chain(of_asked, (surface for draft in drafts for surface in draft.told)), encoder)
        return {fact: _profile(fact, self._drafts.pop(fact), words, encoder) for fact in list(self._drafts)}, words


def _profile(fact: str, draft: _Draft, words: WordMap, encoder: Encoder | None) -> Profile:
    vectors = encode_texts(draft.asked_texts, encoder)
    wordings, rows = [], []
    for slot, names, units in draft.asked:
        key_of = {words.row_of[surface]: key for surface, key in units}
        rows.append(np.array(sorted(key_of), np.intp))
        wordings.append(UtteranceProfile(slot, names, tuple(key_of[row] for row in sorted(key_of))))
    return Profile(
        fact=fact,
        asked=tuple(wordings),
        utterance_vectors=vectors,
        centre=_normalised(vectors.mean(axis=0)),
        text_vectors=encode_texts(draft.texts, encoder),
        word_rows=words.rows(chain(draft.told, (surface for _, _, units in draft.asked for surface, _ in units))),
        utterance_word_rows=tuple(rows),
        known_participants=draft.known_participants,
    )


def _normalised(vector: Floats) -> Floats:
    length = np.linalg.norm(vector)
    unit: Floats = (vector / length if length else vector).astype(np.float32)
    return unit
