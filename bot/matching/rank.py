"""Rank labels by how near their utterances are to a text: retrieve, then rerank by a small regression.

The candidates alone are fitted: kernel ridge regression (Saunders, Gammerman and Vovk, 1998) of "is what the query is"
on the kernel between them gives each a weight, and a label's score is the sum of its utterances' weights. Utterances
that say the same share their weight, so that a label does not win by repeating itself. Nothing is trained ahead.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from bot.matching.encoder import Encoder, installed
from bot.matching.features import Features, Floats
from bot.matching.fold import words
from bot.matching.repair import Speller
from bot.matching.retrieve import Candidates, Index
from bot.matching.semantic import Meaning, Semantics
from bot.matching.threads import keep_to_one

Label = TypeVar("Label", bound=Hashable)

RIDGE = 1.0  # of the lexical kernel alone
BEST_COSINE = 0.3  # how much the nearest utterance adds to every score then
RIDGE_WITH_MEANING = 0.3
LEXICAL_SHARE = 0.5  # of the lexical kernel beside the semantic one
CENTROID = 0.5  # how much nearness to the centre of a label's utterances adds then


@dataclass(frozen=True)
class Match(Generic[Label]):
    """A label with its score in [0, 1] and its utterance nearest to the text."""

    label: Label
    score: float
    utterance: str


class Matcher(Generic[Label]):
    """An index of utterances; immutable once built, so that threads may share it."""

    def __init__(
        self, pairs: Sequence[tuple[str, Label]], encoder: Encoder | None, before: "Matcher[Label] | None" = None
    ) -> None:
        keep_to_one()
        folded = [words(text) for text, _ in pairs]
        self._utterances = [text for text, _ in pairs]
        self._own = {" ".join(text): number for number, text in reversed(list(enumerate(folded)))}
        self._speller = Speller(folded, encoder.is_word if encoder else None)
        self._features, matrix = Features.fit(folded)
        self._index = Index.build(matrix)
        numbers: dict[Label, int] = {}
        self._label_of = np.array([numbers.setdefault(label, len(numbers)) for _, label in pairs], np.int64)
        self._names = list(numbers)
        self._semantics: Semantics | None = None
        if encoder and pairs:
            known = before._semantics if before else None
            self._semantics = Semantics.build([" ".join(text) for text in folded], self._label_of, encoder, known)

    @classmethod
    def build(cls, pairs: Iterable[tuple[str, Label]]) -> "Matcher[Label]":
        """Index (utterance, label) pairs, with the encoder where its extra is installed."""
        return cls(list(pairs), installed())

    @property
    def is_semantic(self) -> bool:
        """Tell whether meaning is compared, and not words and letters alone."""
        return self._semantics is not None

    def rank(self, text: str, limit: int = 5) -> list[Match[Label]]:
        """Return the nearest labels, best first, one row a label; equal scores keep the order of building."""
        folded = words(text)
        if not folded or not self._names:
            return []
        guesses = self._speller.guess(folded)
        meaning = self._semantics.query(" ".join(guess.word for guess in guesses)) if self._semantics else None
        found = self._index.nearest(self._features.vector(folded, guesses), meaning.nearest if meaning else None)
        scores = self._scores(found, meaning)
        nearest: dict[int, int] = {}
        for number in found.numbers.tolist():
            nearest.setdefault(int(self._label_of[number]), number)
        own = self._own.get(" ".join(folded))
        if own is not None:
            label = int(self._label_of[own])
            scores[label], nearest[label] = 1.0, own
        order = sorted(sorted(nearest), key=lambda label: -scores[label])[:limit]
        return [Match(self._names[label], float(scores[label]), self._utterances[nearest[label]]) for label in order]

    def _scores(self, found: Candidates, meaning: Meaning | None) -> Floats:
        """Return each label's score in [0, 1]; 0 where none of its utterances is a candidate."""
        held = self._label_of[found.numbers]
        between, near = found.sketches @ found.sketches.T, found.cosines
        if meaning is None or self._semantics is None:
            sums = self._sums(held, between, near, RIDGE)
            sums += BEST_COSINE * near.max(initial=0)
            return _bounded(sums / (1 + BEST_COSINE))
        between_meanings, near_meanings = self._semantics.kernels(meaning, found.numbers)
        whole = 1 + LEXICAL_SHARE
        between = (LEXICAL_SHARE * between + between_meanings) / whole
        near = (LEXICAL_SHARE * near + near_meanings) / whole
        sums = self._sums(held, between, near, RIDGE_WITH_MEANING)
        sums[held] += CENTROID * meaning.centroids[held]
        return _bounded(sums / (1 + CENTROID))

    def _sums(self, held: npt.NDArray[np.int64], between: Floats, near: Floats, ridge: float) -> Floats:
        weights = np.linalg.solve(between + ridge * np.eye(len(held), dtype=np.float32), near)
        sums: Floats = np.bincount(held, weights, minlength=len(self._names)).astype(np.float32)
        return sums


def _bounded(scores: Floats) -> Floats:
    inside: Floats = np.clip(scores, 0, 1)
    return inside


class LexicalMatcher(Matcher[Label]):
    """The matcher without the encoder, whether it is installed or not."""

    @classmethod
    def build(cls, pairs: Iterable[tuple[str, Label]]) -> "LexicalMatcher[Label]":
        """Index (utterance, label) pairs by their letters and words alone."""
        return cls(list(pairs), None)
