"""The records that curators write, as frozen values that pydantic validates."""

import operator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from bot.story.dates import DateError, ImpreciseDate
from bot.story.texts import NonBlank, Text, Texts


def _day(text: str) -> str:
    """Return the EDTF of a day; raise DateError if it is anything else."""
    if ImpreciseDate.parse(text).precision != "day":
        raise DateError(f"{text!r} is not a day such as 2024-03-05")
    return text


def _edtf_text(value: object) -> object:
    """Return a date as text: an unquoted 2015 is a number to YAML; raise ValueError if it begins with a zero."""
    if isinstance(value, int) and str(value) != str(+value):
        raise ValueError(f"{value} begins with a zero and is not in quotation marks")
    return str(value)


MAX_ID_CHARACTERS = 40

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=MAX_ID_CHARACTERS)]
SourceId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=60)]
ArticleField = Annotated[str, StringConstraints(min_length=1, max_length=200)]  # copied from the article
Edtf = Annotated[
    str,
    BeforeValidator(_edtf_text, json_schema_input_type=str | int),
    AfterValidator(lambda text: ImpreciseDate.parse(text).edtf),
]
PlainEdtf = Annotated[Edtf, AfterValidator(lambda text: ImpreciseDate.plain(text).edtf)]
DayEdtf = Annotated[Edtf, AfterValidator(_day)]

EntityKind = Literal[
    "person",
    "organisation",
    "product",  # something an organisation makes
    "place",
    "role",  # the holders of a position or members of a group, not named
]
FactKind = Literal[
    "report",  # the article says it in its own voice
    "claim",  # somebody asserts it
    "denial",  # somebody denies another fact
    "quote",  # somebody's exact words
]
Status = Literal[
    "draft",  # not shown
    "published",
    "corrected",  # shown; an earlier version was wrong
    "withdrawn",  # no longer shown
]
Slot = Literal["who", "what", "when", "where", "why", "how", "how-many", "yes-no"]

IS_SHOWN: dict[Status, bool] = {"draft": False, "published": True, "corrected": True, "withdrawn": False}


class Record(BaseModel):
    """A frozen record that rejects unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(Record):
    """Where a fact is written: a source, a paragraph (from 1), and the exact words.

    `prefix` and `suffix` are needed only if the words occur twice (W3C TextQuoteSelector). `quoted` says that the words
    are those of whoever asserts the fact, and `translation` is ours. A citation without them keeps its fingerprint.
    """

    source: SourceId
    paragraph: Annotated[int, Field(ge=1)]
    exact: NonBlank
    prefix: str = ""
    suffix: str = ""
    quoted: bool = Field(default=False, exclude_if=operator.not_)
    translation: Text | None = Field(default=None, exclude_if=operator.not_)


class Derivation(Record):
    """The fact whose date this one was worked out from, and the time between them (ISO 8601, such as P3Y)."""

    fact: Id
    offset: str


class When(Record):
    """A date no more precise than its source; if the source's date is relative, also its own words.

    Only what the source announces may lie after the story's own date.
    """

    edtf: Edtf
    announced: bool = Field(default=False, exclude_if=operator.not_)  # so that a fact without it keeps its fingerprint
    stated: Text | None = None
    derived_from: Derivation | None = None


def _as_ids(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


OneOrMany = Annotated[tuple[Id, ...], BeforeValidator(_as_ids, json_schema_input_type=Id | list[Id])]


Act = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"\S")]
Acts = Annotated[tuple[Act, ...], BeforeValidator(_as_ids, json_schema_input_type=Act | list[Act])]


class Roles(Record):
    """Who did what to whom; `act` is a concept of the language, a concept of the story's vocabulary, or any word."""

    agent: OneOrMany = ()
    act: Acts
    patient: OneOrMany = ()


def _as_roles(value: Any) -> Any:
    return [value] if isinstance(value, dict | Roles) else value or ()


EveryRole = Annotated[tuple[Roles, ...], BeforeValidator(_as_roles, json_schema_input_type=Roles | list[Roles] | None)]


class Entity(Record):
    """A person, organisation, product, place or role of the story."""

    id: Id
    kind: EntityKind
    name: Text
    aliases: Texts = Texts({})
    role: Text
    speaks_for: Id | None = None
    citations: tuple[Citation, ...] = ()


class FactCorrection(Record):
    """What was wrong in a fact: the day it was corrected, what the fact said before, and why it changed."""

    date: DayEdtf
    was: Text
    note: Text


class Event(Record):
    """Something that happened: its date, no more precise than its source, and the facts about it."""

    id: Id
    when: When | None = None
    name: Text
    aliases: Texts = Texts({})
    facts: tuple[Id, ...] = ()


