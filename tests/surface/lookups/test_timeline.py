"""`/timeline`: the story in order, as text and as a picture with alt text."""

from pathlib import Path

import pytest

from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.small_story import edit
from tests.surface.words import buttons, seen


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
        assert str(picture.description).startswith("Frise chronologique du dossier")
        assert "La construction du pont, 1931" in str(picture.description)
        assert (await picture.read()).startswith(b"\x89PNG")


async def test_a_story_that_the_fonts_cannot_draw_is_told_in_words(opened: OpenApp, small_story: Path) -> None:
    edit(small_story, "story.yml", "fr: La fermeture du pont", "fr: La fermeture 🌉 du pont")
    async with (
        opened(knowledge=small_story / "knowledge", seeds=small_story / "seeds") as app,
        world_around(app) as world,
    ):
        await world.reader.slash(world.channel, "timeline")
        message = world.channel.last_message
        assert message is not None
        assert "La fermeture 🌉 du pont" in seen(message)
        assert not message.attachments


async def test_a_range_keeps_what_may_lie_in_it(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.slash(world.channel, "timeline", **{"from": "2018", "to": "2019-06"})
        text = seen(world.channel.last_message)
        assert "La fermeture du pont" in text
        assert "La construction du pont" not in text
        assert "La plainte" not in text


def many_events(root: Path) -> None:
    """Add an event with a long name for each month of ten years, except the first and the last."""
    months = [f"{year}-{month:02}" for year in range(2010, 2020) for month in range(1, 13)]
    rows = [
        f"  - {{id: event-{number}, when: {{edtf: '{month}'}}, "
        f"name: {{fr: Réunion {number} {'du conseil ' * 5}, en: Meeting {number}}}, facts: [bridge-closed]}}\n"
        for number, month in enumerate(months)
    ]
    (root / "knowledge" / "bridge" / "more.yml").write_text("".join(["events:\n", *rows]), "utf-8")


@pytest.mark.parametrize(
    ("who", "since", "until"),
    [("reader", "2012", "2018"), ("other", "2012", "2018"), ("reader", "2012/2013", "2017-XX/2018%")],
)
async def test_a_page_is_turned_within_its_range(
    opened: OpenApp, small_story: Path, who: str, since: str, until: str
) -> None:
    many_events(small_story)
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app) as world:
        first = await world.reader.slash(world.channel, "timeline", **{"from": since, "to": until})
        assert first.response is not None
        assert "Réunion 24 " in seen(first.response)
        assert "Réunion 107 " not in seen(first.response)
        assert buttons(first.response) == ["Précédent", "Suivant"]
        turned = await getattr(world, who).click(first.response, label="Suivant")
        text = seen(turned.response if who == "other" else world.channel.last_message)
        assert text.startswith("Le pont")
        assert "Réunion 24 " not in text
        assert "Réunion 107 " in text
        assert "Réunion 108 " not in text
        assert "Réunion 23 " not in text


async def test_in_place_of_a_page_that_is_no_longer_there_the_last_one_is_shown(
    opened: OpenApp, small_story: Path
) -> None:
    many_events(small_story)
    async with (
        opened(knowledge=small_story / "knowledge", seeds=small_story / "seeds") as app,
        world_around(app) as world,
    ):
        first = await world.reader.slash(world.channel, "timeline")
        edit(small_story, "more.yml", "facts: [bridge-closed]}\n", "facts: [bridge-closed]}\n#")
        assert (await app.library.reload()).loaded
        assert first.response is not None
        await world.reader.click(first.response, label="Suivant")
        assert "Réunion 0 " in seen(world.channel.last_message)
        assert buttons(world.channel.last_message) == []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"from": "hier"}, "Je ne comprends pas cette date."),
        ({"to": "1899"}, "Le dossier ne contient aucun événement daté sur cette période."),
    ],
)
async def test_what_is_no_date_or_holds_nothing_is_a_sentence(
    opened: OpenApp, options: dict[str, str], sentence: str
) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "timeline", **options)
        assert result.ephemeral
        assert seen(result.response).startswith(sentence)
