"""Remember each user's last question in each channel, for ten minutes and only in memory."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cachetools import LRUCache

from bot.answering.context import Context
from bot.matching.reading.dialogue_state import DialogueState

CONVERSATION_TIMEOUT = timedelta(minutes=10)
MAX_CONVERSATIONS = 10_000  # the least recently active one is dropped first


@dataclass(frozen=True)
class Turn:
    """The last turn of a conversation: its dialogue state, its story, its time."""

    state: DialogueState
    story: str  # its id
    at: datetime


class Conversations:
    """The last turn of each conversation (one user in one channel).

    A conversation ends ten minutes after its last turn. The questions' own times count, not a clock as in a TTLCache,
    so that a question that had to wait to be answered still continues the conversation.
    """

    def __init__(self) -> None:
        self._turns: LRUCache[tuple[int, int], Turn] = LRUCache(MAX_CONVERSATIONS)

    def last(self, context: Context) -> Turn | None:
        """Return the last turn in this context, if it is at most ten minutes old."""
        turn = self._turns.get((context.user, context.channel))
        return turn if turn and context.at - turn.at <= CONVERSATION_TIMEOUT else None

    def forget(self, user: int) -> None:
        """Forget a user's conversations."""
        for key in [key for key in self._turns if key[0] == user]:
            del self._turns[key]

    def end(self, context: Context) -> None:
        """Forget the conversation in this context."""
        self._turns.pop((context.user, context.channel), None)

    def remember(self, context: Context, state: DialogueState | None, story: str) -> None:
        """Remember a turn; if `state` is None, the last turn is kept."""
        if state:
            self._turns[context.user, context.channel] = Turn(state, story, context.at)