class Fact(Record):
    """One curated assertion: what it says, who asserts it, which fact it replies to, and where it is written."""

    id: Id
    status: Status = "published"
    kind: FactKind
    by: Id | None = None
    about: tuple[Id, ...] = ()
    roles: EveryRole = ()
    answers: tuple[Slot, ...] = ()
    replies_to: Id | None = None
    when: When | None = None
    text: Text
    asked: Texts
    citations: tuple[Citation, ...]
    correction: FactCorrection | None = None

    @property
    def is_shown(self) -> bool:
        """Whether readers may see it: published and corrected facts only."""
        return IS_SHOWN[self.status]


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) and value != "abstain" else value


Expected = Annotated[
    tuple[Id, ...] | Literal["abstain"],
    BeforeValidator(_one_or_many, json_schema_input_type=Id | list[Id] | Literal["abstain"]),
]


class StoryQuestion(Record):
    """One of the story's own test questions, with the facts that answer it, or `abstain`."""

    ask: NonBlank
    expect: Expected


class Paragraph(Record):
    """What a paragraph says, in one line in our own words."""

    paragraph: Annotated[int, Field(ge=1)]
    digest: Text


class Source(Record):
    """The record of an article; a field that the article does not give is null, never made up."""

    id: SourceId
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    published: PlainEdtf
    title: ArticleField | None
    publisher: ArticleField | None
    author: ArticleField | None
    url: Annotated[str, StringConstraints(pattern=r"^https?://", max_length=300)] | None
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    length: Annotated[int, Field(ge=1)]  # characters
    paragraphs: tuple[Paragraph, ...]


class Concept(Record):
    """Words that mean the same in one story, in each of its languages."""

    concept: Id
    words: Texts


class StoryHead(Record):
    """The story's id, title, languages and dates."""

    id: Id
    title: Text
    languages: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")], ...]
    as_of: PlainEdtf
    expires: PlainEdtf | None = None


class StoryFile(Record):
    """What a YAML file of a story may contain; a story is all its files merged."""

    story: StoryHead | None = None
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    facts: tuple[Fact, ...] = ()
    questions: tuple[StoryQuestion, ...] = ()
    vocabulary: tuple[Concept, ...] = ()


class Story(Record):
    """A whole story, with look-ups by id."""

    story: StoryHead
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    facts: tuple[Fact, ...] = ()
    questions: tuple[StoryQuestion, ...] = ()
    vocabulary: tuple[Concept, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def id(self) -> str:
        """The story's id."""
        return self.story.id

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of every text; the first is the story's own."""
        return self.story.languages

    @cached_property
    def shown_facts(self) -> dict[str, Fact]:
        """The facts that may be shown, by id."""
        return {fact.id: fact for fact in self.facts if fact.is_shown}

    @cached_property
    def entity(self) -> dict[str, Entity]:
        """The entities by id."""
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def source(self) -> dict[str, Source]:
        """The sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def replies(self) -> dict[str, tuple[Fact, ...]]:
        """The shown facts that deny or answer a fact, by its id."""
        found: dict[str, tuple[Fact, ...]] = {}
        for fact in self.shown_facts.values():
            if fact.replies_to:
                found[fact.replies_to] = (*found.get(fact.replies_to, ()), fact)
        return found

    @cached_property
    def citing(self) -> dict[str, dict[int, list[Fact]]]:
        """The shown facts that cite each paragraph of each source; a fact once for each paragraph."""
        found: dict[str, dict[int, dict[str, Fact]]] = {}
        for fact in self.shown_facts.values():
            for citation in fact.citations:
                found.setdefault(citation.source, {}).setdefault(citation.paragraph, {})[fact.id] = fact
        return {
            source: {paragraph: list(facts.values()) for paragraph, facts in rows.items()}
            for source, rows in found.items()
        }

    @cached_property
    def asserted(self) -> dict[str, list[Fact]]:
        """The shown facts that each entity asserts."""
        found: dict[str, list[Fact]] = {}
        for fact in self.shown_facts.values():
            if fact.by:
                found.setdefault(fact.by, []).append(fact)
        return found

    @cached_property
    def concerning(self) -> dict[str, list[Fact]]:
        """The shown facts about each entity that others assert, or nobody."""
        found: dict[str, list[Fact]] = {}
        for fact in self.shown_facts.values():
            for one in dict.fromkeys(fact.about):
                if one != fact.by:
                    found.setdefault(one, []).append(fact)
        return found

    @cached_property
    def event(self) -> dict[str, Event]:
        """The events by id."""
        return {event.id: event for event in reversed(self.events)}

    def beside(self, fact: Fact) -> tuple[Fact, ...]:
        """Return the facts that must be shown with this one: the fact it replies to, then its replies."""
        target = self.shown_facts.get(fact.replies_to) if fact.replies_to else None
        return (*((target,) if target else ()), *self.replies.get(fact.id, ()))
