"""Precompute what the signals need of each fact: its utterances as questions, their meaning and their words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, chain, pairwise

import numpy as np
import numpy.typing as npt

from bot.matching.deciding.factreading import FactReading
from bot.matching.deciding.wordmap import WordMap
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rows import Floats
from bot.matching.ranking.semantic import encode_texts
from bot.matching.reading.roles import KnownParticipants
from bot.story.model import Fact, Slot

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
    asked_rows: Ints  # the same for its utterances, one after the other, as many as the keys of each
    known_participants: Mapping[str, KnownParticipants]  # by act (a concept or a stem)

    @property
    def utterance_word_rows(self) -> list[Ints]:
        """The rows of each utterance's words in the word map."""
        ends = accumulate((len(asked.keys) for asked in self.asked), initial=0)
        return [self.asked_rows[start:end] for start, end in pairwise(ends)]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A fact whose words have no row yet."""

    asked: tuple[UtteranceProfile, ...]  # with the keys in the order of the surfaces
    surfaces: tuple[tuple[str, ...], ...]  # of the content words of each
    texts: tuple[str, ...]
    told: tuple[str, ...]  # the surfaces of the content words of its texts
    known_participants: Mapping[str, KnownParticipants]


class ProfileBuilder:
    """Collects the facts of a story one by one, so that few of their readings are in memory at a time."""

    def __init__(self) -> None:
        self._drafts: dict[str, _Draft] = {}
        self._names: dict[frozenset[str], frozenset[str]] = {}  # each set once: most utterances name the same few

    def add(self, fact: Fact, read: FactReading) -> None:
        """Add a fact, as it was read."""
        self._drafts[fact.id] = _Draft(
            asked=tuple(
                UtteranceProfile(each.slot, self._names.setdefault(each.names, each.names), each.keys)
                for each in read.asked
            ),
            surfaces=tuple(each.surfaces for each in read.asked),
            texts=tuple(fact.text.values()),
            told=read.told,
            known_participants=read.participants,
        )

    def build(self, encoder: Encoder | None, vectors: Floats) -> tuple[dict[str, Profile], WordMap]:
        """Return the profile of each fact, and the map of their words; what was collected is released one by one.

        `vectors` are those of the utterances of all facts, fact by fact: the profiles are views of them.
        """
        drafts = self._drafts.values()
        of_asked = (surface for draft in drafts for surfaces in draft.surfaces for surface in surfaces)
        words = WordMap.build(chain(of_asked, (surface for draft in drafts for surface in draft.told)), encoder)
        profiles, end = {}, 0
        for fact in list(self._drafts):
            draft = self._drafts.pop(fact)
            start, end = end, end + len(draft.asked)
            profiles[fact] = _profile(fact, draft, words, encoder, vectors[start:end])
        return profiles, words


def _profile(fact: str, draft: _Draft, words: WordMap, encoder: Encoder | None, vectors: Floats) -> Profile:
    wordings: list[UtteranceProfile] = []
    rows: list[int] = []
    for asked, surfaces in zip(draft.asked, draft.surfaces, strict=True):
        key_of = {words.row_of[surface]: key for surface, key in zip(surfaces, asked.keys, strict=True)}
        rows += sorted(key_of)
        wordings.append(replace(asked, keys=tuple(key_of[row] for row in sorted(key_of))))
    return Profile(
        fact=fact,
        asked=tuple(wordings),
        utterance_vectors=vectors,
        centre=_normalised(vectors.mean(axis=0)),
        text_vectors=encode_texts(draft.texts, encoder),
        word_rows=words.rows(chain(draft.told, *draft.surfaces)),
        asked_rows=np.array(rows, np.intp),
        known_participants=draft.known_participants,
    )


def _normalised(vector: Floats) -> Floats:
    length = np.linalg.norm(vector)
    unit: Floats = (vector / length if length else vector).astype(np.float32)
    return unit
