"""A near miss: the nearest fact, in full, under a sentence that does not hint at an accusation in the question."""

import re
from typing import get_args

import pytest

from bot.answering.assistant import Assistant
from bot.answering.machine import machine_readable
from bot.answering.reply import Reply
from bot.answering.telling.catalogue import LANGUAGES, catalogue
from bot.answering.telling.text import reply_text
from bot.matching.deciding.evidence import Veto
from bot.story.model import Story
from tests.fakes import MemoryJournal, serving, utterance

UNSAID = {"en": "The story does not say that.", "fr": "Le dossier ne dit pas cela."}
HEADINGS = {"en": "The story does not say that. It does say:", "fr": "Le dossier ne dit pas cela. Il dit ceci :"}
DOUBT = re.compile(
    r"\b(not sure|unsure|did you mean|perhaps|maybe|might|may|seems?|probably|possibly|apparently|"
    r"hésite|vouliez-vous|peut-être|semble|sans doute|probablement|possible|pas sûre?|apparemment)\b",
    re.IGNORECASE,
)
ACCUSATIONS = [
    ("en", "Is Anna Petit a crook?", "crook"),
    ("en", "Was Anna Petit arrested?", "arrest"),
    ("en", "Is Louis Garnier a criminal?", "criminal"),
    ("en", "Did Anna Petit bribe the county?", "bribe"),
    ("en", "Did the residents blackmail the town hall?", "blackmail"),
    ("en", "Did Louis Garnier forge the plans of the bridge?", "forge"),
    ("fr", "Anna Petit est-elle un escroc ?", "escroc"),
    ("fr", "Les riverains ont-ils insulté la mairie ?", "insult"),
    ("fr", "Anna Petit a-t-elle été arrêtée ?", "arrêté"),
    ("fr", "Les riverains ont-ils escroqué la mairie ?", "escro"),
    ("fr", "Les riverains ont-ils corrompu la mairie ?", "corromp"),
]


@pytest.fixture
def assistant(story: Story) -> Assistant:
    return Assistant(serving(story), MemoryJournal())


async def nearest(assistant: Assistant, question: str, locale: str) -> Reply:
    reply = await assistant.ask(utterance(question, locale))
    assert (reply.outcome, reply.locale) == ("suggest", locale)
    return reply


@pytest.mark.parametrize(("locale", "question", "alleged"), ACCUSATIONS)
async def test_an_accusation_that_the_story_does_not_hold_gets_no_doubt_and_no_hint_and_is_not_repeated(
    assistant: Assistant, locale: str, question: str, alleged: str
) -> None:
    reply = await assistant.ask(utterance(question, locale))
    said = reply_text(reply, catalogue())
    assert said == UNSAID[locale]
    assert (reply.outcome, reply.cause, reply.suggestions) == ("abstain", "no_fact", ())
    assert alleged not in said.casefold()


@pytest.mark.parametrize(
    ("locale", "question"),
    [
        ("en", "Was the town hall convicted of negligence?"),
        ("fr", "La mairie a-t-elle été condamnée pour négligence ?"),
    ],
)
async def test_what_is_near_an_accusation_comes_after_the_sentence_that_the_story_does_not_say_it(
    assistant: Assistant, locale: str, question: str
) -> None:
    said = reply_text(await nearest(assistant, question, locale), catalogue())
    assert said.startswith(f"{HEADINGS[locale]}\n\n")
    assert not DOUBT.search(said)


@pytest.mark.parametrize(
    ("locale", "question", "claimed", "denied"),
    [
        ("en", "Does Anna Petit say the bridge is dangerous in winter?", "Claim: Anna Petit", "Denial: The mayor"),
        (
            "fr",
            "Le pont est-il dangereux pour les camions ?",
            "Affirmation : Anna Petit",
            "Démenti : Le maire",
        ),
    ],
)
async def test_a_claim_is_shown_with_who_claims_it_who_denies_it_and_where_that_is_written(
    assistant: Assistant, locale: str, question: str, claimed: str, denied: str
) -> None:
    reply = await nearest(assistant, question, locale)
    assert {"bridge-dangerous", "danger-denied"} <= {view.id for view in reply.nearest}
    said = reply_text(reply, catalogue())
    assert claimed in said
    assert denied in said
    assert all(citation.quote in said for view in reply.nearest for citation in view.citations)


