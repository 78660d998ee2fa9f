"""Check what must hold between the records of a story."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.checking.findings import Finding, Location
from bot.story.dates import DateError, ImpreciseDate
from bot.story.model import Citation, Derivation, Entity, Event, Fact, Story, Text, When

LONGEST_QUOTATION = 15  # words; a longer one is cut and says so
LARGEST_SHARE = 0.30  # of an article's characters, all its quotations together
LONGEST_TEXT = 500  # characters of a fact's text: with its sources it must fit one field of an embed
ASKED_PER_LANGUAGE = range(3, 7)


def check_story(story: Story) -> list[Finding]:
    """Run every rule; an empty list means that the story may be shown."""
    rules = (
        _ids,
        _references,
        _translations,
        _lengths,
        _attributions,
        _citations,
        _quotation_share,
        _dates,
        _asked,
        _vocabulary,
    )
    return [finding for rule in rules for finding in rule(story)]


def citations(story: Story) -> Iterator[tuple[Location, Citation]]:
    """Yield every citation of the story with its place."""
    cited: tuple[tuple[str, tuple[Entity | Fact, ...]], ...] = (("entities", story.entities), ("facts", story.facts))
    for section, records in cited:
        for index, record in enumerate(records):
            for number, citation in enumerate(record.citations):
                yield (section, index, "citations", number), citation


def _ids(story: Story) -> Iterator[Finding]:
    """Check that an id names one record of its section."""
    for section in ("entities", "events", "facts", "sources"):
        seen: set[str] = set()
        for index, record in enumerate(getattr(story, section)):
            if record.id in seen:
                yield Finding(
                    (section, index, "id"), "id.duplicate", f"{record.id!r} is already taken; choose another id"
                )
            seen.add(record.id)


def _references(story: Story) -> Iterator[Finding]:
    """Check that an id that is mentioned exists."""
    entities, facts = set(story.entity), {fact.id for fact in story.facts}
    for index, fact in enumerate(story.facts):
        place: Location = ("facts", index)
        yield from _unknown((*place, "by"), [fact.by], entities, "entity")
        yield from _unknown((*place, "about"), fact.about, entities, "entity")
        yield from _unknown((*place, "replies_to"), [fact.replies_to], facts, "fact")
        for roles in fact.roles:
            yield from _unknown((*place, "roles"), [*roles.agent, *roles.patient], entities, "entity")
    for index, entity in enumerate(story.entities):
        yield from _unknown(("entities", index, "speaks_for"), [entity.speaks_for], entities, "entity")
    for index, event in enumerate(story.events):
        yield from _unknown(("events", index, "facts"), event.facts, facts, "fact")
    for place, derivation in _derivations(story):
        yield from _unknown((*place, "derived_from"), [derivation.fact], set(story.shown_facts), "shown fact")
    for index, question in enumerate(story.questions):
        if question.expect != "abstain":
            yield from _unknown(("questions", index, "expect"), question.expect, set(story.shown_facts), "shown fact")


def _unknown(place: Location, ids: Iterable[str | None], known: set[str], what: str) -> Iterator[Finding]:
    for name in ids:
        if name is not None and name not in known:
            yield Finding(place, "reference.unknown", f"there is no {what} {name!r}; correct the id or add the {what}")


def _texts(story: Story) -> Iterator[tuple[Location, Text]]:
    yield ("story", "title"), story.story.title
    for index, entity in enumerate(story.entities):
        yield ("entities", index, "name"), entity.name
        yield ("entities", index, "role"), entity.role
    for index, event in enumerate(story.events):
        yield ("events", index, "name"), event.name
    for index, fact in enumerate(story.facts):
        yield ("facts", index, "text"), fact.text
    for place, when in _whens(story):
        if when.stated:
            yield (*place, "stated"), when.stated
    for index, source in enumerate(story.sources):
        for number, paragraph in enumerate(source.paragraphs):
            yield ("sources", index, "paragraphs", number, "digest"), paragraph.digest


def _translations(story: Story) -> Iterator[Finding]:
    """Check that every text is there in every language of the story."""
    for place, text in _texts(story):
        for language in story.languages:
            if not text.covers(language):
                yield Finding(place, "translation.missing", f"the text in {language!r} is missing; write it")


def _lengths(story: Story) -> Iterator[Finding]:
    """Check that a fact is short enough to be shown with its sources."""
    for index, fact in enumerate(story.facts):
        for language, text in fact.text.root.items():
            if len(text) > LONGEST_TEXT:
                yield Finding(
                    ("facts", index, "text", language),
                    "text.long",
                    f"{len(text)} characters, and {LONGEST_TEXT} is the most; say it shorter, or make two facts",
                )


def _attributions(story: Story) -> Iterator[Finding]:
    """Check that who asserts a fact is said unless the article does, and that a denial says what it denies."""
    for index, fact in enumerate(story.facts):
        if fact.kind == "report" and fact.by:
            yield Finding(
                ("facts", index, "by"),
                "attribution.report",
                "a report is the article's own voice; remove by, or choose another kind",
            )
        if fact.kind != "report" and not fact.by:
            yield Finding(("facts", index), "attribution.missing", f"a {fact.kind} needs by: the entity who asserts it")
        if fact.kind == "denial" and not fact.replies_to:
            yield Finding(("facts", index), "attribution.denial", "a denial needs replies_to: the fact that it denies")
        if fact.replies_to == fact.id:
            yield Finding(("facts", index, "replies_to"), "attribution.self", "a fact cannot reply to itself")


def _citations(story: Story) -> Iterator[Finding]:
    """Check that a fact has a citation, of a paragraph that exists, in few words."""
    for index, fact in enumerate(story.facts):
        if not fact.citations:
            yield Finding(
                ("facts", index, "citations"), "citation.missing", "a fact needs a citation: source, paragraph, exact"
            )
    for place, citation in citations(story):
        source = story.source.get(citation.source)
        if source is None:
            yield Finding(
                (*place, "source"),
                "citation.source",
                f"there is no record of {citation.source!r}; add seeds/{citation.source}.yml or correct the id",
            )
        elif citation.paragraph not in {paragraph.paragraph for paragraph in source.paragraphs}:
            yield Finding(
                (*place, "paragraph"),
                "citation.paragraph",
                f"{source.id} has no paragraph {citation.paragraph}; it has {len(source.paragraphs)}",
            )
        if len(citation.exact.split()) > LONGEST_QUOTATION:
            yield Finding(
                (*place, "exact"),
                "quotation.long",
                f"a quotation has at most {LONGEST_QUOTATION} words; keep the decisive ones",
            )


def _quotation_share(story: Story) -> Iterator[Finding]:
    """Check that all quotations of an article together stay a small part of it."""
    quoted: dict[str, set[tuple[int, str]]] = {}
    for _, citation in citations(story):
        quoted.setdefault(citation.source, set()).add((citation.paragraph, citation.exact))
    for index, source in enumerate(story.sources):
        share = sum(len(exact) for _, exact in quoted.get(source.id, ())) / source.length
        if share >= LARGEST_SHARE:
            yield Finding(
                ("sources", index),
                "quotation.share",
                f"the quotations make {share:.0%} of the article, and {LARGEST_SHARE:.0%} is too much; shorten some",
            )


def _whens(story: Story) -> Iterator[tuple[Location, When]]:
    dated: tuple[tuple[str, tuple[Fact | Event, ...]], ...] = (("facts", story.facts), ("events", story.events))
    for section, records in dated:
        for index, record in enumerate(records):
            if record.when:
                yield (section, index, "when"), record.when


def _derivations(story: Story) -> Iterator[tuple[Location, Derivation]]:
    for place, when in _whens(story):
        if when.derived_from:
            yield place, when.derived_from


def _dates(story: Story) -> Iterator[Finding]:
    """Check that a date worked out is its base plus the offset, and that no date is after the story's own."""
    dated = {fact.id: fact.when for fact in story.facts}
    as_of = ImpreciseDate.parse(story.story.as_of)
    for place, when in _whens(story):
        if ImpreciseDate.parse(when.edtf).earliest > as_of.latest:
            yield Finding(
                (*place, "edtf"), "date.after", f"{when.edtf} is after the story's own date, {story.story.as_of}"
            )
        if when.derived_from and when.derived_from.fact in dated:
            yield from _derived(place, when.edtf, when.derived_from, dated[when.derived_from.fact])


