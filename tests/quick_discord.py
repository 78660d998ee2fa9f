"""A simulated Discord without what costs a test of it most, and changes nothing that a test can see."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from discord.app_commands import commands, transformers
from simcord import components, gateway, results
from simcord.http import router

from bot.surface.platform.translator import CODES

PLAIN = {str, int, float, bool, type(None)}


@contextmanager
def translated_where_told() -> Iterator[None]:
    """Translate commands into the locales that have a catalogue, and not ask in vain for each of Discord's thirty."""
    with patch.object(commands, "Locale", tuple(CODES)), patch.object(transformers, "Locale", tuple(CODES)):
        yield


@contextmanager
def copied_as_json() -> Iterator[None]:
    """Copy what is sent and received as the JSON that it is: `deepcopy` looks at each part for what JSON cannot be."""
    with ExitStack() as stack:
        for module in (components, results):
            stack.enter_context(patch.object(module, "deepcopy", copied))
        for module in (gateway, router):
            stack.enter_context(patch.object(module, "copy", SimpleNamespace(deepcopy=copied)))
        yield


def copied(value: Any) -> Any:
    """Return a deep copy, quickly of what JSON can be."""
    kind = type(value)
    if kind is dict:
        return {key: copied(part) for key, part in value.items()}
    if kind is list:
        return [copied(part) for part in value]
    return value if kind in PLAIN else deepcopy(value)
