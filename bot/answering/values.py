"""What goes into a use case and what comes out: frozen values that know no surface."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.matching.deciding.decision import Candidate, Cause, Rule
from bot.story.dates import ImpreciseDate
from bot.story.model import EntityKind, FactKind, Story

Surface = Literal[
    "mention",
    "reply",
    "direct",
    "ask",
    "who",
    "when",
    "claims",
    "quote",
    "timeline",
    "button",
    "terminal",
    "look",
    "later",
]
Outcome = Literal["answer", "suggest", "abstain"]
IDLE: tuple[Cause, ...] = ("small_talk", "too_vague")  # causes that are no gap of a story: no later version answers
# How a fact that is shown relates to the first one of its reply.
Relation = Literal["answer", "replied_to", "denial", "reply"]


@dataclass(frozen=True)
class AsOf:
    """How fresh a story is: the date of its sources, and the day it was kept up to date until, once that is past."""

    date: str  # EDTF
    expired: str | None = None  # EDTF

    @classmethod
    def of(cls, story: Story, now: datetime) -> "AsOf":
        """Return the date of a story's sources, and when its shelf life ended if the last day of it is past."""
        head = story.story
        is_over = head.expires is not None and ImpreciseDate.parse(head.expires).latest < now.date()
        return cls(head.as_of, head.expires if is_over else None)


@dataclass(frozen=True)
class Utterance:
    """What a user typed, and where; ids are Discord's, 0 where there is none."""

    text: str
    locale: str  # of the user's client, such as "fr" or "en-US"
    author: int
    channel: int
    guild: int | None
    surface: Surface
    at: datetime
    reply_in: str | None = None  # a language that overrides what the question's words tell
    parent: int | None = None  # the channel that this one is a thread of


@dataclass(frozen=True)
class CitationView:
    """Where a fact is written, ready to be shown."""

    source: str
    paragraph: int
    quote: str
    language: str
    article: str  # "article of March 2024", with its title and publisher or the words that they are not recorded
    url: str | None


@dataclass(frozen=True)
class FactView:
    """A fact ready to be shown: never without who asserts it and where it is written."""

    id: str
    kind: FactKind
    by: str | None
    by_name: str | None
    text: str
    when: str | None  # EDTF
    when_words: str | None
    citations: tuple[CitationView, ...]
    relation: Relation
    score: float | None = None


Pair = tuple[FactView, ...]  # a fact, and where it is contested or contests, the other side


@dataclass(frozen=True)
class Suggestion:
    """A fact that is near a question, told by the utterance that asks for it."""

    story: str
    id: str
    text: str
    score: float


@dataclass(frozen=True)
class Reply:
    """What a question gets: an answer, the nearest that is on record, or the reason why there is neither.

    `facts[0]` is the answer, `nearest[0]` the fact that comes nearest to one; the others must be shown with it. A text
    that asks several questions has the answers to the others in `also`, each with what must be shown with it.
    """

    exchange: str
    question: str
    locale: str
    outcome: Outcome
    cause: Cause | None
    facts: tuple[FactView, ...]
    suggestions: tuple[Suggestion, ...]
    score: float | None
    as_of: AsOf
    story: str
    title: str  # of the story
    version: str
    elapsed_ms: float
    nearest: Pair = ()  # the fact of `suggestions[0]`
    is_tied: bool = False  # whether several facts answer equally well, so that none of them is the answer
    also: tuple[Pair, ...] = ()

    @property
    def answers(self) -> tuple[Pair, ...]:
        """The answer to each question of the text that has one, the surest first."""
        return (self.facts, *self.also) if self.facts else ()

    @property
    def answering(self) -> tuple[str, ...]:
        """The ids of the facts that the answers show, each once."""
        return tuple(dict.fromkeys(view.id for thread in self.answers for view in thread))

    @property
    def thread(self) -> Pair:
        """The fact that a reader sees, with what stands beside it."""
        return self.facts or self.nearest

    @property
    def others(self) -> tuple[Suggestion, ...]:
        """The suggestions whose fact is not seen already."""
        seen = {(self.story, view.id) for view in self.nearest}
        return tuple(item for item in self.suggestions if (item.story, item.id) not in seen)


@dataclass(frozen=True)
class EntityCard:
    """Who somebody is in the story, what they said, what is said of them."""

    exchange: str
    story: str
    version: str
    locale: str
    id: str
    name: str
    kind: EntityKind
    role: str
    citations: tuple[CitationView, ...]
    said: tuple[Pair, ...]
    about: tuple[Pair, ...]
    as_of: AsOf


@dataclass(frozen=True)
class EventCard:
    """When something happened, at its true precision, and the facts that tell it."""

    exchange: str
    story: str
    version: str
    locale: str
    id: str
    name: str
    when: str
    when_words: str
    facts: tuple[FactView, ...]
    as_of: AsOf


@dataclass(frozen=True)
class Shown:
    """Facts of a story that a command lists, each with what must stand beside it."""

    exchange: str
    story: str
    version: str
    locale: str
    as_of: AsOf
    about: str | None  # the id of the person whose they are; None for everybody's
    name: str | None
    threads: tuple[Pair, ...]


@dataclass(frozen=True)
class TimelineRow:
    """A dated event, from the earliest to the latest day that its source allows."""

    id: str
    name: str
    when_words: str
    earliest: date
    latest: date
    approximate: bool
    facts: tuple[FactView, ...]


@dataclass(frozen=True)
class Timeline:
    """A story's dated events in order."""

    story: str
    title: str
    version: str
    locale: str
    as_of: AsOf
    rows: tuple[TimelineRow, ...]


@dataclass(frozen=True)
class NotFound:
    """A name or an event that the story does not hold, with the nearest ones it does."""

    asked: str
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class SourceCard:
    """An article, and how many facts rest on it."""

    id: str
    article: str
    url: str | None
    facts: int
    paragraphs: int


@dataclass(frozen=True)
class Choice:
    """One completion of a partly typed name."""

    id: str
    name: str


@dataclass(frozen=True)
class StoryCard:
    """A story that is loaded, whether it answers here, and whether it does so because the place is bound to it."""

    id: str
    title: str
    answers: bool
    is_bound: bool


@dataclass(frozen=True)
class Explanation:
    """Why a question gets what it gets: the facts that were ranked, best first, and the one that a reader sees."""

    question: str
    understood: str  # the question, completed where it goes on from the one before
    outcome: Outcome
    cause: Cause | None
    rule: Rule  # that decided
    answer: float  # the least probability of an answer
    candidates: tuple[Candidate, ...]
    nearest: Candidate | None  # what is shown; the best of the ranking if nothing is
    is_tied: bool = False  # whether another fact answers equally well


@dataclass(frozen=True)
class Exchange:
    """One utterance with its reply, as the journal keeps it."""

    id: str
    follows: str | None  # the exchange whose suggestions this one chooses among
    utterance: Utterance
    understood: str  # the question, completed where it goes on from the one before
    locale: str
    outcome: Outcome
    cause: str | None
    facts: tuple[str, ...]
    score: float | None
    story: str
    version: str
    elapsed_ms: float


@dataclass(frozen=True)
class Asked:
    """A question as the journal tells it to editors."""

    question: str
    understood: str
    locale: str
    outcome: Outcome
    cause: Cause | None
    story: str
