"""The rules that need the articles' texts: a record describes its article, and a quotation is in it to the letter."""

import hashlib
from collections.abc import Iterator, Mapping

from bot.checking.citations import citations
from bot.checking.findings import Finding, Location, Rule
from bot.story.model import Citation, Source, Story

UNVERIFIED = Rule(
    "quotation.unverified",
    "{count} quotations were not verified: the text of {source} is not at hand",
    "name the folder that holds it (--articles DIR)",
    "The articles are not part of the repository, and what was not checked must be said.",
    "note",
)
NOT_TEXT = Rule(
    "source.encoding",
    "the article at hand is not UTF-8 text",
    "save it as UTF-8",
    "A quotation is compared letter by letter.",
)
OTHER_CHECKSUM = Rule(
    "source.sha256",
    "the article at hand has the SHA-256 {found}, and the record says {recorded}",
    "get the text that the record describes, or record this one",
    "Quotations are verified in the text that the story was written from, and in no other version of it.",
)
OTHER_LENGTH = Rule(
    "source.length",
    "the article at hand has {found} characters, and the record says {recorded}",
    "correct the record",
    "The share of an article that is quoted is measured by its length.",
)
OTHER_PARAGRAPHS = Rule(
    "source.paragraphs",
    "the article at hand has {found} paragraphs, and the record has {recorded}",
    "record each paragraph with a digest",
    "Citations number paragraphs, and readers are told what each says.",
)
NOT_QUOTED = Rule(
    "quotation.missing",
    "the article does not hold «{quotation}»",
    "copy the words exactly, with their accents and apostrophes",
    "Words that an article does not hold must not be shown as its own.",
)
OTHER_PARAGRAPH = Rule(
    "quotation.paragraph",
    "«{quotation}» is in paragraph {found}, not {cited}",
    "correct the paragraph",
    "A reader looks for the words in the paragraph that is named.",
)
AMBIGUOUS = Rule(
    "quotation.ambiguous",
    "«{quotation}» is more than once in paragraph {cited}",
    "add prefix or suffix",
    "The same words can mean two things in one paragraph.",
)


def paragraphs_of(article: str) -> list[str]:
    """Split an article into its non-empty lines, which citations number from 1."""
    return [line.strip() for line in article.splitlines() if line.strip()]


def check_quotations(story: Story, articles: Mapping[str, bytes]) -> Iterator[Finding]:
    """Verify each quotation in the UTF-8 texts at hand, by source id; a source with no text gives one note."""
    texts: dict[str, list[str]] = {}
    for index, source in enumerate(story.sources):
        if source.id not in articles:
            count = sum(citation.source == source.id for _, citation in citations(story))
            yield UNVERIFIED.at("sources", index, count=count, source=source.id)
            continue
        try:
            article = articles[source.id].decode("utf-8")
        except UnicodeDecodeError:
            yield NOT_TEXT.at("sources", index)
            continue
        yield from _record(index, source, articles[source.id], article)
        texts[source.id] = paragraphs_of(article)
    for place, citation in citations(story):
        if citation.source in texts:
            yield from _quotation(place, citation, texts[citation.source])


def _record(index: int, source: Source, article: bytes, text: str) -> Iterator[Finding]:
    """Check that the record describes this text and no other version of it."""
    counted = len(paragraphs_of(text)), len(source.paragraphs)
    described = (
        (OTHER_CHECKSUM, "sha256", hashlib.sha256(article).hexdigest(), source.sha256),
        (OTHER_LENGTH, "length", len(text), source.length),
        (OTHER_PARAGRAPHS, "paragraphs", *counted),
    )
    for rule, key, found, recorded in described:
        if found != recorded:
            yield rule.at("sources", index, key, found=found, recorded=recorded)


def _quotation(place: Location, citation: Citation, paragraphs: list[str]) -> Iterator[Finding]:
    """Check that the exact words are once in the named paragraph, told apart by prefix and suffix."""
    quotation, cited = citation.prefix + citation.exact + citation.suffix, citation.paragraph
    holding = [number for number, text in enumerate(paragraphs, start=1) if quotation in text]
    if not holding:
        yield NOT_QUOTED.at(*place, "exact", quotation=quotation)
    elif cited not in holding:
        yield OTHER_PARAGRAPH.at(*place, "paragraph", quotation=quotation, found=holding[0], cited=cited)
    elif paragraphs[cited - 1].count(quotation) > 1:
        yield AMBIGUOUS.at(*place, "exact", quotation=quotation, cited=cited)
