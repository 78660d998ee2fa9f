"""Fill a journal with as many exchanges as a year of a large newsroom has, and all that readers leave beside them."""

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import create_async_engine

from bot.journal.askers import Askers
from bot.journal.database import database_file
from bot.journal.opening import open_database
from bot.journal.tables import (
    changes,
    counted_answers,
    counted_questions,
    exchanges,
    mistakes,
    opt_outs,
    posted,
    shown,
    votes,
    waits,
)
from bot.story.model import Story

KEY = "a key for the benchmarks only"
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
DAYS = 365
STORIES = 20
FACTS = 60  # of each story
SHOWN_DAYS = 30
FIRST_ID = 100_000_000_000_000_000  # as Discord's are
SURFACES = ("mention", "ask", "direct", "reply", "button", "who", "later")
SURFACE_WEIGHTS = (35, 25, 10, 8, 16, 5.8, 0.2)
OUTCOMES = ("answer", "suggest", "abstain", "unanswered")
OUTCOME_WEIGHTS = (62, 14, 22, 2)
CAUSES = ("no_fact", "unknown_name", "too_vague", "small_talk", "after_story")
CAUSE_WEIGHTS = (50, 20, 10, 10, 10)
RECENT = 50  # exchanges, one of which a button stands under

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Filled:
    """What a filled journal has, for queries: the last ones first."""

    users: Sequence[int]  # that asked most first
    ids: Sequence[str]
    messages: Sequence[tuple[int, int]]  # with their channel
    story: str = "story-0"
    now: datetime = NOW


