"""Cache on disk what can be recomputed; a damaged, locked or read-only file costs only time."""

import logging
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from weakref import finalize

FILE_NAME = "vectors.sqlite3"  # it stored nothing else at first
# 330 MB for vectors of 512 numbers; the oldest are deleted first. A story of 10,000 facts has 110,000,
# and the readings of its facts, 3 KB each.
MAX_ROWS = 150_000
BUSY_TIMEOUT_SECONDS = 5.0  # how long SQLite waits for another process to finish writing
PAGE_BYTES = 16_384  # a vector takes just over half of SQLite's default page, which would leave the other half empty

log = logging.getLogger(__name__)


class CacheFile:
    """A key-value cache for values of a few kilobytes, in SQLite so that threads and processes can share it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._lock = Lock()
        self._database: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._open()
        except OSError as error:
            self._disable(error)
        except sqlite3.Error as error:
            self._recover(error)

    def read(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the values that are cached."""
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
                self._recover(error)
        return found

    def write(self, rows: Mapping[bytes, bytes]) -> None:
        """Add all the values in one transaction, then delete the oldest rows above the limit."""
        with self._lock:
            if not self._database:
                return
            try:
                with self._database:
                    self._database.executemany("INSERT OR REPLACE INTO cache (key, value) VALUES (?, ?)", rows.items())
                    self._database.execute(
                        "DELETE FROM cache WHERE rowid <= (SELECT max(rowid) FROM cache) - ?", (MAX_ROWS,)
                    )
            except sqlite3.OperationalError as error:  # locked, full or read-only: it can still be read
                log.warning("new results are not cached on disk: %s: %s", self._path, error)
            except sqlite3.DatabaseError as error:
                self._recover(error)

    def _open(self) -> None:
        self._database = sqlite3.connect(self._path, timeout=BUSY_TIMEOUT_SECONDS, check_same_thread=False)
        finalize(self, self._database.close)
        self._database.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        with suppress(sqlite3.OperationalError):  # read-only
            self._database.execute("CREATE TABLE IF NOT EXISTS cache (key BLOB UNIQUE NOT NULL, value BLOB NOT NULL)")
        self._database.execute("SELECT count(*) FROM cache")

    def _recover(self, error: sqlite3.Error) -> None:
        """Replace a damaged file; stop using one that cannot be opened or written."""
        self._close()
        if isinstance(error, sqlite3.OperationalError):
            self._disable(error)
            return
        log.warning("%s is damaged (%s); replacing it", self._path, error)
        try:
            for suffix in ("", "-journal"):
                self._path.with_name(FILE_NAME + suffix).unlink(missing_ok=True)
            self._open()
        except (OSError, sqlite3.Error) as again:
            self._disable(again)

    def _disable(self, error: Exception) -> None:
        self._close()
        log.warning("results are not cached on disk: %s: %s", self._path, error)

    def _close(self) -> None:
        if self._database:
            self._database.close()
        self._database = None
