"""What the surface is handed: the use cases, the ports, and who may publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import discord

from bot.answering.articles import Archive
from bot.answering.assistant import Assistant
from bot.answering.browse import Browser
from bot.answering.chronicle import Chronicle
from bot.answering.ports import (
    Bindings,
    Clock,
    Feedback,
    History,
    Journal,
    Library,
    Privacy,
    Reports,
    SyncState,
)
from bot.answering.records import ShownMessage
from bot.answering.statements import Checker
from bot.answering.telling.catalogue import Catalogue, language_of
from bot.answering.values import FactView, Reply
from bot.surface.platform.cooldowns import Cooldowns
from bot.surface.platform.recent import Recent, Spot
from bot.surface.platform.render import Renderer


@dataclass(frozen=True)
class Place:
    """Where a message stands: a channel, or the direct messages of one user."""

    channel: int
    user: int | None = None

    @classmethod
    def of(cls, source: discord.Interaction | discord.Message) -> "Place":
        """Return where an interaction or a message comes from."""
        if isinstance(source, discord.Interaction):
            return cls(source.channel_id or 0, source.user.id if source.guild_id is None else None)
        return cls(source.channel.id, None if source.guild else source.author.id)


class Told(Protocol):
    """What is told of one version of a story in one language."""

    @property
    def story(self) -> str:
        """The id of the story."""

    @property
    def version(self) -> str:
        """Its version."""

    @property
    def locale(self) -> str:
        """The language."""


@dataclass(frozen=True)
class Services:
    """Everything that commands and listeners use; none of them reaches further."""

    archive: Archive
    assistant: Assistant
    browser: Browser
    checker: Checker
    chronicle: Chronicle
    bindings: Bindings
    feedback: Feedback
    history: History
    journal: Journal
    library: Library
    privacy: Privacy
    reports: Reports
    sync_state: SyncState
    catalogue: Catalogue
    clock: Clock
    owners: frozenset[int]
    editor_guilds: frozenset[int]
    contact: str | None  # whom to write to for a reply or a removal
    cooldowns: Cooldowns  # of commands, and of questions in chat
    presses: Cooldowns  # of buttons
    mistakes: Cooldowns  # of reports to the editors
    recent: Recent

    def renderer(self, locale: str) -> Renderer:
        """Return the renderer for a locale of Discord's."""
        return Renderer(self.catalogue, language_of(locale))

    def show(self, reply: Reply, place: Place, messages: Sequence[int]) -> None:
        """Remember that messages which may be edited show an answer; the first may become another one.

        The nearest on record is listed: in a later version another fact may be nearer, or be the answer. So are the
        answers to several questions: a correction of one of them concerns the whole message.
        """
        spot = Spot.of(reply, place.channel)
        if spot is None or not messages:
            views = [view for thread in reply.answers for view in thread] or reply.nearest
            self.show_list(reply, views, place, messages if views else ())
            return
        first, *others = messages
        self.recent.keep(spot, first, self.clock.now())
        self._keep(reply, reply.facts, place, first, is_list=False)
        self.show_list(reply, reply.facts, place, others)

    def show_instead(self, reply: Reply, place: Place, messages: Sequence[int]) -> None:
        """Remember that messages show a reply in place of what they showed before."""
        for message in messages:
            self.journal.hide(message)
        self.show(reply, place, messages)

    def show_list(self, told: Told, views: Sequence[FactView], place: Place, messages: Sequence[int]) -> None:
        """Remember that messages which may be edited list these facts, or turn to them."""
        for message in messages:
            self._keep(told, views, place, message, is_list=True)

    def _keep(self, told: Told, views: Sequence[FactView], place: Place, message: int, *, is_list: bool) -> None:
        facts, now = tuple(dict.fromkeys(view.id for view in views)), self.clock.now()
        self.journal.show(
            ShownMessage(message, place.channel, is_list, told.story, told.version, told.locale, facts, now, place.user)
        )
