"""What is stored about a user: shown, exported, deleted, and not stored after an opt-out."""

import json
from typing import Any

import pytest

from bot.answering.editions import Shelf
from tests.conftest import OpenApp
from tests.discord_world import World, channel_without, choose, world_around
from tests.surface.words import seen

QUESTION = "Qui est Anna Petit ?"


async def used(world: World, actor: Any) -> Any:
    """Ask, vote, and wait for an answer."""
    answer = await actor.slash(world.channel, "ask", question=QUESTION)
    riddle = await actor.slash(world.channel, "ask", question="Qui garde le phare ?")
    await world.app.journal.flush()
    await actor.click(answer.response, label="Utile")
    await actor.click(riddle.response, label="Me prévenir d'une réponse")
    return answer.response


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        (
            "fr",
            [
                "Voici ce que je garde sur vous :",
                "• 0 question ou recherche",
                "• 0 vote",
                "un code calculé avec une clé secrète",
            ],
        ),
        (
            "en-US",
            ["This is what I keep about you:", "• 0 questions or look-ups", "• 0 votes", "a code computed from it"],
        ),
    ],
)
async def test_what_is_kept_is_shown_to_its_user_alone(opened: OpenApp, locale: str, lines: list[str]) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        result = await world.reader.slash(world.channel, "privacy show")
        assert result.ephemeral
        for line in lines:
            assert line in seen(result.response)


async def test_everything_of_a_user_comes_in_a_file(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        nothing = await world.reader.slash(world.channel, "privacy export")
        assert seen(nothing.response) == "Je ne garde rien sur vous."
        await used(world, world.reader)
        await world.other.slash(world.channel, "ask", question="Qui est Jeanne Roy ?")
        shown = await world.reader.slash(world.channel, "privacy show")
        for line in ("• 2 questions ou recherches", "• 1 vote", "• 1 réponse attendue"):
            assert line in seen(shown.response)
        result = await world.reader.slash(world.channel, "privacy export")
        assert result.ephemeral
        assert result.response is not None
        (file,) = result.response.attachments
        assert file.filename == "onrecord.json"
        rows = json.loads(await file.read())
        assert [row["question"] for row in rows["exchanges"]] == [QUESTION, "Qui garde le phare ?"]
        assert rows["waits"][0]["user"] == world.reader.id
        assert not rows["opted_out"]


async def test_where_no_file_may_be_attached_the_export_says_so(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        channel = channel_without(world, attach_files=False)
        await world.reader.slash(channel, "ask", question=QUESTION)
        result = await world.reader.slash(channel, "privacy export")
        assert seen(result.response).startswith("Je ne peux pas joindre de fichier ici.")


async def test_who_opted_out_cannot_wait_for_an_answer(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        riddle = await world.other.slash(world.channel, "ask", question="Qui garde le phare ?")
        assert riddle.response is not None
        await app.journal.flush()
        await world.other.slash(world.channel, "privacy opt-out")
        result = await world.other.click(riddle.response, label="Me prévenir d'une réponse")
        assert "ceci n'est donc pas enregistré" in seen(result.response)
        assert await app.client.parts.readers.feedback.waiting() == []


async def test_a_user_is_forgotten_with_the_conversation(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await used(world, world.reader)
        await world.reader.slash(world.channel, "ask", question="Qui a construit le pont ?")
        result = await world.reader.slash(world.channel, "privacy forget")
        assert seen(result.response) == "C'est fait : 5 éléments effacés."
        follow_up = await world.reader.slash(world.channel, "ask", question="et quand ?")
        assert follow_up.ephemeral
        assert "• 1 question ou recherche" in seen((await world.reader.slash(world.channel, "privacy show")).response)


async def test_who_opts_out_is_never_kept_again(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.slash(world.channel, "privacy opt-out")
        answer = await world.reader.slash(world.channel, "ask", question=QUESTION)
        assert answer.response is not None
        assert "ingénieure en chef" in seen(answer.response)
        await app.journal.flush()
        vote = await world.reader.click(answer.response, label="Utile")
        assert "ceci n'est donc pas enregistré" in seen(vote.response)
        why = await choose(world.reader, answer.response, "Pourquoi cette réponse ?")
        assert seen(why.response).startswith("Ce bouton ne fonctionne plus")
        shown = seen((await world.reader.slash(world.channel, "privacy show")).response)
        assert shown.startswith("Vous avez refusé")
        assert "• 0 question ou recherche" in shown
        await world.reader.slash(world.channel, "privacy opt-out", undo=True)
        await world.reader.slash(world.channel, "ask", question="Qui est Jeanne Roy ?")
        assert "• 1 question ou recherche" in seen((await world.reader.slash(world.channel, "privacy show")).response)


async def test_a_look_up_is_a_question_and_a_turned_page_is_none(opened: OpenApp, long_shelf: Shelf) -> None:
    async with opened(loaded=long_shelf) as app, world_around(app) as world:
        listed = await world.reader.slash(world.channel, "claims")
        assert listed.response is not None
        await world.reader.click(listed.response, label="Suivant")
        await world.other.click(listed.response, label="Suivant")
        for name in ("Anna Petit", "Satya Nadella"):
            await world.reader.slash(world.channel, "who", name=name)
        await world.reader.slash(world.channel, "timeline")
        result = await world.reader.slash(world.channel, "privacy export")
        assert result.response is not None
        rows = json.loads(await result.response.attachments[0].read())["exchanges"]
        assert [(row["surface"], row["question"], row["outcome"], row["cause"]) for row in rows] == [
            ("claims", "", "answer", None),
            ("who", "Anna Petit", "answer", None),
            ("who", "Satya Nadella", "abstain", "unknown_name"),
        ]
        assert rows[1]["facts"] == ["bridge-dangerous", "petit-role"]
        assert (await app.journal.privacy.stored(world.other.id)).rows["exchanges"] == ()
