"""Rank labels by how near their utterances are to a text."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from rapidfuzz import fuzz, process

from bot.matching.fold import words

Label = TypeVar("Label", bound=Hashable)
LETTERS = 0.5  # the share of letters in a score; the rest is the share of words


@dataclass(frozen=True)
class Match(Generic[Label]):
    """A label with its score in [0, 1] and the utterance that earned it."""

    label: Label
    score: float
    utterance: str


class Matcher(Generic[Label]):
    """An index of utterances, immutable once built.

    A score joins two views of a pair of texts: the letters of their sorted words (rapidfuzz `ratio`, which forgives
    typos) and the words they share, the rare ones counting more (tf-idf cosine, in which words never seen before
    count against the text).
    """

    def __init__(self, utterances: list[str], labels: list[Label]) -> None:
        self._utterances = utterances
        self._labels = labels
        bags = [Counter(words(text)) for text in utterances]
        seen = Counter(word for bag in bags for word in bag)
        self._sorted = [" ".join(sorted(bag.elements())) for bag in bags]
        self._unseen_weight = math.log(1 + len(bags)) + 1
        self._weight = {word: math.log((1 + len(bags)) / (1 + count)) + 1 for word, count in seen.items()}
        self._postings = self._post(bags)

    @classmethod
    def build(cls, pairs: Iterable[tuple[str, Label]]) -> "Matcher[Label]":
        """Index (utterance, label) pairs; a label may have many utterances."""
        rows = list(pairs)
        return cls([text for text, _ in rows], [label for _, label in rows])

    def _post(self, bags: list[Counter[str]]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """For each word, the utterances that hold it and its share of their vectors of length one."""
        rows: dict[str, list[tuple[int, float]]] = {}
        for number, bag in enumerate(bags):
            norm = self._norm(bag)
            for word, count in bag.items():
                rows.setdefault(word, []).append((number, count * self._weight[word] / norm))
        return {
            word: (np.array([number for number, _ in row]), np.array([share for _, share in row]))
            for word, row in rows.items()
        }

    def _norm(self, bag: Counter[str]) -> float:
        return math.sqrt(sum((count * self._weight.get(word, self._unseen_weight)) ** 2 for word, count in bag.items()))

    def rank(self, text: str, limit: int = 5) -> list[Match[Label]]:
        """Return the nearest labels, best first, one row a label; equal scores keep the order of building."""
        bag = Counter(words(text))
        if not bag or not self._labels:
            return []
        scores = LETTERS * self._letters(bag) + (1 - LETTERS) * self._shared(bag)
        best: dict[Label, Match[Label]] = {}
        for number in np.argsort(-scores, kind="stable"):
            label = self._labels[number]
            if label not in best:
                best[label] = Match(label, min(1.0, float(scores[number])), self._utterances[number])
                if len(best) == limit:
                    break
        return list(best.values())

    def _letters(self, bag: Counter[str]) -> np.ndarray:
        query = " ".join(sorted(bag.elements()))
        row: np.ndarray = process.cdist([query], self._sorted, scorer=fuzz.ratio, dtype=np.float32)[0]
        return row / 100

    def _shared(self, bag: Counter[str]) -> np.ndarray:
        scores, norm = np.zeros(len(self._labels)), self._norm(bag)
        for word, count in bag.items():
            if word in self._postings:
                numbers, shares = self._postings[word]
                scores[numbers] += count * self._weight[word] / norm * shares
        return scores
