"""The matcher is tested on the story of the bridge; only the readers' questions are about the first story."""

import pytest

from bot.matching.deciding.decide import Decider
from bot.matching.ranking.encoder import installed
from bot.story.model import Story
from tests.quick_stories import decider_of


@pytest.fixture(scope="session")
def decider(story: Story) -> Decider:
    """What decides on questions about the bridge with the encoder, if that is installed."""
    return decider_of(story, installed())


@pytest.fixture(scope="session")
def decider_by_words(story: Story) -> Decider:
    """What decides on questions about the bridge without the encoder."""
    return decider_of(story)
