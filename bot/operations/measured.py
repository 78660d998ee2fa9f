"""A running bot, as its measures see it."""

from bot.answering.editions import Shelf
from bot.app import App
from bot.operations.metrics import Bot


class MeasuredApp(Bot):
    """Reads what is measured from the parts of a running bot."""

    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def is_ready(self) -> bool:
        return self._app.client.is_ready() and not self._app.client.is_closed()

    @property
    def latency(self) -> float:
        return self._app.client.latency

    @property
    def servers(self) -> int:
        return len(self._app.client.guilds)

    @property
    def waiting(self) -> int:
        return self._app.workload.waiting

    @property
    def refused(self) -> int:
        return self._app.workload.refused

    @property
    def unwritten(self) -> int:
        return self._app.journal.unwritten

    @property
    def lost(self) -> int:
        return self._app.journal.lost

    @property
    def is_journal_reachable(self) -> bool:
        return self._app.journal.is_reachable

    @property
    def reloads(self) -> dict[str, int]:
        return dict(self._app.library.reloads)

    @property
    def shelf(self) -> Shelf:
        return self._app.library.current
