"""The editors' commands on the fact base: its files and its versions."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.commands.options import Knowledge, Output, Story
from bot.cli.defaults import DEFAULT_DOMAIN, DEFAULT_LANGUAGES, SchemaName


def check(
    articles: Annotated[Path | None, typer.Option(help="Folder of the articles' texts, to verify quotations.")] = None,
    knowledge: Knowledge = None,
    database: Annotated[bool, typer.Option("--database", help="Check the bot's database instead.")] = False,
) -> None:
    """Check the fact base: every rule, every quotation, and each story's own questions."""
    from bot.cli import checking

    checking.check(articles, knowledge, database=database)


def schema(name: Annotated[SchemaName, typer.Argument(help="Which kind of file.")] = SchemaName.STORY) -> None:
    """Print the JSON Schema of story files, or of article records."""
    from bot.cli import checking

    checking.schema(name)


def init(
    folder: Annotated[Path, typer.Argument(help="The folder; it is made if it is not there.")] = Path(),
) -> None:
    """Make a working folder: an example story with its articles, the settings (.env) and the schemas."""
    from bot.cli import drafting

    drafting.init(folder)


def new(
    story: Annotated[str, typer.Argument(help="The story's id: lower-case words with hyphens.")],
    *,
    languages: Annotated[str, typer.Option(help="Languages of its texts, the story's own first.")] = DEFAULT_LANGUAGES,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    knowledge: Knowledge = None,
) -> None:
    """Make the folder of a new story, with commented files to fill in."""
    from bot.cli import drafting

    drafting.new(story, languages, title, knowledge)


def import_(
    articles: Annotated[list[Path], typer.Argument(help="Articles as text (.txt), Markdown (.md) or HTML (.html).")],
    *,
    story: Annotated[str | None, typer.Option(help="The story; without it, a new one with the article's id.")] = None,
    url: Annotated[str | None, typer.Option(help="Address of the article.")] = None,
    published: Annotated[str | None, typer.Option(help="Date of the article (EDTF), such as 2024-03-04.")] = None,
    own_id: Annotated[str | None, typer.Option("--id", help="Id of the article; without it, its file's name.")] = None,
    knowledge: Knowledge = None,
) -> None:
    """Record articles in seeds/ and draft their facts: quotations with their speakers, dates, figures, names."""
    from bot.cli import drafting

    drafting.import_(articles, story, url, published, own_id, knowledge)


def suggest(
    fact: Annotated[str, typer.Argument(help="The fact's id.")],
    *,
    story: Annotated[str | None, typer.Option(help="The story, if two have a fact of that id.")] = None,
    knowledge: Knowledge = None,
) -> None:
    """Propose what readers may ask to get a fact, and say of each whether it would."""
    from bot.cli import suggesting

    suggesting.suggest_asked(fact, story, knowledge)


def diff(*, story: Story = None, knowledge: Knowledge = None) -> None:
    """Show what publishing the files would change; exit with status 1 if problems prevent it."""
    from bot.cli import publishing

    publishing.diff(story, knowledge)


def rollback(
    version: Annotated[str, typer.Argument(help="The version to go back to, as /facts rollback and the feed name it.")],
    *,
    story: Annotated[str | None, typer.Option(help="Of this story, by its id, if several have the version.")] = None,
    knowledge: Knowledge = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before the files are written.")] = False,
) -> None:
    """Write the files of an earlier version back; the bot publishes them when it reloads."""
    from bot.cli import publishing

    publishing.rollback(version, story, knowledge, yes=yes)


def feed(
    *,
    story: Story = None,
    locale: Annotated[str | None, typer.Option(help="Language of the feed, such as fr.")] = None,
    domain: Annotated[str, typer.Option(help="A domain of yours; the ids of the feed contain it.")] = DEFAULT_DOMAIN,
    url: Annotated[str | None, typer.Option(help="The address that the feed will have.")] = None,
    output: Output = None,
    knowledge: Knowledge = None,
) -> None:
    """Write an Atom feed of what was added, corrected or withdrawn."""
    from bot.cli import publishing

    publishing.feed(story, locale, domain, url, output, knowledge)
