"""The commands that a person sees, in that person's language as Discord shows them."""

from collections.abc import Mapping
from typing import Any

import simcord
from simcord.enums import AppCommandType
from simcord.interactions import command_leaves

from bot.playground.world import Seat

Payload = Mapping[str, Any]  # as the bot registered it at Discord
LIMITS = ("type", "required", "autocomplete", "min_value", "max_value", "min_length", "max_length")


def slash_commands(env: simcord.Env, seat: Seat) -> list[dict[str, Any]]:
    """Return the slash commands for the picker; names are sent as registered, and shown translated."""
    registered = env.backend.visible_commands(user_id=seat.actor.id, channel_id=seat.channel.id)
    return [
        _shown(command, path, leaf, seat.locale) for command in registered for path, leaf in command_leaves(command)
    ]


def menu_commands(env: simcord.Env, seat: Seat) -> list[tuple[str, str]]:
    """Return the commands in the menu of a message: what is sent, and what is shown."""
    found = env.backend.visible_commands(user_id=seat.actor.id, channel_id=seat.channel.id, type=AppCommandType.MESSAGE)
    return [(command["name"], translated(command, "name", seat.locale)) for command in found]


def invoked(env: simcord.Env, name: str, kind: int, locale: str) -> str:
    """Return a command's name as it is shown in a language."""
    scopes = env.backend.commands.values()
    found = (one for scope in scopes for one in scope.values() if one["name"] == name and one.get("type", 1) == kind)
    command = next(found, None)
    return translated(command, "name", locale) if command else name


def translated(payload: Payload, key: str, locale: str) -> str:
    """Return a name or a description in a language, as registered if it is not translated."""
    translations = payload.get(f"{key}_localizations") or {}
    return str(translations.get(locale) or payload[key])


def _shown(command: Payload, path: list[str], leaf: Payload, locale: str) -> dict[str, Any]:
    names = [command, leaf] if len(path) > 1 else [leaf]
    return {
        "name": " ".join(path),
        "shown": " ".join(translated(part, "name", locale) for part in names),
        "description": translated(leaf, "description", locale),
        "options": [_option(option, locale) for option in leaf.get("options") or ()],
    }


def _option(option: Payload, locale: str) -> dict[str, Any]:
    choices = [
        {"name": translated(choice, "name", locale), "value": choice["value"]} for choice in option.get("choices") or ()
    ]
    limits = {key: option[key] for key in LIMITS if option.get(key) is not None}
    return {
        "name": option["name"],
        "shown": translated(option, "name", locale),
        "description": translated(option, "description", locale),
        "choices": choices,
        **limits,
    }
