"""Tell from word order and prepositions who does what to whom in a question."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.matching.fold import words
from bot.matching.reading.language import Language
from bot.matching.reading.question import ParsedQuestion, Unit
from bot.story.model import Fact, Roles, Story

SAY = "say"
THINK = "think"
SPEECH_ACTS = (
    SAY,
    THINK,
    "answer",
    "deny",
    "admit",
    "confirm",
    "announce",
    "disagree",
)  # whose agent must assert the fact
MAX_PASSIVE_GAP_WORDS = 5  # words between the auxiliary and the act
MAX_AGENT_GAP_WORDS = 3  # words between "said" and "by her"; further off, "by" belongs to what is said


@dataclass(frozen=True)
class Participants:
    """Who the wording makes the one that acts, and the one that is acted on."""

    agent: str | None = None
    patient: str | None = None

    @classmethod
    def of(cls, agent: Unit | None, patient: Unit | None) -> "Participants":
        """Name the entities behind two units."""
        return cls(agent.key if agent else None, patient.key if patient else None)


def act_keys(act: str, language: Language) -> frozenset[str]:
    """Return the keys that an act may have in a question: a concept's name, else what the act is as a word."""
    phrase = tuple(words(act))
    return frozenset({act, language.concept(phrase) or " ".join(map(language.stem, phrase))})


ParticipantsByAct = Mapping[str, Participants]  # by act


@dataclass(frozen=True)
class KnownParticipants:
    """Who does something and whom it is done to, in all the wordings of one fact."""

    agents: frozenset[str]
    patients: frozenset[str]

    def is_reversed_by(self, found: Participants) -> bool:
        """Return whether a wording makes the one who suffers the one who acts, and the other way round."""
        if found.agent is None or found.patient is None:
            return False
        suffers = found.agent in self.patients and found.agent not in self.agents
        return suffers and (found.patient in self.agents or found.patient not in self.patients)


def known_participants(questions: Iterable[ParsedQuestion]) -> dict[str, KnownParticipants]:
    """Return who acts and who suffers in some wordings of one fact, by act: a concept, or a stem."""
    agents: dict[str, set[str]] = defaultdict(set)
    patients: dict[str, set[str]] = defaultdict(set)
    for question in questions:
        for unit in question.content_words:
            found = participants(question, unit.key, question.spoken)
            agents[unit.key].update(filter(None, [found.agent]))
            patients[unit.key].update(filter(None, [found.patient]))
    return {act: KnownParticipants(frozenset(agents[act]), frozenset(patients[act])) for act in agents}


def participants(question: ParsedQuestion, act: str, language: Language) -> Participants:
    """Read the parts that names play in an act of the question; None where the wording does not tell."""
    done = next((unit for unit in question.units if unit.key == act), None)
    names = question.names
    if done is None or not names:
        return Participants()
    according = language.agent_markers if done.key in SPEECH_ACTS else language.agent_markers - language.according
    marked = (unit for unit in names if unit.before in according)
    agent = next(
        (unit for unit in marked if done.key not in SPEECH_ACTS or unit.at - done.at <= MAX_AGENT_GAP_WORDS), None
    )
    patient = next((unit for unit in names if unit.before in language.patient_markers), None)
    if done.surface.split()[-1] in language.predicates:
        whose = (unit for unit in names if unit.at > done.at and unit.before in language.of_markers)
        return Participants.of(None, next(whose, None))
    if not language.nouns.isdisjoint(done.surface.split()):
        nearest = next((unit for unit in reversed(names) if unit.at < done.at), None)
        return Participants.of(agent or (nearest if patient else None), patient)
    passed = language.clause_markers | language.of_markers | language.topic_markers | language.according
    free = [unit for unit in names if unit not in (agent, patient) and unit.before not in passed]
    before = [unit for unit in free if unit.at < done.at]
    after = [unit for unit in free if unit.at > done.at]
    if _is_passive(question, done, language):
        patient = patient or next(iter([*before[-1:], *after]), None)
    elif before:
        agent = agent or (None if _is_in_own_clause(question, before[-1], done, language) else before[-1])
    elif after and not agent and _is_inverted(question, done, language):
        agent, after = after[0], after[1:]
    if after and done.key not in SPEECH_ACTS:
        patient = patient or after[0]
    return Participants.of(agent, patient)


