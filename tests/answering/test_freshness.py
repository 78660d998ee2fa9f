"""How fresh a story is: the date of its sources, and whether it has expired."""

from datetime import UTC, datetime

import pytest

from bot.answering.assistant import Assistant
from bot.answering.head import AsOf
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.text import reply_text
from bot.story.model import Story
from bot.surface.platform.render import Renderer
from tests.fakes import FixedLibrary, MemoryBindings, MemoryJournal, SteppedClock, utterance


def expiring(story: Story, expires: str | None) -> Story:
    return story.model_copy(update={"story": story.story.model_copy(update={"expires": expires})})


@pytest.mark.parametrize(
    ("expires", "now", "expired"),
    [
        (None, "2034-01-01", None),
        ("2024-06", "2024-06-30", None),
        ("2024-06", "2024-07-01", "2024-06"),
        ("2025", "2025-12-31", None),
        ("2025", "2026-01-01", "2025"),
    ],
)
def test_a_story_is_fresh_until_the_last_day_of_its_shelf_life(
    story: Story, expires: str | None, now: str, expired: str | None
) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert AsOf.of(expiring(story, expires), at) == AsOf("2020-06", expired)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Qui est Anna Petit ?", "Fin des mises à jour de ce dossier : février 2024"),
        ("Who is Anna Petit?", "This story has not been kept up to date since February 2024"),
    ],
)
async def test_an_answer_says_that_its_story_is_past_it(story: Story, question: str, said: str) -> None:
    old = FixedLibrary(expiring(story, "2024-02"))
    reply = await Assistant(Stories(old, MemoryBindings(), SteppedClock(), catalogue()), MemoryJournal()).ask(
        utterance(question)
    )
    (embed,) = Renderer(catalogue(), reply.locale).reply(reply)
    footer = embed.footer.text
    assert footer is not None
    assert said in footer.replace("\u00a0", " ")
    assert said in reply_text(reply, catalogue())
