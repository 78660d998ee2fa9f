"""Compute the probability that a fact answers a question, from its signals.

The vote is a logistic regression on standardised signals (Hosmer, Lemeshow and Sturdivant, Applied Logistic
Regression, 2013): p = 1 / (1 + exp(-(b + sum_i w_i (x_i - m_i) / s_i))). `vote.toml` contains b, w, m and s for each
kind of ranking, and what they were fitted and measured on; `python -m tests.benchmarks fit` writes it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from bot.matching.deciding.signals import SIGNALS, Signal

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LogisticRegression:
    """A logistic regression; each array has a number for each signal, in the order of `table`."""

    table: ClassVar[Mapping[str, Signal]]

    bias: float
    weights: Doubles
    means: Doubles
    scales: Doubles

    def probabilities(self, signals: Doubles) -> Doubles:
        """Return the probability that each candidate answers; `signals` is (candidates, signals)."""
        sums = self.bias + self._standardised(signals) @ self.weights
        probabilities: Doubles = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
        return probabilities

    def strongest(self, signals: Doubles, count: int) -> tuple[tuple[str, float], ...]:
        """Return the signals of one candidate with the largest contributions to its vote, and the contributions.

        The absence of a signal against the fact is not a contribution.
        """
        is_absent = (signals == 0) & np.array([signal.sign < 0 for signal in self.table.values()])
        added = np.where(is_absent, 0.0, self._standardised(signals) * self.weights)
        names = list(self.table)
        return tuple((names[at], float(added[at])) for at in np.argsort(-np.abs(added))[:count].tolist())

    def _standardised(self, signals: Doubles) -> Doubles:
        standardised: Doubles = (signals - self.means) / self.scales
        return standardised


@dataclass(frozen=True)
class Vote(LogisticRegression):
    """The vote on a question by itself, for one kind of ranking."""

    table = SIGNALS

    answer: float  # minimum probability of an answer
    nearest: float  # minimum probability of the nearest fact on record


@lru_cache
def fitted(*, is_semantic: bool) -> Vote:
    """Return the vote in `vote.toml` for rankings with or without meaning."""
    data = read_fitted("vote.toml", is_semantic=is_semantic)
    return Vote(data["bias"], *columns(data["signals"], SIGNALS), answer=data["answer"], nearest=data["nearest"])


def read_fitted(file: str, *, is_semantic: bool) -> dict[str, Any]:
    """Read the part of a fitted file for rankings with or without meaning."""
    text = (resources.files("bot.matching.deciding") / file).read_text("utf-8")
    part: dict[str, Any] = tomllib.loads(text)["meaning" if is_semantic else "words"]
    return part


def columns(rows: Mapping[str, Mapping[str, float]], table: Mapping[str, Signal]) -> tuple[Doubles, Doubles, Doubles]:
    """Return weights, means and scales in the order of a table; a signal without a row has weight 0."""
    found = [rows.get(name, {"weight": 0.0, "mean": 0.0, "scale": 1.0}) for name in table]
    weights, means, scales = (np.array([row[key] for row in found]) for key in ("weight", "mean", "scale"))
    return weights, means, scales
