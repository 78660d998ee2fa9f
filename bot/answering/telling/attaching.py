"""Say in words what acting on a gap would do, and what was done, for the terminal and for editors in Discord."""

from collections.abc import Iterator, Sequence
from functools import partial

from bot.answering.answer_changes import AnswerChange
from bot.answering.attaching import MAX_RECENT_QUESTIONS, Trial
from bot.answering.edits import EditError
from bot.answering.telling.catalogue import Catalogue

MAX_CHANGES = 10  # of each kind; the others are counted
MAX_PROBLEMS = 10


def trial_lines(trial: Trial, locale: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return what would be written and what would change; what an editor must agree to comes first."""
    parts = _warnings, _additions, _wordings, _other_changes
    return tuple(line for part in parts for line in part(trial, locale, catalogue))


def done_lines(trial: Trial, waiting: int, told: int, locale: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return what was written, what to do next, and how many readers were told or are still waiting to be."""
    text, count, files = partial(catalogue.text, locale), partial(catalogue.count, locale), trial.proposal.files
    lines = []
    if files:
        lines += [text("attach.written", files=", ".join(file.name for file in files))]
        lines += [text("attach.draft_next" if _is_hidden(trial) else "attach.next")]
    if told:
        lines.append(count("attach.told", told))
    if waiting > told:
        lines.append(count("attach.waiting", waiting - told))
    return tuple(lines) or (text("attach.nothing"),)


def refusal_line(error: EditError, locale: str, catalogue: Catalogue) -> str:
    """Return that nothing was written, and why."""
    reason = catalogue.text(locale, f"attach.why.{error.reason}", **error.values)
    return catalogue.text(locale, "attach.refused", reason=reason)


def _warnings(trial: Trial, locale: str, catalogue: Catalogue) -> Iterator[str]:
    if not trial.is_possible:
        yield catalogue.text(locale, "attach.impossible")
    yield from trial.proposal.problems[:MAX_PROBLEMS]
    if trial.worse:
        yield catalogue.count(locale, "attach.worse", len(trial.worse))
        yield from _changes(trial.worse, locale, catalogue)


def _additions(trial: Trial, locale: str, catalogue: Catalogue) -> Iterator[str]:
    for file in trial.proposal.files:
        for number, line in file.added:
            yield catalogue.text(locale, "attach.line", file=file.name, number=number, line=line.strip())
    if not trial.proposal.files:
        yield catalogue.text(locale, "attach.nothing")


def _wordings(trial: Trial, locale: str, catalogue: Catalogue) -> Iterator[str]:
    for row in trial.tried:
        key = "attach.gets" if row.fact else "attach.gets_none"
        yield catalogue.text(locale, key, question=row.text, fact=row.fact)
    if trial.fact and len(trial.tried) == 1:
        yield catalogue.text(locale, "attach.one_wording")
    for left in trial.left_out:
        yield catalogue.text(locale, f"attach.left_out.{left.why}", question=left.text, detail=left.detail)


def _other_changes(trial: Trial, locale: str, catalogue: Catalogue) -> Iterator[str]:
    others = [change for change in trial.changes if change not in trial.worse]
    if others:
        yield catalogue.count(locale, "attach.better", len(others))
        yield from _changes(others, locale, catalogue)
    elif trial.is_possible and trial.proposal.files and not trial.worse:
        yield catalogue.text(locale, "attach.no_change", number=MAX_RECENT_QUESTIONS)


def _changes(changes: Sequence[AnswerChange], locale: str, catalogue: Catalogue) -> Iterator[str]:
    nothing = catalogue.text(locale, "attach.no_answer")
    for change in changes[:MAX_CHANGES]:
        facts = {"before": change.before or nothing, "after": change.after or nothing}
        yield catalogue.text(locale, "attach.change", question=change.question, **facts)
    if len(changes) > MAX_CHANGES:
        yield catalogue.count(locale, "list.more", len(changes) - MAX_CHANGES)


def _is_hidden(trial: Trial) -> bool:
    """Return whether the fact is one that readers are not shown yet."""
    after = trial.proposal.after
    return bool(trial.fact and after and trial.fact not in after.story.shown_facts)
