"""What the surface is handed: the use cases, the ports, and who may publish."""

from dataclasses import dataclass

from bot.answering.articles import Archive
from bot.answering.assistant import Assistant
from bot.answering.browse import Browser
from bot.answering.catalogue import Catalogue, language_of
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
from bot.answering.values import Reply
from bot.surface.cooldowns import Cooldowns
from bot.surface.recent import Recent, Spot
from bot.surface.render import Renderer


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
    cooldowns: Cooldowns
    recent: Recent

    def renderer(self, locale: str) -> Renderer:
        """Return the renderer for a locale of Discord's."""
        return Renderer(self.catalogue, language_of(locale))

    def show(self, reply: Reply, channel: int, message: int) -> None:
        """Remember that a message which everybody sees shows an answer; nothing for any other reply."""
        spot = Spot.of(reply, channel)
        if spot is None:
            return
        now = self.clock.now()
        self.recent.keep(spot, message, now)
        facts = {view.id: view.fingerprint for view in reply.facts}
        self.journal.show(ShownMessage(message, channel, reply.exchange, reply.story, reply.locale, facts, now))
