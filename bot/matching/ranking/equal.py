"""Find the text that is equal to another one once folded, by their hashes."""

from collections.abc import Sequence

import numpy as np

from bot.matching.fold import fold


class EqualTexts:
    """The hashes of folded texts, sorted: a dict of the folded texts takes twenty times the memory; immutable."""

    def __init__(self, texts: Sequence[str], folded: Sequence[Sequence[str]]) -> None:
        """Index texts, given with their folded words."""
        self._texts = texts
        hashes = np.fromiter((hash(" ".join(words)) for words in folded), np.int64, len(texts))
        self._numbers = np.argsort(hashes, kind="stable").astype(np.int32)
        self._hashes = hashes[self._numbers]

    def find(self, folded: str) -> int | None:
        """Return the number of the first text that is folded to this, if there is one."""
        at = int(np.searchsorted(self._hashes, hash(folded)))
        while at < len(self._hashes) and self._hashes[at] == hash(folded):
            number = int(self._numbers[at])
            if fold(self._texts[number]) == folded:
                return number
            at += 1
        return None
