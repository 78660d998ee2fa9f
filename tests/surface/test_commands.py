"""The slash commands, in both languages."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from bot.surface.lookups.help import COMMANDS
from tests.answering.telling.test_catalogue import CATALOGUES, sentences
from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.surface.words import buttons, seen


async def test_ask_answers_at_once_for_everybody_to_see(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "ask", question="Combien a payé la région ?")
        assert not result.deferred
        assert not result.ephemeral
        assert "La région a payé 49 %" in seen(result.response)


async def test_an_abstention_is_for_the_asker_alone(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "ask", question="Qui garde le phare ?")
        assert result.ephemeral
        assert "Le dossier ne dit pas cela" in seen(result.response)


@pytest.mark.parametrize(
    ("locale", "question", "said"),
    [
        ("fr", "jeanne roy", "Le pont a été construit par"),
        ("en-GB", "jeanne roy", "The bridge was built by"),
        ("ja", "jeanne roy", "The bridge was built by"),
        ("fr", "Who is Anna Petit?", "chief engineer"),
        ("en-US", "Qui est Anna Petit ?", "ingénieure en chef"),
    ],
)
async def test_the_answer_is_in_the_language_of_the_question_else_of_the_reader(
    opened: OpenApp, locale: str, question: str, said: str
) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        result = await world.reader.slash(world.channel, "ask", question=question)
        assert said in seen(result.response)


@pytest.mark.parametrize("question", ["x" * 4000, "😀", "\x00", "@everyone", "[a](http://b)", "```"])
async def test_ask_bears_any_question(opened: OpenApp, question: str) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "ask", question=question)
        assert result.ephemeral
        assert re.search("Le dossier ne dit pas cela|Je ne comprends pas", seen(result.response))
        assert world.env.errors == []


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        (
            "fr",
            [
                "Anna Petit",
                "Déclarations",
                "Ce qui en est dit",
                "  ↳ Démenti : Le maire — Le maire dément que le pont soit dangereux",
            ],
        ),
        (
            "en-US",
            [
                "Anna Petit",
                "Statements",
                "What is said of them",
                "  ↳ Denial: The mayor — The mayor denies that the bridge is dangerous",
            ],
        ),
    ],
)
async def test_who_shows_a_card(opened: OpenApp, locale: str, lines: list[str]) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        result = await world.reader.slash(world.channel, "who", name="anna-petit")
        text = seen(result.response)
        for line in lines:
            assert line in text


async def test_who_names_the_nearest_for_somebody_unknown(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "who", name="Anna *Petti*")
        assert result.ephemeral
        assert "« Anna \\*Petti\\* » n'est pas dans ce dossier. Noms les plus proches : Anna Petit." in seen(
            result.response
        )


async def test_when_says_the_date_at_its_true_precision(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "when", event="complaint")
        text = seen(result.response)
        assert "« jeudi dernier », selon l'article de juin 2020" in text
        assert "conteste toute négligence" in text


@pytest.mark.parametrize(
    ("typed", "value"), [("pet", "anna-petit"), ("jean", "jeanne-roy"), ("ingén", "anna-petit"), ("", "town-hall")]
)
async def test_who_completes_names_and_aliases(opened: OpenApp, typed: str, value: str) -> None:
    async with opened() as app, world_around(app) as world:
        choices = await world.complete("who", "name", typed)
        assert choices[0]["value"] == value


async def test_when_completes_events_in_the_readers_language(opened: OpenApp) -> None:
    async with opened() as app, world_around(app, locale="en-US") as world:
        choices = await world.complete("when", "event", "build")
        assert choices[0] == {"name": "The building of the bridge", "value": "building"}


async def test_names_and_descriptions_are_localised(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        sent = next(request for request in world.env.http_requests if request.method == "PUT")
        assert isinstance(sent.json, list)
        rows = {row["name"]: row for row in sent.json}
        assert set(rows) == {*COMMANDS, "Check against the story"}
        assert rows["Check against the story"]["name_localizations"]["fr"] == "Confronter au dossier"
        assert rows["help"]["options"][0]["choices"][4]["name_localizations"]["fr"] == "Droit de réponse"
        assert rows["ask"]["name_localizations"]["fr"] == "demander"
        assert rows["when"]["options"][0]["name_localizations"]["fr"] == "événement"
        assert rows["who"]["description_localizations"]["fr"].startswith("Une personne, une organisation")


async def test_the_english_texts_in_the_code_are_those_of_the_catalogue(opened: OpenApp) -> None:
    async with opened(editor_guilds="1000") as app, world_around(app) as world:
        sent = [request.json for request in world.env.http_requests if request.method == "PUT"]
        written = {key: text for rows in sent if isinstance(rows, list) for key, text in texts(rows)}
    keys = {key for key in sentences(CATALOGUES["en"]) if key.startswith("command.")}
    assert written == {key: catalogue().text("en", key) for key in keys}


def texts(rows: list[dict[str, Any]], above: str = "command") -> Iterator[tuple[str, str]]:
    """Yield the texts of commands and their options, each with its key."""
    for row in rows:
        if "description" in row:  # a menu has none
            key = f"{above}.{row['name']}"
            yield from ((key, row["name"]), (f"{key}.description", row["description"]))
            yield from texts(row.get("options", []), key)


async def test_the_client_asks_for_no_privileged_intent(opened: OpenApp) -> None:
    async with opened() as app:
        assert not app.client.intents.message_content
        assert not app.client.intents.members
        assert not app.client.intents.presences


async def test_an_unexpected_error_is_one_sentence_with_a_reference(
    opened: OpenApp, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("the card is torn")

    monkeypatch.setattr(Stories, "localized_for", broken)
    async with opened() as app, world_around(app, check_errors=False) as world:
        result = await world.reader.slash(world.channel, "who", name="anna-petit")
        assert result.ephemeral
        reference = seen(result.response).rpartition(" ")[2]
        assert f"failure {reference}" in caplog.text
        assert "the card is torn" in caplog.text
        assert buttons(result.response) == []
