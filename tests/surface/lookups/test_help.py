"""`/help` by topic, in both languages, with example questions that have answers."""

import pytest

from bot.surface.lookups.help import TOPICS
from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.surface.words import seen


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        ("fr", ["Interroger le dossier : Le pont", "• `/aide` Lire une réponse"]),
        ("en-US", ["Ask the story: The bridge", "• `/help` Reading an answer"]),
    ],
)
async def test_help_says_what_can_be_done_and_which_topics_there_are(
    opened: OpenApp, locale: str, lines: list[str]
) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        result = await world.reader.slash(world.channel, "help")
        assert result.ephemeral
        for line in lines:
            assert line in seen(result.response)


@pytest.mark.parametrize("locale", ["fr", "en-US"])
@pytest.mark.parametrize(
    ("topic", "french", "english"),
    [
        ("asking", "Écrivez comme vous parlez", "Write as you speak"),
        ("commands", "`/changements` Ce qui a été ajouté", "`/changes` What was added"),
        ("answers", "Une affirmation y est accompagnée de son démenti", "a claim is shown with its denial"),
        ("privacy", "Je ne relie jamais un membre de Discord", "I never link a member of Discord"),
        ("contact", "Droit de réponse", "Right of reply"),
    ],
)
async def test_each_topic_is_told_in_both_languages(
    opened: OpenApp, locale: str, topic: str, french: str, english: str
) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        said = seen((await world.reader.slash(world.channel, "help", topic=topic)).response)
        assert (french if locale == "fr" else english) in said
    assert topic in TOPICS


@pytest.mark.parametrize("locale", ["fr", "en-US"])
async def test_the_examples_are_answered(opened: OpenApp, locale: str) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        text = seen((await world.reader.slash(world.channel, "help", topic="asking")).response)
        examples = [line.removeprefix("• ") for line in text.splitlines() if line.startswith("• ")]
        assert len(examples) >= 3
        for example in examples:
            assert not (await world.reader.slash(world.channel, "ask", question=example)).ephemeral


@pytest.mark.parametrize(
    ("contact", "said"),
    [("redaction@example.org", "redaction@example.org"), (None, "Aucune adresse n'est renseignée")],
)
async def test_help_says_whom_to_write_to(opened: OpenApp, contact: str | None, said: str) -> None:
    async with opened(contact=contact) as app, world_around(app) as world:
        assert said in seen((await world.reader.slash(world.channel, "help", topic="contact")).response)
