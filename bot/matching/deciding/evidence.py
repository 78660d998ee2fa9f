"""Compare a question with a fact: which of its words the fact has, and what forbids the fact as the answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Literal, NamedTuple

from bot.matching.deciding.factreading import FactReading, dated, keys_of, says_nothing
from bot.matching.deciding.opposites import OPPOSITES, STANCES
from bot.matching.deciding.wanted import asks_price, head_position, is_precise, tells_name
from bot.matching.reading.figures import is_figure
from bot.matching.reading.negation import denied_keys, denies_only_complement
from bot.matching.reading.participants import (
    SAY,
    SPEECH_ACTS,
    THINK,
    Participants,
    ParticipantsByAct,
    participants_by_act,
)
from bot.matching.reading.question import ParsedQuestion, Unit
from bot.matching.reading.reader import Reader
from bot.matching.reading.roles import AIMED_ACTS, KnownParticipants, asked_speaker, asks_for_another, contradicts
from bot.story.dates import ImpreciseDate
from bot.story.model import Entity, Fact, Slot, Story, When

Veto = Literal[
    "name",  # the question names somebody the fact does not, or has an unknown word written like a name
    "word",  # a missing word changes what is asked ("exact"), or is who is identified ("her deputy")
    "missing",  # what is counted is missing, or most of a yes-no question, or all and it means other things
    "act",  # it asks whether somebody did something that no fact mentions
    "only_names",  # it asks whether somebody did, or is, something, and the fact has only the names
    "figure",  # it has a figure, a numeral or a letter that the fact does not
    "slot",  # it asks when, who, how many... which the fact does not say
    "role",  # it swaps who does what to whom, or who says so
    "twice",  # it asks two things, and the fact answers only one of them
    "negated",  # it asks "who did not...", and no utterance of the fact does
]
Doubt = Literal[
    "bare",  # only a name and a question word, or "say", and no utterance of the fact asks just that
]
Reason = Veto | Doubt
GRADED: frozenset[Veto] = frozenset({"missing", "act"})  # a sure vote outweighs them: other words may mean the same
CLOSED_SLOTS: frozenset[Slot | None] = frozenset({"yes-no", None})
OPEN_SLOTS: frozenset[Slot] = frozenset({"what", "how"})  # any fact may answer them
# A fact that answers one of these may state a duration or a distance.
MEASURABLE_SLOTS: frozenset[Slot] = frozenset({"how-many", "when"})
AGE = "age"
_UNCLEAR = frozenset({""})


class Evidence(NamedTuple):  # a tuple, as Candidate is
    """The evidence for and against a fact as the answer; all words are those of the question."""

    vetoes: tuple[Veto, ...]  # any of them forbids the fact as the answer
    doubts: tuple[Doubt, ...]  # reasons against it that do not forbid it, but are signals of the vote
    known: tuple[str, ...]  # words that the fact has
    unknown: tuple[str, ...]  # words that it does not have
    elsewhere: int = 0  # number of unknown words that another fact has

    @property
    def against(self) -> tuple[Reason, ...]:
        """All reasons against the fact as the answer, strongest first; any unknown word is one."""
        if self.unknown and not self.vetoes:
            return ("word", *self.doubts)
        return (*self.vetoes, *self.doubts)


class _AskedUnit(NamedTuple):
    """A name or a word of a question, with what holds of it beside any fact."""

    unit: Unit
    parts: Sequence[str]
    is_new_name: bool  # it is written like a name
    is_heavy: bool  # it changes what is asked
    is_value: bool
    is_head: bool  # what is counted or identified: right after "how many", or after "who is the"
    is_mentioned: bool  # some fact has it


class _Asked(NamedTuple):
    """A question, with what holds of it beside any fact."""

    question: ParsedQuestion
    participants: ParticipantsByAct
    speaker: tuple[str, str | None]  # the first speech act that has an agent, and that agent
    units: tuple[_AskedUnit, ...]
    says_nothing: bool
    for_another: bool  # it asks "who else"
    denied: frozenset[str]  # what it asks who did not do; `_UNCLEAR` if that is not found


class FactContents:
    """The names and content words of each fact of a story: of its utterances, its text and its events."""

    def __init__(self, story: Story, reader: Reader) -> None:
        """Collect what is said of the story outside its facts; `add` each of them, then `close`."""
        self._story = story
        self._events = _event_keys(story, reader)
        self._bare: dict[str, frozenset[frozenset[str]]] = {}
        # The words of yes-no utterances count for yes-no questions only: they may be what the fact denies.
        # Tuples take a quarter of the memory of sets.
        self._known_to_yes_no: dict[str, tuple[str, ...]] = {}
        self._known: dict[str, tuple[str, ...]] = {}
        negated, denying = set[str](), set[str]()
        self._negated = negated, denying  # a fact that says "not" may answer why not, but not who did not
        self._denied: dict[str, frozenset[str]] = {}  # the words that a fact denies: "did not like"
        self._asked_who: set[str] = set()  # the facts with an utterance that asks who
        self._timed: set[str] = set()  # the facts that tell a time of day
        self._priced: set[str] = set()  # the facts that tell an amount of money, or a share
        self._asks_for_another: set[str] = set()  # the facts with an utterance that asks "who else"
        self._known_participants: dict[str, Mapping[str, KnownParticipants]] = {}
        self._anywhere = frozenset[str]()
        self.figures = frozenset[str]()

    def add(self, fact: Fact, read: FactReading) -> None:
        """Add a fact, as it was read."""
        of_fact = self._keys_of_record(fact) | read.words_of_text
        self._known[fact.id] = tuple(of_fact | read.words_of_asked)
        self._known_to_yes_no[fact.id] = (
            tuple(of_fact | read.words_of_asked | read.words_of_yes_no)
            if read.words_of_yes_no
            else self._known[fact.id]
        )
        self._bare[fact.id] = read.bare
        self._known_participants[fact.id] = read.participants
        for is_one, facts in zip((read.is_negated, read.is_denying), self._negated, strict=True):
            if is_one:
                facts.add(fact.id)
        self._denied[fact.id] = read.denied
        if any(asked.slot == "who" for asked in read.asked):
            self._asked_who.add(fact.id)
        if read.is_timed:
            self._timed.add(fact.id)
        if read.is_priced:
            self._priced.add(fact.id)
        if read.asks_for_another:
            self._asks_for_another.add(fact.id)

    def close(self) -> None:
        """Collect what any of the facts mentions, once all are there."""
        self._events = {}
        self._anywhere = frozenset[str]().union(*self._known_to_yes_no.values())
        whens = (*(fact.when for fact in self._story.facts), *(event.when for event in self._story.events))
        self.figures = self._anywhere.union(*(_years(when) for when in whens if when))

    def _parties(self, fact: Fact) -> list[Entity]:
        """Return everybody and everything that a fact is about, and who says it."""
        return [self._story.entity[one] for one in dict.fromkeys((*fact.about, fact.by)) if one]

    def _keys_of_record(self, fact: Fact) -> frozenset[str]:
        """Return the keys of a fact's date, events and people."""
        speaker_keys = {fact.by, SAY, THINK} if fact.by else set()
        speakers = [self._story.entity[one] for one in (fact.by, *fact.about) if one]
        spoken_for = [speaker.speaks_for for speaker in speakers if speaker.speaks_for]
        events = self._events.get(fact.id, ())
        return _known_years(fact.when).union(fact.about, speaker_keys, spoken_for, *events)

    def mentions(self, unit: Unit) -> bool:
        """Return whether any fact has a name or a word."""
        return unit.key in self._anywhere

    def weigh(self, question: ParsedQuestion, fact_id: str, participants: ParticipantsByAct | None = None) -> Evidence:
        """Return the evidence for and against a fact as the answer to the question.

        `participants` is the result of `participants_by_act` for the question, if it is known already.
        """
        return self.weigh_all(question, (fact_id,), participants)[0]

    def weigh_all(
        self, question: ParsedQuestion, facts: Iterable[str], participants: ParticipantsByAct | None = None
    ) -> list[Evidence]:
        """Return the evidence on each of some facts; what depends on the question only is found once."""
        participants = participants_by_act(question) if participants is None else participants
        head = head_position(question)
        asked = _Asked(
            question=question,
            participants=participants,
            speaker=asked_speaker(question, participants),
            units=tuple(
                _AskedUnit(
                    unit=unit,
                    parts=(parts := unit.surface.split()),
                    is_new_name=unit.kind == "name" or unit.is_capitalised,
                    is_heavy=unit.key in STANCES or not question.spoken.heavy.isdisjoint(parts),
                    is_value=_is_value(unit, question),
                    is_head=unit.at == head,
                    is_mentioned=self.mentions(unit),
                )
                for unit in question.units
            ),
            says_nothing=says_nothing(question),
            for_another=asks_for_another(question),
            denied=_asked_denied(question),
        )
        return [self._weighed(asked, fact) for fact in facts]

    def _weighed(self, asked: "_Asked", fact_id: str) -> Evidence:
        question, fact = asked.question, self._story.shown_facts[fact_id]
        is_closed = question.slot in CLOSED_SLOTS
        known = frozenset((self._known_to_yes_no if is_closed else self._known)[fact_id])
        present = [item for item in asked.units if item.unit.key in known or known.issuperset(item.parts)]
        present_at = {item.unit.at for item in present}
        missing = [item for item in asked.units if item.unit.at not in present_at]
        vetoes: dict[Veto, bool] = {
            "name": any(item.is_new_name for item in missing),
            "word": any(item.is_heavy or (not is_closed and _has_opposite(item.unit, known)) for item in missing)
            or (question.slot == "who" and any(item.is_head for item in missing)),
            "missing": (question.slot == "how-many" and any(item.is_head for item in missing))
            or (is_closed and len(missing) > len(present))
            or _means_something_else(question, missing),
            "act": _asks_unmentioned_act(asked, missing),
            "only_names": _shares_only_names(asked, present, missing),
            "figure": any(item.is_value for item in missing),
            "slot": not self._fills(question, fact, known),
            "role": contradicts(question, fact, self._story, asked.participants, asked.speaker)
            or self._reverses_roles(asked.participants, fact_id)
            or _takes_denial_for_accusation(asked.participants, fact)
            or (asked.for_another and self._has_one_party(question, fact)),
            "twice": len(question.slots) > 1 and not question.slots.issubset(fact.answers),
            "negated": bool(asked.denied)
            and fact_id not in self._negated[question.slot == "why"]
            and asked.denied.isdisjoint(self._denied[fact_id]),
        }
        doubts: dict[Doubt, bool] = {
            "bare": asked.says_nothing and question.keys not in self._bare[fact_id],
        }
        return Evidence(
            vetoes=tuple(veto for veto, applies in vetoes.items() if applies),
            doubts=tuple(doubt for doubt, applies in doubts.items() if applies),
            known=tuple(item.unit.surface for item in present),
            unknown=tuple(item.unit.surface for item in missing),
            elsewhere=sum(item.is_mentioned for item in missing),
        )

    def _fills(self, question: ParsedQuestion, fact: Fact, known: Set[str]) -> bool:
        """Return whether the fact can answer the question word; for an age, a date or a number is not enough."""
        if question.asks_name and not tells_name(question, self._parties(fact)):
            return False
        if not is_precise(question, fact.when, is_timed=fact.id in self._timed):
            return False
        if asks_price(question) and fact.id not in self._priced:
            return False
        if question.slot == "who" and fact.id not in self._asked_who:
            return False  # somebody is in most facts, and need not be whom it asks for
        if question.measure:
            spans = question.measure != AGE and not MEASURABLE_SLOTS.isdisjoint(fact.answers)
            return spans or question.measure in known
        return question.slot is None or question.slot in OPEN_SLOTS or question.slot in fact.answers

    def _has_one_party(self, question: ParsedQuestion, fact: Fact) -> bool:
        """Return whether only one person said what the fact tells, or did it: nobody else is in it."""
        parties = {party for roles in fact.roles for party in roles.agent}
        if fact.by and (not parties or not question.keys.isdisjoint(SPEECH_ACTS)):
            parties = {fact.by}
        return len(parties) == 1 and fact.id not in self._asks_for_another

    def _reverses_roles(self, participants: ParticipantsByAct, fact_id: str) -> bool:
        """Return whether the question swaps agent and patient of the fact's own wordings."""
        known = self._known_participants[fact_id]
        return any(
            known[act].is_contradicted_by(self._uncurated(asked, act, fact_id), is_aimed=act in AIMED_ACTS)
            for act, asked in participants.items()
            if act in known
        )

    def _uncurated(self, asked: Participants, act: str, fact_id: str) -> Participants:
        """Return who takes part in an act, without an agent that the fact's roles name, whatever its wordings say."""
        roles = self._story.shown_facts[fact_id].roles
        is_curated = any(asked.agent in each.agent and act in each.act for each in roles)
        return asked._replace(agent=None, doer=None) if is_curated else asked


