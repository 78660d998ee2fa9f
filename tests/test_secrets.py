"""No message and no line of the log holds a secret: a database's password, the token, the key of the hashes."""

import logging

import pytest
from sqlalchemy.exc import SAWarning
from typer.testing import CliRunner

from bot.cli import app
from bot.journal.database import JournalError
from bot.journal.journal import open_journal
from bot.settings import SettingsError, read_settings

SECRET = "s3cret-enough-for-a-key"
URLS = (
    f"sqlite+aiosqlite://user:{SECRET}@host/file.db",
    f"sqlite+aiosqlite://:{SECRET}@host:99x/file.db",
    f"sqlite+aiosqlite:////nowhere/file.db?password={SECRET}",
    f"postgresql+asyncpg://user:{SECRET}@127.0.0.1:1/onrecord",
    f"mysql://user:{SECRET}@host:port/onrecord",
    f"postgresql://user:{SECRET}",
    f"://user:{SECRET}@host",
)
COMMANDS = (["check", "--database"], ["stats"], ["gaps"], ["export"], ["attach", "a", "b"])


@pytest.mark.filterwarnings(f"ignore::{SAWarning.__module__}.{SAWarning.__qualname__}")
@pytest.mark.parametrize("url", URLS)
async def test_a_database_that_cannot_be_opened_tells_no_password(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(JournalError) as caught:
        async with open_journal(url, SECRET):
            pass
    assert SECRET not in str(caught.value)
    assert SECRET not in caplog.text


@pytest.mark.filterwarnings(f"ignore::{SAWarning.__module__}.{SAWarning.__qualname__}")
@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_tells_the_password_of_a_database(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, url: str, command: list[str]
) -> None:
    monkeypatch.setenv("ONRECORD_DATABASE_URL", url)
    result = runner.invoke(app, command)
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    assert SECRET not in result.output
    assert len(result.output.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "ONRECORD_HASH_KEY"])
def test_settings_that_are_refused_or_shown_hide_what_is_secret(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, SECRET)
    assert SECRET not in repr(read_settings())
    monkeypatch.setenv("ONRECORD_DESK_PORT", "none")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert SECRET not in str(caught.value)
