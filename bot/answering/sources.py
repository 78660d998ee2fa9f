"""Show where facts come from: the list of articles, one article by paragraph, the citations of one fact."""

from dataclasses import dataclass

from bot.answering.cited import CitedFact, Reference, Sides
from bot.answering.context import Context
from bot.answering.head import Headed
from bot.answering.stories import LocalEdition, Stories
from bot.story.model import Fact, Source, Story


@dataclass(frozen=True)
class SourceCard:
    """An article, and how many facts cite it."""

    id: str
    article: str
    is_recorded: bool  # whether its title or publisher is known
    url: str | None
    facts: int
    paragraphs: int
    title: str | None = None  # of its story, if there are several


@dataclass(frozen=True)
class ParagraphCard:
    """A paragraph of an article: our digest, and the facts that cite it."""

    number: int
    digest: str
    facts: tuple[Sides, ...]


@dataclass(frozen=True)
class ArticleCard(Headed):
    """An article paragraph by paragraph, with its number in the list of articles."""

    number: int
    card: SourceCard
    paragraphs: tuple[ParagraphCard, ...]


@dataclass(frozen=True)
class Origin:
    """A citation of a fact, our digest of the paragraph, and how many other facts cite the same paragraph."""

    fact: CitedFact
    citation: Reference
    digest: str
    others: int


def sources(stories: Stories, context: Context) -> tuple[SourceCard, ...]:
    """List the articles."""
    return tuple(_card(local, source) for local, source in _listed(stories, context))


def article_of(stories: Stories, context: Context, source: str) -> ArticleCard | None:
    """Return an article by its id, with its current number; None if it is not listed."""
    ids = [listed.id for _, listed in _listed(stories, context)]
    return article(stories, context, ids.index(source) + 1) if source in ids else None


def article(stories: Stories, context: Context, number: int) -> ArticleCard | None:
    """Return an article by its number, from 1; None if there is no such number."""
    listed = _listed(stories, context)
    if not 1 <= number <= len(listed):
        return None
    local, source = listed[number - 1]
    paragraphs = tuple(
        ParagraphCard(
            number=row.paragraph,
            digest=row.digest.get(local.language),
            facts=tuple(map(local.presenter.both_sides, _drawn_from(local.story, source.id, row.paragraph))),
        )
        for row in sorted(source.paragraphs, key=lambda row: row.paragraph)
    )
    return ArticleCard(local.head, number, _card(local, source), paragraphs)


def origins(stories: Stories, mark: str, fact: str, locale: str) -> tuple[Origin, ...]:
    """Return the citations of a fact and of what is shown with it; none if the fact is no longer shown."""
    found = stories.library.current.find(mark, fact)
    if found is None:
        return ()
    edition, shown = found
    return tuple(
        Origin(
            fact=cited,
            citation=citation,
            digest=_digest(edition.story.source[citation.source], citation.paragraph, cited.language),
            others=len(_drawn_from(edition.story, citation.source, citation.paragraph)) - 1,
        )
        for cited in stories.localized(edition, locale).presenter.with_replies(shown)
        for citation in cited.citations
    )


def _listed(stories: Stories, context: Context) -> list[tuple[LocalEdition, Source]]:
    return [(local, source) for local in stories.localized_for(context) for source in local.story.sources]


def _card(local: LocalEdition, source: Source) -> SourceCard:
    cited = {fact.id for facts in local.story.citing.get(source.id, {}).values() for fact in facts}
    return SourceCard(
        id=source.id,
        article=local.presenter.article(source),
        is_recorded=bool(source.title or source.publisher),
        url=source.url,
        facts=len(cited),
        paragraphs=len(source.paragraphs),
        title=local.head.as_of.title,
    )


def _drawn_from(story: Story, source: str, paragraph: int) -> list[Fact]:
    """Return the facts that cite a paragraph."""
    return story.citing.get(source, {}).get(paragraph, [])


def _digest(source: Source, paragraph: int, language: str) -> str:
    return next((row.digest.get(language) for row in source.paragraphs if row.paragraph == paragraph), "")
