"""What is needed to tell one fact as it was, whatever becomes of its story."""

from collections.abc import Iterable, Iterator

from bot.story.model import Fact, Story
from bot.story.texts import Texts


def excerpt(story: Story, fact: str) -> Story | None:
    """Return a story of only one fact and what is told with it; None if there is no such fact.

    A fact that is not shown is alone in its excerpt, and is not shown from there either.
    """
    found = next((one for one in story.facts if one.id == fact), None)
    if found is None:
        return None
    told = {one.id: one for one in (found, *(story.beside(found) if found.is_shown else ()))}
    facts = told | {one.id: one for one in _derived_from(story, told.values())}
    by = {one.by for one in facts.values() if one.by}
    cited = {citation.source for one in facts.values() for citation in one.citations}
    return Story(
        story=story.story,
        entities=tuple(
            one.model_copy(update={"aliases": Texts({}), "citations": ()}) for one in story.entities if one.id in by
        ),
        facts=tuple(
            one.model_copy(update={"asked": Texts({}), "about": (), "roles": (), "answers": ()})
            for one in facts.values()
        ),
        sources=tuple(one.model_copy(update={"paragraphs": ()}) for one in story.sources if one.id in cited),
    )


def _derived_from(story: Story, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield the facts whose dates these facts' dates were worked out from."""
    for fact in facts:
        derivation = fact.when.derived_from if fact.when else None
        if derivation and derivation.fact in story.shown_facts:
            yield story.shown_facts[derivation.fact]
