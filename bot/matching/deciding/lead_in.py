"""Weigh the facts that may answer a question by what the text before it tells of."""

import math
from collections.abc import Mapping, Sequence

from bot.matching.deciding.decision import Candidate

LEAD_IN_WEIGHT = 0.35  # of the vote for the text before a question, as an exponent of its odds
USUAL_VOTE = 0.02  # for a fact that the text before may or may not tell of
MIN_VOTE, MAX_VOTE = 0.002, 0.1  # bounds of the vote for the text before: it asks nothing, so it cannot answer alone

Votes = Mapping[str, float]  # the probability of each fact


def votes_for(ranking: Sequence[Candidate]) -> Votes:
    """Return the votes of a ranking."""
    return {candidate.fact: candidate.probability for candidate in ranking}


def weighed(ranking: Sequence[Candidate], before: Votes) -> tuple[Candidate, ...]:
    """Return candidates with their probability after a text with these votes, the most probable first."""
    found = [one._replace(probability=_after(one.probability, before.get(one.fact, MIN_VOTE))) for one in ranking]
    return tuple(sorted(found, key=lambda one: one.probability, reverse=True))


def _after(asked: float, told: float) -> float:
    """Return the probability of a fact with a vote for the question and one for the text before it."""
    factor = math.pow(_odds(min(max(told, MIN_VOTE), MAX_VOTE)) / _odds(USUAL_VOTE), LEAD_IN_WEIGHT)
    return asked * factor / (asked * factor + 1 - asked)


def _odds(probability: float) -> float:
    return probability / (1 - probability)
