"""What simcord lacks for use by people: each person's language, a running clock, and the message menu everywhere.

In simcord 3.2.1 an interaction's locale is always en-US, time does not pass unless advanced, and only a member in a
server can open the menu of a message, not a user in direct messages.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import simcord.interactions
from simcord import actors
from simcord._clock import Clock
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.builders import ChannelHandle, UserHandle
from simcord.enums import AppCommandType, InteractionType
from simcord.results import InteractionResult, ResponseMessage

ENGLISH = "en-US"


class RunningClock(Clock):
    """The machine's clock, plus the time by which it was advanced."""

    def now(self) -> datetime:
        """Return the current time in UTC, timezone-aware."""
        return datetime.now(UTC) + timedelta(seconds=self.elapsed)


@contextmanager
def speaking(locale_of: Callable[[int], str]) -> Iterator[None]:
    """Use each user's own locale in their interactions."""
    plain_payload = simcord.interactions.base_payload

    def payload_of(*args: Any, **kwargs: Any) -> Any:
        record, payload = plain_payload(*args, **kwargs)
        payload["locale"] = locale_of(kwargs["user_id"])
        return record, payload

    with patch.object(simcord.interactions, "base_payload", payload_of):
        yield


async def open_menu(
    actor: MemberActor | UserHandle, channel: ChannelHandle, name: str, message: ResponseMessage
) -> InteractionResult:
    """Choose a command in the menu of a message; raise SetupError if the actor does not see both."""
    if isinstance(actor, MemberActor):
        return await actor.context_menu(channel, name, message)
    root = actors._resolve_visible_command(actor, channel.id, name, AppCommandType.MESSAGE)
    stored = actors._visible_message(actor, message)
    payload = dict(serializers.message_payload(actor._env.backend, stored))
    data = {
        "id": root["id"],
        "name": root["name"],
        "type": AppCommandType.MESSAGE,
        "target_id": str(stored.id),
        "resolved": {"messages": {str(stored.id): payload}},
    }
    return await actors._dispatch_actor_interaction(actor, InteractionType.APPLICATION_COMMAND, channel, data)
