"""Keep on disk what can be made again: a file that is damaged, locked or read-only costs time and nothing else."""

import logging
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from weakref import finalize

FILE = "vectors.sqlite3"
MOST_ROWS = 50_000  # 100 MB of vectors of 512 numbers; the oldest go first
WAIT_SECONDS = 5.0  # for another process to finish writing
PAGE_BYTES = 16_384  # a vector is a little more than half of SQLite's usual page, so the other half would be empty

log = logging.getLogger(__name__)


class CacheFile:
    """Values of a few kilobytes by key, in SQLite, so that threads and processes may share them."""

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

    def _open(self) -> None:
        self._database = sqlite3.connect(self._path, timeout=WAIT_SECONDS, check_same_thread=False)
        finalize(self, self._database.close)
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
