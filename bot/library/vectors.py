"""Keep the vectors of the stories' texts on disk, so that a start encodes only what is new.

A cache in SQLite: two processes may share it, and a file that is damaged, locked or read-only costs time and nothing
else. A row is found by a checksum of the model's name and the text; no text is stored. Only what is encoded inside
`storing()` is written: a reader's question leaves no trace here.
"""

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from hashlib import blake2b
from pathlib import Path
from threading import Lock

import numpy as np

from bot.matching.ranking.encoder import Encoder, stacked
from bot.matching.ranking.features import Floats

FILE = "vectors.sqlite3"
MOST_ROWS = 50_000  # 100 MB of 512 numbers; the oldest go first
WAIT_SECONDS = 5.0  # for another process to finish writing
KEY_BYTES = 16
PAGE_BYTES = 16_384  # a row is half of SQLite's usual page and a little more, so every other half would be empty

log = logging.getLogger(__name__)
_pending: ContextVar["dict[CacheFile, dict[bytes, bytes]] | None"] = ContextVar("pending", default=None)


@contextmanager
def storing() -> Iterator[None]:
    """Write what this thread encodes in the block, in one transaction at its end."""
    pending: dict[CacheFile, dict[bytes, bytes]] = {}
    token = _pending.set(pending)
    try:
        yield
    finally:
        _pending.reset(token)
        for file, rows in pending.items():
            file.write(rows)


class CacheFile:
    """Values of a few kilobytes by key, in a file that may be lost or fail at any time."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = Lock()
        self._database: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._open()
        except OSError as error:
            self._give_up(error)
        except sqlite3.Error as error:
            self._fail(error)

    def read(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the values that are there."""
        found: dict[bytes, bytes] = {}
        with self._lock:
            try:
                for key in keys:
                    if self._database is None:
                        break
                    row = self._database.execute("SELECT value FROM cache WHERE key = ?", (key,)).fetchone()
                    if row:
                        found[key] = row[0]
            except sqlite3.Error as error:
                self._fail(error)
        return found

    def write(self, rows: Mapping[bytes, bytes]) -> None:
        """Add values, all or none, and drop the oldest beyond the limit."""
        with self._lock:
            if not self._database:
                return
            try:
                with self._database:
                    self._database.executemany("INSERT OR REPLACE INTO cache (key, value) VALUES (?, ?)", rows.items())
                    self._database.execute(
                        "DELETE FROM cache WHERE rowid <= (SELECT max(rowid) FROM cache) - ?", (MOST_ROWS,)
                    )
            except sqlite3.OperationalError as error:  # locked, full or read-only: what is there can still be read
                log.warning("new vectors are not kept on disk: %s: %s", self._path, error)
            except sqlite3.DatabaseError as error:
                self._fail(error)

    def close(self) -> None:
        """Close the file; nothing is found or written afterwards."""
        with self._lock:
            self._drop()

    def _open(self) -> None:
        self._database = sqlite3.connect(self._path, timeout=WAIT_SECONDS, check_same_thread=False)
        self._database.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        with suppress(sqlite3.OperationalError):  # read-only
            self._database.execute("CREATE TABLE IF NOT EXISTS cache (key BLOB UNIQUE NOT NULL, value BLOB NOT NULL)")
        self._database.execute("SELECT count(*) FROM cache")

    def _fail(self, error: sqlite3.Error) -> None:
        """Start a damaged file anew; do without one that cannot be opened or written."""
        self._drop()
        if isinstance(error, sqlite3.OperationalError):
            self._give_up(error)
            return
        log.warning("%s is damaged (%s) and is made anew", self._path, error)
        try:
            for suffix in ("", "-journal"):
                self._path.with_name(FILE + suffix).unlink(missing_ok=True)
            self._open()
        except (OSError, sqlite3.Error) as again:
            self._give_up(again)

    def _give_up(self, error: Exception) -> None:
        self._drop()
        log.warning("vectors are not kept on disk: %s: %s", self._path, error)

    def _drop(self) -> None:
        if self._database:
            self._database.close()
        self._database = None


class VectorCache:
    """An encoder whose vectors and words are looked up on disk first."""

    def __init__(self, encoder: Encoder, file: CacheFile) -> None:
        self._encoder = encoder
        self._file = file

    @property
    def name(self) -> str:
        """The name of the encoder."""
        return self._encoder.name

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a row a text, and encode what is not on disk."""
        keys = {text: self._key("text", text) for text in texts}
        kept = self._file.read(keys.values())
        rows = {text: np.frombuffer(kept[key], np.float32) for text, key in keys.items() if key in kept}
        new = [text for text in keys if text not in rows]
        if new:
            rows.update(zip(new, self._encoder.encode(new), strict=True))
            self._store({keys[text]: rows[text].tobytes() for text in new})
        return stacked([rows[text] for text in texts])

    def is_word(self, word: str) -> bool:
        """Ask the disk, then the encoder."""
        key = self._key("word", word)
        kept = self._file.read([key]).get(key)
        if kept is not None:
            return bool(kept[0])
        found = self._encoder.is_word(word)
        self._store({key: bytes([found])})
        return found

    def _key(self, kind: str, text: str) -> bytes:
        return blake2b(f"{self.name}\0{kind}\0{text}".encode(errors="surrogatepass"), digest_size=KEY_BYTES).digest()

    def _store(self, rows: Mapping[bytes, bytes]) -> None:
        pending = _pending.get()
        if pending is not None:
            pending.setdefault(self._file, {}).update(rows)
