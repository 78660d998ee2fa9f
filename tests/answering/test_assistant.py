"""The assistant: what users get, and what is journalled."""

import asyncio
import statistics
import time
from dataclasses import replace

import pytest

from bot.answering.assistant import MAX_QUESTION_CHARACTERS, Assistant
from bot.answering.editions import Shelf, mark_of
from bot.answering.reply import Reply
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.text import reply_text
from bot.matching.ranking.encoder import installed
from bot.story.model import Story
from tests.fakes import (
    FixedLibrary,
    MemoryBindings,
    MemoryJournal,
    SteppedClock,
    context,
    edition_of,
    serving,
    utterance,
)
from tests.stories import load_story

MARK = mark_of("bridge")
LONGEST_PAUSE = 0.02  # seconds of CPU time


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def assistant(story: Story, journal: MemoryJournal) -> Assistant:
    return Assistant(serving(story), journal)


def said(reply: Reply) -> str:
    return reply_text(reply, catalogue())


async def test_an_answer_says_who_asserts_it_and_where_it_is_written(assistant: Assistant) -> None:
    reply = await assistant.ask(utterance("La passerelle est-elle trop étroite ?"))
    assert said(reply).splitlines() == [
        "Selon les riverains, la passerelle est trop étroite pour les poussettes.",
        "Affirmation : Les riverains",
        "Dans les mots de l'article, trop étroite : article de juin 2020, « Le pont et ses riverains », "
        "La Gazette de la vallée, § 5, https://example.org/pont",
    ]


@pytest.mark.parametrize(
    "question",
    ["Is the bridge dangerous?", "Who denies the danger?"],
)
async def test_a_claim_and_its_denial_are_shown_together(assistant: Assistant, question: str) -> None:
    reply = await assistant.ask(utterance(question, "en"))
    assert {"bridge-dangerous", "danger-denied"} <= {view.id for view in reply.facts}
    assert "Denial: The mayor" in said(reply)
    assert "Claim: Anna Petit" in said(reply)


@pytest.mark.parametrize(
    ("text", "locale", "reply_in", "expected"),
    [
        ("Who is Anna Petit?", "fr", None, "en"),
        ("Qui est Anna Petit ?", "en-US", None, "fr"),
        ("jeanne roy", "fr", None, "fr"),
        ("jeanne roy", "en-GB", None, "en"),
        ("jeanne roy", "de", None, "de"),
        ("jeanne roy", "ja", None, "en"),
        ("Who is Anna Petit?", "en", "fr", "fr"),
        ("Who is Anna Petit?", "en", "xx", "en"),
    ],
)
async def test_the_answer_is_in_the_language_of_the_question_else_of_the_user(
    assistant: Assistant, text: str, locale: str, reply_in: str | None, expected: str
) -> None:
    reply = await assistant.ask(utterance(text, locale, reply_in=reply_in))
    assert reply.locale == expected


async def test_a_derived_date_says_how_it_was_worked_out(assistant: Assistant) -> None:
    reply = await assistant.ask(utterance("When was the footbridge opened?", "en"))
    assert reply.facts[0].when == "2020"
    assert reply.facts[0].when_text == "2020, worked out: 1 year after 2019"


async def test_a_relative_date_stays_what_the_article_says(assistant: Assistant) -> None:
    reply = await assistant.ask(utterance("Quand les riverains ont-ils porté plainte ?"))
    assert reply.facts[0].when_text == "« jeudi dernier », selon l'article de juin 2020"


async def test_a_near_miss_is_the_nearest_fact_in_the_language_of_the_question(assistant: Assistant) -> None:
    reply = await assistant.ask(utterance("Qui a remplacé Anna Petit au département ?"))
    assert reply.outcome == "suggest"
    assert (reply.facts, reply.score, reply.cause) == ((), None, None)
    assert reply.suggestions[0].id == "petit-role"
    assert reply.suggestions[0].text.endswith(" ?")
    assert reply.nearest[0].text.startswith("Anna Petit est")


