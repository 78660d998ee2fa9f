"""The journal says that a reader got a reply only if Discord took it."""

import pytest
from sqlalchemy import select

from bot.journal.tables import exchanges
from tests.conftest import OpenApp
from tests.discord_world import World, world_around

QUESTION = "Qui est Anna Petit ?"


async def outcomes(world: World) -> list[str]:
    """Return what the journal says became of each question, in order."""
    await world.app.journal.flush()
    async with world.app.journal._database.connect() as connection:
        return list(await connection.scalars(select(exchanges.c.outcome).order_by(exchanges.c.at)))


@pytest.mark.parametrize(
    ("path", "command", "options"),
    [
        ("/channels/*/messages", None, {}),
        ("/interactions/*/callback", "ask", {"question": QUESTION}),
        ("/interactions/*/callback", "who", {"name": "Anna Petit"}),
        ("/interactions/*/callback", "who", {"name": "Tim Cook"}),
    ],
)
async def test_a_reply_that_discord_refuses_is_journalled_as_unanswered(
    opened: OpenApp, path: str, command: str | None, options: dict[str, str]
) -> None:
    async with opened() as app, world_around(app, check_errors=False) as world:
        for refused in (True, False):
            if refused:
                world.env.inject_error("POST", path, status=403, code=50001)
            if command:
                await world.reader.slash(world.channel, command, **options)
            else:
                await world.reader.send(world.channel, f"{world.mention()} {QUESTION}")
        first, second = await outcomes(world)
        assert first == "unanswered"
        assert second in {"answer", "abstain"}
