"""The matcher is tested on the first story, as readers ask about it."""

import pytest

from bot.story.model import Story


@pytest.fixture(scope="session")
def story(first_story: Story) -> Story:
    """The story that ships with the project."""
    return first_story
