"""What a command or a button reaches by the client of its interaction.

A cog is handed its use cases in its constructor. discord.py makes a button each time it is pressed, so a button finds
its own here. What every answer needs is found here too: the sentences, the time, how often one may ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, cast

import discord

from bot.answering.assistant import Assistant
from bot.answering.ports import Clock, Feedback, History, Privacy, Reports
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import Catalogue
from bot.surface.platform.cooldowns import Cooldowns, Rate, wait_words
from bot.surface.platform.paged_list import PagedList
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import say
from bot.surface.platform.sent_log import SentLog


@dataclass(frozen=True)
class Readers:
    """What is stored about readers: what they asked, what they say of the replies, whether they opted out."""

    reports: Reports
    feedback: Feedback
    privacy: Privacy


@dataclass(frozen=True)
class Parts:
    """The parts of the client that an interaction may need."""

    assistant: Assistant
    stories: Stories
    history: History
    readers: Readers
    lists: Mapping[str, PagedList]  # by command
    sent: SentLog
    cooldowns: Cooldowns
    catalogue: Catalogue
    clock: Clock

    def renderer(self, locale: str) -> Renderer:
        """Return the renderer for a locale of Discord's."""
        return Renderer.of(self.catalogue, locale)


class HasParts(Protocol):
    """A client of ours."""

    parts: Parts


def parts_of(interaction: discord.Interaction) -> Parts:
    """Return the parts of the client that an interaction came to."""
    return cast(HasParts, interaction.client).parts


def renderer_of(interaction: discord.Interaction) -> Renderer:
    """Return the renderer in the language of whoever interacts."""
    return parts_of(interaction).renderer(str(interaction.locale))


async def admit(interaction: discord.Interaction, rate: Rate, renderer: Renderer | None = None) -> bool:
    """Count what somebody does and return whether they may; if it was too often, say when to come back."""
    wait = parts_of(interaction).cooldowns.wait(interaction.user.id, rate)
    if wait:
        await say(interaction, wait_words(wait, renderer or renderer_of(interaction)))
    return wait is None