class Filling:
    """The rows of a journal, the same each time."""

    def __init__(self, number: int, excerpt: Story | None = None) -> None:
        self._random = random.Random(14)
        self._number = number
        self._excerpt = excerpt.model_dump_json(exclude_defaults=True) if excerpt else None
        askers = Askers(KEY.encode())
        self.users = [FIRST_ID + one for one in range(max(20, number // 20))]
        self._askers = [askers.hash(user) for user in self.users]
        self.rows: dict[Table, Rows] = {}
        self._messages: list[tuple[int, int]] = []
        self._ids: list[str] = []
        self._exchanges()
        self._readers()
        self._editors()

    @property
    def filled(self) -> Filled:
        """What queries can name."""
        return Filled(self.users, self._ids[::-1], self._messages[::-1])

    def _exchanges(self) -> None:
        draw, number = self._random, self._number
        step = timedelta(days=DAYS) / number
        askers = draw.choices(range(len(self.users)), cum_weights=zipf(len(self.users)), k=number)
        texts = draw.choices(range(number), cum_weights=zipf(number), k=number)
        subjects = draw.choices(range(STORIES * FACTS), cum_weights=zipf(STORIES * FACTS), k=number)
        surfaces = draw.choices(SURFACES, SURFACE_WEIGHTS, k=number)
        outcomes = draw.choices(OUTCOMES, OUTCOME_WEIGHTS, k=number)
        causes = draw.choices(CAUSES, CAUSE_WEIGHTS, k=number)
        rows: Rows = []
        questions, answers = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
        for place in range(number):
            at, asker, surface, outcome = NOW - (number - place) * step, askers[place], surfaces[place], outcomes[place]
            story, fact = f"story-{subjects[place] % STORIES}", f"fact-{subjects[place]}"
            locale = "fr" if asker % 3 else "en"
            follows = rows[-draw.randint(1, min(RECENT, place))][0] if surface == "button" and place else None
            text = f"Qui a dit que le sujet {texts[place]} a été décidé ce jour-là ?"
            facts = {"answer": (fact,), "suggest": (fact, f"fact-{place % 9}", "fact-0")}.get(outcome, ())
            identity, guild = f"{draw.getrandbits(48):012x}", None if surface == "direct" else asker % 500
            cause = causes[place] if outcome == "abstain" else None
            elapsed = round(draw.lognormvariate(2, 0.7), 3)
            words = self._askers[asker], locale, text, text, outcome, cause, json.dumps(facts), 0.9, story
            place_of = at, surface, guild, FIRST_ID + asker % 2000
            rows.append((identity, follows, *place_of, *words, f"{place % 7:012x}", elapsed))
            day = at.date().isoformat()
            if surface in SURFACES[:4]:
                questions[day, outcome, locale, story] += 1
            if outcome == "answer":
                answers.update([(day, story, fact), (day[:7], story, fact)])
        self.rows[exchanges] = rows
        self.rows[counted_questions] = [(*key, count) for key, count in sorted(questions.items())]
        self.rows[counted_answers] = [(*key, count) for key, count in sorted(answers.items())]
        self._ids = [row[0] for row in rows]

    def _readers(self) -> None:
        """Fill in what readers leave, and the messages that they saw."""
        draw, asked = self._random, self.rows[exchanges]
        minute = timedelta(minutes=1)
        voted = draw.sample(asked, len(asked) // 20)
        self.rows[votes] = [(row[0], draw.choice(self._askers), draw.random() > 0.2, row[2] + minute) for row in voted]
        recent = [row for row in asked if row[2] > NOW - timedelta(days=SHOWN_DAYS) and row[10] == "answer"]
        self._messages = [(2 * FIRST_ID + place, row[5]) for place, row in enumerate(recent)]
        self.rows[shown] = [
            (message, channel, False, row[14], row[15], row[7], row[12], row[2], None if row[4] else row[6])
            for (message, channel), row in zip(self._messages, recent, strict=True)
        ]
        waited = draw.sample(asked, len(asked) // 300)
        self.rows[waits] = [
            (row[0], draw.choice(self.users), row[9], row[7], row[4], row[5], None, row[2], None, None)
            for row in waited
        ]
        self.rows[opt_outs] = [(f"{place:032x}", NOW) for place in range(len(asked) // 2000)]

    def _editors(self) -> None:
        """Fill in what editors look at."""
        draw, asked = self._random, self.rows[exchanges]
        reported = sorted(draw.sample(asked, len(asked) // 500), key=lambda row: cast("datetime", row[2]))
        self.rows[mistakes] = []
        for place, row in enumerate(reported):
            is_settled = draw.random() < 0.9
            reporter = draw.choice(self.users) if draw.random() < 0.1 else None
            outcome = "mended" if is_settled else None
            said = place + 1, row[0], row[6], "C'est faux.", "", row[2], NOW if is_settled else None
            shown_ = row[7], row[14], row[15], row[12], None
            self.rows[mistakes].append((*said, *shown_, reporter, outcome, None))
        self.rows[posted] = [(f"gap {row[0]}", row[2]) for row in draw.sample(asked, len(asked) // 1000)]
        kinds = "added", "corrected", "edited"
        self.rows[changes] = [
            (place + 1, f"story-{place % STORIES}", f"{place // 50:012x}", NOW - timedelta(hours=3 * (place // 50)),
             f"fact-{place % (STORIES * FACTS)}", kinds[place % 3], self._excerpt, self._excerpt)
            for place in range(max(60, len(asked) // 200))
        ]  # fmt: skip


def zipf(number: int) -> list[float]:
    """Return cumulative weights: few are frequent, and most are rare."""
    return list(accumulate(1 / (place + 20) ** 0.8 for place in range(number)))


async def fill(url: str, rows: dict[Table, Rows]) -> None:
    """Make the tables and fill them; an SQLite file may be left damaged if the machine stops meanwhile."""
    async with open_database(url):
        pass
    file = database_file(url)
    if file:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            for table, own in rows.items():
                names, blanks = ", ".join(_names(table)), ", ".join("?" * len(table.columns))
                statement = f"INSERT INTO {table.name} ({names}) VALUES ({blanks})"  # noqa: S608
                connection.executemany(statement, map(_for_sqlite, own))
            connection.commit()
        return
    engine = create_async_engine(url)
    async with engine.connect() as connection_:
        driver: Any = (await connection_.get_raw_connection()).driver_connection
        for table, own in rows.items():
            await driver.copy_records_to_table(table.name, records=own, columns=_names(table))
        for table in (mistakes, changes):
            counted = f"pg_get_serial_sequence('{table.name}', 'number'), (SELECT max(number) FROM {table.name})"  # noqa: S608
            await driver.execute(f"SELECT setval({counted})")
        await driver.execute("ANALYZE")
    await engine.dispose()


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _for_sqlite(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a row as SQLAlchemy would store it."""
    return tuple(
        value.replace(tzinfo=None).isoformat(" ", "microseconds") if isinstance(value, datetime) else value
        for value in row
    )
