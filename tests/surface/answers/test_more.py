"""At most four controls in one row under a reply; the last one opens a menu of the rest, which only its user sees."""

from collections.abc import Callable
from typing import Any

import discord
import pytest

from bot.answering.editions import mark_of
from tests.conftest import OpenApp
from tests.discord_world import World, choose, world_around
from tests.surface.words import ANSWERED, MENU, UNANSWERED, VOTES, buttons, menus, seen

ROLE = "Qui est Anna Petit ?"


async def asked(world: World, question: str = ROLE) -> Any:
    result = await world.reader.slash(world.channel, "ask", question=question)
    assert result.response is not None
    await world.app.journal.flush()
    return result.response


@pytest.mark.parametrize(
    ("locale", "question", "row", "offered"),
    [
        ("fr", ROLE, ANSWERED["fr"], MENU["fr"]),
        ("en-US", "Who is Anna Petit?", ANSWERED["en"], MENU["en"]),
        (
            "fr",
            "Quand a-t-on vendu le pont ?",
            [
                "Quand le pont a-t-il été fermé ?",
                "Depuis quand passe-t-on par la passerelle ?",
                "Rien de tout cela",
                "Plus…",
            ],
            (*MENU["fr"], *VOTES["fr"]),
        ),
        (
            "en-US",
            "Was the town hall convicted of negligence?",
            ["None of these", "More…"],
            ("Sources", "Why this reply?", "Related facts", "Report a mistake", *VOTES["en"]),
        ),
        ("fr", "Qui garde le phare ?", UNANSWERED["fr"], ()),
    ],
)
async def test_there_is_one_row_and_a_menu_of_the_rest(
    opened: OpenApp, locale: str, question: str, row: list[str], offered: tuple[str, ...]
) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        message = await asked(world, question)
        assert buttons(message) == row
        assert len(message.components) == 1
        assert len(row) <= 4
        if offered:
            menu = await world.other.click(message, label=row[-1])
            assert menu.ephemeral
            assert list(menus(menu.response).values()) == [offered]


async def test_what_is_chosen_takes_the_place_of_what_was_chosen_before(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await choose(world.other, await asked(world), "Sources")
        shown = world.channel.history(viewer=world.other)[-1]
        assert seen(shown).startswith("Où c'est écrit\n")
        assert menus(shown) == {"En savoir plus": MENU["fr"]}
        await world.other.select(shown, [f"w:{_exchange(shown)}:fr"])
        again = world.channel.history(viewer=world.other)[-1]
        assert again.id == shown.id
        assert again.embeds == []
        assert seen(again).startswith("Votre question est")
        assert _selected(again) == ["Pourquoi cette réponse ?"]


OLD: dict[str, Callable[[str], str]] = {  # the custom_ids of buttons in messages sent before there was a menu
    "Où c'est écrit": lambda _: f"o:fr:{mark_of('bridge')}:petit-role",
    "Votre question est": lambda exchange: f"w:{exchange}:fr",
    "Le dossier répond aussi": lambda exchange: f"l:{exchange}:fr:{mark_of('bridge')}:petit-role",
    "Merci, c'est noté : utile": lambda exchange: f"y:{exchange}:fr",
    "Merci, c'est noté : pas utile": lambda exchange: f"n:{exchange}:fr",
}


@pytest.mark.parametrize("said", OLD)
async def test_the_buttons_of_earlier_messages_go_on_working(opened: OpenApp, said: str) -> None:
    async with opened() as app, world_around(app) as world:
        old = await _old_message(world, OLD[said](_exchange(await asked(world))))
        pressed = await world.other.click(old, label="Ancien")
        assert pressed.ephemeral
        assert seen(pressed.response).startswith(said)


async def test_the_old_button_to_report_a_mistake_reports_its_own_message(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        old = await _old_message(world, f"m:{_exchange(await asked(world))}:fr")
        form = await world.other.click(old, label="Ancien")
        await world.other.submit_modal(form, {"wrong": "Faux."})
        (row,) = await app.client.parts.readers.feedback.mistakes(1)
        assert row.mistake.link == f"https://discord.com/channels/1000/{world.channel.id}/{old.id}"


async def _old_message(world: World, state: str) -> discord.Message:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Ancien", custom_id=state))
    view.stop()
    channel = world.app.client.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    return await channel.send("Une ancienne réponse", view=view)


def _exchange(message: Any) -> str:
    """Return the exchange that a message is about, from the state of its last control."""
    row = message.components[-1]
    last = (row if isinstance(row, dict) else row.to_dict())["components"][-1]
    return str(last["custom_id"].split(":")[1])


def _selected(message: discord.Message) -> list[str]:
    menus = [child for row in message.components for child in getattr(row, "children", ())]
    return [option.label for menu in menus for option in getattr(menu, "options", ()) if option.default]
