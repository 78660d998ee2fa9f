"""Every command and every button in French and in English: the answer's beginning, or a part of it."""

from typing import Any

import pytest

from tests.conftest import OpenApp
from tests.discord_world import choose, world_around
from tests.surface.words import ANSWERED, MENU, seen

LOCALES = {"fr": 0, "en-US": 1}
COMMANDS: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    ("ask", {"question": "jeanne roy"}, ("Rapporté par l'article", "Reported by the article")),
    ("ask", {"question": "Google"}, ("Le dossier ne dit pas cela", "The story does not say that")),
    ("who", {"name": "anna-petit"}, ("Ce qui en est dit", "What is said of them")),
    ("who", {"name": "Zzz"}, ("« Zzz » n'est pas dans ce dossier", "“Zzz” is not in this story")),
    ("when", {"event": "building"}, ("La construction du pont\n1931", "The building of the bridge\n1931")),
    (
        "when",
        {"event": "Zzz"},
        ("Le dossier ne contient aucun événement daté nommé « Zzz »", "The story has no dated event called “Zzz”"),
    ),
    ("timeline", {}, ("La construction du pont", "The building of the bridge")),
    ("timeline", {"from": "hier"}, ("Je ne comprends pas cette date", "I do not understand this date")),
    ("claims", {}, ("Affirmation 1 sur", "Claim 1 of")),
    ("claims", {"person": "Zzz"}, ("aucune affirmation de « Zzz »", "no claim by “Zzz”")),
    ("quote", {}, ("Citations et déclarations", "Quotations and statements")),
    ("quote", {"person": "Zzz"}, ("aucun propos de « Zzz »", "no statement by “Zzz”")),
    ("sources", {}, ("Les sources du dossier", "Sources of the story")),
    ("sources", {"number": 1}, ("1. article de juin 2020", "1. article of June 2020")),
    ("changes", {}, ("Ce qui a changé : Le pont", "What has changed: The bridge")),
    ("story", {}, ("Ici, je réponds à partir du dossier", "Here I answer from the story")),
    ("story", {"story": "*"}, ("Seuls les responsables", "Only the managers of a server")),
    ("help", {}, ("Interroger le dossier", "Ask the story")),
    ("privacy show", {}, ("Voici ce que je garde sur vous", "This is what I keep about you")),
    ("privacy export", {}, ("Je ne garde rien sur vous.", "I keep nothing about you.")),
    ("privacy forget", {}, ("C'est fait : 0 élément effacé.", "Done: 0 items deleted.")),
    ("privacy opt-out", {}, ("je ne garderai plus vos questions", "I will no longer keep your questions")),
    (
        "privacy opt-out",
        {"undo": True},
        ("vos questions seront de nouveau gardées", "I will keep your questions again"),
    ),
]
EDITORS: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    ("facts status", {}, ("13 faits", "13 facts")),
    ("facts gaps", {}, ("Aucune question ne reste sans réponse", "No question is left without an answer")),
    ("facts reports", {}, ("Aucun signalement en attente", "No reports are waiting")),
    ("facts settle", {"number": 3}, ("Il n'y a pas de signalement 3 en attente", "There is no report 3 waiting")),
]
BUTTONS = [
    ("Merci, c'est noté : utile", "Thank you, noted: helpful"),
    ("Merci, c'est noté : pas", "Thank you, noted: not"),
]
CHOICES = [  # in the menu
    ("Où c'est écrit", "Where it is written"),
    ("Votre question est", "Your question is"),
    ("Le dossier répond aussi", "The story also answers"),
]


@pytest.mark.parametrize("locale", LOCALES)
async def test_each_command_answers_in_the_readers_language(opened: OpenApp, locale: str) -> None:
    wrong: dict[str, str] = {}
    async with opened() as app, world_around(app, locale=locale) as world:
        for number, (command, options, said) in enumerate(COMMANDS):
            reader = world.env.guild.add_member(world.env.create_user(f"reader {number}"))  # of whom nothing is known
            text = seen((await reader.slash(world.channel, command, **options)).response)
            if said[LOCALES[locale]] not in text or said[1 - LOCALES[locale]] in text:
                wrong[f"{command} {options}"] = text
    assert wrong == {}


@pytest.mark.parametrize("locale", LOCALES)
async def test_each_editors_command_answers_in_their_language_and_nobody_elses(opened: OpenApp, locale: str) -> None:
    wrong: dict[str, str] = {}
    async with opened(editor_guilds="1000") as app, world_around(app, locale=locale) as world:
        for command, options, said in EDITORS:
            result = await world.manager.slash(world.channel, command, **options)
            if not result.ephemeral or said[LOCALES[locale]] not in seen(result.response):
                wrong[f"{command} {options}"] = seen(result.response)
    assert wrong == {}


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_buttons_under_an_answer_speak_its_language(opened: OpenApp, locale: str) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        question = ("Combien a payé la région ?", "How much of the footbridge did the region pay?")[LOCALES[locale]]
        answer = await world.reader.slash(world.channel, "ask", question=question)
        await app.journal.flush()
        assert answer.response is not None
        for label, said in zip(ANSWERED[locale[:2]], BUTTONS, strict=False):
            pressed = await world.other.click(answer.response, label=label)
            assert pressed.ephemeral
            assert seen(pressed.response).startswith(said[LOCALES[locale]])
        for label, said in zip(MENU[locale[:2]], CHOICES, strict=False):
            chosen = await choose(world.other, answer.response, label)
            assert seen(chosen.response).startswith(said[LOCALES[locale]])


@pytest.mark.parametrize(
    ("locale", "near", "none", "said", "page"),
    [
        (
            "fr",
            "Qui a remplacé Anna Petit au département ?",
            "Rien de tout cela",
            "Le dossier ne dit pas cela",
            "Suivant",
        ),
        ("en-US", "Who replaced Anna Petit at the county?", "None of these", "The story does not say that", "Next"),
    ],
)
async def test_the_nearest_on_record_and_pages_have_buttons_in_the_readers_language(
    opened: OpenApp, locale: str, near: str, none: str, said: str, page: str
) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        nearest = await world.reader.slash(world.channel, "ask", question=near)
        assert nearest.response is not None
        label = next(text for text in labels(nearest.response) if text.startswith(none))
        await world.reader.click(nearest.response, label=label)
        assert seen(world.channel.last_message).startswith(said)
        listed = await world.reader.slash(world.channel, "claims")
        assert listed.response is not None
        before = seen(listed.response)
        await world.reader.click(listed.response, label=page)
        assert seen(world.channel.last_message) != before


def labels(message: Any) -> list[str]:
    return [child["label"] for row in message.components for child in row["components"]]
