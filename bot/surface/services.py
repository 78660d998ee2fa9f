"""What the surface is handed: the use cases, the ports, and who may publish."""

from dataclasses import dataclass

from bot.answering.assistant import Assistant
from bot.answering.browse import Browser
from bot.answering.catalogue import Catalogue, language_of
from bot.answering.ports import Bindings, Clock, Library, Reports, SyncState
from bot.surface.cooldowns import Cooldowns
from bot.surface.recent import Recent
from bot.surface.render import Renderer


@dataclass(frozen=True)
class Services:
    """Everything that commands and listeners use; none of them reaches further."""

    assistant: Assistant
    browser: Browser
    bindings: Bindings
    library: Library
    reports: Reports
    sync_state: SyncState
    catalogue: Catalogue
    clock: Clock
    owners: frozenset[int]
    editor_guilds: frozenset[int]
    cooldowns: Cooldowns
    recent: Recent

    def renderer(self, locale: str) -> Renderer:
        """Return the renderer for a locale of Discord's."""
        return Renderer(self.catalogue, language_of(locale))
