"""Calibrate the score thresholds of a story by cross-validation on its own utterances.

Each utterance is asked twice: once without itself in the index, so that its fact should be found by its other
utterances; and once without its whole fact, so that nothing should answer (leave-one-out cross-validation; Stone,
Cross-validatory choice and assessment of statistical predictions, 1974). The threshold is the lowest that separates the
two cases about as well as the best one does; it can be low because vetoes catch more wrong answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

USUAL_THRESHOLD = 0.33  # for a story without samples
USUAL_WEIGHT_UTTERANCES = 100  # number of samples that the usual threshold counts as
TOLERANCE = 0.02  # below the best mean of the shares answered and refused
THRESHOLD_STEPS = np.linspace(0.15, 0.6, 91)


@dataclass(frozen=True)
class Sample:
    """The scores of one utterance, asked twice; 0 if nothing is found."""

    fact: str  # whose utterance it is
    left_out: float  # score of its fact without the utterance; 0 if another fact comes first
    unanswerable: float  # score of the best fact without a veto, without its own fact


@dataclass(frozen=True)
class Thresholds:
    """The thresholds calibrated for a story."""

    answer: float  # score from which a fact probably answers


def calibrate(samples: Sequence[Sample]) -> Thresholds:
    """Calibrate the thresholds; the fewer the samples, the closer they are to the usual ones."""
    answer = USUAL_THRESHOLD
    if samples:
        inside = np.array([sample.left_out for sample in samples])
        outside = np.array([sample.unanswerable for sample in samples])
        separation = [(np.mean(inside >= step) + np.mean(outside < step)) / 2 for step in THRESHOLD_STEPS]
        lowest = THRESHOLD_STEPS[int(np.argmax(np.array(separation) >= max(separation) - TOLERANCE))]
        answer = float(lowest * len(samples) + USUAL_THRESHOLD * USUAL_WEIGHT_UTTERANCES) / (
            len(samples) + USUAL_WEIGHT_UTTERANCES
        )
    return Thresholds(answer)
