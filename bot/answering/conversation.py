"""Remember the last question of each person in each channel, for a short while and in memory only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cachetools import LRUCache

from bot.answering.context import Context
from bot.matching.reading.followup import DialogueState

REMEMBERED_FOR = timedelta(minutes=10)
MAX_CONVERSATIONS = 10_000  # the one that was silent for longest is forgotten first


@dataclass(frozen=True)
class Turn:
    """What was said last, of which story, and when."""

    state: DialogueState
    story: str  # its id
    at: datetime


class Conversations:
    """The last turn of each conversation; a conversation is one person's in one channel.

    It is over ten minutes after its last turn by the time of the questions themselves, not of a clock (as a TTLCache
    would have it): a question that waits for its turn goes on from what it was asked after.
    """

    def __init__(self) -> None:
        self._turns: LRUCache[tuple[int, int], Turn] = LRUCache(MAX_CONVERSATIONS)

    def last(self, context: Context) -> Turn | None:
        """Return the last turn before a question, if that is not too long ago."""
        turn = self._turns.get((context.user, context.channel))
        return turn if turn and context.at - turn.at <= REMEMBERED_FOR else None

    def forget(self, user: int) -> None:
        """Forget the conversations of one person."""
        for key in [key for key in self._turns if key[0] == user]:
            del self._turns[key]

    def remember(self, context: Context, state: DialogueState | None, story: str) -> None:
        """Remember a turn; one that says nothing leaves the conversation where it is."""
        if state:
            self._turns[context.user, context.channel] = Turn(state, story, context.at)
