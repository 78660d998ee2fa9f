"""The lists of what can be set and typed leave nothing out."""

from collections.abc import Iterator
from typing import Any

from discord.ext import commands

import bot.surface.client  # noqa: F401
from bot.settings import Settings, variable
from tests.docs.listed import COGS, told


def cogs(cog: type[Any] = commands.Cog) -> Iterator[type[Any]]:
    """Yield each cog of the bot's that has commands."""
    for found in cog.__subclasses__():
        if found.__module__.startswith("bot.") and found.__cog_app_commands__:
            yield found
        yield from cogs(found)


def test_each_setting_is_told_once() -> None:
    names = [name for one in told() for name in one.variables]
    assert sorted(names) == sorted(map(variable, Settings.model_fields))
    assert all(one.text for one in told())


def test_each_cog_with_commands_is_listed() -> None:
    assert set(cogs()) == set(COGS)
