"""Find who does what to whom in a question, from word order and prepositions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.matching.fold import words
from bot.matching.reading.language import Language
from bot.matching.reading.question import ParsedQuestion, Unit
from bot.story.model import Fact, Roles, Story

SAY = "say"
THINK = "think"
# Their agent must be the one who asserts the fact.
SPEECH_ACTS = (SAY, THINK, "answer", "deny", "admit", "confirm", "announce", "disagree")
MAX_CACHED_ACTS = 2_000  # of the stories' roles, as words
MAX_PASSIVE_GAP_WORDS = 5  # from the act back to its auxiliary
MAX_AGENT_GAP_WORDS = 3  # from "said" to "by her"; further away, "by" is part of what is said


@dataclass(frozen=True)
class Participants:
    """The agent and the patient of an act, according to the wording."""

    agent: str | None = None
    patient: str | None = None

    @classmethod
    def of(cls, agent: Unit | None, patient: Unit | None) -> "Participants":
        """Take the entities of two units."""
        return cls(agent.key if agent else None, patient.key if patient else None)


def act_keys(act: str, language: Language) -> frozenset[str]:
    """Return the keys that an act may have in a question: its concept, or the act itself and its stem."""
    phrase = _words_of_act(act)
    return frozenset({act, language.concept(phrase) or " ".join(map(language.stem, phrase))})


@lru_cache(MAX_CACHED_ACTS)
def _words_of_act(act: str) -> tuple[str, ...]:
    return tuple(words(act))


ParticipantsByAct = Mapping[str, Participants]


@dataclass(frozen=True, slots=True)
class KnownParticipants:
    """The agents and patients of an act in all the wordings of one fact."""

    agents: frozenset[str]
    patients: frozenset[str]

    def is_reversed_by(self, asked: Participants) -> bool:
        """Return whether a wording swaps agent and patient."""
        if asked.agent is None or asked.patient is None:
            return False
        is_patient = asked.agent in self.patients and asked.agent not in self.agents
        return is_patient and (asked.patient in self.agents or asked.patient not in self.patients)


def known_participants(questions: Iterable[ParsedQuestion]) -> dict[str, KnownParticipants]:
    """Return the agents and patients in the wordings of one fact, by act (a concept or a stem), if it has any."""
    agents: dict[str, set[str]] = defaultdict(set)
    patients: dict[str, set[str]] = defaultdict(set)
    for question in questions:
        for unit in question.content_words if question.names else ():
            found = participants(question, unit.key, question.spoken)
            if found.agent:
                agents[unit.key].add(found.agent)
            if found.patient:
                patients[unit.key].add(found.patient)
    known = {
        act: KnownParticipants(frozenset(agents.get(act, ())), frozenset(patients.get(act, ())))
        for act in dict.fromkeys([*agents, *patients])
    }
    same = {each: each for each in known.values()}  # most acts of a fact have the same
    return {act: same[each] for act, each in known.items()}


def participants(question: ParsedQuestion, act: str, language: Language) -> Participants:
    """Return the agent and patient of an act in a question; each is None if the wording does not say."""
    act_unit = next((unit for unit in question.units if unit.key == act), None)
    names = question.names
    if act_unit is None or not names:
        return Participants()
    according = language.agent_markers if act_unit.key in SPEECH_ACTS else language.agent_markers - language.according
    marked = (unit for unit in names if unit.before in according)
    agent = next(
        (unit for unit in marked if act_unit.key not in SPEECH_ACTS or unit.at - act_unit.at <= MAX_AGENT_GAP_WORDS),
        None,
    )
    patient = next((unit for unit in names if unit.before in language.patient_markers), None)
    if act_unit.surface.split()[-1] in language.predicates:
        whose = (unit for unit in names if unit.at > act_unit.at and unit.before in language.of_markers)
        return Participants.of(None, next(whose, None))
    if not language.nouns.isdisjoint(act_unit.surface.split()):
        nearest = next((unit for unit in reversed(names) if unit.at < act_unit.at), None)
        return Participants.of(agent or (nearest if patient else None), patient)
    passed = language.clause_markers | language.of_markers | language.topic_markers | language.according
    free = [unit for unit in names if unit not in (agent, patient) and unit.before not in passed]
    before = [unit for unit in free if unit.at < act_unit.at]
    after = [unit for unit in free if unit.at > act_unit.at]
    if _is_passive(question, act_unit, language):
        patient = patient or next(iter([*before[-1:], *after]), None)
    elif before:
        agent = agent or (None if _is_in_own_clause(question, before[-1], act_unit, language) else before[-1])
    elif after and not agent and _is_inverted(question, act_unit, language):
        agent, after = after[0], after[1:]
    if after and act_unit.key not in SPEECH_ACTS:
        patient = patient or after[0]
    return Participants.of(agent, patient)


def participants_by_act(question: ParsedQuestion) -> ParticipantsByAct:
    """Return the agent and patient of each act in a question."""
    return {unit.key: participants(question, unit.key, question.spoken) for unit in question.content_words}


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


def _contradicts_curated(roles: Roles, language: Language, asked: ParticipantsByAct) -> bool:
    keys = (key for act in roles.act for key in act_keys(act, language))
    return any(key in asked and _contradicts_roles(asked[key], roles) for key in keys)


def _contradicts_roles(asked: Participants, curated: Roles) -> bool:
    """Return whether the question has another agent than the fact, or the fact's agent as its patient."""
    if asked.agent and curated.agent and asked.agent not in curated.agent:
        return True
    return bool(asked.patient and asked.patient in curated.agent and asked.patient not in curated.patient)


def _is_passive(question: ParsedQuestion, act_unit: Unit, language: Language) -> bool:
    """Return whether an auxiliary of the passive precedes the act; "est parti" and "is leaving" are active.

    Only names and function words may be in between: "what is the mill accused of", "a-t-elle été inspectée". In "is it
    true that they sued" the auxiliary is no verb's.
    """
    verb = act_unit.surface.split()[-1]
    if verb in language.intransitive or verb.endswith(tuple(language.progressive_endings)):
        return False
    named = {unit.at + step for unit in question.names for step in range(len(unit.surface.split()))}
    for at in range(act_unit.at - 1, max(-1, act_unit.at - 1 - MAX_PASSIVE_GAP_WORDS), -1):
        token = question.tokens[at]
        if token in language.passive_markers and not (question.slot == "yes-no" and at in question.question_phrases):
            return True
        if at not in named and (token not in language.stop or token in language.clause_markers):
            return False
    return False


def _is_inverted(question: ParsedQuestion, act_unit: Unit, language: Language) -> bool:
    """Return whether the subject follows the act: in questions of some languages, and in "says Kwon" in any."""
    if question.slot == "who":
        return language.inverts and _asks_for_patient(question, language)
    opens = language.stop.issuperset(question.tokens[: act_unit.at])  # "¿Compró Solmar la terminal?"
    return act_unit.key in SPEECH_ACTS or (language.inverts and (question.slot is not None or opens))


def _asks_for_patient(question: ParsedQuestion, language: Language) -> bool:
    """Return whether a preposition turns "who" into "whom": "¿A quién demandó Iturbe?"."""
    first = min(question.question_words, default=0)
    return not language.patient_markers.isdisjoint(question.tokens[max(0, first - 1) : first + 1])


def _is_in_own_clause(question: ParsedQuestion, name: Unit, act_unit: Unit, language: Language) -> bool:
    """Return whether the act is in a clause of its own: "Iturbe says that they closed"."""
    return not language.clause_markers.isdisjoint(question.tokens[name.at + 1 : act_unit.at])
