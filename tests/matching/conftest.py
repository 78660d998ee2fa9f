"""The matcher is tested on the first story, as readers ask about it."""

import pytest

from bot.matching.deciding.decide import Decider
from bot.story.model import Story


@pytest.fixture(scope="session")
def story(first_story: Story) -> Story:
    """The story that ships with the project."""
    return first_story


@pytest.fixture(scope="session")
def decider(first_decider: Decider) -> Decider:
    """What decides on its questions with the encoder, if that is installed."""
    return first_decider


@pytest.fixture(scope="session")
def decider_by_words(story: Story) -> Decider:
    """What decides on its questions without the encoder."""
    return Decider(story)