def _means_something_else(question: ParsedQuestion, missing: Sequence[_AskedUnit]) -> bool:
    """Return whether every content word is missing and has a known meaning, which the fact has not: "was it sold?"."""
    others = {item.unit.at for item in missing if item.unit.is_concept}
    return bool(question.content_words) and others.issuperset(unit.at for unit in question.content_words)


def _shares_only_names(asked: _Asked, present: Sequence[_AskedUnit], missing: Sequence[_AskedUnit]) -> bool:
    """Return whether it asks if somebody is or did something, and the fact has just the names: "Her a thief?"."""
    question = asked.question
    if question.slot not in CLOSED_SLOTS or not question.names:
        return False
    return any(item.unit.kind == "word" for item in missing) and all(item.unit.kind == "name" for item in present)


def _asks_unmentioned_act(asked: _Asked, missing: Sequence[_AskedUnit]) -> bool:
    """Return whether a yes-no question has an act of somebody that no fact mentions."""
    if asked.question.slot != "yes-no" or not asked.question.names:
        return False
    acts = (item.unit.key for item in missing if item.unit.kind == "word" and not item.is_mentioned)
    return any(any(asked.participants[act]) for act in acts)


def _takes_denial_for_accusation(participants: ParticipantsByAct, fact: Fact) -> bool:
    """Return whether it asks whom a party accuses, while in the fact that party only denies ("rejects it")."""
    asked = participants.get("accuse")
    is_told = any("accuse" in roles.act for roles in fact.roles)
    return fact.kind == "denial" and asked is not None and asked.agent == fact.by and not is_told


