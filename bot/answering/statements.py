"""Check what somebody writes against the stories: each sentence that meets a fact, and nothing for the rest."""

import asyncio
import re
from dataclasses import dataclass

from bot.answering.cited import Pair
from bot.answering.context import Utterance
from bot.answering.editions import Edition
from bot.answering.head import AsOf
from bot.answering.places import told_at
from bot.answering.ports import Bindings, Clock, Library
from bot.answering.telling.catalogue import Catalogue, language_of
from bot.answering.telling.views import Views
from bot.matching.deciding.statement import fact_for_statement

MOST_SENTENCES = 40  # of one message
LONGEST = 400  # characters of a sentence that are read
# The end of a sentence: not after a title or an initial ("M. Musk", "Mr. Altman", "J. Kwon").
_END = re.compile(r"(?<!\bM)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\b[A-Z])[.!?…]+[\s»”\"']+|\n+")


@dataclass(frozen=True)
class Meeting:
    """A sentence with the fact that it meets, and what must stand beside that."""

    sentence: str
    thread: Pair
    as_of: AsOf
    locale: str


@dataclass(frozen=True)
class Checker:
    """The use case of checking a text."""

    library: Library
    bindings: Bindings
    clock: Clock
    catalogue: Catalogue

    async def check(self, utterance: Utterance) -> tuple[Meeting, ...]:
        """Return the sentences of a text that meet a fact, each fact once."""
        told = told_at(utterance, self.library, self.bindings)
        return await asyncio.to_thread(self._check, utterance, told)

    def _check(self, utterance: Utterance, told: list[tuple[Edition, str]]) -> tuple[Meeting, ...]:
        meetings: dict[tuple[str, str], Meeting] = {}
        for sentence in sentences(utterance.text):
            for edition, code in told:
                decider = edition.decider
                fact = fact_for_statement(
                    decider.statement_ranking(sentence, language_of(utterance.locale)), decider.thresholds
                )
                if fact and (edition.story.id, fact) not in meetings:
                    thread = Views(edition.story, code, self.catalogue).thread(edition.story.shown_facts[fact])
                    fresh = AsOf.of(edition.story, self.clock.now())
                    meetings[edition.story.id, fact] = Meeting(sentence, thread, fresh, code)
                    break
        return tuple(meetings.values())


def sentences(text: str) -> list[str]:
    """Split a text into sentences."""
    parts = (part.strip(" \t*_>-•\"'«»“”.!?…") for part in _END.split(text))
    return [part[:LONGEST] for part in parts if part][:MOST_SENTENCES]
