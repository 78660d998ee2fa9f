"""Ask the use cases as many users in many channels, in this process, and measure whether memory stops growing."""

import gc
import os
import random
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from bot.answering.context import Utterance
from bot.app import App, open_app
from bot.settings import Settings
from bot.surface.platform.cooldowns import QUESTION_RATE
from bot.surface.platform.sent_log import Destination
from tests.benchmarks.load.driving import CHANNELS, MEMBERS, resident_megabytes
from tests.benchmarks.load.held import HELD, bounds_table, cached_functions
from tests.benchmarks.progress import Tick
from tests.stories import OWN, ROOT, questions

POINTS = 10
MANGLED = 0.5  # the share of questions with a typing mistake of their own, so that caches by text fill too


@dataclass(frozen=True)
class Point:
    """The memory after some questions, and how much is held then."""

    questions: int
    megabytes: float
    sizes: Mapping[str, int]


async def measure_memory(number: int, tick: Tick) -> list[Point]:
    """Ask questions, and return the memory at ten points."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/journal.db"
        settings = Settings(
            _env_file=None, knowledge=ROOT / "knowledge", database_url=url, hash_key="for measuring only"
        )
        async with open_app(settings) as app:
            points = []
            reader = Readers(app)
            for asked in range(1, number + 1):
                await reader.ask()
                if asked % (number // POINTS) == 0:
                    await app.journal.flush()
                    points.append(_point(app, asked))
                    tick(f"{points[-1].megabytes:.0f} MB", number // POINTS)
            return points


class Readers:
    """Many users who ask in many channels, each question through all that a reply in chat goes through."""

    def __init__(self, app: App, seed: int = 0) -> None:
        self._app = app
        self._draw = random.Random(seed)
        self._texts = [asked.text for asked in questions(OWN)]
        self._messages = count(10**18)

    async def ask(self) -> None:
        """Ask a question and deliver its reply."""
        parts, message = self._app.client.parts, next(self._messages)
        user, channel = self._draw.randrange(MEMBERS), self._draw.randrange(CHANNELS)
        parts.underway.take(message)
        parts.cooldowns.count(user, QUESTION_RATE)
        utterance = Utterance(self._text(), "fr", user, channel, 1, "mention", datetime.now(UTC))
        reply = await self._app.assistant.ask(utterance)
        with parts.sent.delivering(reply.exchange):
            pass
        parts.sent.add_reply(reply, Destination(channel), [next(self._messages)])

    def _text(self) -> str:
        text = self._draw.choice(self._texts)
        if self._draw.random() >= MANGLED:
            return text
        at, letter = self._draw.randrange(len(text)), self._draw.choice("abcdefghijklmnopqrstuvwxyz")
        return f"{text[:at]}{letter}{text[at + 1 :]}"


def _point(app: App, asked: int) -> Point:
    gc.collect()
    known = {one.what: len(one.find(app)) for one in HELD if not _is_in_chat(one.what)}
    functions = {name: size for name, (_, size) in cached_functions().items()}
    return Point(asked, resident_megabytes(os.getpid()), {**known, **functions})


def _is_in_chat(what: str) -> bool:
    """Return whether only a connected bot holds something."""
    return what in {"questions in chat, with their replies", "messages of webhooks", "messages, by discord.py"}


def memory_table(points: list[Point]) -> str:
    """Return the memory at each point, and what is held at the last one."""
    rows = [f"| {point.questions:,} | {point.megabytes:.0f} |" for point in points]
    grown = "\n".join(["| questions | RSS MB |", "|---:|---:|", *rows])
    return f"{grown}\n\n{bounds_table(points[-1].sizes)}"
