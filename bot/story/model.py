"""The records that curators write, as frozen values that pydantic validates."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
)

from bot.story.dates import ImpreciseDate

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
SourceId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"\S")]
Recorded = Annotated[str, StringConstraints(min_length=1, max_length=200)]  # what an article gives of itself
Edtf = Annotated[
    str,
    BeforeValidator(str, json_schema_input_type=str | int),  # an unquoted 2015 is a number to YAML
    AfterValidator(lambda text: ImpreciseDate.parse(text).edtf),
]

EntityKind = Literal[
    "person",
    "organisation",
    "product",  # something an organisation makes
    "place",
    "role",  # whoever holds a position or takes part in a group, unnamed or several
]
FactKind = Literal[
    "report",  # the article says so in its own voice
    "claim",  # somebody asserts it
    "denial",  # somebody contests another fact
    "quote",  # somebody's words, given as words
]
Status = Literal[
    "draft",  # not shown
    "published",
    "corrected",  # shown, and was different before
    "withdrawn",  # no longer shown
]
Slot = Literal["who", "what", "when", "where", "why", "how", "how-many", "yes-no"]

IS_SHOWN: dict[Status, bool] = {"draft": False, "published": True, "corrected": True, "withdrawn": False}
EVERY_LANGUAGE = "*"


class Record(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _one_for_all(value: Any) -> Any:
    return {EVERY_LANGUAGE: value} if isinstance(value, str) else value


_Translations = Annotated[
    dict[str, Words], BeforeValidator(_one_for_all, json_schema_input_type=dict[str, Words] | Words)
]


class Text(RootModel[_Translations]):
    """A text in several languages; a plain string is the same in all of them."""

    model_config = ConfigDict(frozen=True)

    def get(self, language: str) -> str:
        """Return the text in that language, else the one for all, else the first that was written."""
        texts = self.root
        return texts.get(language) or texts.get(EVERY_LANGUAGE) or next(iter(texts.values()))

    def covers(self, language: str) -> bool:
        """Tell whether that language has a text."""
        return language in self.root or EVERY_LANGUAGE in self.root

    def values(self) -> Iterator[str]:
        """Yield the text of each language."""
        yield from self.root.values()


class Texts(RootModel[dict[str, tuple[Words, ...]]]):
    """Several texts a language: aliases, or utterances."""

    model_config = ConfigDict(frozen=True)

    def get(self, language: str) -> tuple[str, ...]:
        """Return that language's texts, empty where there are none."""
        return self.root.get(language, ())

    def values(self) -> Iterator[tuple[str, str]]:
        """Yield (language, text)."""
        for language, texts in self.root.items():
            for text in texts:
                yield language, text


class Citation(Record):
    """Where it is written: a source, a paragraph from 1, and the exact words.

    `prefix` and `suffix` tell apart words that stand twice (W3C TextQuoteSelector).
    """

    source: SourceId
    paragraph: Annotated[int, Field(ge=1)]
    exact: Words
    prefix: str = ""
    suffix: str = ""


class Derivation(Record):
    """From which fact's date another was worked out, and how far away (ISO 8601 duration)."""

    fact: Id
    offset: str


class When(Record):
    """A date at the precision of its source, with the source's own words where it is relative."""

    edtf: Edtf
    stated: Text | None = None
    derived_from: Derivation | None = None


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


OneOrMany = Annotated[tuple[Id, ...], BeforeValidator(_listed, json_schema_input_type=Id | list[Id])]


Act = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"\S")]
Acts = Annotated[tuple[Act, ...], BeforeValidator(_listed, json_schema_input_type=Act | list[Act])]


class Roles(Record):
    """Who did what to whom; `act` is a concept of the language files or of the story's vocabulary, or a plain word."""

    agent: OneOrMany = ()
    act: Acts
    patient: OneOrMany = ()


def _listed_roles(value: Any) -> Any:
    return [value] if isinstance(value, dict | Roles) else value or ()


EveryRole = Annotated[
    tuple[Roles, ...], BeforeValidator(_listed_roles, json_schema_input_type=Roles | list[Roles] | None)
]


class Entity(Record):
    """A person, organisation, product, place or role of the story."""

    id: Id
    kind: EntityKind
    name: Text
    aliases: Texts = Texts({})
    role: Text
    speaks_for: Id | None = None
    citations: tuple[Citation, ...] = ()


class Event(Record):
    """Something that happened, dated no more precisely than its source, and the facts that tell it."""

    id: Id
    when: When | None = None
    name: Text
    aliases: Texts = Texts({})
    facts: tuple[Id, ...] = ()


class Fact(Record):
    """One curated assertion: what, who says so, whom it answers, and where it is written."""

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

    @property
    def is_shown(self) -> bool:
        """Only published and corrected facts are ever shown."""
        return IS_SHOWN[self.status]


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) and value != "abstain" else value


Expected = Annotated[
    tuple[Id, ...] | Literal["abstain"],
    BeforeValidator(_one_or_many, json_schema_input_type=Id | list[Id] | Literal["abstain"]),
]


class Question(Record):
    """One line of the story's own regression: what must come of a question."""

    ask: Words
    expect: Expected


class Paragraph(Record):
    """What a paragraph says, in one line of our own words."""

    paragraph: Annotated[int, Field(ge=1)]
    digest: Text


class Source(Record):
    """The record of an article; what the article does not give is null, never invented."""

    id: SourceId
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    published: Edtf
    title: Recorded | None
    publisher: Recorded | None
    author: Recorded | None
    url: Annotated[str, StringConstraints(pattern=r"^https?://", max_length=300)] | None
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    length: Annotated[int, Field(ge=1)]  # characters
    paragraphs: tuple[Paragraph, ...]


class Concept(Record):
    """Words that mean the same for the readers of one story, in each of its languages."""

    concept: Id
    words: Texts


class StoryHead(Record):
    """What a story says of itself."""

    id: Id
    title: Text
    languages: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")], ...]
    as_of: Edtf
    expires: Edtf | None = None


class StoryFile(Record):
    """What one YAML file of a story may hold; a story is all its files together."""

    story: StoryHead | None = None
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    facts: tuple[Fact, ...] = ()
    questions: tuple[Question, ...] = ()
    vocabulary: tuple[Concept, ...] = ()


class Story(Record):
    """A whole story, checked, with look-ups by id."""

    story: StoryHead
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    facts: tuple[Fact, ...] = ()
    questions: tuple[Question, ...] = ()
    vocabulary: tuple[Concept, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def id(self) -> str:
        """The story's id."""
        return self.story.id

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages every text is written in, the first being the story's own."""
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
        """The facts that deny or answer a fact, by its id."""
        found: dict[str, tuple[Fact, ...]] = {}
        for fact in self.shown_facts.values():
            if fact.replies_to:
                found[fact.replies_to] = (*found.get(fact.replies_to, ()), fact)
        return found

    def beside(self, fact: Fact) -> tuple[Fact, ...]:
        """Return what must be shown with a fact: what it replies to, then what replies to it."""
        target = self.shown_facts.get(fact.replies_to) if fact.replies_to else None
        return (*((target,) if target else ()), *self.replies.get(fact.id, ()))
