"""Compare utterances by meaning: their vectors, the centroid of each label, and the kernel between them.

The vectors are partly centred, because all sentences share a direction without information (Mu and Viswanath,
All-but-the-top, 2018), and compared by a Gaussian kernel.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rows import Floats

_PUNCTUATION = re.compile(r"[^\w']+")

ENCODED_AT_ONCE = 1_000  # texts; an encoder and its caches hold several copies of their vectors for a moment
MAX_NEAREST_UTTERANCES = 64  # that are candidates by meaning
MAX_COMPARED_WHOLE = 6_000  # utterances of an index that are all compared with a query
MAX_COMPARED_LABELS = 200  # of a larger index: those whose centroids are nearest, whose utterances are compared
CENTRING_SHARE = 0.8  # of the mean that is subtracted
REPAIRED_WEIGHT = 2.0  # of the repaired query, relative to the typed one
SHARPNESS = 2.0  # of the Gaussian kernel of cosines


class Meaning(NamedTuple):
    """A query compared with an index by meaning: the nearest utterances, and the cosines with the centroids."""

    vector: Floats
    centred: Floats
    nearest: npt.NDArray[np.int64]
    centroids: Floats  # cosine with the centroid of each label


@dataclass(frozen=True)
class Semantics:
    """The vectors of an index's utterances; immutable."""

    encoder: Encoder
    number_of: dict[str, int]  # of a text's utterance, for the next index to reuse its vector
    vectors: Floats
    mean: Floats
    centres: Floats
    by_label: npt.NDArray[np.int64]  # the numbers of the utterances, label by label
    starts: npt.NDArray[np.int64]  # of each label in it, and its length

    @classmethod
    def build(
        cls, texts: Sequence[str], labels: npt.NDArray[np.int64], encoder: Encoder, previous: "Semantics | None" = None
    ) -> "Semantics":
        """Encode the texts that `previous` does not have, and compute the centroids of the labels."""
        texts = [_encoder_text(text) for text in texts]
        vectors = _vectors_of(texts, encoder, previous)
        mean = CENTRING_SHARE * vectors.mean(axis=0)
        sums = np.zeros((int(labels.max()) + 1, vectors.shape[1]), np.float32)
        np.add.at(sums, labels, vectors)
        starts = np.concatenate([[0], np.cumsum(np.bincount(labels))]).astype(np.int64)
        by_label = np.argsort(labels, kind="stable").astype(np.int64)
        number_of = {text: number for number, text in enumerate(texts)}
        return cls(encoder, number_of, vectors, mean, normalised(sums), by_label, starts)

    def known(self, texts: Iterable[str]) -> dict[str, Floats]:
        """Return the vectors of those texts that it has, as they are encoded."""
        return {text: self.vectors[self.number_of[text]] for text in texts if text in self.number_of}

    def query(self, text: str, repaired: str | None = None) -> Meaning:
        """Encode a query and find the nearest utterances; if it was repaired, both forms count.

        Of a large index only the utterances of the nearest centroids are compared: 60,000 vectors take 120 MB.
        """
        typed, meant = self.encoder.encode([_encoder_text(text), _encoder_text(text) if repaired is None else repaired])
        vector = normalised((typed + REPAIRED_WEIGHT * meant)[None])[0]
        centroids = self.centres @ vector
        if len(self.vectors) <= MAX_COMPARED_WHOLE:
            nearest = _highest(self.vectors @ vector, MAX_NEAREST_UTTERANCES)
        else:
            compared = self._of_labels(_highest(centroids, MAX_COMPARED_LABELS))
            nearest = np.sort(compared[_highest(self.vectors[compared] @ vector, MAX_NEAREST_UTTERANCES)])
        return Meaning(vector, normalised((vector - self.mean)[None])[0], nearest, centroids)

    def _of_labels(self, labels: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the numbers of the utterances of some labels."""
        return np.concatenate([self.by_label[self.starts[label] : self.starts[label + 1]] for label in labels.tolist()])

    def cosine(self, meaning: Meaning, number: int) -> float:
        """Return the cosine of the query with an utterance."""
        return float(self.vectors[number] @ meaning.vector)

    def kernels(self, meaning: Meaning, numbers: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Return the kernel between some utterances, and between each of them and the query."""
        chosen = normalised(self.vectors[numbers] - self.mean)  # storing all of them would take as much again
        between = np.exp(SHARPNESS * (chosen @ chosen.T - 1))
        return between, np.exp(SHARPNESS * (chosen @ meaning.centred - 1))


def _vectors_of(texts: Sequence[str], encoder: Encoder, previous: Semantics | None) -> Floats:
    """Return the vector of each text: (texts, dimensions), encoding some at a time."""
    vectors = np.empty((0, 0), np.float32)
    for start in range(0, len(texts), ENCODED_AT_ONCE):
        block = texts[start : start + ENCODED_AT_ONCE]
        rows = previous.known(block) if previous else {}
        new = [text for text in dict.fromkeys(block) if text not in rows]
        rows.update(zip(new, encoder.encode(new), strict=True))
        if not start:
            vectors = np.empty((len(texts), len(rows[block[0]])), np.float32)
        vectors[start : start + len(block)] = [rows[text] for text in block]
    return vectors


def _highest(values: Floats, count: int) -> npt.NDArray[np.int64]:
    """Return the positions of the highest values, in ascending order."""
    count = min(count, len(values))
    return np.sort(np.argpartition(-values, count - 1)[:count]).astype(np.int64)


def encode_texts(texts: Sequence[str], encoder: Encoder | None) -> Floats:
    """Return a vector of length one per text: (texts, dimensions); without an encoder there are no columns."""
    if encoder is None or not texts:
        return np.empty((len(texts), 0), np.float32)
    return encoder.encode([_encoder_text(text) for text in texts])


def _encoder_text(text: str) -> str:
    """Return a text as lower-case words with apostrophes and accents, the form the encoder was trained on."""
    return _PUNCTUATION.sub(" ", text.lower().replace("’", "'")).strip()


def normalised(rows: Floats) -> Floats:
    """Return vectors scaled to length one."""
    norms: Floats = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(norms, np.float32(1e-9))).astype(np.float32)
