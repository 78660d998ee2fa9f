"""What readers asked in vain, as editors see it in Discord."""

from dataclasses import replace
from typing import Any

from bot.answering.context import Context
from bot.answering.feedback import Waiting
from tests.conftest import OpenApp
from tests.discord_world import World, world_around
from tests.fakes import SetClock, context
from tests.journal.test_questionlog import asked
from tests.surface.desk.test_facts import HOME, REFUSAL
from tests.surface.words import buttons, seen, told

EDITORS = {"editor_guilds": frozenset({HOME})}
THINGS = ("hanté", "vendu", "repeint", "célèbre", "chauffé", "gratuit")
HAUNTED = "Le pont est-il hanté ?"


async def journalled(world: World, *questions: tuple[int, str]) -> None:
    """Record questions without an answer, each by a reader."""
    for number, (reader, text) in enumerate(questions, 1):
        one = asked(number, text, outcome="abstain", cause="no_fact", facts=())
        world.app.journal.record(replace(one, context=replace(one.context, user=reader)))
    await world.app.journal.flush()


async def listed(world: World) -> Any:
    result = await world.manager.slash(world.channel, "facts gaps")
    assert result.ephemeral
    return result.response


async def test_a_gap_says_how_many_asked_when_why_and_what_is_near(opened: OpenApp) -> None:
    async with opened(SetClock(), **EDITORS) as app, world_around(app, guild=HOME) as world:
        await journalled(world, (1, HAUNTED), (2, HAUNTED), (2, HAUNTED), (3, "Quand le pont sera-t-il repeint ?"))
        await app.journal.feedback.wait(Waiting(f"{1:012x}", HAUNTED, _by(1)))
        title, first, readers, waiting, cause, near, *rest = told(await listed(world)).splitlines()
        assert (title, first) == ("Ce que les lecteurs ont demandé en vain", f"1. {HAUNTED}")
        assert readers == "2 lecteurs · posée 3 fois · 5 mars 2024 · fr"
        assert (waiting, cause) == ("1 lecteur attend la réponse", "Motif : le dossier ne le dit pas")
        assert near.startswith("Au plus près : ")
        assert "sans « hanté »" in near.replace("hante", "hanté")
        assert rest[0].startswith("2. Quand le pont")


def _by(user: int) -> Context:
    return replace(context(), user=user)


async def test_the_wordings_of_readers_format_nothing_and_mention_nobody(opened: OpenApp) -> None:
    async with opened(SetClock(), **EDITORS) as app, world_around(app, guild=HOME) as world:
        await journalled(world, (1, "Le **pont** est-il\n# hanté par <@123> ou @everyone ?"))
        first = told(await listed(world)).splitlines()[1]
    assert first == "1. Le \\*\\*pont\\*\\* est-il # hanté par \\[mention\\] ou @\u200beveryone ?"


async def test_there_are_five_gaps_a_page_and_the_buttons_turn_it(opened: OpenApp) -> None:
    async with opened(SetClock(), **EDITORS) as app, world_around(app, guild=HOME) as world:
        await journalled(world, *((number, f"Le pont est-il {thing} ?") for number, thing in enumerate(THINGS)))
        message = await listed(world)
        assert buttons(message) == ["Précédent", "Suivant"]
        assert len(message.embeds[0].fields) == 5
        assert message.embeds[0].footer.text == "Page 1 sur 2"
        turned = (await world.manager.click(message, label="Suivant")).response
        assert told(turned).splitlines()[1] == "6. Le pont est-il hanté ?"
        assert told(turned).splitlines()[-1] == "Page 2 sur 2"


async def test_without_a_gap_a_sentence_says_so(opened: OpenApp) -> None:
    async with opened(SetClock(), **EDITORS) as app, world_around(app, guild=HOME) as world:
        assert told(await listed(world)) == "Aucune question ne reste sans réponse."


async def test_a_long_wording_fits_with_all_that_is_said_of_it(opened: OpenApp) -> None:
    words = " ".join(["fantôme42"] * 100)
    async with opened(SetClock(), **EDITORS) as app, world_around(app, guild=HOME) as world:
        await journalled(world, *((number, f"Pont {number} {words} {number} ?") for number in range(5)))
        embed = (await listed(world)).embeds[0]
        assert len(embed.fields) == 5
        assert len(embed) <= 6000


async def test_who_is_no_longer_an_editor_does_not_turn_the_page(opened: OpenApp) -> None:
    async with opened(SetClock(), **EDITORS) as app, world_around(app, guild=HOME) as world:
        await journalled(world, *((number, f"Le pont est-il {thing} ?") for number, thing in enumerate(THINGS)))
        message = await listed(world)
        object.__setattr__(app.client.editors, "guilds", frozenset())
        assert seen((await world.manager.click(message, label="Suivant")).response) == REFUSAL
