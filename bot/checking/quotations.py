"""The rules that need the articles' texts: a record matches its article, and quotations are exact."""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bot.checking.citations import citations
from bot.checking.findings import Finding, Location, Rule
from bot.checking.marks import is_quoted
from bot.story.model import Citation, Source, Story

UNVERIFIED = Rule(
    "quotation.unverified",
    "{count} quotations were not verified: the text of {source} was not found",
    "give the folder that contains it (--articles DIR)",
    "The articles are not in the repository, so quotations may be unchecked, and a curator must know which.",
    "note",
)
NOT_TEXT = Rule(
    "source.encoding",
    "the article's file is not UTF-8 text",
    "save it as UTF-8",
    "Quotations are compared character by character.",
)
OTHER_CHECKSUM = Rule(
    "source.sha256",
    "the article's file has the SHA-256 {found}; the record says {recorded}",
    "use the text that was recorded, or record this one",
    "Quotations are verified only in the version of the text that the story was written from.",
)
OTHER_LENGTH = Rule(
    "source.length",
    "the article's file has {found} characters; the record says {recorded}",
    "correct the record",
    "The share of an article that is quoted is computed from its length.",
)
OTHER_PARAGRAPHS = Rule(
    "source.paragraphs",
    "the article's file has {found} paragraphs; the record has {recorded}",
    "record each paragraph with a digest",
    "Citations refer to paragraphs by number, and readers are told what each one says.",
)
NOT_QUOTED = Rule(
    "quotation.missing",
    "the article does not contain «{quotation}»",
    "copy the words exactly, with their accents and apostrophes",
    "Words that are not in the article must not be shown as a quotation.",
)
OTHER_PARAGRAPH = Rule(
    "quotation.paragraph",
    "«{quotation}» is in paragraph {found}, not {cited}",
    "correct the paragraph",
    "Readers look for the words in the paragraph that the citation names.",
)
AMBIGUOUS = Rule(
    "quotation.ambiguous",
    "«{quotation}» occurs more than once in paragraph {cited}",
    "add prefix or suffix",
    "The same words can mean different things in one paragraph.",
)
NOT_MARKED = Rule(
    "quotation.unmarked",
    "«{quotation}» is marked as `quoted`, but is not between quotation marks in the article",
    "cite only what is between the marks, or leave out `quoted`",
    "The article's own words must never be shown as somebody else's.",
)
MARKED = Rule(
    "quotation.unsaid",
    "«{quotation}» is between quotation marks in the article, and not marked as `quoted`",
    "add `quoted: true` if {by} said it",
    "Readers are shown a person's own words between quotation marks only if an editor has marked them.",
    "warning",
)
UNCOVERED = Rule(
    "source.uncovered",
    "no fact rests on paragraph {paragraph}",
    "write a fact that cites it, or a draft of one",
    "What no fact covers, readers ask in vain.",
    "warning",
)
_LINE_END = re.compile(r"\r\n?|\n")  # str.splitlines also splits at U+2028 and others, which layout programs write
_SPACE = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_SENTENCE_END = re.compile(r"[.!?…][»”\"’)\s]*$")


def paragraphs_of(article: str) -> list[str]:
    """Split an article into its non-empty lines, as editors show them; citations count them from 1."""
    return [line.strip() for line in _LINE_END.split(article) if line.strip()]


def _comparable(text: str) -> str:
    """Return a text without what nobody can see: kinds of spaces, soft hyphens, and how an accent is encoded."""
    return unicodedata.normalize("NFC", _SPACE.sub(" ", _INVISIBLE.sub("", text)))


