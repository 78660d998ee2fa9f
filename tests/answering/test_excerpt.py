"""An excerpt tells one fact just as its story does."""

from bot.answering.excerpt import excerpt
from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.presenter import Presenter
from bot.story.model import Story
from tests.answering.test_publishing import FACT, with_fact


def test_each_fact_is_told_from_its_excerpt_as_from_its_story(first_story: Story) -> None:
    for fact in first_story.shown_facts.values():
        alone = excerpt(first_story, fact.id)
        assert alone is not None
        again = Story.model_validate_json(alone.model_dump_json(exclude_defaults=True))
        for locale in first_story.languages:
            whole, part = (Presenter(one, locale, catalogue()) for one in (first_story, again))
            assert part.with_replies(again.shown_facts[fact.id]) == whole.with_replies(fact)


def test_a_fact_that_is_not_shown_is_not_shown_from_its_excerpt(story: Story) -> None:
    alone = excerpt(with_fact(story, FACT, status="withdrawn"), FACT)
    assert alone is not None
    assert alone.shown_facts == {}
    assert excerpt(story, "nothing-of-the-kind") is None
