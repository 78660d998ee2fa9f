"""Turn facts and sources into what a user is shown, in one language."""

from collections.abc import Iterable, Sequence

from bot.answering.cited import CitationView, FactView, Pair, Relation
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.dates import article_words, when_words
from bot.story.model import Citation, Fact, Source, Story


class Views:
    """Shows one story in one language."""

    def __init__(self, story: Story, locale: str, catalogue: Catalogue) -> None:
        self._story = story
        self._locale = locale
        self._catalogue = catalogue

    def fact(self, fact: Fact, relation: Relation = "answer", score: float | None = None) -> FactView:
        """Show a fact with who asserts it and where it is written."""
        published = self._story.source[fact.citations[0].source].published
        words = None
        if fact.when:
            words = when_words(fact.when, self._story, published, self._locale, self._catalogue)
        return FactView(
            id=fact.id,
            kind=fact.kind,
            by=fact.by,
            by_name=self._story.entity[fact.by].name.get(self._locale) if fact.by else None,
            text=fact.text.get(self._locale),
            when=fact.when.edtf if fact.when else None,
            when_words=words,
            citations=tuple(map(self.citation, fact.citations)),
            relation=relation,
            score=score,
        )

    def thread(self, fact: Fact, score: float | None = None) -> tuple[FactView, ...]:
        """Show a fact, then what it replies to, then what replies to it."""
        others = (self.fact(other, _relation(fact, other)) for other in self._story.beside(fact))
        return (self.fact(fact, score=score), *others)

    def pair(self, fact: Fact) -> Pair:
        """Show a claim with what denies it, or a denial with the claim that it denies; any other fact alone."""
        sides = [
            other
            for other in self._story.beside(fact)
            if other.kind == "denial" or (fact.kind == "denial" and other.id == fact.replies_to and other.by)
        ]
        return (self.fact(fact), *(self.fact(other, _relation(fact, other)) for other in sides))

    def threads(self, facts: Sequence[Fact]) -> tuple[FactView, ...]:
        """Show facts one after the other, each with what must stand beside it, unless that is among them anyway."""
        ids = {fact.id for fact in facts}
        return tuple(view for fact in facts for view in self.thread(fact) if view.id == fact.id or view.id not in ids)

    def pairs(self, facts: Iterable[Fact]) -> tuple[Pair, ...]:
        """Show facts with their other side; one that has stood there as such is not shown again."""
        pairs: list[Pair] = []
        for fact in facts:
            if not any(view.id == fact.id for pair in pairs for view in pair):
                pairs.append(self.pair(fact))
        return tuple(pairs)

    def citation(self, citation: Citation) -> CitationView:
        """Show where a fact is written."""
        source = self._story.source[citation.source]
        return CitationView(
            source=source.id,
            paragraph=citation.paragraph,
            quote=citation.exact,
            language=source.language,
            article=self.article(source),
            url=source.url,
        )

    def article(self, source: Source) -> str:
        """Name an article by what is recorded of it; what is not is said, never invented."""
        title = self._catalogue.text(self._locale, "source.titled", title=source.title) if source.title else None
        named = ", ".join(part for part in (title, source.author, source.publisher) if part)
        article = article_words(source.published, self._locale, self._catalogue)
        missing = "source.unrecorded" if not source.title and not source.publisher else None
        notes = [named or None, self._catalogue.text(self._locale, missing) if missing else None]
        return ", ".join([article, *(note for note in notes if note)])


def _relation(fact: Fact, other: Fact) -> Relation:
    """Tell how a fact relates to the one that it is shown beside."""
    if other.id == fact.replies_to:
        return "replied_to"
    return "denial" if other.kind == "denial" else "reply"
