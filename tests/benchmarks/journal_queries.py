"""Every query of the journal, to be measured and explained."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.answering.context import Context
from bot.answering.feedback import Mistake, Settlement, Waiting
from bot.answering.history import Change, Revision, ShownMessage
from bot.answering.versions import KeptVersion, StoryFiles
from bot.journal.journal import SqlJournal
from tests.benchmarks.filled_journal import NOW, Filled
from tests.journal.test_journal import exchange

GAP_QUESTIONS = 5_000
RECENT_QUESTIONS = 1_000
REPORTS = 100
GAP_EXCHANGES = 300
BATCH = 200
VERSION = KeptVersion("story-0", 1, "000000000000", NOW, 0, "story-0", {})
Run = Callable[[SqlJournal, Filled, int], Awaitable[Any]]


@dataclass(frozen=True)
class Query:
    """A call of the journal: what it does, and who waits for it."""

    run: Run
    who: str = "reader"  # nobody: it runs in the background, or at the start


def _context(filled: Filled, turn: int) -> Context:
    return Context(filled.users[turn], 5, 3, "fr", NOW + timedelta(seconds=turn))


def _mistake(filled: Filled, turn: int) -> Mistake:
    return Mistake(filled.ids[turn], "C'est faux.", "", NOW)


def _waiting(filled: Filled, turn: int) -> Waiting:
    return Waiting(filled.ids[turn], f"Qui {turn} ?", _context(filled, turn), None, None)


def _message(filled: Filled, turn: int) -> ShownMessage:
    message, channel = filled.messages[turn]
    return ShownMessage(message, channel, False, "story-0", "1", "fr", ("fact-1",), NOW)


async def _exported(journal: SqlJournal, filled: Filled, _turn: int) -> int:
    return len([one async for one in journal.usage.exchanges(NOW - timedelta(days=3))])


async def _written(journal: SqlJournal, filled: Filled, turn: int) -> int:
    for number in range(BATCH):
        one = exchange(10**9 + turn * BATCH + number, f"Qui {number} ?")
        journal.record(replace(one, context=_context(filled, turn)))
    await journal.flush()
    return BATCH


async def _revised(journal: SqlJournal, _filled: Filled, turn: int) -> bool:
    revision = Revision(f"{turn:012x}", NOW, (Change("fact-1", "edited"),))
    files = StoryFiles("story-9", {"facts.yml": b"facts: []"})
    return await journal.history.add_revision(f"story-{turn}", {"fact-1": "0"}, revision, files)


async def _shared(journal: SqlJournal, filled: Filled, turn: int) -> None:
    for user in filled.users[:BATCH]:
        journal.uses.note("question", user, 60.0)
    await journal.uses.share()


QUERIES: dict[str, Query] = {
    "bindings.bind": Query(lambda j, f, t: j.bindings.bind(t + 1, "story-1", f.users[t]), "editor"),
    "desk_log.posted": Query(lambda j, f, t: j.desk_log.posted([f"gap {one}" for one in f.ids[:2000]]), "nobody"),
    "desk_log.add_posted": Query(lambda j, f, t: j.desk_log.add_posted([f"gap {f.ids[t]}"], NOW), "nobody"),
    "feedback.vote": Query(lambda j, f, t: j.feedback.vote(f.ids[t], f.users[t], NOW, helpful=True)),
    "feedback.report": Query(lambda j, f, t: j.feedback.report(_mistake(f, t), f.users[t])),
    "feedback.mistakes": Query(lambda j, f, t: j.feedback.mistakes(REPORTS), "editor"),
    "feedback.mistake": Query(lambda j, f, t: j.feedback.mistake(t + 1), "editor"),
    "feedback.settle": Query(lambda j, f, t: j.feedback.settle(t + 1, Settlement(NOW)), "editor"),
    "feedback.awaited": Query(lambda j, f, t: j.feedback.awaited(), "nobody"),
    "feedback.stop_awaiting": Query(lambda j, f, t: j.feedback.stop_awaiting(t + 1), "nobody"),
    "feedback.wait": Query(lambda j, f, t: j.feedback.wait(_waiting(f, t))),
    "feedback.waiting": Query(lambda j, f, t: j.feedback.waiting(), "nobody"),
    "feedback.cancel": Query(lambda j, f, t: j.feedback.cancel(f.users[t], f.ids[t])),
    "feedback.confirm": Query(
        lambda j, f, t: j.feedback.confirm(f.ids[t : t + GAP_EXCHANGES], "story-0", "fact-1"), "editor"
    ),
    "feedback.stop_waiting": Query(lambda j, f, t: j.feedback.stop_waiting(_waiting(f, t)), "nobody"),
    "history.shown_since, what is current left out": Query(
        lambda j, f, t: j.history.shown_since(NOW - timedelta(days=7), {f"story-{n}": "0" * 12 for n in range(20)}),
        "nobody",
    ),
    "history.shown_by": Query(lambda j, f, t: j.history.shown_by(f.messages[t][0])),
    "history.shown_between": Query(
        lambda j, f, t: j.history.shown_between(f.messages[t][1], f.messages[-1][0], f.messages[0][0]), "nobody"
    ),
    "history.update_message": Query(
        lambda j, f, t: j.history.update_message(_message(f, t), "2", ["fact-1"]), "nobody"
    ),
    "history.fingerprints": Query(lambda j, f, t: j.history.fingerprints("story-0"), "editor"),
    "history.add_revision": Query(_revised, "editor"),
    "history.versions": Query(lambda j, f, t: j.history.versions("story-0"), "editor"),
    "history.published": Query(lambda j, f, t: j.history.published(), "nobody"),
    "history.files": Query(lambda j, f, t: j.history.files(VERSION), "editor"),
    "history.revisions": Query(lambda j, f, t: j.history.revisions(f"story-{t}")),
    "history.first_loaded": Query(lambda j, f, t: j.history.first_loaded("story-0")),
    "privacy.load": Query(lambda j, f, t: j.privacy.load(), "nobody"),
    "privacy.opt_out": Query(lambda j, f, t: j.privacy.opt_out(f.users[-t - 1], NOW, out=True)),
    "privacy.stored, of who asked most": Query(lambda j, f, t: j.privacy.stored(f.users[t])),
    "privacy.forget": Query(lambda j, f, t: j.privacy.forget(f.users[len(f.users) // 10 + t])),
    "privacy.forget, of who asked most": Query(lambda j, f, t: j.privacy.forget(f.users[10 + t])),
    "read": Query(lambda j, f, t: j.read("commands"), "nobody"),
    "write": Query(lambda j, f, t: j.write("commands", str(t)), "nobody"),
    "record, 200 at once": Query(_written, "nobody"),
    "question_log.asked": Query(lambda j, f, t: j.question_log.asked(f.ids[t])),
    "question_log.recent, 1000": Query(lambda j, f, t: j.question_log.recent(RECENT_QUESTIONS), "editor"),
    "question_log.gap_questions, 5000": Query(
        lambda j, f, t: j.question_log.gap_questions(None, GAP_QUESTIONS), "editor"
    ),
    "question_log.gap_questions, of a week": Query(
        lambda j, f, t: j.question_log.gap_questions(NOW - timedelta(days=7), GAP_QUESTIONS), "editor"
    ),
    "retention.delete_before, one day": Query(
        lambda j, f, t: j.retention.delete_before(NOW - timedelta(days=365 - t)), "nobody"
    ),
    "usage.tally, 30 days": Query(
        lambda j, f, t: j.usage.tally(NOW - timedelta(days=30, hours=12), NOW + timedelta(hours=12)), "editor"
    ),
    "usage.tally, 366 days": Query(
        lambda j, f, t: j.usage.tally(NOW - timedelta(days=366, hours=12), NOW + timedelta(hours=12)), "editor"
    ),
    "usage.exchanges, 3 days": Query(_exported, "nobody"),
    "uses.share": Query(_shared, "nobody"),
}
