"""Score what a contestant guessed: accuracy, AUROC, and how well a threshold tells questions without an answer."""

from dataclasses import dataclass
from statistics import mean

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ranked:
    """The score of each question that has a label and whether its guess was right, and the scores of those without."""

    inside: Floats
    right: npt.NDArray[np.bool_]
    outside: Floats

    def half(self, start: int) -> "Ranked":
        """Return every second question, from the first (0) or the second (1) on."""
        return Ranked(self.inside[start::2], self.right[start::2], self.outside[start::2])


def accuracy(ranked: Ranked) -> float:
    """Return the share of questions with a label whose guess was right, whatever its score."""
    return float(ranked.right.mean())


def auroc(ranked: Ranked) -> float | None:
    """Return how often a question with a label scores above one without; None where there are none without.

    This is the Mann-Whitney statistic, in which a tie counts half (Fawcett, An introduction to ROC analysis, 2006).
    """
    inside, outside = len(ranked.inside), len(ranked.outside)
    if not outside:
        return None
    ranks = rankdata(np.concatenate([ranked.inside, ranked.outside]))
    return float((ranks[:inside].sum() - inside * (inside + 1) / 2) / (inside * outside))


def balanced(ranked: Ranked) -> float | None:
    """Return the mean of accuracy and out-of-scope recall above a threshold that was tuned on the other half.

    Each half is measured with the threshold of the other; None where a half has no question of one kind.
    """
    halves = ranked.half(0), ranked.half(1)
    if not all(len(half.inside) and len(half.outside) for half in halves):
        return None
    return mean(
        float(_balance(measured, np.array([_threshold(tuned)]))[0]) for tuned, measured in (halves, reversed(halves))
    )


def _threshold(ranked: Ranked) -> float:
    candidates = np.unique(np.concatenate([ranked.inside, ranked.outside]))
    return float(candidates[_balance(ranked, candidates).argmax()])


def _balance(ranked: Ranked, thresholds: Floats) -> Floats:
    """Return (accuracy + out-of-scope recall) / 2 at each threshold."""
    right = np.sort(ranked.inside[ranked.right])
    answered = (len(right) - np.searchsorted(right, thresholds)) / len(ranked.inside)
    declined = np.searchsorted(np.sort(ranked.outside), thresholds) / len(ranked.outside)
    balance: Floats = (answered + declined) / 2
    return balance
