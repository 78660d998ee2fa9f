"""Compare who does what to whom in a question with a fact."""

from collections import defaultdict
from collections.abc import Iterable, Set
from functools import lru_cache
from typing import NamedTuple

from bot.matching.fold import words
from bot.matching.reading.language import Language
from bot.matching.reading.participants import (
    SAY,
    SPEECH_ACTS,
    Participants,
    ParticipantsByAct,
    participants_by_act,
)
from bot.matching.reading.question import ParsedQuestion
from bot.story.model import Fact, Roles, Story

# Acts that are aimed at somebody: whoever accuses one does not accuse another. A place or a part may stand for others.
AIMED_ACTS = frozenset(
    {
        *(
            "accuse",
            "sue",
            "criticise",
            "praise",
            "call",
            "warn",
            "threaten",
            "attack",
            "sentence",
            "punish",
            "investigate",
        ),
        *("lead", "found", "hire", "dismiss", "employ", "marry", "replace", "meet", "join", "arrest", "suspect"),
    }
)
MAX_CACHED_ACTS = 2_000  # of the stories' roles, as words


def act_keys(act: str, language: Language) -> frozenset[str]:
    """Return the keys that an act may have in a question: its concept, or the act itself and its stem."""
    phrase = _words_of_act(act)
    return frozenset({act, language.concept(phrase) or " ".join(map(language.stem, phrase))})


@lru_cache(MAX_CACHED_ACTS)
def _words_of_act(act: str) -> tuple[str, ...]:
    return tuple(words(act))


class KnownParticipants(NamedTuple):
    """The participants of an act in all the wordings of one fact."""

    agents: frozenset[str]
    patients: frozenset[str]
    subjects: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    doers: frozenset[str] = frozenset()

    def is_contradicted_by(self, asked: Participants, *, is_aimed: bool) -> bool:
        """Return whether a wording swaps agent and patient, or says it of somebody else.

        `is_aimed`: the act is aimed at somebody, so that doing it to anybody else is another act.
        """
        if asked.subject and self.subjects and asked.subject not in self.subjects:
            return True
        if is_aimed and asked.target and self.targets and asked.target not in self.targets | self.patients:
            return True
        if asked.doer and self.doers and asked.doer not in self.agents:
            return True
        if asked.agent is None or asked.patient is None or asked.agent in self.agents:
            return False
        return asked.agent in self.patients and (asked.patient in self.agents or asked.patient not in self.patients)


def known_participants(
    questions: Iterable[ParsedQuestion], same: dict[KnownParticipants, KnownParticipants] | None = None
) -> dict[str, KnownParticipants]:
    """Return the participants in the wordings of one fact, by act (a concept or a stem), if it has any.

    Equal ones are the same object if `same`, which has those of other facts, is given: most acts have the same.
    """
    found: dict[str, set[Participants]] = defaultdict(set)
    for question in questions:
        for act, wording in participants_by_act(question).items() if question.names else ():
            if any(wording):
                found[act].add(wording)
    same = {} if same is None else same
    return {act: same.setdefault(each := _known(wordings), each) for act, wordings in found.items()}


def _known(wordings: Set[Participants]) -> KnownParticipants:
    """Return everybody in each role."""
    return KnownParticipants(*(frozenset(filter(None, role)) for role in zip(*wordings, strict=True)))


def reverses(one: ParticipantsByAct, other: ParticipantsByAct) -> bool:
    """Return whether one question has the agent of an act as its patient in the other."""
    pairs = [(one[act], other[act]) for act in one.keys() & other.keys()]
    return any(a.agent != b.agent and a.agent == b.patient for pair in pairs for a, b in (pair, pair[::-1]) if a.agent)


def contradicts(
    question: ParsedQuestion, fact: Fact, story: Story, asked: ParticipantsByAct, spoke: tuple[str, str | None]
) -> bool:
    """Return whether the question has another agent, patient or speaker than the fact.

    `asked` and `spoke` are the results of `participants_by_act` and `asked_speaker` for the question.
    """
    if asked and any(_contradicts_curated(roles, question.spoken, asked) for roles in fact.roles):
        return True
    act, speaker = spoke
    if speaker is None:
        return False
    if fact.by:
        return speaker not in {fact.by, story.entity[fact.by].speaks_for}
    says_so = any(SAY in roles.act and speaker in roles.agent for roles in fact.roles)
    return not says_so and (act == SAY or speaker not in fact.about)


def asked_speaker(question: ParsedQuestion, asked: ParticipantsByAct) -> tuple[str, str | None]:
    """Return the first speech act that has an agent, and that agent; later speech acts are part of what is said."""
    spoken = ((unit.key, asked[unit.key].agent) for unit in question.content_words if unit.key in SPEECH_ACTS)
    return next(((act, speaker) for act, speaker in spoken if speaker), ("", None))


def asks_for_another(question: ParsedQuestion) -> bool:
    """Return whether it asks "who else"."""
    after = (question.tokens[at + 1 : at + 3] for at in question.question_words)
    spoken = question.spoken
    return question.slot == "who" and any(
        found[0] in spoken.others or (found[0] in spoken.stop and spoken.others.issuperset(found[1:]))
        for found in after
        if len(found) > 1
    )


def _contradicts_curated(roles: Roles, language: Language, asked: ParticipantsByAct) -> bool:
    keys = (key for act in roles.act for key in act_keys(act, language))
    return any(key in asked and _contradicts_roles(asked[key], roles) for key in keys)


def _contradicts_roles(asked: Participants, curated: Roles) -> bool:
    """Return whether the question has another agent than the fact, or the fact's agent as its patient."""
    if asked.agent and curated.agent and asked.agent not in curated.agent:
        return True
    parties = {*curated.agent, *curated.patient}
    if curated.patient and asked.subject and asked.subject not in parties:
        return True
    return bool(asked.patient and asked.patient in curated.agent and asked.patient not in curated.patient)
