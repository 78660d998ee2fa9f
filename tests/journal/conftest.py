"""What the journal is tested on: a file of SQLite, and with `make slow` a server of PostgreSQL."""

import shutil
from pathlib import Path

import pytest

from tests.postgres import apart, new_database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with the newest tables and no row, or on a server with none: it is migrated when opened."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_journal"), tmp_path)
        return f"sqlite+aiosqlite:///{tmp_path}/journal.db"
    return apart(new_database(request.getfixturevalue("postgres")))
