"""Hold a question against a fact: what the fact knows of it, and what stands against answering with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.matching.fold import words
from bot.matching.reading.question import Question, Unit
from bot.matching.reading.reader import Reader
from bot.matching.reading.roles import SAY, SPEECH, THINK, contradicts
from bot.story.model import Event, Fact, Slot, Story

Veto = Literal[
    "name",  # the question names somebody whom the fact does not
    "slot",  # it asks when, who, how many... and the fact does not say
    "role",  # it turns round who does what to whom, or who says so
    "bare",  # one name and a question word, or "say", which the fact is not asked by
    "guess",  # a person's name was guessed, or all that it shares with the fact is a guessed word
    "twice",  # two questions in one
    "negated",  # "who did not..."
]
OPEN_SLOTS: frozenset[Slot] = frozenset({"what", "how"})  # any fact may fill them


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against a fact; the words are those of the question."""

    vetoes: tuple[Veto, ...]
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    elsewhere: int = 0  # how many of the unknown words another fact holds


class Facts:
    """What each fact of a story knows: the names and content words of its utterances, its text and its events."""

    def __init__(self, story: Story, reader: Reader, asked: dict[str, list[Question]]) -> None:
        self._story = story
        self._bare = {
            fact: {frozenset(unit.key for unit in question.units) for question in questions}
            for fact, questions in asked.items()
        }
        # What the yes-no utterances of a fact hold is known to yes-no questions alone: it may be what the fact denies.
        self._if_asked, self._known = {}, {}
        for fact in story.shown_facts.values():
            told = self._told(fact, reader)
            self._if_asked[fact.id] = told | _held_by(asked[fact.id])
            self._known[fact.id] = told | _held_by(item for item in asked[fact.id] if item.slot != "yes-no")
        self._anywhere = frozenset[str]().union(*self._if_asked.values())
        whens = (*(fact.when for fact in story.facts), *(event.when for event in story.events))
        self.figures = self._anywhere.union(year for when in whens if when for year in words(when.edtf))

    def _told(self, fact: Fact, reader: Reader) -> frozenset[str]:
        """Return the names and words of a fact's text, its date, its events and its people."""
        texts = [*fact.text.root.items(), *_dated(fact)]
        for event in self._story.events:
            if fact.id in event.facts:
                texts += [*event.name.root.items(), *event.aliases.values(), *_dated(event)]
        voice = {fact.by, SAY, THINK} if fact.by else set()
        speakers = [self._story.entity[one] for one in (fact.by, *fact.about) if one]
        spoken_for = [speaker.speaks_for for speaker in speakers if speaker.speaks_for]
        return _held_by(reader.read_curated(text, code) for code, text in texts).union(fact.about, voice, spoken_for)

    def know(self, unit: Unit) -> bool:
        """Tell whether any fact holds a name or a word."""
        return unit.key in self._anywhere

    def hold(self, word: str) -> bool:
        """Return whether any fact holds a word as it is written."""
        return word in self._anywhere

    def weigh(self, question: Question, fact_id: str) -> Evidence:
        """Return what speaks for and against answering the question with a fact."""
        fact = self._story.shown_facts[fact_id]
        known = (self._if_asked if question.slot in {"yes-no", None} else self._known)[fact_id]
        held = [unit for unit in question.units if unit.key in known or known.issuperset(unit.surface.split())]
        missing = [unit for unit in question.units if unit not in held]
        one_name = len({unit.key for unit in question.names}) <= 1
        says_nothing = one_name and all(unit.key in SPEECH for unit in question.words)
        against: dict[Veto, bool] = {
            "name": any(unit.kind == "name" for unit in missing),
            "slot": question.slot not in OPEN_SLOTS | {None} and question.slot not in fact.answers,
            "role": contradicts(question, fact, self._story, question.spoken),
            "bare": says_nothing and question.keys not in self._bare[fact_id],
            "guess": self._is_guess(held),
            "twice": question.asks_twice,
            "negated": question.is_negated,
        }
        return Evidence(
            vetoes=tuple(veto for veto, stands in against.items() if stands),
            known=tuple(unit.surface for unit in held),
            unknown=tuple(unit.surface for unit in missing),
            elsewhere=sum(self.know(unit) for unit in missing),
        )

    def _is_guess(self, held: list[Unit]) -> bool:
        """Tell whether too much was guessed: two persons may have names that are one letter apart."""
        if any(
            unit.repaired and unit.kind == "name" and self._story.entity[unit.key].kind == "person" for unit in held
        ):
            return True
        return bool(held) and all(unit.repaired and unit.kind == "word" for unit in held)


def _dated(record: Fact | Event) -> Iterable[tuple[str, str]]:
    """Return the source's own words for a date, by language."""
    return record.when.stated.root.items() if record.when and record.when.stated else ()


def _held_by(questions: Iterable[Question]) -> frozenset[str]:
    """Return the names, the content words, and every word as it is written, whatever name or phrase it is part of."""
    return frozenset(
        key
        for question in questions
        for key in (*(unit.key for unit in question.units), *question.tokens, *question.figures)
    )
