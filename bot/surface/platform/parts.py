"""What commands and buttons reach through `interaction.client`.

A cog gets its use cases in its constructor. discord.py rebuilds a button for each press, so a button gets its own from
here. What every answer needs is here too: the catalogue, the clock, the cooldowns.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol, cast

import discord

from bot.answering.assistant import Assistant
from bot.answering.attaching import Attaching
from bot.answering.gaps import Gaps
from bot.answering.ports import Clock, Feedback, History, Privacy, QuestionLog, Turns, Usage
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import Catalogue
from bot.surface.platform.cooldowns import Cooldowns, Rate, cooldown_message
from bot.surface.platform.locales import Locales
from bot.surface.platform.paged_list import PagedList
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import notify
from bot.surface.platform.sent_log import SentLog
from bot.surface.platform.underway import Underway

SPOKEN = "spoken"  # key in an interaction's extras: a function that returns the language of what the user wrote


@dataclass(frozen=True)
class Readers:
    """What is stored about readers: their questions, their feedback, whether they opted out, and what is counted."""

    question_log: QuestionLog
    feedback: Feedback
    privacy: Privacy
    usage: Usage


@dataclass(frozen=True)
class Parts:
    """What an interaction may need from the client."""

    assistant: Assistant
    stories: Stories
    history: History
    readers: Readers
    lists: Mapping[str, PagedList]  # by command
    gaps: Gaps
    attaching: Attaching
    sent: SentLog
    cooldowns: Cooldowns
    underway: Underway
    locales: Locales
    turns: Turns
    catalogue: Catalogue
    clock: Clock

    def renderer(self, locale: str) -> Renderer:
        """Return the renderer for a Discord locale."""
        return Renderer.of(self.catalogue, locale)


class HasParts(Protocol):
    """Our own client, as opposed to any discord.py client."""

    parts: Parts


def parts_of(interaction: discord.Interaction) -> Parts:
    """Return the parts of an interaction's client."""
    return cast(HasParts, interaction.client).parts


def renderer_of(interaction: discord.Interaction) -> Renderer:
    """Return the renderer for the language of the user's words, if they were read, else for the user's locale."""
    spoken = interaction.extras.get(SPOKEN)
    return parts_of(interaction).renderer(spoken() if spoken else str(interaction.locale))


def take(interaction: discord.Interaction) -> bool:
    """Note that an interaction is being answered; return False if it was taken before, and came again."""
    underway, user = parts_of(interaction).underway, interaction.user.id
    if not underway.take(interaction.id):
        return False
    parts_of(interaction).locales.remember(user, str(interaction.locale))
    underway.begin(interaction, partial(renderer_of, interaction))
    return True


async def admit(interaction: discord.Interaction, rate: Rate, renderer: Callable[[], Renderer] | None = None) -> bool:
    """Count one use and return whether it is allowed; if not, send the user when to try again."""
    refusal = parts_of(interaction).cooldowns.count(interaction.user.id, rate)
    if refusal:
        await notify(interaction, cooldown_message(refusal, renderer() if renderer else renderer_of(interaction)))
    return refusal is None
