"""Rank labels by how similar their utterances are to a text: retrieve candidates, then rerank them by regression.

Kernel ridge regression (Saunders, Gammerman and Vovk, 1998) of the similarity to the query on the kernel between the
candidates gives each candidate a weight; the score of a label is the sum of its utterances' weights. Similar utterances
share their weight, so a label does not win by repetition. Nothing is trained in advance.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from sys import intern
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from bot.matching.fold import words
from bot.matching.ranking.encoder import Encoder, installed
from bot.matching.ranking.equal import EqualTexts
from bot.matching.ranking.features import Features
from bot.matching.ranking.repair import WordRepair
from bot.matching.ranking.retrieve import Candidates, Index
from bot.matching.ranking.rows import Floats
from bot.matching.ranking.semantic import Meaning, Semantics

Label = TypeVar("Label", bound=Hashable)

RIDGE = 1.0  # without meaning
BEST_COSINE_WEIGHT = 0.3  # of the nearest utterance, added to every score; without meaning
SEMANTIC_RIDGE = 0.3  # with meaning
LEXICAL_WEIGHT = 0.5  # of the lexical kernel, relative to the semantic one
DOUBT_WEIGHT = 2.0  # added to LEXICAL_WEIGHT if every word is guessed
CENTROID_WEIGHT = 0.5  # of the cosine with a label's centroid


class Match(NamedTuple, Generic[Label]):
    """A label with its score in [0, 1], its nearest utterance and the similarity of that to the text."""

    label: Label
    score: float
    utterance: str
    lexical: float  # cosine by words and letters
    semantic: float | None  # cosine by meaning; None without an encoder


@dataclass(frozen=True)
class _Query:
    """A text prepared for ranking, with its candidates."""

    found: Candidates
    meaning: Meaning | None
    exact: int | None  # number of the utterance equal to it, as typed or as repaired
    gain: float  # mean gain of its words, in (0, 1]; 1 if none is guessed
    doubt: float  # share of its words that are guessed


class Matcher(Generic[Label]):
    """An index of utterances; immutable once built, so threads can share it."""

    def __init__(
        self,
        pairs: Sequence[tuple[str, Label]],
        encoder: Encoder | None,
        previous: "Matcher[Label] | None" = None,
        *,
        repairs: bool = True,
    ) -> None:
        """Index (utterance, label) pairs; `repairs` replaces misspelt words of a text by known ones.

        `previous` is an older matcher whose vectors are reused.
        """
        limit_blas_threads()
        self._utterances = [text for text, _ in pairs]
        folded = [list(map(intern, words(text))) for text in self._utterances]  # each word is stored once
        self._equal = EqualTexts(self._utterances, folded)
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
        """Index (utterance, label) pairs, with the encoder if its extra is installed."""
        return cls(list(pairs), installed())

    @property
    def is_semantic(self) -> bool:
        """Return whether meaning is compared, and not only words and letters."""
        return self._semantics is not None

    @property
    def vectors(self) -> Floats:
        """The vectors of the utterances: (utterances, dimensions); without an encoder there are no columns."""
        return self._semantics.vectors if self._semantics else np.empty((len(self._utterances), 0), np.float32)

    def label_of(self, folded: str) -> Label | None:
        """Return the label of the first utterance that is folded to this."""
        number = self._equal.find(folded)
        return None if number is None else self._names[self._label_of[number]]

    def rank(self, text: str, limit: int = 5) -> list[Match[Label]]:
        """Return the best labels, best first, one match per label; labels with equal scores are in index order.

        A label with an utterance equal to the text, as typed or as repaired, comes first.
        """
        query = self._query(text)
        return self._ranked(query, query.found, limit) if query else []

    def rank_without(
        self, text: str, left_out: Sequence[npt.NDArray[np.int64]], limit: int
    ) -> list[list[Match[Label]]]:
        """Rank a text once for each set of utterance numbers, without these as candidates."""
        query = self._query(text)
        if query is None:
            return [[] for _ in left_out]
        rankings = []
        for numbers in left_out:
            exact = None if query.exact in numbers else query.exact
            rankings.append(self._ranked(replace(query, exact=exact), query.found.without(numbers), limit))
        return rankings

    def _query(self, text: str) -> _Query | None:
        """Repair a text and find its candidates; None if there are none."""
        folded = words(text)
        if not folded or not self._names:
            return None
        guesses = self._repair.guess(folded) if self._repair else ()
        gain = sum(guess.gain for guess in guesses) / len(guesses) if guesses else 1.0
        doubt = sum(guess.gain < 1 for guess in guesses) / len(guesses) if guesses else 0.0
        repaired = " ".join(guess.word for guess in guesses) if doubt else None
        meaning = self._semantics.query(text, repaired) if self._semantics else None
        found = self._index.nearest(self._features.vector(folded, guesses), meaning.nearest if meaning else None)
        exact = self._equal.find(" ".join(folded))
        if exact is None and repaired:
            exact = self._equal.find(repaired)
        return _Query(found, meaning, exact, gain, doubt) if len(found.numbers) else None

    def _ranked(self, query: _Query, found: Candidates, limit: int) -> list[Match[Label]]:
        if not len(found.numbers):
            return []
        labels, numbers = self._label_of[found.numbers].tolist(), found.numbers.tolist()
        scores = self._scores(found, labels, query.meaning, LEXICAL_WEIGHT + DOUBT_WEIGHT * query.doubt)
        nearest = dict(zip(reversed(labels), reversed(numbers), strict=True))
        first = None
        if query.exact is not None:
            first = int(self._label_of[query.exact])
            nearest[first] = query.exact
            scores[first] = max(scores.get(first, 0.0), query.gain)
        order = sorted(scores, key=scores.__getitem__, reverse=True)
        if first is not None:
            order = [first, *(label for label in order if label != first)]
        lexical = dict(zip(numbers, found.cosines.tolist(), strict=True))
        return [
            Match(
                label=self._names[label],
                score=scores[label],
                utterance=self._utterances[nearest[label]],
                lexical=lexical.get(nearest[label], 0.0),
                semantic=self._semantics.cosine(query.meaning, nearest[label])
                if query.meaning and self._semantics
                else None,
            )
            for label in order[:limit]
        ]

    def _scores(
        self,
        found: Candidates,
        labels: Sequence[int],
        meaning: Meaning | None,
        share: float,
    ) -> dict[int, float]:
        """Return the score in [0, 1] of each label, in index order; `labels` is the label of each candidate."""
        between, near = found.between, found.cosines
        if meaning is None or self._semantics is None:
            sums = _label_sums(labels, between, near, RIDGE)
            more, whole = np.float32(BEST_COSINE_WEIGHT) * near.max(initial=0), 1 + BEST_COSINE_WEIGHT
        else:
            between_meanings, near_meanings = self._semantics.kernels(meaning, found.numbers)
            between = (share * between + between_meanings) / (1 + share)
            near = (share * near + near_meanings) / (1 + share)
            sums = _label_sums(labels, between, near, SEMANTIC_RIDGE)
            more, whole = CENTROID_WEIGHT * meaning.centroids[list(sums)], 1 + CENTROID_WEIGHT
        scores = (np.fromiter(sums.values(), np.float32, len(sums)) + more) / whole
        return dict(zip(sums, scores.clip(0, 1).astype(np.float32).tolist(), strict=True))


def _label_sums(labels: Sequence[int], between: Floats, near: Floats, ridge: float) -> dict[int, float]:
    """Solve the ridge regression and sum the weights of each label's utterances, in the order of the labels."""
    between.flat[:: len(labels) + 1] = 1 + ridge  # sketches have length one only on average
    sums = dict.fromkeys(sorted(set(labels)), 0.0)
    for label, weight in zip(labels, np.linalg.solve(between, near).tolist(), strict=True):
        sums[label] += weight
    return sums


class LexicalMatcher(Matcher[Label]):
    """The matcher without an encoder, even if one is installed."""

    @classmethod
    def build(cls, pairs: Iterable[tuple[str, Label]]) -> "LexicalMatcher[Label]":
        """Index (utterance, label) pairs by words and letters only."""
        return cls(list(pairs), None)


@lru_cache
def limit_blas_threads() -> None:
    """Limit BLAS to one thread, once per process: the matrices are too small for threads to help.

    On a busy machine with two cores this reduces a decision from 23 ms to 3.
    """
    threadpool_limits(limits=1, user_api="blas")
