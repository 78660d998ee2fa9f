"""A simulated Discord around the real client: the only place of the tests that knows how simcord works."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import discord
import simcord
from discord import app_commands
from simcord.actors import MemberActor, _dispatch_actor_interaction
from simcord.backend import serializers
from simcord.builders import ChannelHandle
from simcord.enums import AppCommandType, InteractionType
from simcord.results import InteractionResult

from bot.app import App
from bot.playground.simulated import speaking
from bot.surface.answers import cog

_MOST_CHOICES = 25  # Discord refuses more; simcord lets them through


@dataclass(frozen=True)
class World:
    """A server with one channel, a reader, a second one, and a manager."""

    env: simcord.Env
    app: App
    channel: ChannelHandle
    reader: MemberActor
    other: MemberActor
    manager: MemberActor

    def mention(self) -> str:
        """Return the mention of the bot."""
        assert self.app.client.user is not None
        return self.app.client.user.mention

    async def complete(self, command: str, option: str, typed: str) -> list[dict[str, Any]]:
        """Type into an option, as Discord would let it."""
        choices = await self.reader.autocomplete(self.channel, command, option, typed)
        assert len(choices) <= _MOST_CHOICES
        return choices


@asynccontextmanager
async def world_around(app: App, *, guild: int = 1000, locale: str = "fr", **options: Any) -> AsyncIterator[World]:
    """Connect the app's client to a simulated Discord, with interactions in a locale."""
    with speaking(lambda _user: locale), tuned():
        async with simcord.run(app.client, **options) as env:
            yield build_world(env, app, guild)


async def publish(app: App) -> None:
    """Load the stories again and announce the version, as happens by itself a moment after files are saved."""
    report = await app.library.reload()
    assert report.loaded, report.problems
    await app.publishing.record()
    await app.client.bulletin.issue()


def channel_without(world: World, **permissions: bool) -> ChannelHandle:
    """Make a channel where everybody, the bot too, lacks something."""
    everybody: Any = world.env.guild.default_role
    denied = {everybody: discord.PermissionOverwrite(**permissions)}
    return world.env.guild.create_text_channel("moins", overwrites=denied)


@contextmanager
def tuned() -> Iterator[None]:
    """Let simcord look every 2 ms, and not 50, whether the bot is done; and not call a refused command an error.

    No test posts the copy of a question after its deletion, so that none is waited for.
    """
    defaults, record = simcord.Env._settle_internal.__kwdefaults__, simcord.Env._record_error
    assert defaults is not None

    def record_error(env: simcord.Env, error: BaseException) -> None:
        if not isinstance(error, app_commands.CheckFailure):
            record(env, error)

    with (
        patch.dict(defaults, idle=0.002),
        patch.object(simcord.Env, "_record_error", record_error),
        patch.object(cog, "COPY_GRACE_SECONDS", 0.02),
    ):
        yield


def build_world(env: simcord.Env, app: App, guild: int) -> World:
    """Furnish a server."""
    handle = env.create_guild("Rédaction", id=guild, preferred_locale="fr")
    managers = handle.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    people = [handle.add_member(env.create_user(name)) for name in ("lou", "sam")]
    manager = handle.add_member(env.create_user("max"), roles=[managers])
    return World(env, app, handle.create_text_channel("questions"), people[0], people[1], manager)


async def forge(actor: MemberActor, channel: ChannelHandle, home: int, *path: str) -> InteractionResult:
    """Send a server's own command from another place, as no client of Discord's would."""
    name, *nested = path
    options: list[dict[str, Any]] = []
    for part in reversed(nested):
        options = [{"type": 1, "name": part, "options": options}]
    data = {"id": "1", "name": name, "type": int(AppCommandType.CHAT_INPUT), "options": options, "guild_id": str(home)}
    return await _dispatch_actor_interaction(actor, InteractionType.APPLICATION_COMMAND, channel, data)


async def ask_in(actor: MemberActor, channel: ChannelHandle, question: str, **place: Any) -> InteractionResult:
    """Ask by command with another place in the payload, as from a server or a conversation without the bot."""
    options = [{"type": 3, "name": "question", "value": question}]
    data = {"id": "1", "name": "ask", "type": int(AppCommandType.CHAT_INPUT), "options": options}
    user = serializers.user_payload(actor._env.backend.get_user(actor.id))
    extra = {**place, "user": dict(user)}
    return await _dispatch_actor_interaction(actor, InteractionType.APPLICATION_COMMAND, channel, data, extra=extra)


async def choose(actor: Any, message: Any, label: str) -> InteractionResult:
    """Press the last button under an answer, and choose from the menu that it opens."""
    more = message.components[-1]
    children = more["components"] if isinstance(more, dict) else more.children
    last = children[-1]
    opened = await actor.click(message, label=last["label"] if isinstance(last, dict) else last.label)
    (row,) = opened.response.components
    (menu,) = row["components"]
    (value,) = (option["value"] for option in menu["options"] if option["label"] == label)
    result: InteractionResult = await actor.select(opened.response, [value], custom_id=menu["custom_id"])
    return result


async def press(actor: MemberActor, channel: ChannelHandle, message: Any, custom_id: str) -> InteractionResult:
    """Press a button that the message does not have, as a forged client could."""
    backend = actor._env.backend
    stored = backend.get_message(channel.id, message.id)
    return await _dispatch_actor_interaction(
        actor,
        InteractionType.MESSAGE_COMPONENT,
        channel,
        {"component_type": 2, "custom_id": custom_id},
        extra={"message": dict(serializers.message_payload(backend, stored))},
        source_message_id=message.id,
    )
