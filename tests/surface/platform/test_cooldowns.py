"""Cooldowns: a user over the limit is sent when to try again; in chat, only once."""

from datetime import timedelta

from bot.surface.platform.cooldowns import MISTAKE_RATE, PRESS_RATE, QUESTION_RATE, Cooldowns
from tests.conftest import OpenApp
from tests.discord_world import choose, world_around
from tests.fakes import SetClock
from tests.surface.words import seen

TIMES, SECONDS = QUESTION_RATE.times, QUESTION_RATE.seconds


def test_a_user_may_ask_a_number_of_questions_a_minute() -> None:
    clock = SetClock()
    cooldowns = Cooldowns(clock, frozenset())
    assert [cooldowns.count(1, QUESTION_RATE) for _ in range(TIMES)] == [None] * TIMES
    wait = cooldowns.count(1, QUESTION_RATE)
    assert wait is not None
    assert wait.until == clock.now() + timedelta(seconds=SECONDS)
    assert cooldowns.count(2, QUESTION_RATE) is None
    clock.advance(SECONDS + 1)
    assert cooldowns.count(1, QUESTION_RATE) is None


def test_a_wait_is_news_once_a_minute() -> None:
    clock = SetClock()
    cooldowns = Cooldowns(clock, frozenset())
    news = []
    for _ in range(2):
        waits = [cooldowns.count(1, QUESTION_RATE) for _ in range(TIMES + 2)]
        news += [wait.is_first_notice for wait in waits if wait]
        clock.advance(SECONDS + 1)
    assert news == [True, False, True, False]


def test_an_owner_never_waits() -> None:
    cooldowns = Cooldowns(SetClock(), frozenset({1}))
    assert {cooldowns.count(1, QUESTION_RATE) for _ in range(3 * TIMES)} == {None}


async def test_a_command_too_many_says_when_to_come_back(opened: OpenApp) -> None:
    clock = SetClock()
    async with opened(clock) as app, world_around(app) as world:
        for _ in range(TIMES):
            await world.reader.slash(world.channel, "who", name="anna-petit")
        result = await world.reader.slash(world.channel, "who", name="anna-petit")
        assert result.ephemeral
        until = int(clock.now().timestamp() + SECONDS)
        assert seen(result.response) == f"Vous posez beaucoup de questions. Revenez <t:{until}:R>."
        message = await world.other.send(world.channel, "Qui est Anna Petit ?")
        menu = await world.reader.context_menu(world.channel, "Check against the story", message)
        assert seen(menu.response) == seen(result.response)
        assert await world.complete("who", "name", "pet")
        clock.advance(SECONDS + 1)
        assert not (await world.reader.slash(world.channel, "who", name="anna-petit")).ephemeral


async def test_in_chat_it_is_said_once_and_then_the_bot_is_silent(opened: OpenApp) -> None:
    async with opened(SetClock()) as app, world_around(app) as world:
        for _ in range(TIMES + 3):
            await world.reader.send(world.channel, f"{world.mention()} merci")
        said = [message.content for message in world.channel.history() if message.author == app.client.user]
        assert len([text for text in said if text.startswith("Vous posez beaucoup de questions.")]) == 1
        assert len(said) == TIMES + 1


async def test_rights_and_the_editors_work_are_never_refused(opened: OpenApp) -> None:
    async with opened(SetClock(), editor_guilds="1000") as app, world_around(app) as world:
        for _ in range(TIMES + 1):
            await world.manager.slash(world.channel, "who", name="anna-petit")
        shown = await world.manager.slash(world.channel, "privacy show")
        assert seen(shown.response).startswith("Voici ce que je garde")
        status = await world.manager.slash(world.channel, "facts status")
        assert "13 faits" in seen(status.response)


async def test_buttons_have_a_limit_of_their_own_and_reports_a_lower_one(opened: OpenApp) -> None:
    async with opened(SetClock()) as app, world_around(app) as world:
        answer = await world.reader.slash(world.channel, "ask", question="Qui est Anna Petit ?")
        assert answer.response is not None
        for _ in range(MISTAKE_RATE.times):
            assert (await choose(world.other, answer.response, "Signaler une erreur")).modal
        refused = await choose(world.other, answer.response, "Signaler une erreur")
        assert seen(refused.response).startswith("Vous posez beaucoup de questions.")
        for _ in range(PRESS_RATE.times - 2 * MISTAKE_RATE.times - 2):  # each report took two presses
            await world.other.click(answer.response, label="Utile")
        refused = await world.other.click(answer.response, label="Utile")
        assert seen(refused.response).startswith("Vous posez beaucoup de questions.")