async def test_the_fact_is_told_exactly_as_an_answer_tells_it(assistant: Assistant) -> None:
    near = await nearest(assistant, "Qui a remplacé Anna Petit au département ?", "fr")
    answer = await assistant.ask(utterance("Qui est Anna Petit ?"))
    assert answer.facts[0].id == near.nearest[0].id
    assert reply_text(near, catalogue()) == f"{HEADINGS['fr']}\n\n{reply_text(answer, catalogue())}"


async def test_a_program_reads_no_answer_but_the_nearest_fact_first_of_the_suggestions(assistant: Assistant) -> None:
    reply = await nearest(assistant, "When was the footbridge painted?", "en")
    said = reply_text(reply, catalogue())
    row = machine_readable(reply, said)
    assert (row["outcome"], row["facts"], row["score"], row["cause"]) == ("suggest", [], None, None)
    assert row["suggestions"][0]["id"] == reply.nearest[0].id
    assert len(row["suggestions"]) <= 3
    assert reply.nearest[0].text in row["answer"]


async def test_the_other_facts_are_those_that_are_not_seen_already(assistant: Assistant) -> None:
    reply = await nearest(assistant, "Does Anna Petit say the bridge is dangerous in winter?", "en")
    seen = {view.id for view in reply.nearest}
    assert seen.isdisjoint(item.id for item in reply.others)
    assert [item for item in reply.suggestions if item.id not in seen] == list(reply.others)


async def test_two_stories_that_answer_alike_are_not_said_to_lack_the_answer(story: Story) -> None:
    head = story.story.model_copy(update={"id": "twin"})
    twin = Story(story=head, entities=story.entities, events=story.events, facts=story.facts, sources=story.sources)
    assistant = Assistant(serving(story, twin), MemoryJournal())
    said = reply_text(await nearest(assistant, "Who is Anna Petit?", "en"), catalogue())
    assert said.startswith("This question has more than one answer. One of them:\n\n")
    assert "The story also answers:\n1. Who is Anna Petit? — The bridge\n\nThe bridge · As of June 2020" in said


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("veto", get_args(Veto))
def test_whatever_may_stand_against_a_fact_has_its_sentence(locale: str, veto: str) -> None:
    said = catalogue().text(locale, "why.against", reasons=catalogue().text(locale, f"why.veto.{veto}"))
    assert said.endswith(".")
    assert not DOUBT.search(said)


@pytest.mark.parametrize(
    ("locale", "question", "expected"),
    [
        ("en", "Is Anna Petit a crook?", "None of the stories says that."),
        ("fr", "Anna Petit est-elle un escroc ?", "Aucun dossier ne dit cela."),
        (
            "en",
            "Was the town hall convicted of negligence?",
            "None of the stories says that. The story “Elon Musk's complaint against OpenAI” does say:",
        ),
        ("en", "Who built the bridge?", "The bridge was built by Louis Garnier and Jeanne Roy."),
    ],
)
async def test_of_several_stories_each_that_is_told_is_named(
    story: Story, first_story: Story, locale: str, question: str, expected: str
) -> None:
    reply = await Assistant(serving(story, first_story), MemoryJournal()).ask(utterance(question, locale))
    said = reply_text(reply, catalogue())
    assert said.startswith(expected.replace("Elon Musk's complaint against OpenAI", story.story.title.get(locale)))
    assert not reply.first or said.splitlines()[-1].startswith(f"{story.story.title.get(locale)} · ")
