"""What simcord lacks for use by people: each viewer's language, typed mentions, and a running clock.

In simcord 3.2.1 an interaction's locale is always en-US, and the picker shows the English names of commands and options
(options keep their English names here). The composer does not turn "@name" into a mention, and time does not pass
unless advanced.
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
    """The machine's clock, plus the time by which it was advanced."""

    def now(self) -> datetime:
        """Return the current time in UTC, timezone-aware."""
        return datetime.now(UTC) + timedelta(seconds=self.elapsed)


@contextmanager
def speaking(locale_of: Callable[[int], str]) -> Iterator[None]:
    """Use each user's own locale in their interactions and their command picker."""
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
    """Turn a typed "@name" into a mention, as Discord's composer does."""
    plain_send, typed = MemberActor.send, re.compile(rf"@{re.escape(name)}\b", re.IGNORECASE)

    async def send(actor: MemberActor, channel: Any, content: str = "", **options: Any) -> Any:
        return await plain_send(actor, channel, typed.sub(f"<@{user}>", content), **options)

    with patch.object(MemberActor, "send", send):
        yield


def _translate(
    entry: dict[str, Any], command: Mapping[str, Any], path: list[str], leaf: Mapping[str, Any], locale: str
) -> None:
    """Translate a command's entry in the picker, as Discord does; the names that are sent stay the same."""
    names = [command, leaf] if len(path) > 1 else [leaf]
    entry["invocation"] = " ".join(_in(part, "name", locale) for part in names)
    entry["description"] = _in(leaf, "description", locale)
    for shown, option in zip(entry["options"], leaf.get("options") or (), strict=True):
        shown["description"] = _in(option, "description", locale)
        for choice, translated in zip(shown["choices"], option.get("choices") or (), strict=True):
            choice["name"] = _in(translated, "name", locale)


def _in(payload: Mapping[str, Any], key: str, locale: str) -> str:
    translations = payload.get(f"{key}_localizations") or {}
    return str(translations.get(locale) or payload[key])
