"""A message before it is sent, and its text version for channels where embeds are not allowed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import discord

from bot.surface.platform import limits
from bot.surface.platform.escaping import escaped
from bot.surface.platform.typography import unbroken


@dataclass(frozen=True)
class Draft:
    """A message before it is sent; `text` fits in one message."""

    text: str = ""
    embeds: tuple[discord.Embed, ...] = ()
    view: discord.ui.View | None = None
    files: tuple[discord.File, ...] = ()

    def messages(self, permitted: discord.Permissions) -> list[dict[str, Any]]:
        """Return discord.py's arguments for each message to send: several only if embeds have to be sent as text."""
        texts, embeds = [self.text] if self.text else [], list(self.embeds)
        if embeds and not permitted.embed_links:
            texts, embeds = joined([*texts, *embeds_text(embeds)]), []
        messages: list[dict[str, Any]] = [{"content": unbroken(text)} for text in texts] or [{}]
        if embeds:
            messages[0]["embeds"] = embeds
        if self.files and permitted.attach_files:
            messages[0]["files"] = list(self.files)
        if self.view:
            messages[-1]["view"] = self.view
        return messages

    def lacking(self, permitted: discord.Permissions) -> frozenset[str]:
        """Return the missing permissions without which a part of the draft cannot be shown."""
        needed = {"embed_links": bool(self.embeds), "attach_files": bool(self.files)}
        return frozenset(name for name, wanted in needed.items() if wanted and not getattr(permitted, name))


def embeds_text(embeds: list[discord.Embed]) -> list[str]:
    """Convert embeds to texts that each fit in a message; the lines of a field stay together if they fit."""
    return joined(piece for embed in embeds for block in _blocks(embed) for piece in _pieces(block))


def joined(pieces: Iterable[str]) -> list[str]:
    """Join pieces into as few messages as possible."""
    texts: list[str] = []
    for piece in pieces:
        if texts and len(texts[-1]) + len(piece) + 1 <= limits.MESSAGE:
            texts[-1] = f"{texts[-1]}\n{piece}"
        else:
            texts.append(piece)
    return texts


def _blocks(embed: discord.Embed) -> Iterator[str]:
    author = escaped(embed.author.name) if embed.author.name else None  # an embed shows it without Markdown
    head = [f"**{part}**" for part in (author, embed.title) if part]
    yield "\n".join([*head, embed.description or ""]).strip()
    for field in embed.fields:
        yield f"**{field.name}**\n{field.value}"
    if embed.footer.text:
        yield f"-# {escaped(embed.footer.text)}"


def _pieces(block: str) -> Iterator[str]:
    """Split a block that is longer than a message at line ends; cut only a line that is longer."""
    piece = ""
    for line in block.split("\n"):
        longer = f"{piece}\n{line}" if piece else line
        if len(longer) > limits.MESSAGE:
            if piece:
                yield piece
            longer = limits.clip(line, limits.MESSAGE)
        piece = longer
    if piece:
        yield piece
