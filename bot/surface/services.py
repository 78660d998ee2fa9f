"""What the surface is handed: the use cases, the ports, and who may publish."""

from collections.abc import Iterable, Sequence
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
from bot.answering.values import FactView, Reply
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
    cooldowns: Cooldowns  # of commands, and of questions in chat
    presses: Cooldowns  # of buttons
    mistakes: Cooldowns  # of reports to the editors
    recent: Recent

    def renderer(self, locale: str) -> Renderer:
        """Return the renderer for a locale of Discord's."""
        return Renderer(self.catalogue, language_of(locale))

    def show(self, reply: Reply, channel: int, messages: Sequence[int]) -> None:
        """Remember that messages which everybody sees show an answer; the first may be edited to another one."""
        spot = Spot.of(reply, channel)
        if spot is None or not messages:
            return
        first, *others = messages
        now = self.clock.now()
        self.recent.keep(spot, first, now)
        facts = {view.id: view.fingerprint for view in reply.facts}
        self.journal.show(ShownMessage(first, channel, False, reply.story, reply.locale, facts, now))
        self.show_list(reply.story, reply.locale, reply.facts, channel, others)

    def show_list(
        self, story: str, locale: str, views: Iterable[FactView], channel: int, messages: Sequence[int]
    ) -> None:
        """Remember that messages which everybody sees list these facts, on any of their pages."""
        facts = {view.id: view.fingerprint for view in views}
        for message in messages:
            self.journal.show(ShownMessage(message, channel, True, story, locale, facts, self.clock.now()))