async def test_every_exchange_is_journalled(assistant: Assistant, journal: MemoryJournal) -> None:
    for text in ("Qui est Anna Petit ?", "Qui a remplacé Anna Petit au département ?", "Qui garde le phare ?"):
        await assistant.ask(utterance(text))
    assert [(kept.outcome, kept.cause, kept.facts[:1]) for kept in journal.kept] == [
        ("answer", None, ("petit-role",)),
        ("suggest", None, ("petit-role",)),
        ("abstain", "unknown_name", ()),
    ]
    assert all(kept.elapsed_ms > 0 for kept in journal.kept)
    assert len({kept.id for kept in journal.kept}) == 3


async def test_a_choice_is_the_fact_and_follows_its_exchange(assistant: Assistant, journal: MemoryJournal) -> None:
    reply = await assistant.choose(utterance("…", "en", reply_in="fr"), "0123456789ab", "petit-role", MARK)
    assert reply is not None
    assert (reply.outcome, reply.facts[0].id, reply.locale) == ("answer", "petit-role", "fr")
    assert journal.kept[0].follows == "0123456789ab"


async def test_a_choice_of_a_fact_that_is_not_shown_is_nothing(assistant: Assistant, journal: MemoryJournal) -> None:
    assert await assistant.choose(utterance("…"), "0123456789ab", "no-such-fact", MARK) is None
    assert journal.kept == []


async def test_none_of_these_is_a_gap(assistant: Assistant, journal: MemoryJournal) -> None:
    reply = await assistant.choose_none(context(), "0123456789ab")
    assert (reply.outcome, reply.cause) == ("abstain", "no_fact")
    assert journal.kept[0].follows == "0123456789ab"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀😀😀",
        "**?**",
        "<@123456>",
        "\u202etiteP\u202c",
        "\x00\x1b[31m",
        "a" * 4000,
        "pourquoi Google " * 300,
        "\ud800",
    ],
)
async def test_bad_input_gets_a_clear_sentence(assistant: Assistant, journal: MemoryJournal, text: str) -> None:
    reply = await assistant.ask(utterance(text))
    assert reply.outcome in {"abstain", "suggest"}
    assert said(reply)
    assert len(journal.kept[0].question) <= MAX_QUESTION_CHARACTERS


async def test_no_fact_is_ever_said_without_its_source_and_its_claimant(story: Story, assistant: Assistant) -> None:
    for fact in story.shown_facts.values():
        for locale in story.languages:
            reply = await assistant.choose(replace(utterance("…"), reply_in=locale), "0123456789ab", fact.id, MARK)
            assert reply is not None
            text = said(reply)
            assert f"§ {fact.citations[0].paragraph}" in text
            assert fact.citations[0].exact in text
            if fact.by:
                assert story.entity[fact.by].name.get(locale) in text


@pytest.mark.clock
@pytest.mark.parametrize("text", ["When was Thessaly launched?", "pourquoi Farrant " * 20, "why halvard warned " * 300])
async def test_a_question_never_holds_up_the_event_loop_for_long(text: str) -> None:
    """A pause is measured in CPU time of this process, which other processes do not lengthen."""
    library = FixedLibrary()
    library.current = Shelf((edition_of(load_story("sonde"), installed()),))
    assistant = Assistant(Stories(library, MemoryBindings(), SteppedClock(), catalogue()), MemoryJournal())
    pauses = []
    for number in range(11):  # other texts each time, since what was encoded is remembered
        asking = asyncio.create_task(assistant.ask(utterance(f"{text} {number} thessaly")))
        longest = 0.0
        while not asking.done():
            before = time.process_time()
            await asyncio.sleep(0.0005)
            longest = max(longest, time.process_time() - before)
        pauses.append(longest)
    assert statistics.median(pauses) < LONGEST_PAUSE
