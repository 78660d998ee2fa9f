"""Readers' questions on stories that the vote was not fitted on: what is right, wrong, shown, and left unanswered.

Every figure is told leave-one-story-out: the vote that decides on a story was fitted on the questions of the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.matching.deciding.vote import Vote, fitted
from bot.matching.ranking.encoder import Encoder
from tests.benchmarks.fit import fit
from tests.benchmarks.samples import all_samples
from tests.stories import STORIES
from tests.stories.scores import Score

Scores = Mapping[str, Score]  # by kind, and of those in scope by register


def votes_without_each(encoder: Encoder | None) -> dict[str, Vote]:
    """Fit a vote for each story on the others; the two thresholds are those of the vote in use."""
    samples = all_samples(STORIES, encoder)
    usual = fitted(is_semantic=encoder is not None)
    votes = {story: fit([sample for sample in samples if sample.story != story]) for story in STORIES}
    return {story: replace(vote, answer=usual.answer, nearest=usual.nearest) for story, vote in votes.items()}


def summed(scores: Iterable[Scores]) -> dict[str, Score]:
    """Add up the scores of several stories."""
    total: dict[str, Score] = {}
    for each in scores:
        for name, part in each.items():
            total[name] = total[name] + part if name in total else part
    return total
