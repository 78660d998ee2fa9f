"""What simcord lacks for people to use it: each viewer's language, mentions that are typed, and a clock that runs.

Missing in simcord 3.2.1: an interaction's locale is always en-US, its picker shows commands by their English names (and
options still by theirs), its composer leaves "@name" as it is typed, and its time stands still unless it is advanced.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import simcord.interactions
from simcord._clock import Clock
from simcord.actors import MemberActor
from simcord.preview import _commands

ENGLISH = "en-US"


class RunningClock(Clock):
    """Tells the machine's time, and what was advanced beyond it."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.elapsed)


@contextmanager
def speaking(locale_of: Callable[[int], str]) -> Iterator[None]:
    """Give each user's interactions, and the picker that they see, the locale of that user."""
    plain_payload, plain_catalog = simcord.interactions.base_payload, _commands.build_catalog

    def payload_of(*args: Any, **kwargs: Any) -> Any:
        record, payload = plain_payload(*args, **kwargs)
        payload["locale"] = locale_of(kwargs["user_id"])
        return record, payload

    def catalog_of(preview: Any, page: Any) -> Any:
        catalog = plain_catalog(preview, page)
        for entry in catalog["entries"]:
            found = _commands.visible_leaf(preview, page, entry["commandId"], entry["path"])
            if found:
                _translate(entry, *found, locale_of(page.viewer.id))
        return catalog

    with (
        patch.object(simcord.interactions, "base_payload", payload_of),
        patch.object(_commands, "build_catalog", catalog_of),
    ):
        yield


@contextmanager
def mentioning(name: str, user: int) -> Iterator[None]:
    """Make a mention of "@name" where somebody types it, as Discord's own composer does."""
    plain_send, typed = MemberActor.send, re.compile(rf"@{re.escape(name)}\b", re.IGNORECASE)

    async def send(actor: MemberActor, channel: Any, content: str = "", **options: Any) -> Any:
        return await plain_send(actor, channel, typed.sub(f"<@{user}>", content), **options)

    with patch.object(MemberActor, "send", send):
        yield


def _translate(
    entry: dict[str, Any], command: Mapping[str, Any], path: list[str], leaf: Mapping[str, Any], locale: str
) -> None:
    """Show a command under its name in that locale, as Discord does; what it is called by stays as it is."""
    names = [command, leaf] if len(path) > 1 else [leaf]
    entry["invocation"] = " ".join(_in(part, "name", locale) for part in names)
    entry["description"] = _in(leaf, "description", locale)
    for shown, option in zip(entry["options"], leaf.get("options") or (), strict=True):
        shown["description"] = _in(option, "description", locale)
        for choice, told in zip(shown["choices"], option.get("choices") or (), strict=True):
            choice["name"] = _in(told, "name", locale)


def _in(payload: Mapping[str, Any], key: str, locale: str) -> str:
    translations = payload.get(f"{key}_localizations") or {}
    return str(translations.get(locale) or payload[key])
