"""Cache the vectors of the stories' texts on disk, so that a start encodes only new texts.

The key is a hash of the model's name and the text; the text itself is not stored. Only what is encoded inside
`storing()` is written, so readers' questions leave no trace. Vectors are stored as float32: float16 would take half the
space, but then a restart could decide differently.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import blake2b

import numpy as np

from bot.library.cachefile import CacheFile
from bot.matching.ranking.encoder import Encoder, stack_rows
from bot.matching.ranking.rows import Floats

KEY_BYTES = 16
MAX_PENDING = 5_000  # values that are not written yet: 10 MB of vectors

_pending: ContextVar["dict[CacheFile, dict[bytes, bytes]] | None"] = ContextVar("pending", default=None)


@contextmanager
def storing() -> Iterator[None]:
    """Write what this thread encodes in this block, at its end or when there is much of it."""
    pending: dict[CacheFile, dict[bytes, bytes]] = {}
    token = _pending.set(pending)
    try:
        yield
    finally:
        _pending.reset(token)
        for file, rows in pending.items():
            file.write(rows)


class VectorCache:
    """An encoder that looks on disk first."""

    def __init__(self, encoder: Encoder, file: CacheFile) -> None:
        self._encoder = encoder
        self._file = file

    @property
    def name(self) -> str:
        """The name of the encoder."""
        return self._encoder.name

    @property
    def votes(self) -> str:
        """The votes that were fitted for it."""
        return self._encoder.votes

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row per text, encoding those that are not on disk."""
        keys = {text: self._key("text", text) for text in texts}
        cached = self._file.read(keys.values())
        rows = {text: np.frombuffer(cached[key], np.float32) for text, key in keys.items() if key in cached}
        new = [text for text in keys if text not in rows]
        if new:
            rows.update(zip(new, self._encoder.encode(new), strict=True))
            self._store({keys[text]: rows[text].tobytes() for text in new})
        return stack_rows([rows[text] for text in texts])

    def is_word(self, word: str) -> bool:
        """Return whether the encoder knows a word."""
        key = self._key("word", word)
        cached = self._file.read([key]).get(key)
        if cached is not None:
            return bool(cached[0])
        found = self._encoder.is_word(word)
        self._store({key: bytes([found])})
        return found

    def _key(self, kind: str, text: str) -> bytes:
        return blake2b(f"{self.name}\0{kind}\0{text}".encode(errors="surrogatepass"), digest_size=KEY_BYTES).digest()

    def _store(self, rows: Mapping[bytes, bytes]) -> None:
        pending = _pending.get()
        if pending is not None:
            waiting = pending.setdefault(self._file, {})
            waiting.update(rows)
            if len(waiting) > MAX_PENDING:
                self._file.write(waiting)
                waiting.clear()
