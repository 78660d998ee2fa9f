"""Check a text against the stories: match its sentences to facts."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.cited import Sides
from bot.answering.context import Context
from bot.answering.head import Headed
from bot.answering.stories import LocalEdition, Stories
from bot.matching.deciding.statement import fact_for_statement
from bot.matching.fold import clipped
from bot.matching.reading import passages

MAX_SENTENCES = 40  # in one text; the rest is ignored
MAX_SENTENCE_CHARACTERS = 400  # the rest of a longer sentence is ignored
_AROUND = " \t*_>-•\"'«»“”.!?…。？！"  # marks around a sentence, and Discord's lists and quotations


@dataclass(frozen=True)
class CheckedSentence(Headed):
    """A sentence with the fact that it matches and what must be shown with it."""

    text: str
    facts: Sides


async def check_statements(stories: Stories, context: Context, text: str) -> tuple[CheckedSentence, ...]:
    """Return the sentences of a text that match a fact, each fact once."""
    return await asyncio.to_thread(_check, text, stories.localized_for(context))


def _check(text: str, editions: Sequence[LocalEdition]) -> tuple[CheckedSentence, ...]:
    meetings: dict[tuple[str, str], CheckedSentence] = {}
    for sentence in sentences(text):
        for local in editions:
            decider = local.edition.decider
            fact = fact_for_statement(decider.statement_ranking(sentence, local.language), decider.thresholds)
            if fact and (local.story.id, fact) not in meetings:
                facts = local.presenter.with_replies(local.story.shown_facts[fact])
                meetings[local.story.id, fact] = CheckedSentence(local.head, sentence, facts)
                break
    return tuple(meetings.values())


def sentences(text: str) -> list[str]:
    """Split a text into sentences."""
    parts = (part.strip(_AROUND) for part in passages.sentences(text))
    return [clipped(part, MAX_SENTENCE_CHARACTERS) for part in parts if part][:MAX_SENTENCES]
