"""`/claims` and `/quote`: who asserts what, with the replies, page by page."""

from pathlib import Path
from typing import Any

import pytest

from bot.answering.editions import Shelf
from bot.answering.telling.catalogue import catalogue
from bot.surface.platform.pages import Page, page_buttons
from bot.surface.platform.render import Renderer
from tests.conftest import OpenApp
from tests.discord_world import press, world_around
from tests.surface.words import buttons, children, seen


def shown(result: Any) -> Any:
    assert result.response is not None
    return result.response


def is_enabled(message: Any, label: str) -> bool:
    return any(child.get("label") == label and not child.get("disabled") for child in children(message))


async def test_a_claim_is_shown_beside_what_answers_it(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "claims", person="anna-petit")
        text = seen(result.response)
        assert text.splitlines()[:3] == [
            "Affirmation : Anna Petit",
            "Affirmation 1 sur 1",
            "Anna Petit affirme que le pont est dangereux.",
        ]
        assert "Démenti : Le maire" in text
        assert buttons(result.response) == ["Signaler une erreur"]


@pytest.mark.parametrize(
    ("locale", "first", "second", "turn"),
    [("fr", "Affirmation 1 sur", "Affirmation 2 sur", "Suivant"), ("en-US", "Claim 1 of", "Claim 2 of", "Next")],
)
async def test_the_asker_turns_the_pages(opened: OpenApp, locale: str, first: str, second: str, turn: str) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        result = await world.reader.slash(world.channel, "claims")
        assert first in seen(result.response)
        await world.reader.click(shown(result), label=turn)
        assert second in seen(world.channel.last_message)
        stored = await app.journal.privacy.stored(world.reader.id)
        assert len(stored.rows["exchanges"]) == 1  # turning a page asks nothing


async def test_a_name_that_was_typed_has_its_pages_too(opened: OpenApp, long_shelf: Shelf) -> None:
    async with opened(loaded=long_shelf) as app, world_around(app) as world:
        asked = await world.reader.slash(world.channel, "quote", person="le collectif")
        await world.reader.click(shown(asked), label="Suivant")
        text = seen(world.channel.last_message)
        assert text.startswith("Les riverains : citations et déclarations")
        assert "Page 2 sur" in text


