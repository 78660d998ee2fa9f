"""What a person sees of the simulated Discord, as values for the page's templates."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import simcord
from markupsafe import Markup
from simcord.backend.access import can_access_message
from simcord.backend.cdn import CDN_BASE
from simcord.backend.models import Message

from bot.answering.telling.catalogue import Catalogue
from bot.playground import markdown
from bot.playground.commands import invoked
from bot.playground.world import Seat

LINK = re.compile(r"https://discord\.com/channels/(?:\d+|@me)/(?P<channel>\d+)/(?P<message>\d+)")
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
UPLOADED = "attachment://"
THINKING = 1 << 7  # the flag of an answer that is still to come
COMMAND = 2  # the type of an interaction that a command or a message menu starts
MAX_MESSAGES = 100
MAX_EXCERPT = 90  # characters of a message that is replied to


@dataclass(frozen=True)
class Window:
    """What one person sees in one place; it also resolves what a text names by number."""

    env: simcord.Env
    seat: Seat
    catalogue: Catalogue

    def messages(self) -> list[Message]:
        """Return the last messages, the oldest first."""
        found = self.env.backend.messages.get(self.seat.channel.id, {}).values()
        channel, actor = self.seat.channel.id, self.seat.actor
        return [one for one in found if can_access_message(self.env, channel, one, actor, history=True)][-MAX_MESSAGES:]

    def state(self) -> str:
        """Return a value that changes when the messages do."""
        return sha256(repr(self.messages()).encode()).hexdigest()[:16]

    def values(self, message: Message) -> dict[str, Any]:
        """Return a message for its template."""
        return {
            "id": message.id,
            "author": self.user(message.author_id),
            "is_bot": message.author_id == self.env.backend.bot_user.id,
            "at": message.timestamp,
            "is_edited": message.edited_timestamp is not None,
            "content": message.content,
            "is_thinking": bool(message.flags & THINKING),
            "is_private": message.is_ephemeral,
            "embeds": message.embeds,
            "components": message.components,
            "files": list(self._listed(message)),
            "used": self._used(message),
            "reply": self._reply(message),
            "picture": lambda address: self.picture(address, message),
            "md": lambda text: markdown.html(text, self),
            "line": lambda text: markdown.inline(text, self),
        }

    def user(self, number: int) -> str:
        """Return the name of a user, or the number."""
        found = self.env.backend.users.get(number)
        return found.name if found else str(number)

    def channel(self, number: int) -> str:
        """Return the name of a channel, or the number."""
        found = self.env.backend.channels.get(number)
        return (found.name if found else None) or str(number)

    def jump(self, address: str) -> tuple[str, str]:
        """Return where a link leads: to a message on this page, or out."""
        found = LINK.fullmatch(address)
        if not found or int(found["channel"]) != self.seat.channel.id:
            return address, address
        return f"#m{found['message']}", self.catalogue.text(self.seat.locale, "playground.jump")

    def picture(self, address: str, message: Message) -> dict[str, str] | None:
        """Return the page's own address of a picture that came with a message; others are not loaded."""
        names = {address, address.removeprefix(UPLOADED)}
        found = next((one for one in message.attachments if names & {one["url"], one["filename"]}), None)
        return {"address": _own(found["url"]), "description": found["description"] or ""} if found else None

    def _listed(self, message: Message) -> Iterator[Mapping[str, Any]]:
        """Yield the files that no embed shows."""
        shown = {(embed.get("image") or {}).get("url") for embed in message.embeds}
        for one in message.attachments:
            if not {one["url"], UPLOADED + one["filename"]} & shown:
                yield {**one, "address": _own(one["url"]), "is_picture": one["content_type"] in PICTURES}

    def _used(self, message: Message) -> str | None:
        """Return who used which command, if that is what a message responds to."""
        found = message.interaction_metadata or {}
        if found.get("type") != COMMAND or not found.get("name"):
            return None
        kind = found.get("command_type") or 1
        name = invoked(self.env, found["name"], kind, self.seat.locale)
        who = self.user(int(found["user"]["id"]))
        return self.catalogue.text(
            self.seat.locale, "playground.used", who=who, command=f"/{name}" if kind == 1 else name
        )

    def _reply(self, message: Message) -> tuple[int, str, Markup] | None:
        """Return the message that is replied to: its number, its author and its beginning."""
        number = int((message.reference or {}).get("message_id") or 0)
        target = self.env.backend.messages.get(self.seat.channel.id, {}).get(number)
        if target is None or not can_access_message(self.env, target.channel_id, target, self.seat.actor):
            return None
        said = target.content or next((one.get("description") or "" for one in target.embeds), "")
        first = said.strip().partition("\n")[0]
        text = first if len(first) <= MAX_EXCERPT else f"{first[:MAX_EXCERPT].rstrip()}…"
        return number, self.user(target.author_id), markdown.inline(text, self)


def _own(address: str) -> str:
    """Return the page's own address of a file in the simulated Discord."""
    return address.replace(f"{CDN_BASE}/attachments/", "file/", 1)
