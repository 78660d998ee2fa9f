"""The command line: one module for each group of commands."""

from typing import Annotated

import typer

from bot import __version__
from bot.cli import asking, attaching, checking, drafting, gaps, keeping, publishing, serving, suggesting, usage
from bot.cli.streams import replace_what_does_not_fit

COMMANDS = (
    *(serving.run, serving.playground, serving.desk, asking.ask),
    *(checking.check, checking.schema),
    *(attaching.attach, attaching.not_ours, attaching.draft),
    *(drafting.new, drafting.init, drafting.import_, suggesting.suggest_asked),
    *(publishing.diff, publishing.rollback, publishing.feed),
    *(usage.stats, usage.export, gaps.gaps, keeping.backup),
)

NAMES = {"import_": "import", "suggest_asked": "suggest"}  # of commands whose function needs another name

app = typer.Typer(
    name="onrecord",
    help="Answer questions about a news story from curated, sourced facts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in COMMANDS:
    app.command(NAMES.get(command.__name__))(command)


def main() -> None:
    """Run the command line."""
    replace_what_does_not_fit()
    app()


def _version(*, wanted: bool) -> None:
    if wanted:
        print(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def onrecord(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=lambda wanted: _version(wanted=wanted), is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Answer questions about a news story from curated, sourced facts."""
