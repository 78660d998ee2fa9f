"""Changes between versions are recorded before they are announced."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.answering import publishing
from bot.answering.editions import Edition, Shelf
from bot.answering.history import Change
from bot.answering.ports import History
from bot.answering.publishing import Publishing, changes, fingerprints
from bot.journal.journal import open_journal
from bot.story.model import Story
from tests.fakes import FixedLibrary, SetClock, files_of

FACT = "bridge-dangerous"


def with_fact(story: Story, fact: str, **update: Any) -> Story:
    """Return the story with a fact changed; it is rebuilt, since a story caches its indexes."""
    facts = [one.model_copy(update=update) if one.id == fact else one for one in story.facts]
    return Story(**{**{name: getattr(story, name) for name in Story.model_fields}, "facts": tuple(facts)})


def other_text(story: Story) -> Any:
    return story.shown_facts["region-share"].text


@pytest.mark.parametrize(
    ("status", "what"), [("corrected", "corrected"), ("published", "edited"), ("withdrawn", "withdrawn")]
)
def test_a_fact_that_reads_otherwise_has_changed(story: Story, status: str, what: str) -> None:
    after = with_fact(story, FACT, status=status, text=other_text(story))
    (change,) = changes(fingerprints(story), after)
    assert (change.fact, change.what) == (FACT, what)


@pytest.mark.parametrize("seen", ["kind", "by", "when", "citations", "replies_to"])
def test_a_fact_that_is_told_otherwise_has_changed(story: Story, seen: str) -> None:
    fact, others = story.shown_facts[FACT], story.shown_facts.values()
    other = next(value for one in others if (value := getattr(one, seen)) != getattr(fact, seen))
    assert changes(fingerprints(story), with_fact(story, FACT, **{seen: other})) == (Change(FACT, "edited"),)


def test_what_a_reader_does_not_see_is_no_change(story: Story) -> None:
    after = with_fact(story, FACT, asked=story.shown_facts["region-share"].asked, about=(), answers=(), roles=())
    assert changes(fingerprints(story), after) == ()
    assert changes(fingerprints(story), with_fact(story, FACT, status="corrected")) == ()


def test_a_version_of_the_bot_that_reads_more_keys_takes_no_fact_for_an_edited_one(story: Story) -> None:
    """The fingerprints of the last version are in the journal."""
    assert fingerprints(story)["bridge-closed"] == "29fa1000eef5"
    assert fingerprints(story)["complaint-filed"] == "396111582b01"


def test_a_fact_that_comes_back_is_added(story: Story) -> None:
    before = fingerprints(with_fact(story, FACT, status="draft"))
    (change,) = changes(before, story)
    assert (change.fact, change.what) == (FACT, "added")


class EditedLibrary(FixedLibrary):
    """A library whose story can be replaced."""

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self._edited = asyncio.Event()

    def edit(self, story: Story) -> None:
        (edition,) = self.current.editions
        self.current = Shelf((Edition(story, edition.decider, "111111111111", 1.0, files_of(story)),))
        self._edited.set()
        self._edited = asyncio.Event()

    async def changed(self, seen: Shelf) -> Shelf:
        while self.current is seen:
            await self._edited.wait()
        return self.current


@pytest.fixture
async def history(tmp_path: Path) -> AsyncIterator[History]:
    async with open_journal(f"sqlite+aiosqlite:///{tmp_path}/journal.db", None) as journal:
        yield journal.history


async def test_a_version_is_recorded_before_it_is_announced(story: Story, history: History) -> None:
    library, announced = EditedLibrary(story), asyncio.Queue[tuple[str, list[tuple[str, str]]]]()

    async def announce() -> None:
        for revision in await history.revisions(story.id):
            announced.put_nowait((revision.version, [(one.fact, one.what) for one in revision.changes]))

    works = Publishing(library, history, SetClock())
    await works.record()
    assert await history.revisions(story.id) == []
    running = asyncio.create_task(works.run(announce))
    library.edit(with_fact(story, FACT, status="withdrawn"))
    assert await asyncio.wait_for(announced.get(), 10) == ("111111111111", [(FACT, "withdrawn")])
    running.cancel()


async def test_an_announcement_that_fails_is_tried_again(
    story: Story, history: History, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(publishing, "REPEAT_SECONDS", 0.01)
    tries, is_told = [False, True], asyncio.Event()

    async def announce() -> None:
        if not tries.pop(0):
            raise OSError("no connection")
        is_told.set()

    running = asyncio.create_task(Publishing(EditedLibrary(story), history, SetClock()).run(announce))
    await asyncio.wait_for(is_told.wait(), 10)
    running.cancel()
    assert "trying again" in caplog.text
    assert len(await history.revisions(story.id)) == 0


async def test_two_records_at_once_are_one(story: Story, history: History) -> None:
    library = EditedLibrary(story)
    works = Publishing(library, history, SetClock())
    await works.record()
    library.edit(with_fact(story, FACT, status="withdrawn"))
    await asyncio.gather(works.record(), works.record())
    (revision,) = await history.revisions(story.id)
    assert [(one.fact, one.what) for one in revision.changes] == [(FACT, "withdrawn")]
    assert len(await history.versions(story.id)) == 2


async def test_two_processes_that_publish_the_same_record_it_once(story: Story, history: History) -> None:
    edited = with_fact(story, FACT, status="withdrawn")
    libraries = [EditedLibrary(story), EditedLibrary(story)]
    processes = [Publishing(library, history, SetClock()) for library in libraries]
    await asyncio.gather(*(process.record() for process in processes))
    for library in libraries:
        library.edit(edited)
    await asyncio.gather(*(process.record() for process in processes))
    assert len(await history.revisions(story.id)) == 1
    assert len(await history.versions(story.id)) == 2


async def test_a_process_does_not_record_its_stories_again_after_another_published_newer_ones(
    story: Story, history: History
) -> None:
    newer, older = EditedLibrary(story), Publishing(EditedLibrary(story), history, SetClock())
    await older.record()
    newer.edit(with_fact(story, FACT, status="withdrawn"))
    await Publishing(newer, history, SetClock()).record()
    await older.record()
    assert [one.version for one in await history.versions(story.id)] == ["111111111111", "000000000000"]


async def test_a_change_keeps_the_fact_as_it_was_and_as_it_became(story: Story, history: History) -> None:
    library = EditedLibrary(story)
    works = Publishing(library, history, SetClock())
    await works.record()
    library.edit(with_fact(story, FACT, status="corrected", text=other_text(story)))
    await works.record()
    library.edit(story)
    (revision,) = await history.revisions(story.id)
    (change,) = revision.changes
    assert change.before is not None
    assert change.after is not None
    assert change.before.shown_facts[FACT].text == story.shown_facts[FACT].text
    assert change.after.shown_facts[FACT].text == other_text(story)


async def test_a_version_that_changes_no_fact_is_kept_all_the_same(story: Story, history: History) -> None:
    library = EditedLibrary(story)
    works = Publishing(library, history, SetClock())
    await works.record()
    library.edit(with_fact(story, FACT, asked=story.shown_facts["region-share"].asked))
    await works.record()
    newest, oldest = await history.versions(story.id)
    assert (newest.changes, newest.version) == (0, "111111111111")
    assert await library.read(await history.files(newest)) == library.current.editions[0].story
    assert await library.read(await history.files(oldest)) == story
    assert await history.revisions(story.id) == []
