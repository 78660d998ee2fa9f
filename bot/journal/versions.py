"""Store whole versions of the stories: each file once, compressed, by its SHA-256."""

import zlib
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering.history import Revision
from bot.answering.versions import MAX_KEPT_VERSIONS, KeptVersion, StoryFiles
from bot.journal import upserts
from bot.journal.database import aware
from bot.journal.tables import blobs, versions


async def add_version(
    connection: AsyncConnection, story: str, revision: Revision, files: StoryFiles, after: KeptVersion | None
) -> bool:
    """Store a version with its files; return False, and store nothing, if another follows `after` already."""
    row = {
        "story": story,
        "follows": after.number if after else 0,
        "version": revision.version,
        "at": revision.at,
        "changes": len(revision.changes),
        "folder": files.folder,
        "files": dict(files.checksums),
    }
    added = await connection.execute(upserts.insert(connection, versions).values(row).on_conflict_do_nothing())
    if not added.rowcount:
        return False
    names = {checksum: name for name, checksum in files.checksums.items()}
    known = select(blobs.c.sha256).where(blobs.c.sha256.in_(names))
    there = {row.sha256 for row in await connection.execute(known)}
    new = [
        {"sha256": checksum, "content": zlib.compress(files.contents[name])}
        for checksum, name in names.items()
        if checksum not in there
    ]
    if new:
        await connection.execute(insert(blobs), new)
    await _delete_old(connection, story)
    return True


async def kept_versions(connection: AsyncConnection, story: str | None, limit: int) -> list[KeptVersion]:
    """Return the versions of a story, or of all stories, newest first."""
    wanted: ColumnElement[bool] = versions.c.story == story if story else true()
    rows = await connection.execute(select(versions).where(wanted).order_by(versions.c.number.desc()).limit(limit))
    return [_kept(row) for row in rows]


async def last_versions(connection: AsyncConnection) -> list[KeptVersion]:
    """Return the last version of each story, in the order of their ids."""
    last = select(func.max(versions.c.number)).group_by(versions.c.story)
    rows = await connection.execute(select(versions).where(versions.c.number.in_(last)).order_by(versions.c.story))
    return [_kept(row) for row in rows]


async def files_of(connection: AsyncConnection, version: KeptVersion) -> StoryFiles:
    """Return the files of a kept version."""
    wanted = select(blobs).where(blobs.c.sha256.in_(set(version.checksums.values())))
    contents = {row.sha256: zlib.decompress(row.content) for row in await connection.execute(wanted)}
    return StoryFiles(version.folder, {name: contents[checksum] for name, checksum in version.checksums.items()})


async def _delete_old(connection: AsyncConnection, story: str) -> None:
    """Delete a story's versions above the limit, and the files that no version has any more."""
    own = versions.c.story == story
    oldest = select(versions.c.number).where(own).order_by(versions.c.number.desc()).offset(MAX_KEPT_VERSIONS)
    deleted = await connection.execute(delete(versions).where(versions.c.number.in_(oldest.limit(1000))))
    if deleted.rowcount:
        used = {one for files in await connection.scalars(select(versions.c.files)) for one in files.values()}
        known = set(await connection.scalars(select(blobs.c.sha256)))
        await connection.execute(delete(blobs).where(blobs.c.sha256.in_(known - used)))


def _kept(row: Any) -> KeptVersion:
    return KeptVersion(row.story, row.number, row.version, aware(row.at), row.changes, row.folder, row.files)
