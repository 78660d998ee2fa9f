"""Errors that are not bugs are distinguished from those that somebody has to fix."""

from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.surface.platform.failures import is_passing, report_failure


def refused(status: int, code: int) -> discord.HTTPException:
    class Response:
        """A response with only the attributes that discord.py reads."""

        reason = "No"

        def __init__(self) -> None:
            self.status = status

    answer = cast(aiohttp.ClientResponse, Response())
    body: dict[str, Any] = {"code": code, "message": "no"}
    return discord.HTTPException(answer, body)


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (refused(404, 10062), True),  # the interaction expired
        (refused(400, 40060), True),  # it was acknowledged before
        (refused(404, 10008), True),  # the message was deleted
        (refused(404, 10003), True),  # and so was its channel
        (refused(403, 50007), True),  # no direct messages
        (refused(403, 50013), True),
        (refused(429, 0), True),
        (discord.RateLimited(3.0), True),
        (refused(400, 50035), False),  # we sent something wrong
        (refused(500, 0), False),
        (ValueError("ours"), False),
    ],
)
def test_what_is_gone_closed_or_too_often_is_passing(error: BaseException, passing: bool) -> None:
    assert is_passing(error) is passing


class Deaf:
    """An interaction that nothing can be said to."""

    client: Any = None

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)


@pytest.mark.parametrize("error", [ValueError("ours"), discord.RateLimited(31.0), refused(500, 0), refused(404, 10062)])
async def test_telling_a_failure_never_raises(error: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    await report_failure(cast(discord.Interaction, Deaf()), error)
    assert "could not be" in caplog.text
