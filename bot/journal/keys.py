"""The key that users are hashed with: in the settings or a file; the database knows it again by its fingerprint."""

import asyncio
import hmac
import os
import secrets
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, select

from bot.journal.askers import Askers
from bot.journal.database import Database, JournalError
from bot.journal.sqlite import OWNER_ONLY
from bot.journal.tables import exchanges, opt_outs, sync_state
from bot.journal.upserts import insert

MIN_KEY_BYTES = 32
FINGERPRINT = "hash-key"  # under which the fingerprint is stored
_LOST = (
    "Users and their opt-outs are known by its hashes only. If it is lost for good, move the database away: a new one "
    "is made, in which nobody has opted out."
)


async def key_of(database: Database, hash_key: str | None) -> bytes:
    """Return the key in the settings, else the one beside the database, which is made with the database.

    Raise JournalError if it is not the key that the database's users are hashed with.
    """
    stored, is_used = await database.run(_known)
    key = hash_key.encode() if hash_key else await asyncio.to_thread(_own_key, database, is_used=is_used)
    askers, where = (
        Askers(key),
        "ONRECORD_HASH_KEY" if hash_key else f"the key {database.file and path_of(database.file)}",
    )
    if stored is not None and not hmac.compare_digest(stored, fingerprint(askers)):
        raise JournalError(
            f"{where} is not the key of the database {database.place}. Set ONRECORD_HASH_KEY, or put back the file "
            f"beside the database, as it was. {_LOST}"
        )
    if stored is None:
        await database.run(partial(keep_fingerprint, askers))
    return key


def _known(connection: Connection) -> tuple[str | None, bool]:
    """Return the fingerprint that is stored, and whether anybody is known by a hash."""
    stored = fingerprint_in(connection)
    rows = (connection.execute(select(table.c.asker).limit(1)).first() for table in (opt_outs, exchanges))
    return stored, stored is not None or any(rows)


def fingerprint(askers: Askers) -> str:
    """Return what identifies a key without revealing it."""
    return hmac.new(askers.key, b"the fingerprint of OnRecord's key", sha256).hexdigest()


def keep_fingerprint(askers: Askers, connection: Connection) -> None:
    """Store the key's fingerprint, unless one is stored; raise JournalError if that is another key's."""
    row = {"key": FINGERPRINT, "value": fingerprint(askers)}
    connection.execute(insert(connection, sync_state).values(row).on_conflict_do_nothing())
    if fingerprint_in(connection) != row["value"]:
        raise JournalError("its users are hashed with another key; put the right database back, or start again")


def fingerprint_in(connection: Connection) -> str | None:
    """Return the fingerprint of the key that a database's users are hashed with; None if it has none yet."""
    found: str | None = connection.scalar(select(sync_state.c.value).where(sync_state.c.key == FINGERPRINT))
    return found


def path_of(database: Path) -> Path:
    """Return the file of the key that is stored beside a database."""
    return database.with_suffix(".key")


def _own_key(database: Database, *, is_used: bool) -> bytes:
    """Return the key stored beside the database; make it if there is none and the database knows no user yet."""
    if database.is_shared:
        raise JournalError(f"set ONRECORD_HASH_KEY, the same for all processes that use {database.place}. {_LOST}")
    if database.file is None:
        return secrets.token_bytes(MIN_KEY_BYTES)
    path = path_of(database.file)
    try:
        if not path.exists() and not is_used:
            _make(path)
        key = path.read_bytes()
        with suppress(PermissionError):  # another owner's file is theirs to protect
            path.chmod(OWNER_ONLY)
    except FileNotFoundError as error:
        raise JournalError(
            f"the key {path} is missing: put it back from a backup, or set ONRECORD_HASH_KEY to it. {_LOST}"
        ) from error
    except OSError as error:
        raise JournalError(
            f"the key {path} cannot be used: {error.strerror}; let the bot's user read it, or set ONRECORD_HASH_KEY"
        ) from error
    if len(key) < MIN_KEY_BYTES:
        raise JournalError(f"the key {path} is too short to protect users; put it back from a backup. {_LOST}")
    return key


def _make(path: Path) -> None:
    """Write a new key, readable by its owner only: whole, or not at all; of two processes the first one's counts."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(MIN_KEY_BYTES).encode())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