def check_quotations(story: Story, articles: Mapping[str, bytes]) -> Iterator[Finding]:
    """Verify each quotation in the articles' UTF-8 texts (by source id); a source with no text gives one note."""
    texts: dict[str, list[str]] = {}
    cited: dict[str, list[Citation]] = defaultdict(list)
    for _, citation in citations(story):
        cited[citation.source].append(citation)
    is_complete = cited.keys() <= story.source.keys()
    for index, source in enumerate(story.sources):
        if source.id not in articles:
            yield UNVERIFIED.at("sources", index, count=len(cited[source.id]), source=source.id)
            continue
        try:
            article = articles[source.id].decode("utf-8")
        except UnicodeDecodeError:
            yield NOT_TEXT.at("sources", index)
            continue
        yield from _record(index, source, articles[source.id], article)
        texts[source.id] = [_comparable(text) for text in paragraphs_of(article)]
        if is_complete:
            yield from _uncovered(cited[source.id], index, source, texts[source.id])
    for place, citation in citations(story):
        if citation.source in texts:
            yield from _quotation(place, citation, texts[citation.source])
            yield from _marks(story, place, citation, texts[citation.source])


def _record(index: int, source: Source, article: bytes, text: str) -> Iterator[Finding]:
    """Check that the record describes exactly this version of the text."""
    counted = len(paragraphs_of(text)), len(source.paragraphs)
    described = (
        (OTHER_CHECKSUM, "sha256", hashlib.sha256(article).hexdigest(), source.sha256),
        (OTHER_LENGTH, "length", len(text), source.length),
        (OTHER_PARAGRAPHS, "paragraphs", *counted),
    )
    for rule, key, found, recorded in described:
        if found != recorded:
            yield rule.at("sources", index, key, found=found, recorded=recorded)


def _uncovered(quoted: Sequence[Citation], index: int, source: Source, paragraphs: list[str]) -> Iterator[Finding]:
    """Check that each paragraph with a sentence, and not just a heading, is cited.

    A citation with a mistake, which another rule reports, may be of any paragraph with its words.
    """
    cited = {citation.paragraph for citation in quoted}
    for citation in quoted:
        exact = _comparable(citation.exact)
        if all(exact not in text for text in paragraphs[citation.paragraph - 1 : citation.paragraph]):
            cited |= {number for number, text in enumerate(paragraphs, start=1) if exact in text}
    for number, row in enumerate(source.paragraphs):
        text = paragraphs[row.paragraph - 1] if row.paragraph <= len(paragraphs) else ""
        if row.paragraph not in cited and _SENTENCE_END.search(text):
            yield UNCOVERED.at("sources", index, "paragraphs", number, paragraph=row.paragraph)


def _quotation(place: Location, citation: Citation, paragraphs: list[str]) -> Iterator[Finding]:
    """Check that the words, with prefix and suffix, occur exactly once in the cited paragraph."""
    quotation, cited = citation.prefix + citation.exact + citation.suffix, citation.paragraph
    compared = _comparable(quotation)
    holding = [number for number, text in enumerate(paragraphs, start=1) if compared in text]
    if not holding:
        yield NOT_QUOTED.at(*place, "exact", quotation=quotation)
    elif cited not in holding:
        yield OTHER_PARAGRAPH.at(*place, "paragraph", quotation=quotation, found=holding[0], cited=cited)
    elif paragraphs[cited - 1].count(compared) > 1:
        yield AMBIGUOUS.at(*place, "exact", quotation=quotation, cited=cited)


def _marks(story: Story, place: Location, citation: Citation, paragraphs: list[str]) -> Iterator[Finding]:
    """Check that what is marked as quoted is between quotation marks, and that what a quote cites is marked."""
    text = "".join(paragraphs[citation.paragraph - 1 : citation.paragraph])
    prefix, exact, suffix = (_comparable(part) for part in (citation.prefix, citation.exact, citation.suffix))
    at = text.find(prefix + exact + suffix)
    if at < 0:
        return  # another rule reports it
    is_between = is_quoted(text, exact, at + len(prefix))
    fact = story.facts[int(place[1])] if place[0] == "facts" else None
    if citation.quoted and not is_between:
        yield NOT_MARKED.at(*place, "quoted", quotation=citation.exact)
    elif fact and fact.kind == "quote" and is_between and not citation.quoted:
        yield MARKED.at(*place, "exact", quotation=citation.exact, by=fact.by)
