"""Rank labels by how near their utterances are to a text: retrieve, then rerank by a small regression.

The candidates alone are fitted: kernel ridge regression (Saunders, Gammerman and Vovk, 1998) of "is what the query is"
on the kernel between them gives each a weight, and a label's score is the sum of its utterances' weights. Utterances
that say the same share their weight, so that a label does not win by repeating itself. Nothing is trained ahead.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.linalg.lapack import sposv as posv
from threadpoolctl import threadpool_limits

from bot.matching.fold import words
from bot.matching.ranking.encoder import Encoder, installed
from bot.matching.ranking.features import Features, Floats
from bot.matching.ranking.repair import Guess, WordRepair
from bot.matching.ranking.retrieve import Candidates, Index
from bot.matching.ranking.semantic import Meaning, Semantics

Label = TypeVar("Label", bound=Hashable)

RIDGE = 1.0  # of the lexical kernel alone
BEST_COSINE_WEIGHT = 0.3  # how much the nearest utterance adds to every score then
SEMANTIC_RIDGE = 0.3
LEXICAL_WEIGHT = 0.5  # of the lexical kernel beside the semantic one
DOUBT_WEIGHT = 2.0  # what is added to it where every word is a guess
CENTROID_WEIGHT = 0.5  # of nearness to the centre of a label's utterances; ablate: right fact first 84.2 %, 83.9 % at 0


@dataclass(frozen=True)
class Match(Generic[Label]):
    """A label with its score in [0, 1], its utterance nearest to the text, and how near that is."""

    label: Label
    score: float
    utterance: str
    lexical: float  # cosine by words and letters
    semantic: float | None  # cosine by meaning; None where it is not compared


@dataclass(frozen=True)
class _Query:
    """A text as the index understands it."""

    found: Candidates
    meaning: Meaning | None
    exact: int | None  # the utterance that it is, as typed or as repaired
    gain: float  # how surely its words are known, in (0, 1]
    doubt: float  # the share of its words that were guessed


class Matcher(Generic[Label]):
    """An index of utterances; immutable once built, so that threads may share it."""

    def __init__(
        self,
        pairs: Sequence[tuple[str, Label]],
        encoder: Encoder | None,
        previous: "Matcher[Label] | None" = None,
        *,
        repairs: bool = True,
    ) -> None:
        """Index (utterance, label) pairs; with `repairs`, misspelt words of a text are taken for known ones."""
        limit_blas_threads()
        folded = [words(text) for text, _ in pairs]
        self._utterances = [text for text, _ in pairs]
        self._number_of = {" ".join(text): number for number, text in reversed(list(enumerate(folded))) if text}
        self._repair = WordRepair(folded, encoder.is_word if encoder else None) if repairs else None
        numbers: dict[Label, int] = {}
        self._label_of = np.array([numbers.setdefault(label, len(numbers)) for _, label in pairs], np.int64)
        self._names = list(numbers)
        self._features, matrix = Features.fit(folded, self._label_of)
        self._index = Index.build(matrix)
        self._semantics: Semantics | None = None
        if encoder and pairs:
            known = previous._semantics if previous else None
            self._semantics = Semantics.build(self._utterances, self._label_of, encoder, known)

    @classmethod
    def build(cls, pairs: Iterable[tuple[str, Label]]) -> "Matcher[Label]":
        """Index (utterance, label) pairs, with the encoder where its extra is installed."""
        return cls(list(pairs), installed())

    @property
    def is_semantic(self) -> bool:
        """Tell whether meaning is compared, and not words and letters alone."""
        return self._semantics is not None

    def rank(self, text: str, limit: int = 5) -> list[Match[Label]]:
        """Return the nearest labels, best first, one row a label; equal scores keep the order of building.

        The label that has the text as an utterance, as typed or as repaired, comes first.
        """
        query = self._query(text)
        return self._ranked(query, query.found, limit) if query else []

    def rank_without(
        self, text: str, left_out: Sequence[npt.NDArray[np.int64]], limit: int
    ) -> list[list[Match[Label]]]:
        """Rank a text once for each set of utterances that are left out of its candidates."""
        query = self._query(text)
        if query is None:
            return [[] for _ in left_out]
        rankings = []
        for numbers in left_out:
            exact = None if query.exact in numbers else query.exact
            rankings.append(self._ranked(replace(query, exact=exact), query.found.without(numbers), limit))
        return rankings

    def _query(self, text: str) -> _Query | None:
        """Repair a text and find its candidates; None where it shares nothing with any utterance."""
        folded = words(text)
        if not folded or not self._names:
            return None
        guesses = self._repair.guess(folded) if self._repair else [Guess(word, 1.0) for word in folded]
        gain = sum(guess.gain for guess in guesses) / len(guesses)
        doubt = sum(guess.gain < 1 for guess in guesses) / len(guesses)
        repaired = " ".join(guess.word for guess in guesses) if doubt else None
        meaning = self._semantics.query(text, repaired) if self._semantics else None
        found = self._index.nearest(self._features.vector(folded, guesses), meaning.nearest if meaning else None)
        exact = self._number_of.get(" ".join(folded), self._number_of.get(repaired or ""))
        return _Query(found, meaning, exact, gain, doubt) if len(found.numbers) else None

    def _ranked(self, query: _Query, found: Candidates, limit: int) -> list[Match[Label]]:
        if not len(found.numbers):
            return []
        labels, label_at = np.unique(self._label_of[found.numbers], return_inverse=True)
        share = LEXICAL_WEIGHT + DOUBT_WEIGHT * query.doubt
        scores = dict(
            zip(labels.tolist(), self._scores(found, labels, label_at, query.meaning, share).tolist(), strict=True)
        )
        nearest = dict(zip(labels[label_at[::-1]].tolist(), found.numbers[::-1].tolist(), strict=True))
        first = None
        if query.exact is not None:
            first = int(self._label_of[query.exact])
            nearest[first] = query.exact
            scores[first] = max(scores.get(first, 0.0), query.gain)
        order = sorted(scores, key=lambda label: (label != first, -scores[label]))[:limit]
        lexical = dict(zip(found.numbers.tolist(), found.cosines.tolist(), strict=True))
        return [
            Match(
                label=self._names[label],
                score=scores[label],
                utterance=self._utterances[nearest[label]],
                lexical=lexical.get(nearest[label], 0.0),
                semantic=float(query.meaning.cosines[nearest[label]]) if query.meaning else None,
            )
            for label in order
        ]

    def _scores(
        self,
        found: Candidates,
        labels: npt.NDArray[np.int64],
        label_at: npt.NDArray[np.int64],
        meaning: Meaning | None,
        share: float,
    ) -> Floats:
        """Return the score in [0, 1] of each label labels; `label_at` tells which of them each candidate has."""
        between, near = found.between, found.cosines
        if meaning is None or self._semantics is None:
            sums = _label_scores(label_at, between, near, RIDGE) + np.float32(BEST_COSINE_WEIGHT) * near.max(initial=0)
            return _bounded(sums / (1 + BEST_COSINE_WEIGHT))
        between_meanings, near_meanings = self._semantics.kernels(meaning, found.numbers)
        between = (share * between + between_meanings) / (1 + share)
        near = (share * near + near_meanings) / (1 + share)
        sums = _label_scores(label_at, between, near, SEMANTIC_RIDGE) + CENTROID_WEIGHT * meaning.centroids[labels]
        return _bounded(sums / (1 + CENTROID_WEIGHT))


def _label_scores(label_at: npt.NDArray[np.int64], between: Floats, near: Floats, ridge: float) -> Floats:
    """Solve the ridge regression, and sum the weights of each label's utterances."""
    between.flat[:: len(label_at) + 1] = 1 + ridge  # a sketch is of length one only on average
    _, weights, _ = posv(between.T, near, overwrite_a=True)
    sums: Floats = np.bincount(label_at, weights).astype(np.float32)
    return sums


def _bounded(scores: npt.NDArray[np.floating]) -> Floats:
    inside: Floats = np.clip(scores, 0, 1).astype(np.float32)
    return inside


class LexicalMatcher(Matcher[Label]):
    """The matcher without the encoder, whether it is installed or not."""

    @classmethod
    def build(cls, pairs: Iterable[tuple[str, Label]]) -> "LexicalMatcher[Label]":
        """Index (utterance, label) pairs by their letters and words alone."""
        return cls(list(pairs), None)


@lru_cache
def limit_blas_threads() -> None:
    """Limit BLAS to one thread, once: matrices here are so small that threads only wait for each other.

    On a busy machine of two cores a decision then takes 3 ms instead of 23.
    """
    threadpool_limits(limits=1, user_api="blas")
