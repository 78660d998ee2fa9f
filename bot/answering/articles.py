"""Tell where facts come from: the articles of a place, one of them paragraph by paragraph, and what a fact rests on."""

from dataclasses import dataclass

from bot.answering.cited import CitationView, FactView, Pair
from bot.answering.context import Utterance
from bot.answering.editions import Edition
from bot.answering.places import told_at
from bot.answering.ports import Bindings, Library
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.views import Views
from bot.story.model import Fact, Source, Story


@dataclass(frozen=True)
class SourceCard:
    """An article, and how many facts rest on it."""

    id: str
    article: str
    url: str | None
    facts: int
    paragraphs: int


@dataclass(frozen=True)
class ParagraphCard:
    """A paragraph of an article: our digest, and the facts that are drawn from it."""

    number: int
    digest: str
    facts: tuple[Pair, ...]  # each with its other side


@dataclass(frozen=True)
class ArticleCard:
    """An article paragraph by paragraph; its number is its place in the list of them."""

    number: int
    card: SourceCard
    story: str
    version: str
    locale: str
    paragraphs: tuple[ParagraphCard, ...]


@dataclass(frozen=True)
class Origin:
    """Where a fact is written: the words, our digest of their paragraph, and how many other facts rest on that."""

    view: FactView
    citation: CitationView
    digest: str
    others: int


@dataclass(frozen=True)
class Archive:
    """The use cases around sources."""

    library: Library
    bindings: Bindings
    catalogue: Catalogue

    def sources(self, utterance: Utterance) -> tuple[SourceCard, ...]:
        """List the articles, and how many facts rest on each."""
        return tuple(self._card(edition.story, source, code) for edition, source, code in self._all(utterance))

    def article_of(self, utterance: Utterance, source: str) -> ArticleCard | None:
        """Tell an article by its id, whatever its number is now; None where it is not there."""
        ids = [card.id for card in self.sources(utterance)]
        return self.article(utterance, ids.index(source) + 1) if source in ids else None

    def article(self, utterance: Utterance, number: int) -> ArticleCard | None:
        """Tell an article of the list, from 1, paragraph by paragraph; None where there is no such number."""
        listed = self._all(utterance)
        if not 1 <= number <= len(listed):
            return None
        edition, source, code = listed[number - 1]
        views = Views(edition.story, code, self.catalogue)
        return ArticleCard(
            number=number,
            card=self._card(edition.story, source, code),
            story=edition.story.id,
            version=edition.version,
            locale=code,
            paragraphs=tuple(
                ParagraphCard(
                    number=row.paragraph,
                    digest=row.digest.get(code),
                    facts=tuple(map(views.pair, _drawn_from(edition.story, source.id, row.paragraph))),
                )
                for row in sorted(source.paragraphs, key=lambda row: row.paragraph)
            ),
        )

    def origins(self, story: str, fact: str, locale: str) -> tuple[Origin, ...]:
        """Tell where a fact of a story, named by its mark, and what stands beside it are written.

        Nothing is told of a fact that is no longer shown.
        """
        found = self.library.current.find(story, fact)
        if found is None:
            return ()
        edition, shown = found
        views = Views(edition.story, locale, self.catalogue)
        return tuple(
            Origin(
                view=view,
                citation=citation,
                digest=_digest(edition.story.source[citation.source], citation.paragraph, locale),
                others=len(_drawn_from(edition.story, citation.source, citation.paragraph)) - 1,
            )
            for view in views.thread(shown)
            for citation in view.citations
        )

    def _all(self, utterance: Utterance) -> list[tuple[Edition, Source, str]]:
        return [
            (edition, source, code)
            for edition, code in told_at(utterance, self.library, self.bindings)
            for source in edition.story.sources
        ]

    def _card(self, story: Story, source: Source, locale: str) -> SourceCard:
        return SourceCard(
            id=source.id,
            article=Views(story, locale, self.catalogue).article(source),
            url=source.url,
            facts=sum(any(row.source == source.id for row in fact.citations) for fact in story.shown_facts.values()),
            paragraphs=len(source.paragraphs),
        )


def _drawn_from(story: Story, source: str, paragraph: int) -> list[Fact]:
    """Return the facts that cite a paragraph."""
    return [
        fact
        for fact in story.shown_facts.values()
        if any(row.source == source and row.paragraph == paragraph for row in fact.citations)
    ]


def _digest(source: Source, paragraph: int, locale: str) -> str:
    return next((row.digest.get(locale) for row in source.paragraphs if row.paragraph == paragraph), "")
