"""Which language a story is told in, and which one all else is in."""

import pytest

from bot.answering.languages import told_in
from bot.answering.stories import locale_for
from bot.story.model import Story, StoryHead
from bot.story.texts import Text
from tests.fakes import context


@pytest.mark.parametrize(
    ("languages", "locale", "frame", "told"),
    [
        (("fr", "en"), "fr-CA", "fr", "fr"),
        (("fr", "en"), "de", "de", "en"),  # what most readers of another language can read
        (("fr",), "de", "de", "fr"),
        (("it",), "fr", "fr", "it"),
        (("fr", "en"), "ja", "en", "en"),
        (("fr",), "ja", "fr", "fr"),  # one language rather than two
        (("it",), "ja", "en", "it"),
        (("fr", "en"), "", "en", "en"),
    ],
)
def test_a_story_is_told_in_one_of_its_languages_and_all_else_in_the_readers(
    languages: tuple[str, ...], locale: str, frame: str, told: str
) -> None:
    story = Story(story=StoryHead(id="any", title=Text("Any"), languages=languages, as_of="2020"))
    assert locale_for(story, context(locale)) == frame
    assert told_in(languages, frame) == told
