"""The editors' commands that act on a gap: `attach`, `not-ours` and `draft`."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import typer

from bot.answering.attaching import Attaching, Trial
from bot.answering.edits import EditError
from bot.answering.gaps import Gap, find_gap, gaps
from bot.answering.telling.attaching import done_lines, refusal_line, trial_lines
from bot.answering.telling.catalogue import catalogue
from bot.app import open_attaching
from bot.cli.common import at_terminal, fail, run_async, stories_or_exit
from bot.cli.waiting import opening

Act = Callable[[Attaching, Gap], Awaitable[Trial]]


def attach(gap: str, fact: str, knowledge: Path | None, *, yes: bool) -> None:
    """Let a fact answer a gap."""
    run_async(_act(gap, lambda attaching, found: attaching.attach(found, fact), knowledge, yes=yes))


def not_ours(gap: str, knowledge: Path | None, *, yes: bool) -> None:
    """Expect no answer to a gap."""
    run_async(_act(gap, lambda attaching, found: attaching.not_ours(found), knowledge, yes=yes))


def draft(gap: str, knowledge: Path | None, *, yes: bool) -> None:
    """Draft a new fact that answers a gap."""
    run_async(_act(gap, lambda attaching, found: attaching.draft(found), knowledge, yes=yes))


async def _act(text: str, act: Act, knowledge: Path | None, *, yes: bool) -> None:
    """Try the act, show what it does, ask if anything gets worse, and write it."""
    async with opening(open_attaching(stories_or_exit(knowledge=knowledge))) as (library, journal, attaching):
        found = find_gap(await gaps(library.current, journal.question_log), text)
        if found is None:
            fail(f"{text!r} is not the beginning of one gap's id; see onrecord gaps.")
        try:
            trial = await act(attaching, found)
            print(*trial_lines(trial, "en", catalogue()), sep="\n")
            if not trial.is_possible or (trial.needs_consent and not yes and not _agrees()):
                raise typer.Exit(1)
            waiting = await attaching.confirm(trial)
        except EditError as error:
            fail(refusal_line(error, "en", catalogue()))
    print("", *done_lines(trial, waiting, 0, "en", catalogue()), sep="\n")


def _agrees() -> bool:
    """Return whether the editor agrees; nobody is asked if they cannot answer."""
    if not at_terminal():
        print("Nothing was written; add --yes to write it all the same.")
        return False
    return typer.confirm("Write it all the same?")
