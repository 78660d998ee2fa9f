"""The rules for citations: each fact has one, its paragraph is on record, and articles are quoted sparingly."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set

from bot.checking.findings import Finding, Location, Rule, did_you_mean
from bot.matching.fold import words
from bot.matching.reading.figures import figures_in
from bot.matching.reading.language import language
from bot.story.model import Citation, Entity, Fact, Story

MAX_QUOTATION_WORDS = 15
MAX_QUOTED_SHARE = 0.30  # of an article's characters, for all its quotations together
ALWAYS_ALLOWED_WORDS = 40  # quoted from one article, however short it is
MAX_NAMED_QUOTATIONS = 15  # the longest ones, in the message
MAX_NAMED_WORDS = 3  # of each of them

NO_CITATION = Rule(
    "citation.missing",
    "a fact needs a citation",
    "add its source, paragraph and exact words",
    "No fact is shown without its source.",
)
NO_SOURCE = Rule(
    "citation.source",
    "there is no record of {source!r}",
    "{hint}add seeds/{source}.yml or correct the id",
    "Readers are told which article it is, and its date.",
    has_one_cause=True,
)
NO_PARAGRAPH = Rule(
    "citation.paragraph",
    "{source} has no paragraph {paragraph}",
    "choose one from 1 to {count}",
    "Readers must be able to find the words in the article.",
)
LONG_QUOTATION = Rule(
    "quotation.long",
    "a quotation may have at most {most} words",
    "quote only the decisive words",
    "The article belongs to its publisher; a quotation only shows where to look.",
)
WEAK = Rule(
    "citation.weak",
    "«{quotation}» proves nothing: it is one word, or words without content",
    "cite the decisive words, usually 3 to 8",
    "Readers who look at the source must see that it says what the fact says.",
    "warning",
)
LARGE_SHARE = Rule(
    "quotation.share",
    "the quotations make up {share:.1%} of the article; it must be less than {most:.0%}",
    "shorten some of them, by {over} characters in all; the longest, with their characters: {longest}",
    "The quotations together must not replace the article.",
)


def citations(story: Story) -> Iterator[tuple[Location, Citation]]:
    """Yield each citation of the story with its location."""
    cited: tuple[tuple[str, tuple[Entity | Fact, ...]], ...] = (("entities", story.entities), ("facts", story.facts))
    for section, records in cited:
        for index, record in enumerate(records):
            for number, citation in enumerate(record.citations):
                yield (section, index, "citations", number), citation


def check_citations(story: Story, recorded: Collection[str] = ()) -> Iterator[Finding]:
    """Check everything about citations that does not need the articles' texts; `recorded` are all records' ids."""
    for index, fact in enumerate(story.facts):
        if not fact.citations and fact.status != "draft":
            yield NO_CITATION.at("facts", index, "citations")
        elif fact.citations and all(_is_weak(story, citation) for citation in fact.citations):
            quotation = fact.citations[0].exact
            yield WEAK.at("facts", index, "citations", 0, "exact", quotation=quotation)
    paragraphs = {source.id: {row.paragraph for row in source.paragraphs} for source in story.sources}
    for place, citation in citations(story):
        yield from _citation(place, citation, paragraphs, recorded)
    yield from _shares(story)


def _is_weak(story: Story, citation: Citation) -> bool:
    """Return whether the cited words are a single word or only function words; a figure always says something."""
    source = story.source.get(citation.source)
    if source is None or figures_in(citation.exact, source.language):
        return False
    cited = words(citation.exact)
    return len(citation.exact.split()) == 1 or language(source.language).stop.issuperset(cited)


def _citation(
    place: Location, citation: Citation, paragraphs: Mapping[str, Set[int]], recorded: Collection[str]
) -> Iterator[Finding]:
    """Check one citation; `paragraphs` are the numbers of those on record, by source."""
    source = citation.source
    if source not in paragraphs:
        hint = did_you_mean(source, recorded)
        yield NO_SOURCE.at(*place, "source", source=source, hint=hint)
    elif citation.paragraph not in paragraphs[source]:
        count = len(paragraphs[source])
        yield NO_PARAGRAPH.at(*place, "paragraph", source=source, paragraph=citation.paragraph, count=count)
    if len(citation.exact.split()) > MAX_QUOTATION_WORDS:
        yield LONG_QUOTATION.at(*place, "exact", most=MAX_QUOTATION_WORDS)


def _shares(story: Story) -> Iterator[Finding]:
    """Check that the quotations from each article are a small part of it; drafts do not count.

    A quotation that is used twice counts once. A few words are a large share of a short article, so they are allowed.
    """
    quoted: dict[str, dict[tuple[int, str], str]] = {}  # by source: each paragraph and words, and who cites them first
    drafts = {("facts", index) for index, fact in enumerate(story.facts) if fact.status == "draft"}
    for place, citation in citations(story):
        if place[:2] in drafts:
            continue
        cited = quoted.setdefault(citation.source, {})
        cited.setdefault((citation.paragraph, citation.exact), _owner(story, place))
    for index, source in enumerate(story.sources):
        rows = [(exact, owner) for (_, exact), owner in quoted.get(source.id, {}).items()]
        total = sum(len(text) for text, _ in rows)
        share = total / source.length
        if share >= MAX_QUOTED_SHARE and sum(len(text.split()) for text, _ in rows) > ALWAYS_ALLOWED_WORDS:
            over = int(total - MAX_QUOTED_SHARE * source.length) + 1
            longest = _longest(rows)
            yield LARGE_SHARE.at("sources", index, share=share, most=MAX_QUOTED_SHARE, over=over, longest=longest)


def _owner(story: Story, place: Location) -> str:
    """Return the id of the fact or entity whose citation is there."""
    section, index = place[0], int(place[1])
    return story.facts[index].id if section == "facts" else story.entities[index].id


def _longest(rows: Iterable[tuple[str, str]]) -> str:
    """Name the longest quotations, each by its beginning, the id of what cites it first, and its characters."""
    named = sorted(rows, key=lambda row: len(row[0]), reverse=True)[:MAX_NAMED_QUOTATIONS]
    return ", ".join(f"«{_beginning(text)}» in {owner} ({len(text)})" for text, owner in named)


def _beginning(text: str) -> str:
    shown = text.split()[:MAX_NAMED_WORDS]
    return " ".join(shown) + " …" * (len(text.split()) > MAX_NAMED_WORDS)
