"""The rules of citations: every fact has one, of a paragraph on record, and an article is quoted sparingly."""

from collections.abc import Iterator

from bot.checking.findings import Finding, Location, Rule
from bot.story.model import Citation, Entity, Fact, Story

LONGEST_QUOTATION = 15  # words
LARGEST_SHARE = 0.30  # of an article's characters, all its quotations together

NO_CITATION = Rule(
    "citation.missing",
    "a fact needs a citation",
    "add its source, paragraph and exact words",
    "No fact is shown without where it is written.",
)
NO_SOURCE = Rule(
    "citation.source",
    "there is no record of {source!r}",
    "add seeds/{source}.yml or correct the id",
    "A reader is told which article it is, and of when.",
)
NO_PARAGRAPH = Rule(
    "citation.paragraph",
    "{source} has no paragraph {paragraph}",
    "choose one of its {count}",
    "A reader must find the place in the article.",
)
LONG_QUOTATION = Rule(
    "quotation.long",
    "a quotation has at most {most} words",
    "keep the decisive ones",
    "The article belongs to its publisher; a quotation shows where to look, no more.",
)
LARGE_SHARE = Rule(
    "quotation.share",
    "the quotations make {share:.0%} of the article, and {most:.0%} is too much",
    "shorten some",
    "All quotations together must not take the place of the article.",
)


def citations(story: Story) -> Iterator[tuple[Location, Citation]]:
    """Yield every citation of the story with its place."""
    cited: tuple[tuple[str, tuple[Entity | Fact, ...]], ...] = (("entities", story.entities), ("facts", story.facts))
    for section, records in cited:
        for index, record in enumerate(records):
            for number, citation in enumerate(record.citations):
                yield (section, index, "citations", number), citation


def check_citations(story: Story) -> Iterator[Finding]:
    """Check what can be known of citations without the articles' texts."""
    for index, fact in enumerate(story.facts):
        if not fact.citations:
            yield NO_CITATION.at("facts", index, "citations")
    for place, citation in citations(story):
        yield from _citation(story, place, citation)
    yield from _shares(story)


def _citation(story: Story, place: Location, citation: Citation) -> Iterator[Finding]:
    source = story.source.get(citation.source)
    if source is None:
        yield NO_SOURCE.at(*place, "source", source=citation.source)
    elif citation.paragraph not in {paragraph.paragraph for paragraph in source.paragraphs}:
        count = len(source.paragraphs)
        yield NO_PARAGRAPH.at(*place, "paragraph", source=source.id, paragraph=citation.paragraph, count=count)
    if len(citation.exact.split()) > LONGEST_QUOTATION:
        yield LONG_QUOTATION.at(*place, "exact", most=LONGEST_QUOTATION)


def _shares(story: Story) -> Iterator[Finding]:
    """Check that all quotations of an article together are a small part of it; one used twice counts once."""
    quoted: dict[str, set[tuple[int, str]]] = {}
    for _, citation in citations(story):
        quoted.setdefault(citation.source, set()).add((citation.paragraph, citation.exact))
    for index, source in enumerate(story.sources):
        share = sum(len(exact) for _, exact in quoted.get(source.id, ())) / source.length
        if share >= LARGEST_SHARE:
            yield LARGE_SHARE.at("sources", index, share=share, most=LARGEST_SHARE)
