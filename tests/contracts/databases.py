"""The databases that a contract of the journal is tried on."""

from pathlib import Path

import pytest

from tests.postgres import new_database

KEY = "a key for the tests only"


async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a new database, of the kind that the fixture's parameter names."""
    if request.param == "postgres":
        return await new_database(request.getfixturevalue("postgres"))
    return f"sqlite+aiosqlite:///{tmp_path}/journal.db"
