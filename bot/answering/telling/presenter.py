"""Make facts and sources ready to be shown in one language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answering.cited import CitedFact, Reference, Relation, Sides
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.dates import article_words, when_words
from bot.story.model import Citation, Fact, Source, Story, When


@dataclass(frozen=True)
class Presenter:
    """Presents one story in one language."""

    story: Story
    locale: str
    catalogue: Catalogue

    def fact(self, fact: Fact, relation: Relation = "answer", score: float | None = None) -> CitedFact:
        """Return a fact with who asserts it and where it is written."""
        return CitedFact(
            id=fact.id,
            kind=fact.kind,
            by=fact.by,
            by_name=self.story.entity[fact.by].name.get(self.locale) if fact.by else None,
            text=fact.text.get(self.locale),
            when=fact.when.edtf if fact.when else None,
            when_words=self.when(fact.when, fact) if fact.when else None,
            citations=tuple(map(self.reference, fact.citations)),
            relation=relation,
            score=score,
        )

    def with_replies(self, fact: Fact, score: float | None = None) -> Sides:
        """Return a fact, then what it replies to, then what replies to it."""
        others = (self.fact(other, _relation(fact, other)) for other in self.story.beside(fact))
        return (self.fact(fact, score=score), *others)

    def both_sides(self, fact: Fact) -> Sides:
        """Return a claim with what denies it, or a denial with the claim that it denies; any other fact alone."""
        sides = [
            other
            for other in self.story.beside(fact)
            if other.kind == "denial" or (fact.kind == "denial" and other.id == fact.replies_to and other.by)
        ]
        return (self.fact(fact), *(self.fact(other, _relation(fact, other)) for other in sides))

    def with_replies_once(self, facts: Sequence[Fact]) -> tuple[CitedFact, ...]:
        """Return facts in a row, each with its replies unless those are among the facts themselves."""
        ids = {fact.id for fact in facts}
        return tuple(
            cited for fact in facts for cited in self.with_replies(fact) if cited.id == fact.id or cited.id not in ids
        )

    def both_sides_once(self, facts: Iterable[Fact]) -> tuple[Sides, ...]:
        """Return facts with their other side, but not those that an earlier one has as its other side."""
        found: list[Sides] = []
        for fact in facts:
            if not any(cited.id == fact.id for sides in found for cited in sides):
                found.append(self.both_sides(fact))
        return tuple(found)

    def when(self, when: When, fact: Fact) -> str:
        """Say when something happened; a date that the source gives in words is relative to the article of the fact."""
        published = self.story.source[fact.citations[0].source].published
        return when_words(when, self.story, published, self.locale, self.catalogue)

    def reference(self, citation: Citation) -> Reference:
        """Return where something is written."""
        source = self.story.source[citation.source]
        return Reference(
            source=source.id,
            paragraph=citation.paragraph,
            quote=citation.exact,
            language=source.language,
            article=self.article(source),
            url=source.url,
        )

    def article(self, source: Source) -> str:
        """Name an article by what is recorded of it, and say what is not; nothing is invented."""
        title = self.catalogue.text(self.locale, "source.titled", title=source.title) if source.title else None
        named = ", ".join(part for part in (title, source.author, source.publisher) if part)
        article = article_words(source.published, self.locale, self.catalogue)
        missing = "source.unrecorded" if not source.title and not source.publisher else None
        notes = [named or None, self.catalogue.text(self.locale, missing) if missing else None]
        return ", ".join([article, *(note for note in notes if note)])


def _relation(fact: Fact, other: Fact) -> Relation:
    """Return how a fact relates to the one that it is shown beside."""
    if other.id == fact.replies_to:
        return "replied_to"
    return "denial" if other.kind == "denial" else "reply"
