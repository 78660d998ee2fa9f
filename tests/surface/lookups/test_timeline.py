"""`/timeline`: the story in order, in words and as a picture with its contents in words."""

import pytest

from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.surface.words import seen


@pytest.mark.parametrize(
    ("locale", "first", "derived", "last"),
    [
        ("fr", "**1931** — La construction du pont § 2", "par déduction", "La plainte des riverains"),
        ("en-US", "**1931** — The building of the bridge § 2", "worked out", "The residents' complaint"),
    ],
)
async def test_the_story_is_told_in_order_and_no_more_precisely_than_its_source(
    opened: OpenApp, locale: str, first: str, derived: str, last: str
) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        result = await world.reader.slash(world.channel, "timeline")
        assert result.acknowledged
        lines = seen(world.channel.last_message).splitlines()
        assert lines[1] == first
        assert derived in lines[3]
        assert any(last in line for line in lines)


async def test_the_picture_says_in_words_what_it_shows(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.slash(world.channel, "timeline")
        message = world.channel.last_message
        assert message is not None
        (picture,) = message.attachments
        assert picture.filename == "timeline.png"
        assert str(picture.description).startswith("Une frise du dossier")
        assert "La construction du pont, 1931" in str(picture.description)
        assert (await picture.read()).startswith(b"\x89PNG")


async def test_a_range_keeps_what_may_lie_in_it(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.slash(world.channel, "timeline", **{"from": "2018", "to": "2019-06"})
        text = seen(world.channel.last_message)
        assert "La fermeture du pont" in text
        assert "La construction du pont" not in text
        assert "La plainte" not in text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"from": "hier"}, "Je ne comprends pas cette date."),
        ({"to": "1899"}, "Le dossier n'a aucun événement daté dans cette période."),
    ],
)
async def test_what_is_no_date_or_holds_nothing_is_a_sentence(
    opened: OpenApp, options: dict[str, str], sentence: str
) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "timeline", **options)
        assert result.ephemeral
        assert seen(result.response).startswith(sentence)
