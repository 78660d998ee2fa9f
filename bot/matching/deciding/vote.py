"""The fitted vote: how probable it is that a fact answers a question, from its signals.

A logistic regression on signals that are centred and scaled (Hosmer, Lemeshow and Sturdivant, Applied Logistic
Regression, 2013): p = 1 / (1 + exp(-(b + sum_i w_i (x_i - m_i) / s_i))). `vote.toml` holds b, w, m and s for each kind
of ranking, and what they were fitted and measured on; `python -m tests.benchmarks fit` makes it.
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
    """The regression of one kind of ranking; each array has a number for each signal, in the order of `SIGNALS`."""

    bias: float
    weights: Doubles
    means: Doubles
    scales: Doubles
    answer: float  # the least probability of an answer
    nearest: float  # the least probability of the nearest fact on record

    def probabilities(self, signals: Doubles) -> Doubles:
        """Return the probability that each candidate answers; `signals` is (candidates, signals)."""
        sums = self.bias + self._standing(signals) @ self.weights
        probabilities: Doubles = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
        return probabilities

    def strongest(self, signals: Doubles, count: int) -> tuple[tuple[str, float], ...]:
        """Return the signals of one candidate that moved its vote most, with what each added.

        What would speak against the fact and is not there is no news.
        """
        is_absent = (signals == 0) & np.array([signal.sign < 0 for signal in SIGNALS.values()])
        added = np.where(is_absent, 0.0, self._standing(signals) * self.weights)
        names = list(SIGNALS)
        return tuple((names[at], float(added[at])) for at in np.argsort(-np.abs(added))[:count].tolist())

    def _standing(self, signals: Doubles) -> Doubles:
        standing: Doubles = (signals - self.means) / self.scales
        return standing


@lru_cache
def fitted(*, is_semantic: bool) -> Vote:
    """Read the vote for rankings with or without meaning."""
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
