"""What is known of each fact of a story, worked out once: its utterances as questions, their meaning, their words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.deciding.wordmap import WordMap
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.features import Floats
from bot.matching.ranking.semantic import encoded
from bot.matching.reading.question import Question
from bot.matching.reading.roles import Parts, parts
from bot.story.model import Story

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Acting:
    """Who does something and whom it is done to, in all the wordings of one fact."""

    agents: frozenset[str]
    patients: frozenset[str]


@dataclass(frozen=True)
class Profile:
    """One fact. The vectors are of length one; without an encoder they have no columns."""

    fact: str
    asked: tuple[Question, ...]
    vectors: Floats  # (utterances, dimensions)
    centre: Floats  # (dimensions,): of the utterances
    told: Floats  # (languages, dimensions): of the fact's text
    words: Ints  # rows of the word map that the fact holds
    words_of: tuple[Ints, ...]  # the same for each utterance
    acting: Mapping[str, Acting]  # by act: a concept, or a stem

    def turns_round(self, question: Question, act: str, found: Parts) -> bool:
        """Return whether the question makes the one who suffers an act the one who does it, and the other way round."""
        acting = self.acting.get(act)
        if acting is None or found.agent is None or found.patient is None:
            return False
        suffers = found.agent in acting.patients and found.agent not in acting.agents
        acts = found.patient in acting.agents or found.patient not in acting.patients
        return suffers and acts


def build_profiles(
    story: Story, asked: Mapping[str, Sequence[Question]], told: Mapping[str, Sequence[Question]], encoder: Encoder | None
) -> tuple[dict[str, Profile], WordMap]:
    """Return the profile of each fact, and the map of the words that they hold.

    `asked` and `told` are the utterances and the texts of each fact, as they were read.
    """
    surfaces = (unit.surface for rows in (asked, told) for item in rows.values() for q in item for unit in q.words)
    words = WordMap.build(surfaces, encoder)
    profiles = {}
    for fact in story.shown_facts:
        questions = (*asked[fact], *told[fact])
        vectors = encoded([question.text for question in asked[fact]], encoder)
        profiles[fact] = Profile(
            fact=fact,
            asked=tuple(asked[fact]),
            vectors=vectors,
            centre=_unit(vectors.mean(axis=0)),
            told=encoded([question.text for question in told[fact]], encoder),
            words=words.rows(unit.surface for question in questions for unit in question.words),
            words_of=tuple(words.rows(unit.surface for unit in question.words) for question in asked[fact]),
            acting=_acting(questions),
        )
    return profiles, words


def _acting(questions: Iterable[Question]) -> dict[str, Acting]:
    agents: dict[str, set[str]] = defaultdict(set)
    patients: dict[str, set[str]] = defaultdict(set)
    for question in questions:
        for unit in question.words:
            found = parts(question, unit.key, question.spoken)
            agents[unit.key].update(filter(None, [found.agent]))
            patients[unit.key].update(filter(None, [found.patient]))
    return {act: Acting(frozenset(agents[act]), frozenset(patients[act])) for act in agents}


def _unit(vector: Floats) -> Floats:
    length = np.linalg.norm(vector)
    unit: Floats = (vector / length if length else vector).astype(np.float32)
    return unit
