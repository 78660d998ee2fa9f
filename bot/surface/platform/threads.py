"""Change a message of an archived thread, in which Discord changes nothing."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import discord

from bot.surface.platform import limits
from bot.surface.platform.sending import permissions_in

Result = TypeVar("Result")


async def in_open_thread(client: discord.Client, channel: int, act: Callable[[], Awaitable[Result]]) -> Result:
    """Do something in a channel; open an archived thread for it, and archive it again as far as the bot may.

    Raises the errors of `act`; also that the thread is archived, if it is locked.
    """
    try:
        return await act()
    except discord.HTTPException as error:
        thread = await _archived(client, channel) if error.code == limits.ARCHIVED_THREAD else None
        if thread is None:
            raise
        await thread.edit(archived=False)
        try:
            return await act()
        finally:
            await _archive(thread)


async def _archived(client: discord.Client, channel: int) -> discord.Thread | None:
    """Return a thread that the bot may open; discord.py forgets archived ones."""
    thread = client.get_channel(channel) or await client.fetch_channel(channel)
    if not isinstance(thread, discord.Thread) or (thread.locked and not _may_manage(thread)):
        return None
    return thread


async def _archive(thread: discord.Thread) -> None:
    """Archive a thread again; without the permission, Discord does so when nobody has written for a while."""
    if _may_manage(thread):
        await thread.edit(archived=True)


def _may_manage(thread: discord.Thread) -> bool:
    return permissions_in(thread).manage_threads
