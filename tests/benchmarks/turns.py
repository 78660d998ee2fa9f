"""Later turns of conversations on the stories of `tests/stories`: what the context's vote is fitted and measured on."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.matching.deciding.context import CONTEXT_SIGNALS, ContextVote
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.decision import Decision
from bot.matching.deciding.vote import Doubles
from bot.matching.reading.dialogue_state import DialogueState
from tests.benchmarks.settings import changed
from tests.stories import ROOT, Asked

CONVERSATIONS = ROOT / "tests" / "matching" / "conversations.json"
OLDER = "readers"  # register of what is only fitted on
COUNT = len(CONTEXT_SIGNALS)
UNFITTED = ContextVote(0.0, np.zeros(COUNT), np.zeros(COUNT), np.ones(COUNT), answer=0.0, completed=1.0)


@dataclass(frozen=True)
class Dependent:
    """A turn whose context decides, with the facts that are weighed: a row of `signals` for each."""

    story: str
    asked: Asked
    facts: tuple[str, ...]
    signals: Doubles  # (facts, signals)

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Whether each fact answers."""
        return np.array([fact in self.asked.expect for fact in self.facts], np.bool_)


@dataclass(frozen=True)
class Turn:
    """A turn, decided with one threshold of the context that lets everything pass and the other nothing."""

    story: str
    asked: Asked
    by_rule: Decision
    by_context: Decision

    def answer(self, completed: float, context: float) -> str | None:
        """Return the fact that answers with both thresholds."""
        for decision, rule, least in ((self.by_rule, "completed", completed), (self.by_context, "context", context)):
            if decision.outcome == "answer" and (decision.rule != rule or decision.chosen[0].probability >= least):
                return decision.chosen[0].fact
        return None


def older_conversations() -> Iterator[list[Asked]]:
    """Yield the older conversations on the project's own story: some of its vocabulary was written after them."""
    for turns in json.loads(CONVERSATIONS.read_text("utf-8")):
        rows = [(turn["ask"], () if turn["expect"] == "abstain" else turn["expect"]) for turn in turns]
        yield [Asked(text, "in" if expect else "near", OLDER, frozenset(expect)) for text, expect in rows]


def dependents(story: str, decider: Decider, conversations: Iterable[Sequence[Asked]]) -> list[Dependent]:
    """Hold conversations whose every turn gets its right answer, and keep those that depend on the last.

    Each is there again without the facts that answer it, so that when to be silent is learnt too. The vote of the
    context has no part in it.
    """
    found: list[Dependent] = []
    with changed(decider.dialogue, "vote", UNFITTED):
        for turns in conversations:
            before: DialogueState | None = None
            for turn in turns:
                decision = decider.decide(turn.text, None, before)
                if before and decision.rule == "context" and is_known(turn):
                    found += _weighed(story, turn, decider, before)
                facts = [each.fact for each in decision.ranking if each.fact in turn.expect] or sorted(turn.expect)
                before = (
                    decider.dialogue_state(decision.question, facts[0] if facts else None, _nearest(decision)) or before
                )
    return found


def held(story: str, decider: Decider, conversations: Iterable[Sequence[Asked]]) -> list[Turn]:
    """Hold conversations as they go, and keep each turn after the first."""
    found = []
    dialogue = decider.dialogue
    for turns in conversations:
        before: DialogueState | None = None
        for place, turn in enumerate(turns):
            if place and is_known(turn):
                with changed(dialogue, "vote", replace(dialogue.vote, completed=0.0, answer=1.0)):
                    by_rule = decider.decide(turn.text, None, before)
                with changed(dialogue, "vote", replace(dialogue.vote, completed=1.0, answer=0.0)):
                    by_context = decider.decide(turn.text, None, before)
                found.append(Turn(story, turn, by_rule, by_context))
            decision = decider.decide(turn.text, None, before)
            nearest = _nearest(decision)
            fact = nearest if decision.outcome == "answer" else None
            before = decider.dialogue_state(decision.question, fact, nearest) or before
    return found


def is_known(asked: Asked) -> bool:
    """Return whether it is known what a turn should get."""
    return asked.kind != "in" or bool(asked.expect)


def without_answer(turn: Dependent) -> Dependent:
    """Return a turn without the facts that answer it."""
    facts = tuple(fact for fact in turn.facts if fact not in turn.asked.expect)
    return replace(turn, facts=facts, signals=turn.signals[~turn.right])


def _weighed(story: str, asked: Asked, decider: Decider, before: DialogueState) -> Iterator[Dependent]:
    typed = decider.read(asked.text)
    joined = decider.dialogue.join(typed, before)
    assert joined is not None, asked.text
    candidates, signals = decider.dialogue.weigh(typed, joined, before)
    turn = Dependent(story, asked, tuple(candidate.fact for candidate in candidates), signals)
    yield turn
    if turn.right.any() and not turn.right.all():
        yield without_answer(turn)


def _nearest(decision: Decision) -> str | None:
    return decision.chosen[0].fact if decision.chosen else None
