"""Prepare facts and sources to be shown in one language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answering.cited import CitedFact, Reference, Relation, Sides
from bot.answering.languages import told_in
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.dates import article_text, when_text
from bot.story.model import Citation, Fact, Source, Story, When


@dataclass(frozen=True)
class Presenter:
    """Presents one story in one language of the interface; the story's texts are in one of its own languages."""

    story: Story
    locale: str
    catalogue: Catalogue

    @property
    def language(self) -> str:
        """The language of the story's texts."""
        return told_in(self.story.languages, self.locale)

    def fact(self, fact: Fact, relation: Relation = "answer", score: float | None = None) -> CitedFact:
        """Return a fact ready to be shown."""
        return CitedFact(
            id=fact.id,
            kind=fact.kind,
            by=fact.by,
            by_name=self.story.entity[fact.by].name.get(self.language) if fact.by else None,
            text=fact.text.get(self.language),
            language=self.language,
            when=fact.when.edtf if fact.when else None,
            when_text=self.when(fact.when, fact) if fact.when else None,
            citations=tuple(map(self.reference, fact.citations)),
            relation=relation,
            score=score,
        )

    def with_replies(self, fact: Fact, score: float | None = None) -> Sides:
        """Return a fact, then the fact it replies to, then its replies."""
        others = (self.fact(other, _relation(fact, other)) for other in self.story.beside(fact))
        return (self.fact(fact, score=score), *others)

    def both_sides(self, fact: Fact) -> Sides:
        """Return a fact with its denials, or a denial with the claim that it denies."""
        sides = [
            other
            for other in self.story.beside(fact)
            if other.kind == "denial" or (fact.kind == "denial" and other.id == fact.replies_to and other.by)
        ]
        return (self.fact(fact), *(self.fact(other, _relation(fact, other)) for other in sides))

    def with_replies_once(self, facts: Sequence[Fact]) -> tuple[CitedFact, ...]:
        """Return facts in order, each followed by its replies, except replies that are themselves in `facts`."""
        ids = {fact.id for fact in facts}
        return tuple(
            cited for fact in facts for cited in self.with_replies(fact) if cited.id == fact.id or cited.id not in ids
        )

    def both_sides_once(self, facts: Iterable[Fact]) -> tuple[Sides, ...]:
        """Return each fact with its other side, except facts already shown as another's other side."""
        found: list[Sides] = []
        shown = set[str]()
        for fact in facts:
            if fact.id not in shown:
                found.append(self.both_sides(fact))
                shown.update(cited.id for cited in found[-1])
        return tuple(found)

    def when(self, when: When, fact: Fact) -> str:
        """Format when something happened; the source's words, such as "last week", refer to the fact's article."""
        source = self.story.source[fact.citations[0].source]
        return when_text(when, self.story, source, self.locale, self.catalogue)

    def reference(self, citation: Citation) -> Reference:
        """Return a citation ready to be shown."""
        source = self.story.source[citation.source]
        return Reference(
            source=source.id,
            paragraph=citation.paragraph,
            quote=citation.exact,
            language=source.language,
            article=self.article(source),
            url=source.url,
            is_quoted=citation.quoted,
            translation=self._translation(citation, source),
        )

    def _translation(self, citation: Citation, source: Source) -> str | None:
        if source.language == self.language or citation.translation is None:
            return None
        return citation.translation.get(self.language) if citation.translation.covers(self.language) else None

    def article(self, source: Source) -> str:
        """Return an article's name: its date and the other details that are recorded."""
        title = self.catalogue.text(self.locale, "source.titled", title=source.title) if source.title else None
        named = ", ".join(part for part in (title, source.author, source.publisher) if part)
        article = article_text(source.published, self.locale, self.catalogue)
        return f"{article}, {named}" if named else article


def _relation(fact: Fact, other: Fact) -> Relation:
    """Return how `other` relates to the fact that it is shown with."""
    if other.id == fact.replies_to:
        return "replied_to"
    return "denial" if other.kind == "denial" else "reply"
