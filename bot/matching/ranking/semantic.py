"""What utterances mean: their vectors, the centre of each label's, and the kernel between them.

The vectors are centred in part, since all sentences share a direction that tells nothing (Mu and Viswanath,
All-but-the-top, 2018), and compared by a Gaussian kernel.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.features import Floats

_PUNCTUATION = re.compile(r"[^\w']+")

MAX_NEAREST_UTTERANCES = 64  # candidates by meaning
CENTRING_SHARE = 0.8  # of the mean is taken away
REPAIRED_WEIGHT = (
    2.0  # how much a repaired query counts beside what was typed; ablate: right fact first 84.2 %, 83.9 % at 0
)
SHARPNESS = 2.0  # of the Gaussian kernel, on cosines; ablate: right fact first 84.2 %, 84.1 % at 1, 83.1 % at 4


class Meaning(NamedTuple):
    """What a query means to an index: the utterances nearest to it, and how near it is to each label's centre."""

    vector: Floats
    cosines: Floats  # to every utterance
    nearest: npt.NDArray[np.int64]
    centroids: Floats


@dataclass(frozen=True)
class Semantics:
    """The vectors of an index's utterances; immutable."""

    encoder: Encoder
    vector_of: dict[str, Floats]  # by text, for the index that comes after this one
    vectors: Floats
    centred: Floats
    mean: Floats
    centres: Floats

    @classmethod
    def build(
        cls, texts: Sequence[str], labels: npt.NDArray[np.int64], encoder: Encoder, previous: "Semantics | None" = None
    ) -> "Semantics":
        """Encode the texts that `before` does not hold already."""
        texts = [_encoder_text(text) for text in texts]
        known = previous.vector_of if previous else {}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        vector_of = {text: known[text] for text in texts if text in known}
        vector_of.update(zip(new, encoder.encode(new), strict=True))
        vectors = np.stack([vector_of[text] for text in texts])
        mean = CENTRING_SHARE * vectors.mean(axis=0)
        sums = np.zeros((int(labels.max()) + 1, vectors.shape[1]), np.float32)
        np.add.at(sums, labels, vectors)
        return cls(encoder, vector_of, vectors, _normalised(vectors - mean), mean, _normalised(sums))

    def query(self, text: str, repaired: str | None = None) -> Meaning:
        """Encode a query and find what is near it; where it was repaired, both forms count."""
        typed, meant = self.encoder.encode([_encoder_text(text), _encoder_text(text) if repaired is None else repaired])
        vector = _normalised((typed + REPAIRED_WEIGHT * meant)[None])[0]
        near = self.vectors @ vector
        kept = min(MAX_NEAREST_UTTERANCES, len(near))
        nearest = np.sort(np.argpartition(-near, kept - 1)[:kept]).astype(np.int64)
        return Meaning(_normalised((vector - self.mean)[None])[0], near, nearest, self.centres @ vector)

    def kernels(self, meaning: Meaning, numbers: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Return the kernel between those utterances, and between each of them and the query."""
        chosen = self.centred[numbers]
        between = np.exp(SHARPNESS * (chosen @ chosen.T - 1))
        return between, np.exp(SHARPNESS * (chosen @ meaning.vector - 1))


def encode_texts(texts: Sequence[str], encoder: Encoder | None) -> Floats:
    """Return a vector of length one for each text: (texts, dimensions); no columns without an encoder."""
    if encoder is None or not texts:
        return np.empty((len(texts), 0), np.float32)
    return encoder.encode([_encoder_text(text) for text in texts])


def _encoder_text(text: str) -> str:
    """Reduce a text to lower-case words, with the apostrophes and accents that the encoder was trained on."""
    return _PUNCTUATION.sub(" ", text.lower().replace("’", "'")).strip()


def _normalised(rows: Floats) -> Floats:
    norms: Floats = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(norms, np.float32(1e-9))).astype(np.float32)
