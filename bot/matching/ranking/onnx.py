"""Encode sentences with any ONNX model, as vectors of length one.

Many models put all sentences into a narrow cone, so that even unrelated ones have a cosine of 0.8. The mean of some
unrelated sentences is subtracted (Mu and Viswanath, All-but-the-top, 2018, https://arxiv.org/abs/1702.01417), so that
cosines are comparable between encoders; the calibration of each story does the rest.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from bot.matching.ranking.once import Once
from bot.matching.ranking.rows import Floats
from bot.matching.ranking.semantic import normalised

Pooling = Literal["mean", "cls", "last"]
Ids = npt.NDArray[np.int64]

BATCH_TEXTS = 32  # padded to the longest of them, which is wasteful if lengths vary
SENTENCE_OUTPUT = "sentence_embedding"  # one vector per text; the name in sentence-transformers and transformers.js
OFFERED_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids", "position_ids"})
TOKEN_OUTPUTS = ("last_hidden_state", "token_embeddings")
UNRELATED_SENTENCES = (  # they have nothing in common
    "where is the nearest station",
    "she planted tomatoes behind the shed",
    "two hundred people came to the concert",
    "how long does the soup have to boil",
    "le chien dort sous la table",
    "qui a gagné le match hier soir",
    "combien coûte un billet pour l'île",
    "elle répare des montres depuis trente ans",
    "el tren salió con una hora de retraso",
    "cuándo abre la biblioteca",
    "der Brief liegt noch auf dem Schreibtisch",
    "warum ist der Himmel heute so grün",
)


@dataclass(frozen=True)
class OnnxModel:
    """A loaded model: how to tokenize texts, run the model and read its output."""

    tokenize: Callable[[Sequence[str]], Sequence[Sequence[int]]]  # with special tokens, truncated to the model's length
    pieces: Callable[[str], Sequence[int]]  # of a word, without special tokens
    run: Callable[[Mapping[str, Ids]], Mapping[str, Floats]]  # from inputs by name to outputs by name
    inputs: frozenset[str]
    pooling: Pooling
    prompt: str  # prepended to every text
    padding: int  # token id
    unknown: int | None  # token id


class OnnxEncoder:
    """An encoder whose model is loaded on first use."""

    def __init__(self, name: str, load: Callable[[], OnnxModel], votes: str = "") -> None:
        self.name = name
        self.votes = votes
        self._model = Once(load)
        self._common_direction = Once(lambda: _model_vectors(self._model(), UNRELATED_SENTENCES).mean(axis=0))

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row of length one per text."""
        rows = _model_vectors(self._model(), texts)
        return normalised(rows - self._common_direction()) if len(texts) else rows

    def is_word(self, word: str) -> bool:
        """Return whether the word is a single piece of the model's vocabulary."""
        model = self._model()
        pieces = list(model.pieces(word))
        return len(pieces) == 1 and pieces[0] != model.unknown


def _model_vectors(model: OnnxModel, texts: Sequence[str]) -> Floats:
    """Return the model's own vectors, scaled to length one."""
    rows = [_encode_batch(model, texts[at : at + BATCH_TEXTS]) for at in range(0, len(texts), BATCH_TEXTS)]
    return np.concatenate(rows) if rows else np.empty((0, 0), np.float32)


def _encode_batch(model: OnnxModel, texts: Sequence[str]) -> Floats:
    tokens = [row or [model.padding] for row in model.tokenize([model.prompt + text for text in texts])]
    positions = np.arange(max(map(len, tokens)))
    mask: Ids = (positions < np.array([[len(row)] for row in tokens])).astype(np.int64)
    ids: Ids = np.full((len(tokens), len(positions)), model.padding, np.int64)
    for row, own in zip(ids, tokens, strict=True):
        row[: len(own)] = own
    offered = {
        "input_ids": ids,
        "attention_mask": mask,
        "token_type_ids": np.zeros_like(ids),
        "position_ids": np.tile(positions, (len(tokens), 1)),
    }
    outputs = model.run({name: value for name, value in offered.items() if name in model.inputs})
    return normalised(_pooled(model, outputs, mask))


def _pooled(model: OnnxModel, outputs: Mapping[str, Floats], mask: Ids) -> Floats:
    """Return the vector of each text: the model's own if it has one, else pooled from the token vectors."""
    if SENTENCE_OUTPUT in outputs:
        return outputs[SENTENCE_OUTPUT]
    values: Any = next((outputs[name] for name in TOKEN_OUTPUTS if name in outputs), None)
    if values is None:
        values = next(iter(outputs.values()))
    if values.ndim == 2:
        return np.asarray(values)
    if model.pooling == "cls":
        return np.asarray(values[:, 0])
    if model.pooling == "last":
        return np.asarray(values[np.arange(len(values)), mask.sum(axis=1) - 1])
    weights = mask[:, :, None].astype(np.float32)
    return np.asarray((values * weights).sum(axis=1) / weights.sum(axis=1))
