"""The measures of a running bot, as Prometheus reads them; nothing in them is about a person."""

import math
from collections.abc import Iterator
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.answering.editions import Shelf
from bot.answering.exchange import Exchange

BUCKETS_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


class Bot(Protocol):
    """What is measured whenever somebody asks for the measures."""

    @property
    def is_ready(self) -> bool:
        """Whether Discord takes its replies."""

    @property
    def latency(self) -> float:
        """The seconds from a heartbeat to Discord's answer; not a number before the first one."""

    @property
    def servers(self) -> int:
        """How many servers it is in."""

    @property
    def waiting(self) -> int:
        """How many questions are being decided on, or wait for it."""

    @property
    def refused(self) -> int:
        """How many questions were refused, because too many others waited."""

    @property
    def unwritten(self) -> int:
        """How many rows wait to be written to the database."""

    @property
    def lost(self) -> int:
        """How many rows were not written."""

    @property
    def is_journal_reachable(self) -> bool:
        """Whether the database could be reached the last time."""

    @property
    def reloads(self) -> dict[str, int]:
        """How many reloads there were, by what became of them."""

    @property
    def shelf(self) -> Shelf:
        """The stories that it answers from."""


class Metrics:
    """The registry of measures: what is counted as it happens, and what is read from the bot."""

    def __init__(self, bot: Bot) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_Reader(bot))
        names = ["story", "surface", "outcome"]
        self._questions = Counter("onrecord_questions", "Questions with their replies", names, registry=self.registry)
        self._seconds = Histogram(
            "onrecord_answer_seconds", "From a question to its reply", buckets=BUCKETS_SECONDS, registry=self.registry
        )

    def count(self, exchange: Exchange) -> None:
        """Count an exchange."""
        self._questions.labels(exchange.story, exchange.surface, exchange.outcome).inc()
        self._seconds.observe(exchange.elapsed_ms / 1000)


class _Reader(Collector):
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def collect(self) -> Iterator[Metric]:
        bot = self._bot
        yield _gauge("onrecord_ready", "Whether Discord takes the bot's replies", bot.is_ready)
        if math.isfinite(bot.latency):
            yield _gauge("onrecord_gateway_latency_seconds", "From a heartbeat to Discord's answer", bot.latency)
        yield _gauge("onrecord_servers", "Servers that the bot is in", bot.servers)
        yield _gauge("onrecord_questions_waiting", "Questions that are being decided on, or wait", bot.waiting)
        refused = "Questions that were refused because too many others waited"
        yield CounterMetricFamily("onrecord_questions_refused", refused, value=bot.refused)
        yield _gauge("onrecord_journal_reachable", "Whether the database could be reached", bot.is_journal_reachable)
        yield _gauge("onrecord_journal_queued_rows", "Rows that wait to be written", bot.unwritten)
        yield CounterMetricFamily("onrecord_journal_lost_rows", "Rows that were not written", value=bot.lost)
        reloads = CounterMetricFamily("onrecord_reloads", "Reloads of the stories", labels=["result"])
        for result, number in bot.reloads.items():
            reloads.add_metric([result], number)
        yield reloads
        facts = GaugeMetricFamily("onrecord_story_facts", "Facts shown, by version", labels=["story", "version"])
        for edition in bot.shelf.editions:
            facts.add_metric([edition.story.id, edition.version], len(edition.story.shown_facts))
        yield facts


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=float(value))
