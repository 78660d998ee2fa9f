"""Saved files are reloaded, whatever else happens to them."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answering.editions import ReloadReport
from bot.library import watch
from bot.library.library import FileLibrary
from bot.library.watch import reload_on_save
from tests.small_story import edit
from tests.spanish_story import write_spanish_story

PATIENCE = 15.0  # seconds


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "SETTLE_MILLISECONDS", 50)


@pytest.fixture
async def library(small_story: Path) -> AsyncIterator[FileLibrary]:
    opened = await FileLibrary.open(small_story / "knowledge", small_story / "seeds")
    watching = asyncio.create_task(reload_on_save(opened, (small_story / "knowledge", small_story / "no-such-folder")))
    await asyncio.sleep(0)  # it watches from the first step of the task on
    yield opened
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


async def test_each_result_is_noted(library: FileLibrary, small_story: Path) -> None:
    noted: list[ReloadReport] = []
    watching = asyncio.create_task(reload_on_save(library, (small_story / "knowledge",), noted.append))
    await asyncio.sleep(0)
    edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
    async with asyncio.timeout(PATIENCE):
        while not noted:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    assert not noted[0].loaded
    assert noted[0].problems


async def until(library: FileLibrary, stories: list[str], *, loaded: bool = True) -> None:
    async with asyncio.timeout(PATIENCE):
        while sorted(library.current.by_id) != stories or library.latest.loaded is not loaded:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_a_folder_that_is_moved_here_is_loaded_and_gone_when_it_is_moved_away(
    library: FileLibrary, small_story: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    write_spanish_story(elsewhere)
    for record in await asyncio.to_thread(lambda: list((elsewhere / "seeds").iterdir())):
        shutil.copy(record, small_story / "seeds")
    shutil.move(elsewhere / "knowledge" / "puerto", small_story / "knowledge")
    await until(library, ["bridge", "puerto"])
    shutil.move(small_story / "knowledge" / "puerto", elsewhere)
    await until(library, ["bridge"])


async def test_a_story_that_says_nothing_yet_does_not_end_the_watch(library: FileLibrary, small_story: Path) -> None:
    second = small_story / "knowledge" / "second"
    second.mkdir()
    (second / "story.yml").write_text("story: {id: second, title: Second, languages: [fr, en], as_of: '2020'}", "utf-8")
    await until(library, ["bridge", "second"])
    edit(small_story / "knowledge" / "bridge", "facts.yml", "by: anna-petit", "by: nobody")
    await until(library, ["bridge", "second"], loaded=False)
