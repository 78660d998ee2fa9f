"""Compute the probability that a fact answers a question, from its signals.

The vote is a logistic regression on standardised signals (Hosmer, Lemeshow and Sturdivant, Applied Logistic
Regression, 2013): p = 1 / (1 + exp(-(b + sum_i w_i (x_i - m_i) / s_i))). `vote.toml` contains b, w, m and s for each
kind of ranking, and what they were fitted and measured on; `python -m tests.benchmarks fit` writes it. Another encoder
than that one may come with its own (`Encoder.votes`). If it does not, the vote for words alone decides, which does not
look at cosines of meaning, with higher thresholds.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt

from bot.matching.deciding.signals import SIGNALS, Signal
from bot.matching.ranking.encoder import Encoder

Doubles = npt.NDArray[np.float64]
FittedName = Literal["vote", "context"]
Kind = Literal["own", "meaning", "words", "unfitted"]  # fitted for this encoder, for the default one, for words alone

UNFITTED_ANSWER = 0.8  # minimum probability of an answer by the vote for words alone, if an encoder ranks
UNFITTED_NEAREST = 0.13  # minimum probability of the nearest fact on record, in the same case


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

    def strongest(self, signals: Doubles, count: int) -> list[tuple[tuple[str, float], ...]]:
        """Return the signals of each candidate with the largest contributions to its vote, and the contributions.

        The absence of a signal against the fact is not a contribution. `signals` is (candidates, signals).
        """
        is_absent = (signals == 0) & self._is_against
        added = np.where(is_absent, 0.0, self._standardised(signals) * self.weights)
        names, order = list(self.table), np.argsort(-np.abs(added), axis=1)[:, :count].tolist()
        return [
            tuple((names[at], values[at]) for at in largest)
            for largest, values in zip(order, added.tolist(), strict=True)
        ]

    @cached_property
    def _is_against(self) -> npt.NDArray[np.bool_]:
        """Whether each signal speaks against a fact."""
        return np.array([signal.sign < 0 for signal in self.table.values()])

    def _standardised(self, signals: Doubles) -> Doubles:
        standardised: Doubles = (signals - self.means) / self.scales
        return standardised


@dataclass(frozen=True)
class Vote(LogisticRegression):
    """The vote on a question by itself, for one kind of ranking."""

    table = SIGNALS

    answer: float  # minimum probability of an answer
    nearest: float  # minimum probability of the nearest fact on record


def vote_for(encoder: Encoder | None) -> Vote:
    """Return the vote for the rankings of an encoder, or for words alone."""
    if kind_for(encoder) == "unfitted":
        return replace(fitted(is_semantic=False), answer=UNFITTED_ANSWER, nearest=UNFITTED_NEAREST)
    return parse_vote(read_part("vote", encoder))


def fitted(*, is_semantic: bool) -> Vote:
    """Return the vote in `vote.toml` for rankings by the default encoder or by words alone."""
    return parse_vote(_shipped("vote")["meaning" if is_semantic else "words"])


def parse_vote(data: Mapping[str, Any]) -> Vote:
    """Parse a fitted vote; raises KeyError or TypeError if it is not one."""
    return Vote(data["bias"], *columns(data["signals"], SIGNALS), answer=data["answer"], nearest=data["nearest"])


def kind_for(encoder: Encoder | None) -> Kind:
    """Return which of the fitted votes decides on the rankings of an encoder, or on words alone."""
    if encoder is None:
        return "words"
    if encoder.votes:
        return "own"
    default = str(_shipped("vote")["meaning"]["encoder"])
    return "meaning" if _model_of(encoder.name) == _model_of(default) else "unfitted"


def read_part(name: FittedName, encoder: Encoder | None) -> Mapping[str, Any]:
    """Return the part of the fitted files that decides on the rankings of an encoder, or on words alone."""
    kind = kind_for(encoder)
    if encoder and kind == "own":
        part: Mapping[str, Any] = _parsed(encoder.votes)[name]
    else:
        part = _shipped(name)["meaning" if kind == "meaning" else "words"]
    return part


def _model_of(name: str) -> str:
    """Return the name of an encoder without its version: another version of the default one has the same vectors."""
    return name.partition("/")[0]


def _shipped(name: FittedName) -> Mapping[str, Any]:
    return _parsed((resources.files("bot.matching.deciding") / f"{name}.toml").read_text("utf-8"))


@lru_cache
def _parsed(text: str) -> Mapping[str, Any]:
    return tomllib.loads(text)


def columns(rows: Mapping[str, Mapping[str, float]], table: Mapping[str, Signal]) -> tuple[Doubles, Doubles, Doubles]:
    """Return weights, means and scales in the order of a table; a signal without a row has weight 0."""
    found = [rows.get(name, {"weight": 0.0, "mean": 0.0, "scale": 1.0}) for name in table]
    weights, means, scales = (np.array([row[key] for row in found]) for key in ("weight", "mean", "scale"))
    return weights, means, scales
