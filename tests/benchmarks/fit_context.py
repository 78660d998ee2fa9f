"""Fit the vote on questions that depend on the last one, and measure it on the conversations of the story left out.

`python -m tests.benchmarks fit` writes `context.toml` after `vote.toml`, on which it depends: the turns of each story
are read with a vote that was fitted on the others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from bot.matching.deciding.context import CONTEXT_SIGNALS, ContextVote
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.vote import Vote
from bot.matching.ranking.encoder import Encoder
from tests.benchmarks.fit import signal_lines, solve
from tests.benchmarks.turns import Dependent, Turn, dependents, held, older_conversations
from tests.stories import OWN, load_story
from tests.stories import conversations as conversations_of

# Limits on the stories left out.
MAX_ADDED_WRONG_SHARE = 0.0125  # wrong answers to turns that a fact answers, beside those given without the context
MAX_NEAR_MISS_SHARE = 0.25  # turns that no fact answers, and that get an answer
FIRST_THRESHOLD = 0.5  # both thresholds at first
MAX_ROUNDS = 4  # in which better ones are chosen
STEPS = np.arange(0.6, 1, 0.02).round(2).tolist()  # among these
CONTEXT_STEPS = np.arange(0.4, 1, 0.02).round(2).tolist()  # the minimum in context among these


@dataclass(frozen=True)
class Measured:
    """The two thresholds that were chosen, and the turns as they went with them."""

    completed: float
    context: float
    turns: Sequence[Turn]

    def count(self, turns: Iterable[Turn]) -> Counter[str]:
        """Count turns by what becomes of them."""
        return count(turns, self.completed, self.context)


def fit(turns: Sequence[Dependent]) -> ContextVote:
    """Fit the vote to the facts that each turn weighs; a story weighs as the square root of the number of its turns."""
    counts = Counter(turn.story for turn in turns)
    found = solve(
        np.concatenate([turn.signals for turn in turns]),
        np.concatenate([turn.right for turn in turns]),
        np.concatenate([np.full(len(turn.facts), counts[turn.story] ** -0.5) for turn in turns]),
        CONTEXT_SIGNALS,
    )
    return ContextVote(*found, answer=FIRST_THRESHOLD, completed=FIRST_THRESHOLD)


def without_each(turns: Sequence[Dependent], stories: Iterable[str]) -> dict[str, ContextVote]:
    """Fit a vote for each story on the others."""
    return {story: fit([turn for turn in turns if turn.story != story]) for story in stories}


def thresholds(turns: Sequence[Turn]) -> tuple[float, float]:
    """Return the thresholds of what is completed by rule and in context that give most right answers within the limits.

    Of several that give as many, the lowest are taken.
    """
    alone = count(turns, 1.0, 1.0)["wrong"]
    allowed = [
        (-counts["right"], completed, context)
        for completed, context in product(STEPS, CONTEXT_STEPS)
        if is_safe(counts := count(turns, completed, context), alone)
    ]
    _, completed, context = min(allowed, default=(0, 1.0, 1.0))
    return completed, context


def count(turns: Iterable[Turn], completed: float, context: float) -> Counter[str]:
    """Count the turns by what becomes of them with two thresholds."""
    counts: Counter[str] = Counter()
    for turn in turns:
        fact = turn.answer(completed, context)
        counts[turn.asked.kind] += 1
        if fact and turn.asked.kind == "in":
            counts["right" if fact in turn.asked.expect else "wrong"] += 1
        elif fact:
            counts["answered"] += 1
    return counts


def is_safe(counts: Mapping[str, int], alone: int) -> bool:
    """Return whether counts keep the limits; so many wrong answers are given without the context."""
    is_right = counts["wrong"] - alone <= MAX_ADDED_WRONG_SHARE * counts["in"]
    return is_right and counts["answered"] <= MAX_NEAR_MISS_SHARE * counts["near"]


def deciders(votes: Mapping[str, Vote], encoder: Encoder | None) -> dict[str, Decider]:
    """Return what decides on each story, with a vote that was fitted without it."""
    return {story: Decider(load_story(story), encoder, vote=vote) for story, vote in votes.items()}


def learn(deciding: Mapping[str, Decider]) -> list[Dependent]:
    """Return the dependent turns of all stories, and of the older conversations."""
    found = []
    for story, decider in deciding.items():
        older = older_conversations() if story == OWN else ()
        found += dependents(story, decider, [*conversations_of(story), *older])
    return found


def hold(deciding: Mapping[str, Decider], contexts: Mapping[str, ContextVote]) -> list[Turn]:
    """Hold the conversations on each story with a vote on the context that was fitted without it."""
    found = []
    for story, decider in deciding.items():
        decider.dialogue.vote = contexts[story]
        found += held(story, decider, conversations_of(story))
    return found


def measure(deciding: Mapping[str, Decider], learnt: Sequence[Dependent]) -> Measured:
    """Choose the thresholds and hold the conversations, each story with a vote on the context of the others.

    What is answered changes what the next turn goes on from, so the thresholds are chosen until they stay.
    """
    contexts = without_each(learnt, deciding)
    found = Measured(FIRST_THRESHOLD, FIRST_THRESHOLD, hold(deciding, contexts))
    for _ in range(MAX_ROUNDS):
        completed, context = thresholds(found.turns)
        if (completed, context) == (found.completed, found.context):
            break
        contexts = {story: replace(vote, completed=completed, answer=context) for story, vote in contexts.items()}
        found = Measured(completed, context, hold(deciding, contexts))
    return found


def table(name: str, votes: Mapping[str, Vote], encoder: Encoder | None) -> str:
    """Fit and measure the context of one kind of ranking; return its part of `context.toml`."""
    deciding = deciders(votes, encoder)
    learnt = learn(deciding)
    vote, found = fit(learnt), measure(deciding, learnt)
    by_story = {story: [turn for turn in found.turns if turn.story == story] for story in sorted(votes)}
    lines = [
        f"# {len(found.turns)} later turns of conversations, each judged by votes fitted on the other stories:",
        f"#   all: {_told(found.count(found.turns))}",
        *(f"#   {story}: {_told(found.count(own))}" for story, own in by_story.items() if own),
        f"[{name}]",
        f"bias = {vote.bias:.4f}",
        f"answer = {found.context:.2f} # minimum probability of an answer",
        f"completed = {found.completed:.2f} # minimum usual vote for an answer to a question completed by rule",
        *signal_lines(name, vote),
    ]
    return "\n".join(lines) + "\n"


def _told(counts: Counter[str]) -> str:
    shares = {name: counts[name] / max(1, counts["in"]) for name in ("right", "wrong")}
    near = f", near misses answered {counts['answered']} of {counts['near']}" if counts["near"] else ""
    return f"right {shares['right']:.1%}, wrong {shares['wrong']:.1%} of {counts['in']}{near}"
