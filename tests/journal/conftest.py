"""What the journal is tested on: a file of SQLite, and with `make slow` a server of PostgreSQL."""

from pathlib import Path

import pytest

from tests.postgres import apart, new_database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/journal.db"
    return apart(new_database(request.getfixturevalue("postgres")))
