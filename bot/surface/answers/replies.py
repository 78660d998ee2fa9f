"""Send a reply with its buttons, or a link to it if the channel has just seen it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import discord

from bot.answering.cited import CitedFact
from bot.answering.reply import Reply
from bot.surface.answers.suggestions import view_of
from bot.surface.platform import limits
from bot.surface.platform.attempts import persist
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import PERMISSIONS_LACKING, permissions_in, respond, send_reply
from bot.surface.platform.sent_log import Destination, SentLog
from bot.surface.platform.threads import in_open_thread

MAX_REPEATED_CHARACTERS = 300  # of a question above its answer
MAX_SIDES = 3  # of a fact, told beside a link to the whole answer
MAX_TOLD_CHARACTERS, MAX_BY_CHARACTERS = 300, 80  # of each side: with the question, it fits in a message
READ_HISTORY = "read_message_history"  # the permission that replying to a message needs


async def answer_interaction(
    interaction: discord.Interaction, reply: Reply, sent_log: SentLog, renderer: Renderer
) -> None:
    """Answer a command, and repeat its question, which others do not see.

    The answer is public unless it is an abstention or the channel has just seen it.
    """
    asked = limits.clip(" ".join(reply.question.split()), MAX_REPEATED_CHARACTERS)
    channel = interaction.client.get_partial_messageable(interaction.channel_id or 0, guild_id=interaction.guild_id)
    pointer = _pointer(reply, channel, sent_log, renderer)
    with sent_log.delivering(reply.exchange):
        if pointer:
            await respond(interaction, _beneath(asked, pointer), ephemeral=True)
            return
        draft = _beneath(asked, draft_of(reply, interaction.user.id, renderer))
        sent = await respond(interaction, draft, ephemeral=reply.outcome == "abstain")
    sent_log.add_reply(reply, Destination.of(interaction), sent)


async def answer_message(
    message: discord.Message,
    reply: Reply,
    client: discord.Client,
    sent_log: SentLog,
    renderer: Renderer,
    old: Sequence[discord.Message] = (),
) -> list[discord.Message]:
    """Answer a chat message, in place of the old replies if there are some; return the messages that answer it."""
    permitted = permissions_in(message.channel)
    guild = message.guild
    channel = client.get_partial_messageable(message.channel.id, guild_id=guild.id if guild else None)
    for one in old:
        sent_log.forget(one.id)
    pointer = _pointer(reply, channel, sent_log, renderer)
    draft = pointer or draft_of(reply, message.author.id, renderer)
    drafted = draft.messages(permitted)
    with sent_log.delivering(reply.exchange):
        sent = await in_open_thread(client, channel.id, lambda: _put(message, drafted, old))
    if pointer:
        sent_log.clear([one.id for one in sent])
        sent_log.add_list(reply.head, reply.facts, Destination.of(message), [one.id for one in sent])
    elif old:
        sent_log.change(reply, Destination.of(message), [one.id for one in sent])
    else:
        sent_log.add_reply(reply, Destination.of(message), [one.id for one in sent])
    lacking = draft.lacking(permitted) | (set() if permitted.read_message_history else {READ_HISTORY})
    if guild and lacking:
        client.dispatch(PERMISSIONS_LACKING, guild, lacking)
    return sent


async def _put(
    message: discord.Message, drafted: Sequence[dict[str, Any]], old: Sequence[discord.Message]
) -> list[discord.Message]:
    """Edit the old replies to what is drafted, send what they cannot hold, and delete those that are left."""
    sent = []
    for number, options in enumerate(drafted):
        if number < len(old):
            whole = {"content": None, "embeds": [], "view": None, **options}
            sent.append(await persist(partial(old[number].edit, **whole)))
        else:
            sent.append(await send_reply(message, **options))
    for one in old[len(drafted) :]:
        await one.delete()
    return sent


def draft_of(reply: Reply, asker: int, renderer: Renderer) -> Draft:
    """Return the draft of a reply with its buttons."""
    return Draft(renderer.heading(reply), renderer.reply(reply), view_of(reply, asker, renderer))


def _pointer(reply: Reply, channel: discord.PartialMessageable, sent_log: SentLog, renderer: Renderer) -> Draft | None:
    """Return the fact, with its other sides, and a link to its answer if this channel saw it less than a minute ago."""
    found = sent_log.just_sent(reply, channel.id) if channel.guild_id else None
    if not found:
        return None
    facts = "\n".join(_line(fact, renderer) for fact in reply.facts[:MAX_SIDES])
    return Draft(renderer.text("reply.just_now", facts=facts, link=f"{channel.jump_url}/{found}"))


def _line(fact: CitedFact, renderer: Renderer) -> str:
    text, by = limits.clip(escaped(fact.text), MAX_TOLD_CHARACTERS), limits.clip(renderer.by(fact), MAX_BY_CHARACTERS)
    return renderer.text("reply.just_now.fact", text=text, by=by, paragraph=fact.citations[0].paragraph)


def _beneath(asked: str, draft: Draft) -> Draft:
    """Return a draft with the question above it."""
    lines = [f"> {line}" for line in escaped(asked).splitlines()]
    return replace(draft, text="\n".join(filter(None, [*lines, draft.text])))
