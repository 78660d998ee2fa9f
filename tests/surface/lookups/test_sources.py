"""Where facts come from: the list, and an article page by page."""

import pytest

from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.surface.words import seen


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        ("fr", ["Les sources du dossier", "1. article de mars 2024", "7 paragraphes, résumés par /sources numéro:1"]),
        ("en-US", ["Sources of the story", "1. article of March 2024", "7 paragraphs, summed up by /sources number:1"]),
    ],
)
async def test_the_articles_are_listed_by_number(opened: OpenApp, locale: str, lines: list[str]) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        text = seen((await world.reader.slash(world.channel, "sources")).response)
        for line in lines:
            assert line in text


async def test_an_article_is_read_page_by_page_with_all_its_facts(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "sources", number=1)
        texts = [seen(result.response)]
        count = int(texts[0].partition("Page 1 sur ")[2][0])
        for _ in range(count - 1):
            shown = world.channel.last_message
            assert shown is not None
            await world.reader.click(shown, label="Suivant")
            texts.append(seen(world.channel.last_message))
        whole = "\n".join(texts)
        story = app.library.current.editions[0].story
        assert all(fact.text.get("fr") in whole for fact in story.shown_facts.values())
        assert all(f"\n§ {number}\n" in whole for number in range(1, 8))
        assert "(Démenti : Jason Kwon)" in whole


@pytest.mark.parametrize(
    ("locale", "said"),
    [("fr", "Il n'y a qu'une source : la numéro 1."), ("en-US", "There is only one source: number 1.")],
)
async def test_a_number_that_is_not_there_is_said(opened: OpenApp, locale: str, said: str) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        result = await world.reader.slash(world.channel, "sources", number=9)
        assert result.ephemeral
        assert seen(result.response).startswith(said)
