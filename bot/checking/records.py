"""The rules for all records: ids are unique, references exist, and texts are in every language."""

from collections.abc import Iterable, Iterator
from typing import Literal

from bot.checking.dates import derivations, whens
from bot.checking.findings import Finding, Location, Rule, did_you_mean
from bot.story.model import Story
from bot.story.texts import Text

Kind = Literal["entity", "fact", "shown fact"]
DUPLICATE_ID = Rule(
    "id.duplicate",
    "the id {id!r} is already used",
    "choose another id",
    "References, buttons and the journal refer to a record by its id.",
)
UNKNOWN_REFERENCE = Rule(
    "reference.unknown",
    "there is no {kind} {id!r}",
    "{hint}correct the id or add the {kind}",
    "A reference to nothing cannot be shown.",
    has_one_cause=True,
)
NO_TRANSLATION = Rule(
    "translation.missing",
    "the text in {language!r} is missing",
    "write it",
    "Readers in each language of the story are told the same.",
)
NO_LANGUAGE = Rule(
    "translation.none",
    "no fact has a text in {language!r}",
    "write these texts, or remove the language",
    "Each language of the story needs every text; one cause is reported once.",
)


def check_records(story: Story) -> Iterator[Finding]:
    """Check the ids, references and translations of each record."""
    yield from _ids(story)
    yield from _references(story)
    yield from _translations(story)


def _ids(story: Story) -> Iterator[Finding]:
    for section in ("entities", "events", "facts", "sources"):
        seen: set[str] = set()
        for index, record in enumerate(getattr(story, section)):
            if record.id in seen:
                yield DUPLICATE_ID.at(section, index, "id", id=record.id)
            seen.add(record.id)


def _references(story: Story) -> Iterator[Finding]:
    known: dict[Kind, set[str]] = {
        "entity": set(story.entity),
        "fact": {fact.id for fact in story.facts},
        "shown fact": set(story.shown_facts),
    }
    for place, kind, ids in _mentions(story):
        for name in ids:
            if name is not None and name not in known[kind]:
                yield UNKNOWN_REFERENCE.at(*place, kind=kind, id=name, hint=did_you_mean(name, known[kind]))


def _mentions(story: Story) -> Iterator[tuple[Location, Kind, Iterable[str | None]]]:
    """Yield the ids that each record mentions, with what they must be the ids of."""
    for index, fact in enumerate(story.facts):
        place: Location = ("facts", index)
        yield (*place, "by"), "entity", [fact.by]
        yield (*place, "about"), "entity", fact.about
        yield (*place, "replies_to"), "fact", [fact.replies_to]
        for roles in fact.roles:
            yield (*place, "roles"), "entity", [*roles.agent, *roles.patient]
    for index, entity in enumerate(story.entities):
        yield ("entities", index, "speaks_for"), "entity", [entity.speaks_for]
    for index, event in enumerate(story.events):
        yield ("events", index, "facts"), "fact", event.facts
    for place, derivation in derivations(story):
        yield (*place, "derived_from"), "shown fact", [derivation.fact]
    for index, question in enumerate(story.questions):
        if question.expect != "abstain":
            yield ("questions", index, "expect"), "shown fact", question.expect


def missing_languages(story: Story) -> tuple[str, ...]:
    """Return the languages of the story that no fact has a text in."""
    return tuple(
        language
        for language in story.languages
        if story.facts and not any(fact.text.covers(language) for fact in story.facts)
    )


def _translations(story: Story) -> Iterator[Finding]:
    absent = missing_languages(story)
    for language in absent:
        yield NO_LANGUAGE.at("story", "languages", language=language)
    for place, text in _texts(story):
        for language in story.languages:
            if language not in absent and not text.covers(language):
                yield NO_TRANSLATION.at(*place, language=language)


def _texts(story: Story) -> Iterator[tuple[Location, Text]]:
    yield ("story", "title"), story.story.title
    for index, entity in enumerate(story.entities):
        yield ("entities", index, "name"), entity.name
        yield ("entities", index, "role"), entity.role
    for index, event in enumerate(story.events):
        yield ("events", index, "name"), event.name
    for index, fact in enumerate(story.facts):
        yield ("facts", index, "text"), fact.text
        if fact.correction:
            yield ("facts", index, "correction", "was"), fact.correction.was
            yield ("facts", index, "correction", "note"), fact.correction.note
    for place, when in whens(story):
        if when.stated:
            yield (*place, "stated"), when.stated
    for index, source in enumerate(story.sources):
        for number, paragraph in enumerate(source.paragraphs):
            yield ("sources", index, "paragraphs", number, "digest"), paragraph.digest
