"""Precompute what the signals need of each fact: its utterances as questions, their meaning and their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.deciding.wordmap import WordMap
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rows import Floats
from bot.matching.ranking.semantic import encode_texts
from bot.matching.reading.question import ParsedQuestion
from bot.matching.reading.roles import KnownParticipants

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Profile:
    """The profile of one fact; vectors have length one, and no columns without an encoder."""

    fact: str
    asked: tuple[ParsedQuestion, ...]
    utterance_vectors: Floats  # (utterances, dimensions)
    centre: Floats  # (dimensions,): centroid of the utterances
    text_vectors: Floats  # (languages, dimensions): the fact's text
    word_rows: Ints  # rows of its words in the word map
    utterance_word_rows: tuple[Ints, ...]  # the same for each utterance
    known_participants: Mapping[str, KnownParticipants]  # by act (a concept or a stem)


def build_profiles(
    asked: Mapping[str, Sequence[ParsedQuestion]],
    texts: Mapping[str, Sequence[ParsedQuestion]],
    known_participants: Mapping[str, Mapping[str, KnownParticipants]],
    encoder: Encoder | None,
) -> tuple[dict[str, Profile], WordMap]:
    """Return the profile of each fact, and the map of their words.

    `asked` and `texts` are the parsed utterances and texts of each fact.
    """
    surfaces = (
        unit.surface for rows in (asked, texts) for item in rows.values() for q in item for unit in q.content_words
    )
    words = WordMap.build(surfaces, encoder)
    profiles = {}
    for fact in asked:
        questions = (*asked[fact], *texts[fact])
        vectors = encode_texts([question.text for question in asked[fact]], encoder)
        profiles[fact] = Profile(
            fact=fact,
            asked=tuple(asked[fact]),
            utterance_vectors=vectors,
            centre=_normalised(vectors.mean(axis=0)),
            text_vectors=encode_texts([question.text for question in texts[fact]], encoder),
            word_rows=words.rows(unit.surface for question in questions for unit in question.content_words),
            utterance_word_rows=tuple(
                words.rows(unit.surface for unit in question.content_words) for question in asked[fact]
            ),
            known_participants=known_participants[fact],
        )
    return profiles, words


def _normalised(vector: Floats) -> Floats:
    length = np.linalg.norm(vector)
    unit: Floats = (vector / length if length else vector).astype(np.float32)
    return unit
