"""Copy the database and its key while the bot runs; what is copied is one moment of it, not a mixture."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from bot.journal.database import JournalError, database_file
from bot.journal.keys import path_of
from bot.journal.sqlite import OWNER_ONLY


def back_up(url: str, folder: Path) -> list[Path]:
    """Copy an SQLite database and its key into a new folder, readable by their owner only; return the copies.

    Raise JournalError if there is no such file, if it is on a server, or if the copies cannot be written.
    """
    file = database_file(url)
    if file is None:
        raise JournalError("this database is on a server; back it up with pg_dump, and keep ONRECORD_HASH_KEY with it")
    if not file.is_file():
        raise JournalError(f"there is no database {file}")
    try:
        folder.mkdir(mode=0o700, parents=True)
        copies = [folder / file.name]
        os.close(os.open(copies[0], os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        _copy(file, copies[0])
        if path_of(file).is_file():
            copies.append(path_of(copies[0]))
            shutil.copyfile(path_of(file), copies[1])
            copies[1].chmod(OWNER_ONLY)
    except FileExistsError as error:
        raise JournalError(f"{folder} exists already; name a folder that does not") from error
    except (OSError, sqlite3.Error) as error:
        raise JournalError(f"{file} cannot be copied to {folder}: {error}") from error
    return copies


def _copy(file: Path, to: Path) -> None:
    live = sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)
    with closing(live), closing(sqlite3.connect(to)) as copy:
        live.backup(copy)
