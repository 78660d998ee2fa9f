"""`/sources`: the list of articles, and one article page by page."""

from pathlib import Path

import pytest

from bot.answering.editions import Shelf
from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.surface.words import seen


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        ("fr", ["Les sources du dossier", "1. article de juin 2020", "3 paragraphes, résumés avec /sources numéro:1"]),
        (
            "en-US",
            ["Sources of the story", "1. article of June 2020", "3 paragraphs, summed up with /sources number:1"],
        ),
    ],
)
async def test_the_articles_are_listed_by_number(opened: OpenApp, locale: str, lines: list[str]) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        text = seen((await world.reader.slash(world.channel, "sources")).response)
        for line in lines:
            assert line in text


async def test_an_article_is_read_page_by_page_with_all_its_facts(opened: OpenApp, long_shelf: Shelf) -> None:
    async with opened(loaded=long_shelf) as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "sources", number=2)
        texts = [seen(result.response)]
        count = int(texts[0].partition("Page 1 sur ")[2][0])
        for _ in range(count - 1):
            shown = world.channel.last_message
            assert shown is not None
            await world.reader.click(shown, label="Suivant")
            texts.append(seen(world.channel.last_message))
        whole = "\n".join(texts)
        story = app.library.current.editions[0].story
        facts = [fact for fact in story.shown_facts.values() if fact.citations[0].source == "works-article"]
        assert all(fact.text.get("fr") in whole for fact in facts)
        assert all(f"\n§ {number}\n" in whole for number in range(1, 6))
        assert "(Démenti : La mairie)" in whole


@pytest.mark.parametrize(
    ("locale", "said"),
    [("fr", "Les sources sont numérotées de 1 à 2."), ("en-US", "The sources are numbered from 1 to 2.")],
)
async def test_a_number_that_is_not_there_is_said(opened: OpenApp, locale: str, said: str) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        result = await world.reader.slash(world.channel, "sources", number=9)
        assert result.ephemeral
        assert seen(result.response).startswith(said)


@pytest.mark.parametrize(
    ("locale", "said"),
    [("fr", "Il n'y a qu'une source : la numéro 1."), ("en-US", "There is only one source: number 1.")],
)
async def test_of_a_single_source_that_is_said(opened: OpenApp, small_story: Path, locale: str, said: str) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app, locale=locale) as world:
        assert seen((await world.reader.slash(world.channel, "sources", number=9)).response).startswith(said)
