"""The editors' commands on the files: `check` and `schema`."""

from pathlib import Path

import typer

from bot.answering.editions import Edition
from bot.app import open_encoder
from bot.cli.common import fail, settings_or_exit, stories_or_exit
from bot.cli.defaults import SchemaName
from bot.cli.streams import json_text
from bot.cli.waiting import loading
from bot.library.library import read_knowledge
from bot.library.problems import has_errors
from bot.library.schema import schemas
from bot.settings import Settings, SettingsError
from bot.story.model import Story


def check(articles: Path | None, knowledge: Path | None, *, database: bool) -> None:
    """Check the fact base: every rule, every quotation, and each story's own questions."""
    if database:
        _check_database(settings_or_exit())
        return
    settings = stories_or_exit(articles=articles, knowledge=knowledge)
    if settings.articles and not settings.articles.is_dir():
        fail(f"ONRECORD_ARTICLES: there is no folder {settings.articles}.")
    try:
        with loading():
            encoder = open_encoder(settings)
            reading = read_knowledge(settings.knowledge, settings.seeds_folder, settings.articles, encoder)
    except SettingsError as error:
        fail(str(error))
    for problem in reading.problems:
        print(problem)
    errors = sum(problem.level == "error" for problem in reading.problems)
    warnings = sum(problem.level == "warning" for problem in reading.problems)
    for edition in reading.shelf.editions if reading.shelf else ():
        story = edition.story
        print(
            f"{story.id}: {_facts(story)}, {len(story.entities)} entities, {len(story.events)} events, "
            f"{_questions(edition)}"
        )
    print(f"{errors} errors, {warnings} warnings")
    if has_errors(reading.problems):
        raise typer.Exit(1)


def _check_database(settings: Settings) -> None:
    """Print what is right and wrong with the database; exit with status 1 if anything is wrong."""
    from bot.journal.database import JournalError
    from bot.journal.soundness import check_database

    is_sound = True
    try:
        for is_good, sentence in check_database(settings.database_url, settings.secret_key):
            print(sentence)
            is_sound &= is_good
    except JournalError as error:
        fail(str(error))
    if not is_sound:
        raise typer.Exit(1)


def _facts(story: Story) -> str:
    """Return how many facts a story has, with the drafts among them counted apart."""
    drafts = sum(fact.status == "draft" for fact in story.facts)
    return f"{len(story.facts) - drafts} facts" + (f", {drafts} drafts" if drafts else "")


def _questions(edition: Edition) -> str:
    """Return how many questions a story has, and which share of them is answered."""
    count = f"{len(edition.story.questions)} questions"
    if edition.answered is None:
        return f"{count} (none of them expects a fact)" if edition.story.questions else "no questions"
    return f"{count} ({edition.answered:.0%} of those in scope answered)"


def schema(name: SchemaName) -> None:
    """Print the JSON Schema of story files, or of article records."""
    print(json_text(schemas()[name], 2))
