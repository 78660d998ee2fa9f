"""The command line: `commands` are what is typed, the modules beside it what is done."""

from typing import Annotated

import typer

from bot.cli.commands import curating, readers, running
from bot.cli.streams import open_closed_streams, output_that_may_fail, replace_what_does_not_fit

COMMANDS = (
    *(running.run, running.playground, running.desk, running.ask),
    *(curating.check, curating.schema),
    *(readers.attach, readers.not_ours, readers.draft),
    *(curating.new, curating.init, curating.import_, curating.suggest),
    *(curating.diff, curating.rollback, curating.feed),
    *(readers.stats, readers.export, readers.gaps, running.backup),
)

NAMES = {"import_": "import"}  # of commands whose function needs another name

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
    open_closed_streams()
    replace_what_does_not_fit()
    with output_that_may_fail():
        app()


def _version(*, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"onrecord {version('onrecord')}")
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
