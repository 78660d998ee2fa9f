"""Check that quotations stand in their article, to the letter and in the named paragraph."""

import hashlib
from collections.abc import Iterator, Mapping

from bot.checking.checks import citations
from bot.checking.findings import Finding, Location
from bot.story.model import Citation, Source, Story


def paragraphs_of(article: str) -> list[str]:
    """Split an article into its non-empty lines, which citations number from 1."""
    return [line.strip() for line in article.splitlines() if line.strip()]


def check_quotations(story: Story, articles: Mapping[str, bytes]) -> list[Finding]:
    """Verify each quotation in the UTF-8 texts at hand, by source id; a source with no text gives one note."""
    findings: list[Finding] = []
    texts: dict[str, list[str]] = {}
    for index, source in enumerate(story.sources):
        if source.id not in articles:
            count = sum(citation.source == source.id for _, citation in citations(story))
            findings.append(
                Finding(
                    ("sources", index),
                    "quotation.unverified",
                    f"{count} quotations were not verified: the text of {source.id} is not at hand (--articles DIR)",
                    "note",
                )
            )
            continue
        try:
            article = articles[source.id].decode("utf-8")
        except UnicodeDecodeError:
            findings.append(Finding(("sources", index), "source.encoding", "the article at hand is not UTF-8 text"))
            continue
        findings += _record(index, source, articles[source.id], article)
        texts[source.id] = paragraphs_of(article)
    for place, citation in citations(story):
        if citation.source in texts:
            findings += _quotation(place, citation, texts[citation.source])
    return findings


def _record(index: int, source: Source, article: bytes, text: str) -> Iterator[Finding]:
    """Check that the record describes this text and no other version of it."""
    digest = hashlib.sha256(article).hexdigest()
    found = (("sha256", digest), ("length", len(text)), ("paragraphs", len(paragraphs_of(text))))
    recorded = {"sha256": source.sha256, "length": source.length, "paragraphs": len(source.paragraphs)}
    for key, value in found:
        if recorded[key] != value:
            yield Finding(
                ("sources", index, key),
                f"source.{key}",
                f"the article at hand has {key} {value}, and the record says {recorded[key]}",
            )


def _quotation(place: Location, citation: Citation, paragraphs: list[str]) -> Iterator[Finding]:
    """Check that the exact words stand once in the named paragraph, told apart by prefix and suffix."""
    selector = citation.prefix + citation.exact + citation.suffix
    holding = [number for number, text in enumerate(paragraphs, start=1) if selector in text]
    if not holding:
        yield Finding(
            (*place, "exact"),
            "quotation.missing",
            f"the article does not hold «{selector}»; copy the words exactly, with their accents and apostrophes",
        )
    elif citation.paragraph not in holding:
        yield Finding(
            (*place, "paragraph"),
            "quotation.paragraph",
            f"«{selector}» stands in paragraph {holding[0]}, not {citation.paragraph}",
        )
    elif paragraphs[citation.paragraph - 1].count(selector) > 1:
        yield Finding(
            (*place, "exact"),
            "quotation.ambiguous",
            f"«{selector}» stands more than once in paragraph {citation.paragraph}; add prefix or suffix",
        )
