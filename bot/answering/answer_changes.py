"""Compare how two versions of a story answer the same questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.answering.editions import Edition
from bot.matching.deciding.decide import Decider
from bot.story.model import StoryQuestion

AnswerEffect = Literal[
    "right",  # as the story's own question expects
    "wrong",  # not as the story's own question expects
    "gained",  # unanswered before, answered now; the story expects nothing
    "lost",  # answered before, unanswered now
    "moved",  # answered by another fact now
]
IS_WORSE: dict[AnswerEffect, bool] = {"right": False, "wrong": True, "gained": False, "lost": True, "moved": True}


@dataclass(frozen=True)
class AnswerChange:
    """A question with the facts that answer it in the old and the new version; None if none does."""

    question: str
    effect: AnswerEffect
    before: str | None
    after: str | None


def answer_changes(before: Edition, after: Edition, asked: Iterable[str]) -> tuple[AnswerChange, ...]:
    """Return the questions whose answer differs: the new version's own questions first, then those in `asked`.

    Each text is tried once, alone and not as a follow-up. It takes about 10 ms for each text: call it in a thread.
    """
    own = {question.ask: question for question in after.story.questions}
    texts = dict.fromkeys((*own, *asked))
    found = (_change(text, own.get(text), before.decider, after.decider) for text in texts)
    return tuple(change for change in found if change)


def _change(text: str, own: StoryQuestion | None, before: Decider, after: Decider) -> AnswerChange | None:
    old, new = answer_to(before, text), answer_to(after, text)
    return None if old == new else AnswerChange(text, _effect(own, old, new), old, new)


def _effect(own: StoryQuestion | None, old: str | None, new: str | None) -> AnswerEffect:
    if own is not None:
        return "right" if (new is None if own.expect == "abstain" else new in own.expect) else "wrong"
    return "gained" if old is None else "lost" if new is None else "moved"


def answer_to(decider: Decider, text: str) -> str | None:
    """Return the fact that answers a text; None if none does."""
    decision = decider.decide(text)
    return decision.chosen[0].fact if decision.outcome == "answer" else None
