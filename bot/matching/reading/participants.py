"""Read who does what to whom in a question, from word order and prepositions."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.matching.reading.language import Language
from bot.matching.reading.predicates import Predication, is_agentive, is_owner, predication
from bot.matching.reading.question import ParsedQuestion, Unit

SAY = "say"
THINK = "think"
ANSWER = "answer"
# Their agent must be the one who asserts the fact.
SPEECH_ACTS = (SAY, THINK, ANSWER, "deny", "admit", "confirm", "announce", "disagree")
MAX_PASSIVE_GAP_WORDS = 5  # from the act back to its auxiliary
MAX_AGENT_GAP_WORDS = 3  # from "said" to "by her"; further away, "by" is part of what is said


class Participants(NamedTuple):  # a tuple, since loading makes one for each word of each utterance
    """The agent and the patient of an act, according to the wording, and which of them are surely read."""

    agent: str | None = None
    patient: str | None = None
    subject: str | None = None  # of whom a predicate is said: "X is independent"
    target: str | None = None  # the patient, if it is beside the act, so that it is surely read
    doer: str | None = None  # the agent, if it opens the question and the act follows, so that it is surely read

    @classmethod
    def of(
        cls,
        agent: Unit | None,
        patient: Unit | None,
        subject: Unit | None = None,
        target: Unit | None = None,
        doer: Unit | None = None,
    ) -> "Participants":
        """Take the entities of units."""
        return cls(  # a unit is a tuple that is never empty
            agent and agent.key,
            patient and patient.key,
            subject and subject.key,
            target and target.key,
            doer and doer.key,
        )


ParticipantsByAct = Mapping[str, Participants]


class _Marked(NamedTuple):
    """Who does an act and to whom, as far as prepositions or word order say."""

    agent: Unit | None
    patient: Unit | None


def participants_by_act(question: ParsedQuestion) -> ParticipantsByAct:
    """Return the agent and patient of each act in a question."""
    if not question.names:
        return {unit.key: Participants() for unit in question.content_words}
    first = {unit.key: unit for unit in reversed(question.units)}
    return {unit.key: _of_unit(question, first[unit.key], question.spoken) for unit in question.content_words}


def participants(question: ParsedQuestion, act: str, language: Language) -> Participants:
    """Return the participants of an act in a question; each is None if the wording does not say."""
    act_unit = next((unit for unit in question.units if unit.key == act), None)
    if act_unit is None or not question.names:
        return Participants()
    return _of_unit(question, act_unit, language)


def _of_unit(question: ParsedQuestion, act_unit: Unit, language: Language) -> Participants:
    return _as_experienced(_of_act(question, act_unit, language), question, act_unit, language)


def _of_act(question: ParsedQuestion, act_unit: Unit, language: Language) -> Participants:
    """Return the participants as the words are; a noun for whoever does or is something has a subject and an owner."""
    is_active = act_unit.key in SPEECH_ACTS or _is_active_form(act_unit, language)
    said = None if is_active else predication(question, act_unit, language)
    subject = said.subject if said else None
    if act_unit.last_word in language.predicates:
        return Participants.of(subject, said.whose if said else _owner_after(question, act_unit, language), subject)
    marked = _marked(question, act_unit, language)
    if not language.nouns.isdisjoint(act_unit.surface.split(" ")):
        nearest = next((unit for unit in reversed(question.names) if unit.at < act_unit.at), None)
        return Participants.of(marked.agent or (nearest if marked.patient else None), marked.patient)
    if said and is_agentive(act_unit, language):
        after = next((unit for unit in question.names if unit.at > act_unit.at), None)
        return Participants.of(subject, said.whose or after)
    if said and said.is_noun and subject:
        return Participants.of(None, None, subject)
    if _is_noun(question, act_unit, language):
        return Participants.of(*marked)
    return _of_verb(question, act_unit, language, marked, said)


def _marked(question: ParsedQuestion, act_unit: Unit, language: Language) -> _Marked:
    """Return the names with a preposition of the agent ("by") or the patient ("against")."""
    is_speech = act_unit.key in SPEECH_ACTS
    markers = language.agent_markers if is_speech else language.doer_markers
    by = against = None
    for unit in reversed(question.names):
        if unit.before in markers and (not is_speech or unit.at - act_unit.at <= MAX_AGENT_GAP_WORDS):
            by = unit
        if unit.before in language.patient_markers:
            against = unit
    return _Marked(by, against)


def _of_verb(
    question: ParsedQuestion, act_unit: Unit, language: Language, marked: _Marked, said: Predication | None
) -> Participants:
    agent, patient = marked
    passed = language.complement_markers
    before: list[Unit] = []
    after: list[Unit] = []
    for unit in question.names:
        if unit.before in passed or unit in marked:
            continue
        if unit.at < act_unit.at:
            before.append(unit)
        elif unit.at > act_unit.at and not _opens_clause(question, unit, language):
            after.append(unit)
    is_joined = bool(before) and _is_in_own_clause(question, before[-1], act_unit, language)
    target = patient
    if _is_passive(question, act_unit, language):
        patient = patient or next(iter([*before[-1:], *after]), None)
        target = patient if said and patient is said.subject else None
    elif language.verb_final and before and not is_joined:
        agent, patient = _of_verb_final(question, act_unit, language, marked, before)
        target = patient
    elif before:
        agent = agent or (None if is_joined else before[-1])
    elif after and not agent and _is_inverted(question, act_unit, language):
        agent, after = (after[0] if _is_beside(question, act_unit, after[0], language) else None), after[1:]
    if after and act_unit.key not in SPEECH_ACTS:
        patient = patient or after[0]
        target = target or (patient if _is_beside(question, act_unit, patient, language) else None)
    is_sure = target is not None and not is_owner(question, target, language)
    doer = agent if agent is question.names[0] and _opens(question, agent, act_unit) else None
    return Participants.of(agent, patient, said.subject if said else None, target if is_sure else None, doer)


def _of_verb_final(
    question: ParsedQuestion, act_unit: Unit, language: Language, marked: _Marked, before: Sequence[Unit]
) -> _Marked:
    """Return agent and patient of an act after its object: "Hat X Y verklagt?", "Wer hat X verklagt?"."""
    agent, patient = marked
    first = min(question.question_words, default=0)
    between = [unit for unit in question.content_words if first < unit.at < act_unit.at]
    is_main = language.clause_markers.isdisjoint(question.tokens[first : act_unit.at]) and len(between) <= 1
    asks_agent = question.slot == "who" and is_main and not _asks_for_patient(question, language)
    if agent is None and not asks_agent:
        agent, before = before[0], before[1:]
    return _Marked(agent, patient or next(iter(before[-1:]), None))


def _as_experienced(found: Participants, question: ParsedQuestion, act_unit: Unit, language: Language) -> Participants:
    """Swap agent and patient if whoever feels or has it is the object: "X manque à Y" is "Y misses X".

    Without a dative the order of the two names decides ("gehören"); one name alone says nothing.
    """
    if act_unit.last_word not in language.experiencer_acts:
        return found
    if not language.datives and not (found.agent and found.patient):
        return Participants()
    marked = [unit for unit in question.names if unit.before in language.datives]
    before = question.tokens[max(0, act_unit.at - 2) : act_unit.at]
    is_asked = not language.datives.isdisjoint(before[:-1]) and act_unit.at - 1 in question.question_words
    if language.datives and not marked and not is_asked and language.persons.isdisjoint(before):
        return found
    felt_by = marked[0].key if marked else None if is_asked else found.patient
    caused_by = next((one for one in (found.agent, found.patient) if one != felt_by), None)
    return Participants(felt_by, caused_by, None, caused_by)


def _owner_after(question: ParsedQuestion, act_unit: Unit, language: Language) -> Unit | None:
    """Return X in "a subsidiary of X"."""
    after = (unit for unit in question.names if unit.at > act_unit.at and unit.before in language.of_markers)
    return next(after, None)


def _opens(question: ParsedQuestion, agent: Unit, act_unit: Unit) -> bool:
    """Return whether an agent is before an act that is the first word of the question."""
    is_first = all(unit.at >= act_unit.at for unit in question.content_words[:1])  # they are in the order of the text
    return is_first and agent.at < act_unit.at and act_unit.key not in SPEECH_ACTS


def _is_active_form(act_unit: Unit, language: Language) -> bool:
    """Return whether an act is active after an auxiliary of the passive too: "est parti", "is leaving"."""
    verb = act_unit.last_word
    return verb in language.intransitive or verb.endswith(language.endings_of_progressive)


def _is_noun(question: ParsedQuestion, act_unit: Unit, language: Language) -> bool:
    """Return whether an article that is no pronoun too is before an act: "the lawsuit", "des reproches"."""
    before = question.tokens[act_unit.at - 1] if act_unit.at else ""
    return before in language.noun_articles


def _is_passive(question: ParsedQuestion, act_unit: Unit, language: Language) -> bool:
    """Return whether an auxiliary of the passive precedes the act; "est parti" and "is leaving" are active.

    Only names and function words may be in between: "what is the mill accused of", "a-t-elle été inspectée". In "is it
    true that they sued" the auxiliary is no verb's.
    """
    is_verb = question.tokens[act_unit.at] not in language.stop  # "in charge" is none
    if language.passive_markers.isdisjoint(question.tokens) or not is_verb or _is_active_form(act_unit, language):
        return False
    for at in range(act_unit.at - 1, max(-1, act_unit.at - 1 - MAX_PASSIVE_GAP_WORDS), -1):
        token = question.tokens[at]
        if token in language.passive_markers and not (question.slot == "yes-no" and at in question.question_phrases):
            return True
        if at not in question.name_positions and (token not in language.stop or token in language.clause_markers):
            return False
    return False


def _is_inverted(question: ParsedQuestion, act_unit: Unit, language: Language) -> bool:
    """Return whether the subject follows the act: in questions of some languages, and in "says Kwon" in any."""
    if question.slot == "who":
        return language.inverts and _asks_for_patient(question, language)
    opens = language.stop.issuperset(question.tokens[: act_unit.at])  # "¿Compró Solmar la terminal?"
    return act_unit.key in SPEECH_ACTS or (language.inverts and (question.slot is not None or opens))


def _opens_clause(question: ParsedQuestion, unit: Unit, language: Language) -> bool:
    """Return whether a name follows a word that is also a question word, but joins a clause: "dit que X a fermé"."""
    at = unit.at - 1
    while at > 0 and question.tokens[at] in language.bare_articles:
        at -= 1
    return at > 0 and question.tokens[at] in language.clause_markers and at not in question.question_phrases


def _is_beside(question: ParsedQuestion, act_unit: Unit, patient: Unit, language: Language) -> bool:
    """Return whether only an article, a pronoun or a preposition is between an act and its patient."""
    return language.beside_acts.issuperset(question.tokens[act_unit.end : patient.at])


def _asks_for_patient(question: ParsedQuestion, language: Language) -> bool:
    """Return whether a preposition turns "who" into "whom": "¿A quién demandó Iturbe?"."""
    first = min(question.question_words, default=0)
    return not language.patient_markers.isdisjoint(question.tokens[max(0, first - 1) : first + 1])


def _is_in_own_clause(question: ParsedQuestion, name: Unit, act_unit: Unit, language: Language) -> bool:
    """Return whether the act is in a clause of its own: "Iturbe says that they closed"."""
    return not language.clause_markers.isdisjoint(question.tokens[name.at + 1 : act_unit.at])
