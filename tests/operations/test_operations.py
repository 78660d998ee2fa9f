"""Those who run the bot see whether it is well, and its measures."""

import re
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession
from prometheus_client import generate_latest

from bot.answering.editions import Shelf
from bot.operations.measured import MeasuredApp
from bot.operations.metrics import Metrics
from bot.operations.server import OperationsError, serve_operations
from tests.conftest import ROOT, OpenApp
from tests.journal.test_journal import exchange
from tests.ports import free_port


@dataclass
class Measured:
    """A bot as its measures see it."""

    shelf: Shelf
    is_ready: bool = True
    latency: float = 0.04
    servers: int = 3
    waiting: int = 7
    refused: int = 5
    unwritten: int = 2
    lost: int = 1
    is_journal_reachable: bool = True
    reloads: dict[str, int] = field(default_factory=lambda: {"loaded": 4, "refused": 1})


@pytest.fixture
def bot(shelf: Shelf) -> Measured:
    return Measured(shelf)


@pytest.fixture
def metrics(bot: Measured) -> Metrics:
    return Metrics(bot)


@pytest.fixture
async def address(bot: Measured, metrics: Metrics) -> AsyncIterator[str]:
    port = free_port()
    async with serve_operations(bot, metrics, port):
        yield f"http://127.0.0.1:{port}"


async def get(url: str) -> tuple[int, str]:
    async with ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({}, 200, "ready"),
        ({"is_ready": False}, 503, "not connected to Discord"),
        ({"is_journal_reachable": False}, 503, "the database cannot be reached"),
    ],
)
async def test_who_is_not_ready_says_why(
    bot: Measured, address: str, change: dict[str, Any], status: int, says: str
) -> None:
    vars(bot).update(change)
    found, text = await get(f"{address}/readyz")
    assert found == status
    assert says in text
    assert await get(f"{address}/healthz") == (200, "ok\n")


async def test_questions_are_counted_by_story_surface_and_outcome_and_never_by_person(
    metrics: Metrics, address: str
) -> None:
    for number in (1, 2):
        metrics.count(exchange(number, "Qui est un escroc ?"))
    status, text = await get(f"{address}/metrics")
    assert status == 200
    one = exchange(1, "Qui ?")
    labels = f'outcome="{one.outcome}",story="{one.story}",surface="{one.surface}"'
    assert f"onrecord_questions_total{{{labels}}} 2.0" in text
    assert "onrecord_answer_seconds_count 2.0" in text
    assert "escroc" not in text


async def test_what_the_bot_is_like_is_read_when_it_is_asked_for(bot: Measured, address: str) -> None:
    _, text = await get(f"{address}/metrics")
    (edition,) = bot.shelf.editions
    facts = f'onrecord_story_facts{{story="bridge",version="{edition.version}"}} {len(edition.story.shown_facts)}.0'
    wanted = ["onrecord_ready 1.0", "onrecord_gateway_latency_seconds 0.04", "onrecord_servers 3.0", facts]
    wanted += ["onrecord_questions_waiting 7.0", "onrecord_questions_refused_total 5.0"]
    wanted += ["onrecord_journal_queued_rows 2.0", "onrecord_journal_lost_rows_total 1.0"]
    wanted += ['onrecord_reloads_total{result="loaded"} 4.0', 'onrecord_reloads_total{result="refused"} 1.0']
    assert [line for line in wanted if line not in text.splitlines()] == []
    bot.servers, bot.latency = 4, float("nan")
    _, text = await get(f"{address}/metrics")
    assert "onrecord_servers 4.0" in text
    assert "gateway_latency" not in text


async def test_each_measure_that_the_page_alerts_by_is_served(address: str) -> None:
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    _, text = await get(f"{address}/metrics")
    assert set(re.findall(r"`(onrecord_\w+)", page)) - set(re.findall(r"^# HELP (\w+)", text, re.MULTILINE)) == set()
    assert "onrecord_journal_reachable 1.0" in text


async def test_a_port_in_use_is_told(bot: Measured, metrics: Metrics) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OperationsError, match="ONRECORD_METRICS_PORT: port"):
            async with serve_operations(bot, metrics, taken.getsockname()[1]):
                pass


async def test_the_running_bot_is_measured(opened: OpenApp) -> None:
    async with opened() as app:
        bot = MeasuredApp(app)
        metrics = Metrics(bot)
        app.journal.observe(metrics.count)
        app.journal.record(exchange(1, "Qui ?"))
        await app.journal.flush()
        await app.library.reload()
        assert bot.shelf is app.library.current
        assert (bot.is_ready, bot.servers, bot.unwritten, bot.lost) == (False, 0, 0, 0)
        assert (bot.is_journal_reachable, bot.reloads) == (True, {"loaded": 1})
        assert b"onrecord_answer_seconds_count 1.0" in generate_latest(metrics.registry)
