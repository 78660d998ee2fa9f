"""The editors' commands on what readers asked: in vain, and at all."""

from pathlib import Path
from typing import Annotated

import typer

from bot.answering.limits import DEFAULT_DAYS, MAX_DAYS, MAX_GAPS
from bot.cli.commands.options import Gap, Knowledge, Output, Since, Story, Yes
from bot.cli.defaults import DEFAULT_GAPS, ExportFormat


def gaps(
    *,
    story: Story = None,
    since: Since = None,
    limit: Annotated[int, typer.Option(min=1, max=MAX_GAPS, help="How many at most.")] = DEFAULT_GAPS,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per gap.")] = False,
    knowledge: Knowledge = None,
) -> None:
    """List what readers asked in vain, what most readers asked first; nothing is changed."""
    from bot.cli import gaps

    gaps.show_gaps(story, since, limit, knowledge, as_json=as_json)


def attach(
    gap: Gap,
    fact: Annotated[str, typer.Argument(metavar="FACT", help="The fact's id.")],
    *,
    yes: Yes = False,
    knowledge: Knowledge = None,
) -> None:
    """Let a fact answer what readers asked in vain: add their wordings to it, and tell whoever waits."""
    from bot.cli import attaching

    attaching.attach(gap, fact, knowledge, yes=yes)


def not_ours(gap: Gap, *, yes: Yes = False, knowledge: Knowledge = None) -> None:
    """Expect no answer to what readers asked in vain: it is no longer listed, and tested from now on."""
    from bot.cli import attaching

    attaching.not_ours(gap, knowledge, yes=yes)


def draft(gap: Gap, *, yes: Yes = False, knowledge: Knowledge = None) -> None:
    """Draft a new fact that answers what readers asked in vain, for an editor to complete."""
    from bot.cli import attaching

    attaching.draft(gap, knowledge, yes=yes)


def stats(
    *,
    days: Annotated[int, typer.Option(min=1, max=MAX_DAYS, help="How many days, today included.")] = DEFAULT_DAYS,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    picture: Annotated[Path | None, typer.Option(help="Write a picture of the questions per day (PNG).")] = None,
    knowledge: Knowledge = None,
) -> None:
    """Show how many questions were asked, what they got, and which facts nobody asked for."""
    from bot.cli import usage

    usage.stats(days, picture, knowledge, as_json=as_json)


def export(
    *,
    form: Annotated[ExportFormat, typer.Option("--format", help="csv or jsonl.")] = ExportFormat.CSV,
    since: Since = None,
    output: Output = None,
    knowledge: Knowledge = None,
) -> None:
    """Export the questions with their answers and votes, without who asked or where."""
    from bot.cli import usage

    usage.export(form, since, output, knowledge)
