"""A running bot, as its measures see it."""

from bot.answering.editions import Shelf
from bot.app import App


class MeasuredApp:
    """Reads what is measured from the parts of a running bot."""

    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def is_ready(self) -> bool:
        """Whether Discord takes its replies."""
        return self._app.client.is_ready() and not self._app.client.is_closed()

    @property
    def latency(self) -> float:
        """The seconds from a heartbeat to Discord's answer; not a number before the first one."""
        return self._app.client.latency

    @property
    def servers(self) -> int:
        """How many servers it is in."""
        return len(self._app.client.guilds)

    @property
    def unwritten(self) -> int:
        """How many rows wait to be written to the database."""
        return self._app.journal.unwritten

    @property
    def lost(self) -> int:
        """How many rows were not written."""
        return self._app.journal.lost

    @property
    def is_journal_reachable(self) -> bool:
        """Whether the database could be reached the last time."""
        return self._app.journal.is_reachable

    @property
    def reloads(self) -> dict[str, int]:
        """How many reloads there were, by what became of them."""
        return dict(self._app.library.reloads)

    @property
    def shelf(self) -> Shelf:
        """The stories that it answers from."""
        return self._app.library.current
