"""A request whose response is lost is sent again in a way that Discord carries out once."""

from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.surface.platform import attempts
from bot.surface.platform.attempts import ResponseLostError, acknowledge, is_acknowledged, persist
from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.surface.platform.test_sending import ROLE, announced, impatient  # noqa: F401 - a fixture
from tests.surface.words import seen

QUESTION = "Qui est Anna Petit ?"
FAILED = "Une erreur est survenue"
LOSSES = [
    aiohttp.ServerDisconnectedError(),
    ConnectionResetError(104, "Connection reset by peer"),
    TimeoutError(),
    discord.DiscordServerError(cast(Any, SimpleNamespace(status=503, reason="away")), ""),
]


@pytest.fixture(autouse=True)
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "PAUSES_SECONDS", (0.0, 0.0))


def refused(code: int) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=400, reason="Bad Request")
    return discord.HTTPException(response, {"code": code, "message": "no"})


class Requests:
    """What becomes of each request, in order; the last of them for all further ones."""

    def __init__(self, *results: BaseException | str) -> None:
        self.results = list(results)
        self.sent = 0

    async def __call__(self) -> str:
        result = self.results[min(self.sent, len(self.results) - 1)]
        self.sent += 1
        if isinstance(result, BaseException):
            raise result
        return result


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
async def test_what_is_lost_is_sent_again_and_given_up_in_the_end(loss: BaseException) -> None:
    assert await persist(Requests(loss, loss, "done")) == "done"
    requests = Requests(loss)
    with pytest.raises(ResponseLostError):
        await persist(requests)
    assert requests.sent == 3


async def test_what_is_refused_is_not_sent_again() -> None:
    requests = Requests(refused(50035))
    with pytest.raises(discord.HTTPException):
        await persist(requests)
    assert requests.sent == 1


async def test_a_first_response_that_discord_has_already_is_no_failure() -> None:
    class Interaction:
        """An interaction with only what a first response needs."""

        response = SimpleNamespace(is_done=lambda: False)

        def __init__(self) -> None:
            self.extras: dict[str, Any] = {}

    interaction = cast(discord.Interaction, Interaction())
    assert await acknowledge(interaction, Requests(LOSSES[0], refused(40060))) is None
    assert is_acknowledged(interaction)
    with pytest.raises(discord.HTTPException):
        await acknowledge(interaction, Requests(LOSSES[0], refused(10062)))


class Lossy:
    """A method of discord.py's that carries its request out, and then has lost the response, `times` times."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: type, name: str, times: int) -> None:
        whole, self.left = getattr(owner, name), times

        async def method(*arguments: Any, **options: Any) -> Any:
            done = await whole(*arguments, **options)
            if self.left > 0:
                self.left -= 1
                if isinstance(arguments[0], discord.InteractionResponse):
                    arguments[0]._response_type = None  # as discord.py has it then
                raise LOSSES[0]
            return done

        monkeypatch.setattr(owner, name, method)


@pytest.mark.usefixtures("impatient")
async def test_a_lost_deferral_and_a_lost_edit_leave_nobody_waiting(
    opened: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    Lossy(monkeypatch, discord.InteractionResponse, "defer", 1)
    Lossy(monkeypatch, discord.Interaction, "edit_original_response", 1)
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "ask", question=QUESTION)
        assert announced(world) == [False, False]
        assert ROLE in seen(result.response)
        assert [seen(message) for message in result.followups] == []
        assert len(world.channel.history()) == 1


@pytest.mark.parametrize("times", [1, 9])
async def test_a_lost_answer_is_followed_by_no_failure(
    opened: OpenApp, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    Lossy(monkeypatch, discord.InteractionResponse, "send_message", times)
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "ask", question=QUESTION)
        assert ROLE in seen(result.response)
        assert len(world.channel.history()) == 1


async def test_a_chat_answer_keeps_its_nonce(opened: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    Lossy(monkeypatch, discord.Message, "reply", 9)
    async with opened() as app, world_around(app) as world:
        await world.reader.send(world.channel, f"{world.mention()} {QUESTION}")
        posts = [request.json for request in world.env.http_requests if request.path.endswith("/messages")]
        assert len(posts) == len(attempts.PAUSES_SECONDS) + 1
        assert len({post["nonce"] for post in posts if post}) == 1
        assert all(post and post["enforce_nonce"] for post in posts)
        assert not any(FAILED in str(post) for post in posts)
