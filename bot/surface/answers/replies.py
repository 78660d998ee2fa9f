"""Show a reply: the fact with its buttons, or, where it was just shown in the same channel, where it stands."""

from typing import Any

import discord

from bot.answering.values import Reply
from bot.surface.answers.suggestions import view_of
from bot.surface.platform.notices import tell_managers
from bot.surface.platform.recent import Spot
from bot.surface.platform.sending import Draft, respond
from bot.surface.platform.services import Place, Services

HISTORY = "read_message_history"  # the permission without which Discord takes no reply to a message


async def answer_interaction(interaction: discord.Interaction, reply: Reply, services: Services) -> None:
    """Answer a command: everybody sees it, but for an abstention and for what the channel has just seen."""
    channel = interaction.client.get_partial_messageable(interaction.channel_id or 0, guild_id=interaction.guild_id)
    pointer = _pointer(reply, channel, services)
    if pointer:
        await respond(interaction, pointer, services, alone=True)
        return
    draft = draft_of(reply, interaction.user.id, services)
    sent = await respond(interaction, draft, services, alone=reply.outcome == "abstain")
    services.show(reply, Place.of(interaction), sent)


async def answer_message(
    message: discord.Message, reply: Reply, client: discord.Client, services: Services
) -> list[discord.Message]:
    """Answer a message of chat, as a reply to it where the bot may read what stands in the channel."""
    permitted = permissions_in(message)
    guild = message.guild
    channel = client.get_partial_messageable(message.channel.id, guild_id=guild.id if guild else None)
    draft = _pointer(reply, channel, services)
    is_pointer = draft is not None
    draft = draft or draft_of(reply, message.author.id, services)
    sent = [await speak(message, **options) for options in draft.parts(permitted)]
    if not is_pointer:
        services.show(reply, Place.of(message), [one.id for one in sent])
    lacking = draft.lacking(permitted) | (set() if permitted.read_message_history else {HISTORY})
    if guild and lacking:
        await tell_managers(client, guild, lacking, services)
    return sent


async def speak(message: discord.Message, **options: Any) -> discord.Message:
    """Reply to a message; where the bot may not read what stands in the channel, send without replying."""
    if permissions_in(message).read_message_history:
        return await message.reply(**options, mention_author=False)
    return await message.channel.send(**options)


def draft_of(reply: Reply, asker: int, services: Services) -> Draft:
    """Draw a reply with its buttons."""
    renderer = services.renderer(reply.locale)
    return Draft(renderer.heading(reply), renderer.reply(reply), view_of(reply, asker, services))


def permissions_in(message: discord.Message) -> discord.Permissions:
    """Return what the bot may do in a message's channel; a direct message permits everything."""
    channel = message.channel
    if message.guild is None or isinstance(
        channel, discord.DMChannel | discord.GroupChannel | discord.PartialMessageable
    ):
        return discord.Permissions.all()
    return channel.permissions_for(message.guild.me)


def _pointer(reply: Reply, channel: discord.PartialMessageable, services: Services) -> Draft | None:
    """Return a pointer to a fact that a server's channel saw less than a minute ago."""
    spot = Spot.of(reply, channel.id)
    found = services.recent.find(spot, services.clock.now()) if spot and channel.guild_id else None
    if not found:
        return None
    link = f"{channel.jump_url}/{found}"
    return Draft(services.renderer(reply.locale).say("reply.just_now", link=link))
