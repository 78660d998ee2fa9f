"""While the database cannot be reached, what needs it says so within seconds; `tests/wire` shows that answers go on."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from bot.answering.feedback import Settlement
from tests.conftest import OpenApp
from tests.discord_world import choose, world_around
from tests.surface.feedback.test_outcomes import FORM, letters, reported
from tests.surface.words import seen

TOLD_WITHIN_SECONDS = 3.0
AWAY = {
    "fr": "Je n'arrive pas à joindre ma base de données en ce moment",
    "en-US": "I cannot reach my database at the moment",
}
LABELS = {"fr": ("Utile", "Pourquoi cette réponse ?"), "en-US": ("Helpful", "Why this answer?")}
QUESTION = {"fr": "Qui est Anna Petit ?", "en-US": "Who is Anna Petit?"}
RIDDLE = {"fr": "Qui garde le phare ?", "en-US": "Who keeps the lighthouse?"}
WAIT = {"fr": "Me prévenir d'une réponse", "en-US": "Tell me when you know"}


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program writes, and is not done."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def damaged(file: Path) -> Iterator[None]:
    whole = file.read_bytes()
    file.write_bytes(b"\xff" * len(whole))
    yield
    file.write_bytes(whole)


@pytest.mark.slow
@pytest.mark.parametrize("locale", AWAY)
@pytest.mark.parametrize("outage", [locked, damaged])
async def test_readers_are_told_within_seconds_what_could_not_be_done(
    opened: OpenApp, tmp_path: Path, locale: str, outage: Callable[[Path], AbstractContextManager[None]]
) -> None:
    helpful, why = LABELS[locale]
    async with opened() as app, world_around(app, locale=locale, check_errors=False) as world:
        old = (await world.reader.slash(world.channel, "ask", question=QUESTION[locale])).response
        riddle = (await world.reader.slash(world.channel, "ask", question=RIDDLE[locale])).response
        assert old is not None
        assert riddle is not None
        await app.journal.flush()
        with outage(tmp_path / "journal.db"):
            told = []
            reading = ("privacy show", "privacy export") if outage is damaged else ()  # a lock stops writers only
            for command in (*reading, "privacy forget", "privacy opt-out"):
                started = time.monotonic()
                told.append(seen((await world.reader.slash(world.channel, command)).response))
                assert time.monotonic() - started < TOLD_WITHIN_SECONDS
            presses = [(old, helpful), (riddle, WAIT[locale])]
            for message, label in presses:
                started = time.monotonic()
                told.append(seen((await world.reader.click(message, label=label)).response))
                assert time.monotonic() - started < TOLD_WITHIN_SECONDS
            reason = seen((await choose(world.reader, old, why)).response)
            assert "Ce bouton ne fonctionne plus" not in reason
            assert "no longer works" not in reason
        assert [one.startswith(AWAY[locale]) for one in told] == [True] * len(told), told
        await app.journal.flush(10)
        result = await world.reader.click(old, label=helpful)
        assert not seen(result.response).startswith(AWAY[locale])


@pytest.mark.slow
async def test_a_letter_is_not_sent_again_if_the_database_was_away_just_then(opened: OpenApp, tmp_path: Path) -> None:
    async with opened(editor_guilds="1000") as app, world_around(app) as world:
        await reported(world, FORM)
        feedback = app.client.parts.readers.feedback
        assert await feedback.settle(1, Settlement(app.client.parts.clock.now()))
        with locked(tmp_path / "journal.db"):
            await app.client.letters.send()
        assert len(await feedback.awaited()) == len(letters(world)) == 1
        await app.client.letters.send()
        assert await feedback.awaited() == []
        assert len(letters(world)) == 1
