"""Compute the probability that a fact answers a question, from its signals.

The vote is a logistic regression on standardised signals (Hosmer, Lemeshow and Sturdivant, Applied Logistic
Regression, 2013): p = 1 / (1 + exp(-(b + sum_i w_i (x_i - m_i) / s_i))). `vote.toml` contains b, w, m and s for each
kind of ranking, and what they were fitted and measured on; `python -m tests.benchmarks fit` writes it.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.matching.deciding.signals import SIGNALS

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Vote:
    """The regression for one kind of ranking; arrays have one number per signal, in the order of `SIGNALS`."""

    bias: float
    weights: Doubles
    means: Doubles
    scales: Doubles
    answer: float  # minimum probability of an answer
    nearest: float  # minimum probability of the nearest fact on record

    def probabilities(self, signals: Doubles) -> Doubles:
        """Return the probability that each candidate answers; `signals` is (candidates, signals)."""
        sums = self.bias + self._standardised(signals) @ self.weights
        probabilities: Doubles = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
        return probabilities

    def strongest(self, signals: Doubles, count: int) -> tuple[tuple[str, float], ...]:
        """Return the signals of one candidate with the largest contributions to its vote, and the contributions.

        The absence of a signal against the fact is not a contribution.
        """
        is_absent = (signals == 0) & np.array([signal.sign < 0 for signal in SIGNALS.values()])
        added = np.where(is_absent, 0.0, self._standardised(signals) * self.weights)
        names = list(SIGNALS)
        return tuple((names[at], float(added[at])) for at in np.argsort(-np.abs(added))[:count].tolist())

    def _standardised(self, signals: Doubles) -> Doubles:
        standardised: Doubles = (signals - self.means) / self.scales
        return standardised


@lru_cache
def fitted(*, is_semantic: bool) -> Vote:
    """Load the vote for rankings with or without meaning."""
    text = (resources.files("bot.matching.deciding") / "vote.toml").read_text("utf-8")
    data: dict[str, Any] = tomllib.loads(text)["meaning" if is_semantic else "words"]
    rows = [data["signals"].get(name, {"weight": 0.0, "mean": 0.0, "scale": 1.0}) for name in SIGNALS]
    return Vote(
        bias=data["bias"],
        weights=np.array([row["weight"] for row in rows]),
        means=np.array([row["mean"] for row in rows]),
        scales=np.array([row["scale"] for row in rows]),
        answer=data["answer"],
        nearest=data["nearest"],
    )
