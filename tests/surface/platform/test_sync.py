"""Commands are synced only if they changed."""

import asyncio
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.surface.platform import sync
from bot.surface.platform.sync import sync_commands, sync_scope
from tests.fakes import MemorySyncState


class CountingTree(app_commands.CommandTree[discord.Client]):
    """A command tree that records syncs instead of sending them."""

    def __init__(self, application: int = 1) -> None:
        super().__init__(discord.Client(intents=discord.Intents.none(), application_id=application))
        self.synced: list[int | None] = []
        self.forbidden = False
        self.failing: list[int | None] = []  # the scopes that fail, once for each time that they are listed
        self.failure: Exception | None = None  # without one, Discord does not answer

    async def sync(self, *, guild: Any = None) -> list[Any]:
        if self.forbidden and guild is not None:
            raise discord.Forbidden(NO, "Missing Access")
        scope = guild.id if guild else None
        if scope in self.failing:
            self.failing.remove(scope)
            if self.failure is None:
                await asyncio.sleep(60)
            else:
                raise self.failure
        self.synced.append(guild.id if guild else None)
        return []


class _Response:
    status, reason = 403, "Forbidden"


NO: Any = _Response()  # discord.py takes the responses of two libraries, if both are installed


@pytest.fixture
def tree() -> CountingTree:
    return furnished(CountingTree())


def furnished(made: CountingTree) -> CountingTree:
    made.add_command(command("ask"))
    made.add_command(command("facts"), guild=discord.Object(1))
    return made


def command(name: str, description: str = "…") -> app_commands.Command[Any, ..., Any]:
    async def callback(_interaction: discord.Interaction) -> None: ...

    return app_commands.Command(name=name, description=description, callback=callback)


async def test_everything_is_sent_the_first_time_and_nothing_the_second(tree: CountingTree) -> None:
    state = MemorySyncState()
    await sync_commands(tree, state, frozenset({1}))
    assert tree.synced == [None, 1]
    await sync_commands(tree, state, frozenset({1}))
    assert tree.synced == [None, 1]


async def test_a_changed_command_is_sent_again_alone(tree: CountingTree) -> None:
    state = MemorySyncState()
    await sync_commands(tree, state, frozenset({1}))
    tree.remove_command("ask")
    tree.add_command(command("ask", "another description"))
    await sync_commands(tree, state, frozenset({1}))
    assert tree.synced == [None, 1, None]


async def test_a_server_that_is_no_longer_an_editors_loses_its_commands(tree: CountingTree) -> None:
    state = MemorySyncState()
    await sync_commands(tree, state, frozenset({1}))
    tree.clear_commands(guild=discord.Object(1))
    await sync_commands(tree, state, frozenset())
    assert tree.synced == [None, 1, 1]


async def test_a_server_that_the_bot_is_not_in_is_tried_again_next_time(tree: CountingTree) -> None:
    state = MemorySyncState()
    tree.forbidden = True
    await sync_commands(tree, state, frozenset({1}))
    assert tree.synced == [None]
    tree.forbidden = False
    await sync_commands(tree, state, frozenset({1}))
    assert tree.synced == [None, 1]


@pytest.mark.parametrize(
    "failure", [discord.HTTPException(NO, "No"), TypeError("a broken answer"), OSError("no network"), None]
)
@pytest.mark.parametrize("scope", [None, 1])
async def test_what_fails_is_told_once_and_tried_again_and_the_rest_is_synced_meanwhile(
    tree: CountingTree,
    scope: int | None,
    failure: Exception | None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("FIRST_PAUSE", "LONGEST_PAUSE", "SYNC_SECONDS"):
        monkeypatch.setattr(sync, name, 0.002)
    tree.failing, tree.failure = [scope] * 3, failure
    await sync_commands(tree, MemorySyncState(), frozenset({1}))
    assert tree.synced == ([1, None] if scope is None else [None, 1])
    assert caplog.text.count("are not synced") == 1


async def test_another_application_on_the_same_database_gets_its_commands(tree: CountingTree) -> None:
    state, other = MemorySyncState(), furnished(CountingTree(2))
    await sync_commands(tree, state, frozenset({1}))
    await sync_commands(other, state, frozenset({1}))
    assert other.synced == [None, 1]


async def test_a_server_that_the_bot_comes_back_to_gets_its_commands_again(tree: CountingTree) -> None:
    state = MemorySyncState()
    await sync_commands(tree, state, frozenset({1}))
    await sync_scope(tree, state, discord.Object(1), force=True)
    assert tree.synced == [None, 1, 1]
