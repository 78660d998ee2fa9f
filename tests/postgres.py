"""A PostgreSQL server of the tests' own, on loopback, gone at their end."""

import asyncio
import getpass
import os
import shutil
import subprocess
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.journal.opening import open_database
from tests.ports import free_port

DEBIAN = Path("/usr/lib/postgresql")
NOBODY = "postgres"  # the user that Debian's package makes: the server refuses to run as root
Result = TypeVar("Result")

TEMPLATE = "onrecord_template"
MISSING = "PostgreSQL is not installed (Debian: apt-get install postgresql)"

_numbers = count(1)


def programs() -> Path | None:
    """Return the folder of the server's programs; None if it is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return next(
        (path / "bin" for path in sorted(DEBIAN.glob("*"), reverse=True) if (path / "bin" / "initdb").is_file()), None
    )


@dataclass(frozen=True)
class Server:
    """A server that can be stopped and started again."""

    folder: Path
    port: int
    programs: Path

    @property
    def url(self) -> str:
        """The URL of its databases, without a name at its end."""
        return f"postgresql+asyncpg://{_user()}@127.0.0.1:{self.port}"

    def make(self) -> None:
        """Make its files."""
        access = "-U", _user(), "-A", "trust"
        self._run("initdb", *access, "-E", "UTF8", "--locale", "C", "--no-sync")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=50"
        self._run("pg_ctl", "-o", options, "-l", self.folder / "log", "-w", "start")

    def stop(self) -> None:
        """Stop it at once."""
        self._run("pg_ctl", "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *arguments: object) -> None:
        words = [str(self.programs / program), "-D", str(self.folder / "data"), *map(str, arguments)]
        if _is_root():
            words = ["runuser", "-u", NOBODY, "--", *words]
        subprocess.run(words, stdout=subprocess.DEVNULL, cwd="/", check=True)  # noqa: S603


@contextmanager
def postgres_server() -> Iterator[Server]:
    """Run a server."""
    folder = programs()
    assert folder is not None
    with TemporaryDirectory(prefix="onrecord-postgres-", ignore_cleanup_errors=True) as home:
        if _is_root():
            shutil.chown(home, NOBODY)
        server = Server(Path(home), free_port(), folder)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _is_root() -> bool:
    return os.geteuid() == 0


def _user() -> str:
    return NOBODY if _is_root() else getpass.getuser()


def apart(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a thread: fixtures that are not async are also made while an event loop runs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def make_template(server: str) -> None:
    """Make a database with the newest tables and no row, to be copied."""
    await executed(f"{server}/postgres", f"CREATE DATABASE {TEMPLATE}")
    async with open_database(f"{server}/{TEMPLATE}"):
        pass


async def new_database(server: str) -> str:
    """Return the URL of a new, empty database."""
    name = f"test_{next(_numbers)}"
    await executed(f"{server}/postgres", f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    return f"{server}/{name}"


async def executed(url: str, statement: str) -> list[tuple[Any, ...]]:
    """Run a statement beside the journal, on any database; return its rows."""
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        result = await connection.execute(text(statement))
        rows = [tuple(row) for row in result] if result.returns_rows else []
    await engine.dispose()
    return rows
