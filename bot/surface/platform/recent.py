"""Remember for a minute which facts were shown in which channel, so that a channel is not filled with one answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cachetools import LRUCache

from bot.answering.values import Reply

FRESH = timedelta(minutes=1)
MOST = 5_000  # answers


@dataclass(frozen=True)
class Spot:
    """A fact in a channel, as one version of its story tells it in one language."""

    channel: int
    story: str
    version: str
    fact: str
    locale: str

    @classmethod
    def of(cls, reply: Reply, channel: int) -> "Spot | None":
        """Return where an answer goes; None for a reply that is no answer, and for the answers to several questions."""
        if not reply.facts or reply.also:
            return None
        return cls(channel, reply.story, reply.version, reply.facts[0].id, reply.locale)


class Recent:
    """The answers of the last minute, by where they stand."""

    def __init__(self) -> None:
        self._shown: LRUCache[Spot, tuple[int, datetime]] = LRUCache(MOST)

    def keep(self, spot: Spot, message: int, at: datetime) -> None:
        """Remember that a message shows a fact."""
        self._shown[spot] = message, at

    def find(self, spot: Spot, now: datetime) -> int | None:
        """Return the message that shows a fact since less than a minute."""
        message, at = self._shown.get(spot, (None, now))
        return message if message and now - at < FRESH else None

    def forget(self, message: int) -> None:
        """Forget a message that is gone."""
        for spot in [spot for spot, (shown, _) in self._shown.items() if shown == message]:
            del self._shown[spot]
