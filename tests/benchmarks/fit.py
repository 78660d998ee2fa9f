"""Fit the vote of `bot/matching/deciding` on the stories of `tests/stories`, and measure it with each story left out.

`python -m tests.benchmarks fit` writes `vote.toml`. The questions of a story weigh as the square root of their number,
so that no story dominates. Every figure is for questions on a story that the vote was not fitted on.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bot.matching.deciding.signals import SIGNALS, Signal
from bot.matching.deciding.vote import LogisticRegression, Vote
from tests.benchmarks.samples import Sample

Doubles = npt.NDArray[np.float64]

ABOVE_COLUMN = list(SIGNALS).index("above")  # the score minus the story's threshold
MAX_FITTED_CANDIDATES = 6  # of a question, by score; others are easily distinguished from the answer
BOUNDS = {1: (0, None), -1: (None, 0), 0: (None, None)}  # of a weight, by the sign of its signal
SOLVER_OPTIONS = {"maxiter": 2000}
SHRINKAGE = 10.0  # of the weights; 2 to 100 fit equally well
# Limits on the stories left out.
MAX_WRONG_SHARE = 0.015  # wrong answers to questions in scope
MAX_NEAR_MISS_SHARE = 0.05  # near misses that are answered
MAX_SUGGESTED_SHARE = 0.10  # questions out of scope that get a suggestion


@dataclass(frozen=True)
class Judged:
    """The vote on one question: the probability of its best fact, 0 if a veto forbids it; graded ones need more."""

    probability: float
    suggested: float  # the same without regard to vetoes; 0 if the fact shares no word with the question
    sample: Sample
    is_right: bool


def fit(samples: Sequence[Sample]) -> Vote:
    """Fit the vote to the samples' candidates."""
    counts = Counter(sample.story for sample in samples)
    signals, right, weights = [], [], []
    for sample in filter(_is_fitted_on, samples):
        first = slice(MAX_FITTED_CANDIDATES)  # candidates are sorted by score
        signals.append(sample.signals[first])
        right.append(sample.right[first])
        weights.append(np.full(len(right[-1]), counts[sample.story] ** -0.5))
    found = solve(np.concatenate(signals), np.concatenate(right), np.concatenate(weights), SIGNALS)
    return Vote(*found, answer=1.0, nearest=1.0)


def solve(
    rows: Doubles, wanted: npt.NDArray[np.bool_], weight: Doubles, table: Mapping[str, Signal]
) -> tuple[float, Doubles, Doubles, Doubles]:
    """Fit a logistic regression with a ridge penalty (L-BFGS-B); return its bias, weights, means and scales.

    `rows` is (candidates, signals). The weight of a signal keeps the sign in `table`, so that weights do not just
    cancel each other.
    """
    means, scales = rows.mean(axis=0), rows.std(axis=0)
    scales[scales == 0] = 1.0  # a signal of meaning, in rankings without meaning
    standing, weight = (rows - means) / scales, weight / weight.mean()
    bounds = [(None, None), *(BOUNDS[signal.sign] for signal in table.values())]

    def loss(solution: Doubles) -> tuple[float, Doubles]:
        sums = solution[0] + standing @ solution[1:]
        probabilities = 1 / (1 + np.exp(-sums))
        errors = weight * (probabilities - wanted)
        penalty = SHRINKAGE / 2 * float(solution[1:] @ solution[1:])
        cost = float(weight @ np.logaddexp(0, np.where(wanted, -sums, sums))) + penalty
        return cost, np.concatenate([[errors.sum()], errors @ standing + SHRINKAGE * solution[1:]])

    found = minimize(
        loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds, options=SOLVER_OPTIONS
    )
    return float(found.x[0]), found.x[1:], means, scales


def without_each(samples: Sequence[Sample], usual: Vote) -> dict[str, Vote]:
    """Fit a vote for each story on the others, with the two thresholds of the usual vote."""
    votes = {story: fit([sample for sample in samples if sample.story != story]) for story in stories_of(samples)}
    return {story: replace(vote, answer=usual.answer, nearest=usual.nearest) for story, vote in votes.items()}


def judge(samples: Iterable[Sample], vote: Vote, margin: float = 0.0, slack: float = inf) -> list[Judged]:
    """Apply the vote to questions that it was not fitted on.

    The best fact is not an answer if another fact without a veto is within `margin` of its probability, or if its score
    is more than `slack` below the story's own threshold.
    """
    judged = []
    for sample in samples:
        if sample.is_decided or not sample.facts or (sample.asked.kind == "in" and not sample.asked.expect):
            judged.append(Judged(0.0, 0.0, sample, is_right=False))
            continue
        probabilities = vote.probabilities(sample.signals)
        best = int(np.argmax(probabilities))
        probability = float(probabilities[best])
        forbidden = sample.forbidden(probabilities)
        rivals = np.delete(probabilities, best)[~np.delete(forbidden, best)]
        is_tied = probability - rivals.max(initial=0.0) < margin
        is_low = bool(sample.signals[best, ABOVE_COLUMN] < -slack)
        answered = 0.0 if forbidden[best] or is_tied or is_low else probability
        suggested = probability if sample.shares[best] else 0.0
        judged.append(Judged(answered, suggested, sample, bool(sample.right[best])))
    return judged