def _derived(place: Location, edtf: str, derivation: Derivation, base: When | None) -> Iterator[Finding]:
    if base is None:
        yield Finding((*place, "derived_from"), "date.derived", f"{derivation.fact!r} has no date to work one out from")
        return
    try:
        expected = ImpreciseDate.parse(base.edtf).shifted(derivation.offset)
    except DateError as error:
        yield Finding((*place, "derived_from", "offset"), "date.derived", str(error))
        return
    if expected != edtf:
        yield Finding(
            (*place, "edtf"), "date.derived", f"{base.edtf} and {derivation.offset} give {expected}, not {edtf}"
        )


def _asked(story: Story) -> Iterator[Finding]:
    """Check that a fact is asked in three to six ways in each language."""
    least, most = ASKED_PER_LANGUAGE[0], ASKED_PER_LANGUAGE[-1]
    for index, fact in enumerate(story.facts):
        counts = Counter(language for language, _ in fact.asked.values())
        for language in sorted({*story.languages, *counts}):
            if language not in story.languages:
                yield Finding(
                    ("facts", index, "asked", language), "asked.language", f"the story is not in {language!r}"
                )
            elif counts[language] not in ASKED_PER_LANGUAGE:
                yield Finding(
                    ("facts", index, "asked", language),
                    "asked.count",
                    f"{counts[language]} utterances in {language!r}; write {least} to {most} that differ in words",
                )


def _vocabulary(story: Story) -> Iterator[Finding]:
    """Check that a concept is listed once, has words, and has them in languages of the story."""
    seen: set[str] = set()
    for index, row in enumerate(story.vocabulary):
        place: Location = ("vocabulary", index)
        if row.concept in seen:
            yield Finding(
                (*place, "concept"),
                "vocabulary.duplicate",
                f"{row.concept!r} is already in the vocabulary; add these words to it",
            )
        seen.add(row.concept)
        if not row.words.root:
            yield Finding((*place, "words"), "vocabulary.empty", f"{row.concept!r} has no words; add some or remove it")
        for code, texts in row.words.root.items():
            if code not in story.languages:
                yield Finding((*place, "words", code), "vocabulary.language", f"the story is not in {code!r}")
            elif not texts:
                yield Finding(
                    (*place, "words", code),
                    "vocabulary.empty",
                    f"no words in {code!r}; add some, or remove it",
                )