def participants_by_act(question: ParsedQuestion) -> ParticipantsByAct:
    """Return the parts that names play in each act of a question."""
    return {unit.key: participants(question, unit.key, question.spoken) for unit in question.content_words}


def contradicts(question: ParsedQuestion, fact: Fact, story: Story, found: ParticipantsByAct) -> bool:
    """Return whether the question turns the fact round: who acts, who is acted on, or who speaks.

    `found` is what `acted` returns for the question.
    """
    language = question.spoken
    told = [
        (key, roles)
        for roles in fact.roles
        for act in roles.act
        for key in act_keys(act, language)
        if key in question.keys
    ]
    if any(act in found and _reverses(found[act], roles) for act, roles in told):
        return True
    act, speaker = _asked_to_speak(question, found)
    if speaker is None:
        return False
    if fact.by:
        return speaker not in {fact.by, story.entity[fact.by].speaks_for}
    says_so = any(SAY in roles.act and speaker in roles.agent for roles in fact.roles)
    return not says_so and (act == SAY or speaker not in fact.about)


def _asked_to_speak(question: ParsedQuestion, found: ParticipantsByAct) -> tuple[str, str | None]:
    """Return the first act of speech whose agent is told, with that agent: what others say after it is its topic."""
    spoken = ((unit.key, found[unit.key].agent) for unit in question.content_words if unit.key in SPEECH_ACTS)
    return next(((act, speaker) for act, speaker in spoken if speaker), ("", None))


def _reverses(found: Participants, told: Roles) -> bool:
    """Tell whether somebody else acts, or the one who acts is acted on."""
    if found.agent and told.agent and found.agent not in told.agent:
        return True
    return bool(found.patient and found.patient in told.agent and found.patient not in told.patient)


def _is_passive(question: ParsedQuestion, done: Unit, language: Language) -> bool:
    """Return whether an auxiliary of the passive goes before the act; "est parti" and "is leaving" are active.

    Only names and function words may stand between the two: "is the mill accused", "a-t-elle été inspectée".
    """
    verb = done.surface.split()[-1]
    if verb in language.intransitive or verb.endswith(tuple(language.progressive_endings)):
        return False
    named = {unit.at + step for unit in question.names for step in range(len(unit.surface.split()))}
    for at in range(done.at - 1, max(-1, done.at - 1 - MAX_PASSIVE_GAP_WORDS), -1):
        token = question.tokens[at]
        if token in language.passive_markers and (at not in question.question_phrases):
            return True
        if at not in named and (token not in language.stop or token in language.clause_markers):
            return False
    return False


def _is_inverted(question: ParsedQuestion, done: Unit, language: Language) -> bool:
    """Tell whether the subject follows: in questions of some languages, and with "says Kwon" in any of them."""
    if question.slot == "who":
        return language.inverts and _asks_for_patient(question, language)
    opens = language.stop.issuperset(question.tokens[: done.at])  # "¿Compró Solmar la terminal?"
    return done.key in SPEECH_ACTS or (language.inverts and (question.slot is not None or opens))


def _asks_for_patient(question: ParsedQuestion, language: Language) -> bool:
    """Tell "whom" where a language says it by a preposition: "¿A quién demandó Iturbe?"."""
    first = min(question.question_words, default=0)
    return not language.patient_markers.isdisjoint(question.tokens[max(0, first - 1) : first + 1])


def _is_in_own_clause(question: ParsedQuestion, name: Unit, done: Unit, language: Language) -> bool:
    """Tell whether the act stands in a clause of its own: "Iturbe says that they closed"."""
    return not language.clause_markers.isdisjoint(question.tokens[name.at + 1 : done.at])
