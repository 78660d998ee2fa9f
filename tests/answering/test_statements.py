"""Checking a text against the story: sentences that match a fact are found, others are ignored."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.editions import Shelf
from bot.answering.statements import MAX_SENTENCES, check_statements, sentences
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from tests.fakes import FixedLibrary, MemoryBindings, SteppedClock, context

STATEMENTS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "statements.json").read_text("utf-8"))
MET, WRONG, NOISE = 0.7, 0.03, 0.03  # measured 0.78, 0.01, 0.00 with the encoder and 0.71, 0.01, 0.00 by words


@pytest.fixture
def stories(shelf: Shelf) -> Stories:
    return stories_of(shelf)


def stories_of(shelf: Shelf) -> Stories:
    library = FixedLibrary()
    library.current = shelf
    return Stories(library, MemoryBindings(), SteppedClock(), catalogue())


async def found(stories: Stories, text: str, locale: str) -> list[str]:
    return [meeting.facts[0].id for meeting in await check_statements(stories, context(locale), text)]


@pytest.mark.slow
async def test_readers_statements_meet_their_facts_and_other_talk_meets_none(first_shelf: Shelf) -> None:
    """The sentences were written without knowledge of the algorithm; a quarter of them get a detail wrong."""
    stories = stories_of(first_shelf)
    met = wrong = noise = 0
    for row in STATEMENTS:
        facts = await found(stories, row["sentence"], row["language"])
        met += bool(facts) and facts[0] in row["meets"]
        wrong += bool(facts and row["meets"]) and facts[0] not in row["meets"]
        noise += bool(facts) and not row["meets"]
    about = sum(bool(row["meets"]) for row in STATEMENTS)
    assert met / about >= MET
    assert wrong / about <= WRONG
    assert noise / (len(STATEMENTS) - about) <= NOISE


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("The region paid 10% of the footbridge.", "region-share"),
        ("La mairie a porté plainte contre les riverains.", "complaint-filed"),
        ("The town hall closed the bridge in 2012.", "bridge-closed"),
    ],
)
async def test_a_statement_that_gets_it_wrong_meets_the_fact_too(stories: Stories, text: str, fact: str) -> None:
    assert await found(stories, text, "en") == [fact]


async def test_each_fact_is_shown_once_with_its_other_side_in_the_readers_language(stories: Stories) -> None:
    text = "Selon Anna Petit le pont est dangereux. Il fait beau ! Anna Petit says that the bridge is dangerous."
    (meeting,) = await check_statements(stories, context("en"), text)
    assert meeting.text == "Selon Anna Petit le pont est dangereux"
    first, *others = meeting.facts
    assert (first.kind, first.by) == ("claim", "anna-petit")
    assert any(view.kind == "denial" for view in others)
    assert first.text.startswith("Anna Petit asserts")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("M. Roy est parti. Mr. Garnier est resté !", ["M. Roy est parti", "Mr. Garnier est resté"]),
        ("Un\n\n- deux\n> trois… quatre", ["Un", "deux", "trois", "quatre"]),
        ("« Il a dit oui. » Et puis non", ["Il a dit oui", "Et puis non"]),
        ("49.5 % de v1.2", ["49.5 % de v1.2"]),
        (" \n ", []),
    ],
)
def test_a_text_is_split_into_its_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text(max_size=3000))
def test_any_text_can_be_split(text: str) -> None:
    parts = sentences(text)
    assert len(parts) <= MAX_SENTENCES
    assert all(part and part in text for part in parts)
