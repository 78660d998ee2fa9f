"""Votes: one per user, on every kind of reply; a vote can be changed, also after a restart."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import OpenApp
from tests.discord_world import World, choose, press, world_around
from tests.surface.words import VOTES, seen

QUESTIONS = {
    "answer": ("Qui est Anna Petit ?", "Who is Anna Petit?"),
    "suggest": ("Qui a remplacé Anna Petit au département ?", "Who replaced Anna Petit at the county?"),
    "abstain": ("Qui garde le phare ?", "Who keeps the lighthouse?"),
}


async def asked(world: World, question: str) -> Any:
    result = await world.reader.slash(world.channel, "ask", question=question)
    await world.app.journal.flush()
    return result.response


def votes(tmp_path: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        return connection.execute("SELECT helpful FROM votes").fetchall()


@pytest.mark.parametrize("outcome", QUESTIONS)
@pytest.mark.parametrize(
    ("locale", "thanks"),
    [
        ("fr", ("Merci, c'est noté : utile. Vous pouvez changer d'avis.", "Merci, c'est noté : pas utile.")),
        ("en-US", ("Thank you, noted: helpful. You can change your mind.", "Thank you, noted: not helpful.")),
    ],
)
async def test_every_kind_of_reply_can_be_voted_on_and_the_vote_changed(
    opened: OpenApp, tmp_path: Path, outcome: str, locale: str, thanks: tuple[str, str]
) -> None:
    question = QUESTIONS[outcome][locale != "fr"]
    async with opened() as app, world_around(app, locale=locale) as world:
        message = await asked(world, question)
        for label, sentence in zip(VOTES[locale[:2]], thanks, strict=True):
            if outcome == "suggest":
                result = await choose(world.reader, message, label)
            else:
                result = await world.reader.click(message, label=label)
            assert result.response is not None
            assert result.response.ephemeral
            assert seen(result.response).startswith(sentence)
    assert votes(tmp_path) == [(0,)]


async def test_each_user_has_a_vote_also_after_a_restart(opened: OpenApp, tmp_path: Path) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world, QUESTIONS["answer"][0])
        await world.reader.click(message, label="Utile")
        async with opened() as again:
            await world.env.restart_bot(again.client)
            await world.other.click(message, label="Pas utile")
    assert sorted(votes(tmp_path)) == [(0,), (1,)]


@pytest.mark.parametrize("state", [f"y:{'0' * 12}:fr", f"x:{'0' * 12}:fr", "n:12:fr", f"y:{'f' * 13}:fr"])
async def test_a_forged_vote_does_nothing(opened: OpenApp, tmp_path: Path, state: str) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world, QUESTIONS["answer"][0])
        result = await press(world.reader, world.channel, message, state)
        assert result.response is None
    assert votes(tmp_path) == []