def leave_one_story_out(
    samples: Sequence[Sample],
    margin: float = 0.0,
    slack: float = inf,
    fitted_on: Sequence[Sample] | None = None,
) -> list[Judged]:
    """Judge each story's questions by a vote fitted on the others; the older questions are only used for fitting.

    `fitted_on` has the samples to fit on if they are not those to judge.
    """
    judged = []
    for story in stories_of(samples):
        vote = fit([sample for sample in fitted_on or samples if sample.story != story])
        own = [sample for sample in samples if sample.story == story and sample.asked.register != "readers"]
        judged += judge(own, vote, margin, slack)
    return judged


def stories_of(samples: Iterable[Sample]) -> list[str]:
    """Return the names of the stories that samples are of."""
    return sorted({sample.story for sample in samples})


def lowest(holds: Callable[[float], bool]) -> float:
    """Return the lowest probability, in steps of a hundredth, from which `holds` is true."""
    return next((step for step in np.arange(0.01, 1, 0.01).tolist() if holds(step)), 1.0)


def thresholds(judged: Sequence[Judged]) -> tuple[float, float]:
    """Return the minimum probabilities of an answer and of the nearest fact on record, within the limits above."""
    inside = [item for item in judged if item.sample.asked.kind == "in"]
    near = [item for item in judged if item.sample.asked.kind == "near"]
    out = [item for item in judged if item.sample.asked.kind == "out"]

    def is_safe(step: float) -> bool:
        wrong = sum(item.probability >= step and not item.is_right for item in inside)
        missed = sum(item.probability >= step for item in near)
        return wrong <= MAX_WRONG_SHARE * len(inside) and missed <= MAX_NEAR_MISS_SHARE * len(near)

    def is_quiet(step: float) -> bool:
        return sum(item.suggested >= step for item in out) <= MAX_SUGGESTED_SHARE * len(out)

    return lowest(is_safe), lowest(is_quiet)


def rates(judged: Sequence[Judged], answer: float) -> dict[str, float]:
    """Return the shares of questions in scope with a right or a wrong fact, and of other questions with any."""
    kinds = {kind: [item for item in judged if item.sample.asked.kind == kind] for kind in ("in", "near", "out")}
    shares = {
        "right": sum(item.probability >= answer and item.is_right for item in kinds["in"]) / len(kinds["in"]),
        "wrong": sum(item.probability >= answer and not item.is_right for item in kinds["in"]) / len(kinds["in"]),
    }
    for kind in ("near", "out"):
        shares[kind] = sum(item.probability >= answer for item in kinds[kind]) / max(1, len(kinds[kind]))
    shares["first"] = sum(item.is_right for item in kinds["in"]) / len(kinds["in"])
    return {name: round(share, 3) for name, share in shares.items()}


def table(name: str, samples: Sequence[Sample], encoder: str | None = None) -> tuple[Vote, str]:
    """Fit and measure the vote of one kind of ranking; return it with its part of `vote.toml`.

    `encoder` is the name of the encoder to write into the part.
    """
    judged = leave_one_story_out(samples)
    answer, nearest = thresholds(judged)
    vote = replace(fit(samples), answer=answer, nearest=nearest)
    by_story = {
        story: rates([item for item in judged if item.sample.story == story], answer) for story in stories_of(samples)
    }
    lines = [
        f"# {len(judged)} short questions on {len(by_story)} stories, each judged by a vote fitted on the others:",
        f"#   all: {_percentages(rates(judged, answer))}",
        *(f"#   {story}: {_percentages(shares)}" for story, shares in by_story.items()),
        f"[{name}]",
        *([f'encoder = "{encoder}"'] if encoder else []),
        f"bias = {vote.bias:.4f}",
        f"answer = {answer:.2f} # minimum probability of an answer",
        f"nearest = {nearest:.2f} # minimum probability of the nearest fact on record",
        *signal_lines(name, vote),
    ]
    return vote, "\n".join(lines) + "\n"


def signal_lines(name: str, fitted: LogisticRegression) -> list[str]:
    """Return the lines of a fitted file with the signals of a regression, the largest weights first."""
    names, lines = list(fitted.table), ["", f"[{name}.signals]"]
    for at in np.argsort(-np.abs(fitted.weights)).tolist():
        weight, mean, scale = (f"{values[at]:.4f}" for values in (fitted.weights, fitted.means, fitted.scales))
        if float(weight):
            row = f"{names[at]} = {{ weight = {weight}, mean = {mean}, scale = {scale} }}"
            lines.append(f"{row} # {fitted.table[names[at]].meaning}")
    return lines


def _percentages(shares: dict[str, float]) -> str:
    return (
        f"right {shares['right']:.1%}, wrong {shares['wrong']:.1%}, near misses answered {shares['near']:.1%}, "
        f"out of scope {shares['out']:.1%}, right fact first {shares['first']:.1%}"
    )


def _is_fitted_on(sample: Sample) -> bool:
    return bool(sample.facts) and not sample.is_decided and (sample.asked.kind != "in" or bool(sample.asked.expect))
