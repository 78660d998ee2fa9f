"""Remember the last question of each person in each channel, for a short while and in memory only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cachetools import LRUCache

from bot.answering.context import Utterance
from bot.matching.reading.followup import DialogueState

REMEMBERED_FOR = timedelta(minutes=10)
MOST = 10_000  # conversations; the one that was silent for longest is forgotten first


@dataclass(frozen=True)
class Turn:
    """What was said last, of which story, and when."""

    said: DialogueState
    story: str  # its id
    at: datetime


class Conversations:
    """The last turn of each conversation; a conversation is one person's in one channel."""

    def __init__(self) -> None:
        self._turns: LRUCache[tuple[int, int], Turn] = LRUCache(MOST)

    def last(self, utterance: Utterance) -> Turn | None:
        """Return what was said last before an utterance, where that is not too long ago."""
        turn = self._turns.get((utterance.author, utterance.channel))
        return turn if turn and utterance.at - turn.at <= REMEMBERED_FOR else None

    def forget(self, author: int) -> None:
        """Forget the conversations of one person."""
        for key in [key for key in self._turns if key[0] == author]:
            del self._turns[key]

    def keep(self, utterance: Utterance, said: DialogueState | None, story: str) -> None:
        """Remember what was said; an utterance that says nothing leaves the conversation where it is."""
        if said:
            self._turns[utterance.author, utterance.channel] = Turn(said, story, utterance.at)
