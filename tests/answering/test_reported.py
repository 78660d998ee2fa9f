"""What a reported message showed is told as it was then, in the language of the message."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answering.feedback import Mistake, ReportedMistake, ShownFacts
from bot.answering.history import Revision
from bot.answering.reported import facts_as_shown
from bot.answering.telling.catalogue import catalogue
from bot.journal.journal import open_journal
from bot.story.model import Story
from tests.fakes import FixedLibrary, files_of

AT = datetime(2024, 3, 5, tzinfo=UTC)
THEN, NOW = "aaaaaaaaaaaa", "000000000000"
FACT = "petit-role"


def report(number: int, version: str, *facts: str, locale: str | None = "fr") -> ReportedMistake:
    mistake = Mistake("0" * 12, "Faux.", "", AT, locale, None, ShownFacts("bridge", version, facts))
    return ReportedMistake(number, mistake, None)


def earlier(story: Story) -> Story:
    """Return the story as it was when a fact had other words."""
    words = {"fr": "Anna Petit est ingénieure.", "en": "Anna Petit is an engineer."}
    facts = tuple(
        fact.model_copy(update={"text": type(fact.text)(words)}) if fact.id == FACT else fact for fact in story.facts
    )
    return story.model_copy(update={"facts": facts})


@pytest.mark.parametrize(
    ("version", "locale", "text"),
    [
        (THEN, "fr", "Anna Petit est ingénieure."),
        (THEN, "en", "Anna Petit is an engineer."),
        (NOW, "fr", "Anna Petit est l'ingénieure en chef du département."),
        (NOW, None, "Anna Petit is the county's chief engineer."),
    ],
)
async def test_a_fact_is_told_as_it_was_shown(
    story: Story, tmp_path: Path, version: str, locale: str | None, text: str
) -> None:
    library = FixedLibrary(story)
    async with open_journal(f"sqlite+aiosqlite:///{tmp_path}/journal.db", "a key for the tests only") as journal:
        await journal.history.add_revision("bridge", {}, Revision(THEN, AT, ()), files_of(earlier(story)))
        reports = [report(7, version, FACT, "no-such-fact", locale=locale)]
        shown = await facts_as_shown(reports, library, journal.history, catalogue(), "en")
    assert [(fact.id, fact.text) for fact in shown[7]] == [(FACT, text)]


async def test_a_version_that_is_not_kept_shows_nothing(story: Story, tmp_path: Path) -> None:
    async with open_journal(f"sqlite+aiosqlite:///{tmp_path}/journal.db", "a key for the tests only") as journal:
        reports = [report(1, "bbbbbbbbbbbb", FACT), ReportedMistake(2, Mistake("0" * 12, "Faux.", "", AT), None)]
        shown = await facts_as_shown(reports, FixedLibrary(story), journal.history, catalogue(), "en")
    assert shown == {1: ()}