def _asked_denied(question: ParsedQuestion) -> frozenset[str]:
    """Return what a question asks who did not do; empty if it has no negation, or only in what somebody says."""
    if not question.is_negated or denies_only_complement(question):
        return frozenset()
    return denied_keys(question) or _UNCLEAR


def _has_opposite(unit: Unit, known: Set[str]) -> bool:
    """Return whether a fact has the opposite of a word; "Is it open?" may be answered by when it closed."""
    return unit.key in OPPOSITES and not known.isdisjoint(OPPOSITES[unit.key])


def _is_value(unit: Unit, question: ParsedQuestion) -> bool:
    """Return whether a word identifies one thing among others of its kind: 49, Pius X, grade B."""
    parts = unit.surface.lower().split()
    return is_figure(unit.surface) or not question.numerals.isdisjoint(parts)


def _event_keys(story: Story, reader: Reader) -> dict[str, list[frozenset[str]]]:
    """Return by fact the keys of the names and date of each event that it is about."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for event in story.events:
        texts = [*event.name.root.items(), *event.aliases.values(), *dated(event)]
        keys = keys_of(reader.read_curated(text, code) for code, text in texts) | _known_years(event.when)
        for fact in event.facts:
            found[fact].append(keys)
    return found


def _years(when: When) -> frozenset[str]:
    """Return each year in which something may have happened."""
    return frozenset(map(str, ImpreciseDate.parse(when.edtf).years))


def _known_years(when: When | None) -> frozenset[str]:
    """Return the years that a date states: a decade is asked for by its first one, and states no other."""
    if when is None:
        return frozenset()
    years = _years(when)
    return frozenset({min(years)}) if ImpreciseDate.parse(when.edtf).precision in {"decade", "years"} else years
