"""What differs between two editions of a story, and which files going back to one would lose."""

from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from bot.answering.answer_changes import AnswerChange, AnswerEffect
from bot.answering.diff import FactDiff, FactPart, StoryDiff, TextDiff, shelf_diff, story_diff
from bot.answering.editions import Edition, Shelf
from bot.answering.exchange import Asked
from bot.answering.preview import lost_files
from bot.answering.publishing import VISIBLE_FIELDS
from bot.answering.telling.catalogue import LANGUAGES, catalogue
from bot.answering.telling.differences import diff_lines
from bot.answering.versions import KeptVersion
from bot.matching.deciding.decide import Decider
from bot.story.model import Story
from bot.story.texts import Text
from tests.answering.test_publishing import FACT, with_fact
from tests.fakes import edition_of


def against(story: Story, **update: Any) -> tuple[Edition, Edition]:
    return edition_of(story, version="old"), edition_of(with_fact(story, FACT, **update), version="new")


def test_an_edition_does_not_differ_from_itself(story: Story) -> None:
    edition = edition_of(story)
    assert shelf_diff(Shelf((edition,)), Shelf((edition,)), []) == ()
    assert story_diff(edition, edition, []).facts == ()


def test_a_text_that_differs_in_one_language_is_told_in_that_language(story: Story) -> None:
    texts = story.shown_facts[FACT].text.root
    diff = story_diff(*against(story, text=Text({**texts, "fr": "Autre chose."})), [])
    assert diff.facts == (FactDiff(FACT, "edited", ("text",), (TextDiff("fr", texts["fr"], "Autre chose."),)),)


@pytest.mark.parametrize("part", sorted(VISIBLE_FIELDS))
def test_each_part_that_readers_see_is_named(story: Story, part: Any) -> None:
    fact = story.shown_facts[FACT]
    other = next(value for one in story.shown_facts.values() if (value := getattr(one, part)) != getattr(fact, part))
    (diff,) = story_diff(*against(story, **{part: other}), []).facts
    assert diff == FactDiff(FACT, "edited", (part,), ())
    assert VISIBLE_FIELDS | {"text"} == set(get_args(FactPart))


@pytest.mark.parametrize("is_added", [True, False])
def test_a_fact_is_added_or_withdrawn_with_its_text(story: Story, is_added: bool) -> None:
    shown, hidden = against(story, status="withdrawn")
    (diff,) = (story_diff(hidden, shown, []) if is_added else story_diff(shown, hidden, [])).facts
    assert (diff.fact, diff.what, diff.parts) == (FACT, "added" if is_added else "withdrawn", ())
    assert [text.after if is_added else text.before for text in diff.texts] == [*story.shown_facts[FACT].text.values()]


def test_a_story_comes_or_goes_whole(story: Story) -> None:
    edition = edition_of(story, version="1")
    (new,) = shelf_diff(Shelf(()), Shelf((edition,)), [])
    (gone,) = shelf_diff(Shelf((edition,)), Shelf(()), [])
    assert (new.before, new.after, {fact.what for fact in new.facts}) == (None, "1", {"added"})
    assert (gone.before, gone.after, {fact.what for fact in gone.facts}) == ("1", None, {"withdrawn"})
    with pytest.raises(ValueError, match="no edition"):
        story_diff(None, None, [])


def test_questions_that_other_stories_answered_are_not_asked(story: Story) -> None:
    asked = story.shown_facts[FACT].asked.get("fr")[0]
    before = edition_of(story, version="old")
    hidden = with_fact(story, FACT, status="draft")
    shelves = Shelf((before,)), Shelf((Edition(hidden, Decider(hidden), "new", 1.0),))
    for answered_by, is_told in ((story.id, True), ("tunnel", False)):
        (diff,) = shelf_diff(*shelves, [Asked(asked, asked, "fr", "answer", None, answered_by)])
        assert (asked in {one.question for one in diff.answers}) is is_told


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("effect", get_args(AnswerEffect))
def test_every_effect_on_an_answer_has_words(locale: str, effect: AnswerEffect) -> None:
    diff = StoryDiff("bridge", Text({"*": "Bridge"}), "1", "2", (), (AnswerChange("Who?", effect, "old", None),))
    assert "Who?" in diff_lines(diff, locale, catalogue())[-1]


KEPT = KeptVersion(
    "bridge", 1, "1", datetime(2024, 3, 5, tzinfo=UTC), 0, "bridge", {"story/facts.yml": "a", "seeds/article.yml": "b"}
)


@pytest.mark.parametrize(
    ("on_disk", "lost"),
    [
        ({}, []),
        ({"story/facts.yml": "a", "seeds/article.yml": "b"}, []),
        ({"story/facts.yml": "edited"}, ["story/facts.yml"]),
        ({"seeds/article.yml": "edited"}, ["seeds/article.yml"]),
        ({"story/more.yml": "new"}, ["story/more.yml"]),
        ({"seeds/other.yml": "another story's"}, []),
        ({"story/facts.yml": "wanted"}, []),
    ],
)
def test_only_a_file_that_no_version_has_would_be_lost(on_disk: dict[str, str], lost: list[str]) -> None:
    wanted = {"story/facts.yml": "wanted", "seeds/article.yml": "b"}
    assert lost_files(on_disk, wanted, [KEPT]) == lost
