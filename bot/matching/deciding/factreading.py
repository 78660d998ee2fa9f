"""How the wordings of a fact are read: all that the index keeps of them, small enough to be cached on disk."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import NamedTuple, Protocol

from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.negation import denied_keys
from bot.matching.reading.participants import SPEECH_ACTS
from bot.matching.reading.question import ParsedQuestion
from bot.matching.reading.reader import Reader
from bot.matching.reading.roles import KnownParticipants, asks_for_another, known_participants
from bot.story.model import Event, Fact, Slot

CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
CURRENCY = re.compile(r"[€$£¥₹%]|\b(?:EUR|USD|GBP|CHF)\b")


@dataclass(frozen=True)
class Wordings:
    """What is written of a fact, as it was read."""

    asked: Sequence[ParsedQuestion]
    texts: Mapping[str, ParsedQuestion]  # by language
    dated: Sequence[ParsedQuestion]  # its date in the words of the source

    @classmethod
    def of(cls, fact: Fact, reader: Reader) -> "Wordings":
        """Read a fact."""
        return cls(
            asked=[reader.read_curated(text, code) for code, text in fact.asked.values()],
            texts={code: reader.read_curated(text, code) for code, text in fact.text.root.items()},
            dated=[reader.read_curated(text, code) for code, text in dated(fact)],
        )


class AskedReading(NamedTuple):
    """How an utterance was read."""

    slot: Slot | None
    names: frozenset[str]  # entity ids
    keys: tuple[str, ...]  # of its content words
    surfaces: tuple[str, ...]  # of the same
    canonical: str


class FactReading(NamedTuple):
    """How the wordings of one fact were read."""

    asked: tuple[AskedReading, ...]
    told: tuple[str, ...]  # the surfaces of the content words of its texts
    words_of_text: frozenset[str]  # keys, words and figures of its texts and of its date
    words_of_asked: frozenset[str]  # of the utterances that are no yes-no questions
    words_of_yes_no: frozenset[str]  # of the others
    bare: frozenset[frozenset[str]]  # the keys of each utterance that is only a name or a speech act
    denied: frozenset[str]  # the words that its texts deny: "did not like"
    is_negated: bool  # an utterance asks with a negation
    is_denying: bool  # so does an utterance, or a text has one
    is_timed: bool  # a text tells a time of day
    is_priced: bool  # a text tells an amount of money, or a share
    asks_for_another: bool  # an utterance asks "who else"
    participants: Mapping[str, KnownParticipants]  # by act (a concept or a stem)

    @classmethod
    def of(cls, wordings: Wordings, same: dict[KnownParticipants, KnownParticipants]) -> "FactReading":
        """Summarise wordings; `same` has the participants of other facts, so that equal ones are stored once."""
        asked, texts = wordings.asked, [*wordings.texts.values()]
        is_negated = any(item.is_negated for item in asked)
        return cls(
            asked=tuple(map(_asked, asked)),
            told=tuple(intern(unit.surface) for text in texts for unit in text.content_words),
            words_of_text=keys_of([*texts, *wordings.dated]),
            words_of_asked=keys_of(item for item in asked if item.slot != "yes-no"),
            words_of_yes_no=keys_of(item for item in asked if item.slot == "yes-no"),
            bare=frozenset(question.keys for question in asked if says_nothing(question)),
            denied=frozenset[str]().union(*map(denied_keys, texts)),
            is_negated=is_negated,
            is_denying=is_negated or any(not text.spoken.negations.isdisjoint(text.tokens) for text in texts),
            is_timed=any(map(_is_timed, texts)),
            is_priced=any(map(_is_priced, texts)),
            asks_for_another=any(map(asks_for_another, asked)),
            participants=known_participants([*asked, *texts], same),
        )


class FactReadings(Protocol):
    """Remembers how facts are read."""

    def recall(self, fact: Fact, lexicon: Lexicon) -> FactReading | None:
        """Return how a fact was read with the same words and names; None if it must be read."""
        ...

    def remember(self, fact: Fact, reading: FactReading, wordings: Wordings, reader: Reader) -> None:
        """Take a fact that was read."""
        ...


def _asked(question: ParsedQuestion) -> AskedReading:
    return AskedReading(
        slot=question.slot,
        names=frozenset(unit.key for unit in question.names),
        keys=tuple(unit.key for unit in question.content_words),
        surfaces=tuple(intern(unit.surface) for unit in question.content_words),
        canonical=question.canonical,
    )


def _is_timed(text: ParsedQuestion) -> bool:
    return bool(CLOCK.search(text.text)) or not text.spoken.times_of_day.isdisjoint(text.tokens)


def _is_priced(text: ParsedQuestion) -> bool:
    return bool(CURRENCY.search(text.text)) or not text.spoken.currencies.isdisjoint(text.tokens)


def keys_of(questions: Iterable[ParsedQuestion]) -> frozenset[str]:
    """Return the keys of the units of some questions, and every single word and figure in them."""
    keys = set[str]()
    for question in questions:
        keys.update(question.keys, question.tokens, question.figures)
    return frozenset(map(intern, keys))  # the same words are in many facts


def says_nothing(question: ParsedQuestion) -> bool:
    """Return whether a question is only one name, or none, and words such as "say"."""
    is_one_name = len({unit.key for unit in question.names}) <= 1
    return is_one_name and all(unit.key in SPEECH_ACTS for unit in question.content_words)


def dated(record: Fact | Event) -> Iterable[tuple[str, str]]:
    """Return the date in the words of the source, by language."""
    return record.when.stated.root.items() if record.when and record.when.stated else ()