async def test_somebody_else_turns_to_a_page_of_their_own(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        asked = await world.reader.slash(world.channel, "claims")
        result = await world.other.click(shown(asked), label="Suivant")
        assert result.ephemeral
        assert "Affirmation 2 sur" in seen(result.response)
        assert "Affirmation 1 sur" in seen(world.channel.last_message)
        again = await world.other.click(shown(result), label="Suivant")
        assert "Affirmation 3 sur" in seen(again.response)
        assert shown(again).id == shown(result).id


@pytest.mark.parametrize(("count", "has_buttons"), [(1, False), (1_001, True), (10_000, False)])
async def test_a_list_has_buttons_unless_it_has_more_pages_than_they_can_number(count: int, has_buttons: bool) -> None:
    buttons_of = page_buttons(Page("claims", 1, "fr", ""), count, Renderer(catalogue(), "fr"))
    assert (buttons_of is not None) == has_buttons


async def test_the_pages_turn_after_a_restart(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        asked = await world.reader.slash(world.channel, "quote")
        async with opened() as again:
            await world.env.restart_bot(again.client)
            await world.reader.click(shown(asked), label="Suivant")
            assert "Page 2 sur" in seen(world.channel.last_message)


async def test_exact_words_are_told_apart_from_ours(opened: OpenApp) -> None:
    async with opened() as app, world_around(app, locale="en-US") as world:
        result = await world.reader.slash(world.channel, "quote", person="mayor")
        text = seen(result.response)
        assert text.startswith("The mayor: quotations and statements")
        assert "“Nous rouvrirons ce pont avant l'hiver” (in French; our translation: “We will reopen" in text
        assert "dément" not in text  # the journalist's verb
        assert (
            "Translated and reworded by the editors: The mayor promised: “We will reopen this bridge before winter”."
            in text
        )
        assert "As of June 2020" in text


async def test_words_that_are_denied_are_not_quoted_without_the_denial(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        for person in ("anna-petit", "mayor"):
            result = await world.reader.slash(world.channel, "quote", person=person)
            text = seen(result.response)
            assert "Affirmation : Anna Petit" in text
            assert "Démenti : Le maire" in text


@pytest.mark.parametrize("command", ["claims", "quote"])
async def test_somebody_who_says_nothing_is_named_and_so_are_the_nearest(opened: OpenApp, command: str) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, command, person="Anna Petti")
        assert result.ephemeral
        assert "« Anna Petti »" in seen(result.response)
        assert "Anna Petit" in seen(result.response)


async def test_only_those_who_speak_are_completed(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        assert [choice["value"] for choice in await world.complete("claims", "person", "petit")][:1] == ["anna-petit"]
        for choice in await world.complete("claims", "person", ""):
            listed = await world.reader.slash(world.channel, "claims", person=choice["value"])
            assert "Affirmation 1 sur" in seen(listed.response)
        everybody = {choice["value"] for choice in await world.complete("quote", "person", "")}
        assert everybody == {"anna-petit", "mayor", "residents", "town-hall"}


@pytest.mark.parametrize("state", ["p:claims:1:fr::999", "p:nothing:1:fr::0", "p:claims:1:fr:nobody:0"])
async def test_a_forged_page_does_nothing(opened: OpenApp, state: str) -> None:
    async with opened() as app, world_around(app) as world:
        asked = await world.reader.slash(world.channel, "claims")
        result = await press(world.reader, world.channel, asked.response, state)
        assert not result.acknowledged
        assert "Affirmation 1 sur" in seen(world.channel.last_message)
        assert world.env.errors == []


SECOND = """
  - id: bridge-sways
    kind: claim
    by: anna-petit
    answers: [what]
    text: {fr: Anna Petit affirme que le pont vacille., en: Anna Petit asserts that the bridge sways.}
    asked:
      fr: [Le pont vacille-t-il ?, Qui voit vaciller le pont ?, Que dit-on de ce qui vacille ?]
      en: [Does the bridge sway?, Who sees the bridge sway?, What is said of the swaying?]
    citations:
      - {source: bridge-article, paragraph: 2, exact: le pont est dangereux}
"""


def two_stories(root: Path) -> dict[str, Path]:
    """Write a second claim, and the same story once more, of a tunnel; return the folders."""
    first, second = root / "knowledge" / "bridge", root / "knowledge" / "tunnel"
    (first / "facts.yml").write_text((first / "facts.yml").read_text("utf-8") + SECOND, "utf-8")
    second.mkdir()
    for file in first.iterdir():
        text = file.read_text("utf-8").replace("id: bridge\n", "id: tunnel\n")
        told = text.replace("que le pont", "que le tunnel").replace("that the bridge", "that the tunnel")
        (second / file.name).write_text(told.replace("title: {fr: Le pont", "title: {fr: Le tunnel"), "utf-8")
    return {"knowledge": root / "knowledge", "seeds": root / "seeds"}


@pytest.mark.parametrize("command", ["claims", "quote", "timeline"])
async def test_without_a_name_each_story_is_listed_in_order_and_named(
    opened: OpenApp, small_story: Path, command: str
) -> None:
    async with opened(**two_stories(small_story)) as app, world_around(app) as world:
        listed = await world.reader.slash(world.channel, command)
        pages = [seen(listed.response)]
        while is_enabled(world.channel.last_message, "Suivant"):
            await world.reader.click(shown(listed), label="Suivant")
            pages.append(seen(world.channel.last_message))
        named = [title for page in pages for title in ("Le pont", "Le tunnel") if f"{title} · État" in page]
        assert len(named) == len(pages)
        assert list(dict.fromkeys(named)) == ["Le pont", "Le tunnel"]


async def test_the_pages_of_one_of_two_stories_stay_in_it(opened: OpenApp, small_story: Path) -> None:
    async with opened(**two_stories(small_story)) as app, world_around(app) as world:
        listed = await world.reader.slash(world.channel, "claims", person="tunnel:anna-petit")
        assert "que le tunnel est dangereux" in seen(listed.response)
        await world.reader.click(shown(listed), label="Suivant")
        assert "que le tunnel vacille" in seen(world.channel.last_message)
