"""Hold each exchange until its reply was delivered, so that the journal never says more than readers saw."""

from dataclasses import replace

from bot.answering.exchange import Exchange
from bot.answering.history import ShownMessage
from bot.answering.ports import Journal

MAX_HELD = 10_000  # more than are ever sent at once; then the oldest has no reply any more


class Outbox(Journal):
    """A journal whose exchanges are stored when their reply was delivered, or as unanswered when it was not."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._held: dict[str, Exchange] = {}  # by id

    @property
    def held(self) -> int:
        """How many exchanges wait for their reply to be delivered."""
        return len(self._held)

    def record(self, exchange: Exchange) -> None:
        """Hold an exchange until its reply is settled; one that has no reply is stored at once."""
        if exchange.outcome == "unanswered":
            self._journal.record(exchange)
        else:
            self._held[exchange.id] = exchange
            if len(self._held) > MAX_HELD:
                self.settle(next(iter(self._held)), delivered=False)

    def settle(self, exchange: str, *, delivered: bool) -> None:
        """Store a held exchange, as unanswered if its reply was not delivered; nothing happens to any other."""
        held = self._held.pop(exchange, None)
        if held:
            self._journal.record(held if delivered else replace(held, outcome="unanswered"))

    def close(self) -> None:
        """Store what is still held, as unanswered."""
        for exchange in tuple(self._held):
            self.settle(exchange, delivered=False)

    def add_message(self, shown: ShownMessage) -> None:
        """Store a message, which was delivered."""
        self._journal.add_message(shown)

    def remove_message(self, message: int) -> None:
        """Delete a message's record."""
        self._journal.remove_message(message)
