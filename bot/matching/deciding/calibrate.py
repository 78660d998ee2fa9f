"""Choose a story's thresholds from the story alone, by leaving out.

Each utterance is asked twice: as if it had never been written, so that its fact should be found by its other
utterances; and as if its whole fact had never been written, so that nothing should answer (leave-one-out
cross-validation; Stone, Cross-validatory choice and assessment of statistical predictions, 1974). The threshold is the
lowest of those that are about as good as the best at keeping the two apart, since vetoes stand behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

USUAL_THRESHOLD = 0.33  # the threshold that is right for a story of which nothing is known
USUAL_WEIGHT_UTTERANCES = 100  # utterances that this counts for
TOLERANCE = 0.02  # of the mean of answered and refused, below the best
THRESHOLD_STEPS = np.linspace(0.15, 0.6, 91)


@dataclass(frozen=True)
class Sample:
    """One utterance, asked twice; a score is 0 where nothing is found."""

    left_out: float  # the score of its fact without the utterance; 0 where another fact comes first
    unanswerable: float  # the score of the best fact that could answer without its own


@dataclass(frozen=True)
class Thresholds:
    """What a story tells of its own scores."""

    answer: float  # the score from which a fact is more probably its utterance's than not


def calibrate(samples: Sequence[Sample]) -> Thresholds:
    """Choose the thresholds; the fewer the samples, the nearer to the usual ones."""
    answer = USUAL_THRESHOLD
    if samples:
        inside = np.array([sample.left_out for sample in samples])
        outside = np.array([sample.unanswerable for sample in samples])
        kept_apart = [(np.mean(inside >= step) + np.mean(outside < step)) / 2 for step in THRESHOLD_STEPS]
        lowest = THRESHOLD_STEPS[int(np.argmax(np.array(kept_apart) >= max(kept_apart) - TOLERANCE))]
        answer = float(lowest * len(samples) + USUAL_THRESHOLD * USUAL_WEIGHT_UTTERANCES) / (
            len(samples) + USUAL_WEIGHT_UTTERANCES
        )
    return Thresholds(answer)
