"""Score the predictions of a contestant: accuracy, AUROC, and how well a threshold rejects unanswerable questions."""

from dataclasses import dataclass
from statistics import mean

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """The score of each question with a label, whether its prediction is right, and the scores of those without."""

    inside: Floats
    right: npt.NDArray[np.bool_]
    outside: Floats

    def half(self, start: int) -> "Scores":
        """Return every second question, from the first (0) or the second (1) on."""
        return Scores(self.inside[start::2], self.right[start::2], self.outside[start::2])


def accuracy(scores: Scores) -> float:
    """Return the share of questions with a label whose prediction is right, at any score."""
    return float(scores.right.mean())


def auroc(scores: Scores) -> float | None:
    """Return how often a question with a label scores above one without; None if there are none without.

    This is the Mann-Whitney statistic, in which a tie counts half (Fawcett, An introduction to ROC analysis, 2006).
    """
    inside, outside = len(scores.inside), len(scores.outside)
    if not outside:
        return None
    ranks = rankdata(np.concatenate([scores.inside, scores.outside]))
    return float((ranks[:inside].sum() - inside * (inside + 1) / 2) / (inside * outside))


def balanced(scores: Scores) -> float | None:
    """Return the mean of accuracy and out-of-scope recall at a threshold tuned on the other half.

    Each half is measured with the threshold of the other; None if a half has no question of one kind.
    """
    halves = scores.half(0), scores.half(1)
    if not all(len(half.inside) and len(half.outside) for half in halves):
        return None
    return mean(
        float(_balance(measured, np.array([_threshold(tuned)]))[0]) for tuned, measured in (halves, reversed(halves))
    )


def _threshold(scores: Scores) -> float:
    candidates = np.unique(np.concatenate([scores.inside, scores.outside]))
    return float(candidates[_balance(scores, candidates).argmax()])


def _balance(scores: Scores, thresholds: Floats) -> Floats:
    """Return (accuracy + out-of-scope recall) / 2 at each threshold."""
    right = np.sort(scores.inside[scores.right])
    answered = (len(right) - np.searchsorted(right, thresholds)) / len(scores.inside)
    declined = np.searchsorted(np.sort(scores.outside), thresholds) / len(scores.outside)
    balance: Floats = (answered + declined) / 2
    return balance
