"""Score a decider on a story's questions: what is right, wrong, shown first, answered that should not be."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.matching.deciding.decide import Decider
from bot.matching.deciding.decision import Decision
from tests.stories import Asked, conversations


@dataclass(frozen=True)
class Score:
    """Counts of what became of questions of one kind and register."""

    counts: Counter[str]

    def share(self, *names: str) -> float:
        """Return the share of the questions that got one of those."""
        return sum(self.counts[name] for name in names) / max(1, self.counts.total())

    def __add__(self, other: "Score") -> "Score":
        return Score(self.counts + other.counts)


def grade(asked: Asked, decision: Decision) -> str:
    """Return right, wrong, first, suggested or silent if the story answers; else answered, suggested or silent."""
    given = [candidate.fact for candidate in decision.chosen]
    if asked.kind != "in":
        return {"answer": "answered", "suggest": "suggested", "abstain": "silent"}[decision.outcome]
    if decision.outcome == "answer":
        facts = {given[0], *(other.chosen[0].fact for other in decision.also)}
        return "right" if given[0] in asked.expect or facts & asked.expect else "wrong"
    if given and given[0] in asked.expect:
        return "first"
    return "suggested" if asked.expect.intersection(given) else "silent"


def score(decider: Decider, asked: Iterable[Asked]) -> dict[str, Score]:
    """Ask questions alone; return the score of each register, and of all in scope, near misses and out of scope."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for item in asked:
        if item.kind == "in" and not item.expect:
            continue
        what = grade(item, decider.decide(item.text))
        counts[item.kind][what] += 1
        if item.kind == "in":
            counts[item.register][what] += 1
    return {name: Score(count) for name, count in counts.items()}


def score_conversations(decider: Decider, story: str) -> Score:
    """Hold a story's conversations; return the score of the turns after the first that have an answer."""
    counts: Counter[str] = Counter()
    for turns in conversations(story):
        before = None
        for place, turn in enumerate(turns):
            decision = decider.decide(turn.text, None, before)
            nearest = decision.chosen[0].fact if decision.chosen else None
            fact = nearest if decision.outcome == "answer" else None
            before = decider.dialogue_state(decision.question, fact, nearest) or before
            if place and turn.kind == "in" and turn.expect:
                counts[grade(turn, decision)] += 1
    return Score(counts)
