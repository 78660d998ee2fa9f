"""The contract of the library, for the one on disk and for the fake."""

import asyncio
from pathlib import Path

import pytest

from bot.answering.editions import Shelf
from bot.answering.ports import Library
from bot.answering.versions import StoryFiles
from bot.library.library import FileLibrary, read_knowledge
from tests.fakes import FixedLibrary
from tests.small_story import write_small_story
from tests.spanish_story import write_spanish_story


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Shelf]:
    root = tmp_path_factory.mktemp("stories")
    write_small_story(root)
    write_spanish_story(root)
    shelf = read_knowledge(root / "knowledge", root / "seeds").shelf
    assert shelf is not None
    return root, shelf


@pytest.fixture(params=["fixed", "files"])
def library(request: pytest.FixtureRequest, shelf: tuple[Path, Shelf]) -> Library:
    root, loaded = shelf
    if request.param == "fixed":
        return FixedLibrary(*(edition.story for edition in reversed(loaded.editions)))
    return FileLibrary(root / "knowledge", root / "seeds", None, None, loaded)


def test_the_stories_are_in_the_order_of_their_ids(library: Library) -> None:
    ids = [edition.story.id for edition in library.current.editions]
    assert len(ids) == 2
    assert ids == sorted(ids)


def test_the_same_stories_are_the_same_shelf(library: Library) -> None:
    assert library.current is library.current


async def test_a_reload_tells_the_shelf_that_is_current_then(library: Library) -> None:
    report = await library.reload()
    assert report.loaded
    assert report.shelf is library.current


async def test_a_change_is_waited_for(library: Library) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(library.changed(library.current), 0.05)


async def test_a_change_that_was_before_is_not_waited_for(library: Library) -> None:
    assert await asyncio.wait_for(library.changed(Shelf(())), 5) is library.current


async def test_what_is_prepared_is_served_only_once_it_is_published(library: Library) -> None:
    before = library.current
    prepared = await library.prepare()
    assert library.current is before
    assert prepared.served is before
    assert not prepared.is_changed
    report = await library.publish(prepared)
    assert report.loaded
    assert library.current is prepared.shelf


async def test_what_was_prepared_for_other_stories_is_not_published(library: Library) -> None:
    restored = [library.current.editions[0].files]
    early, late = await library.prepare(restored), await library.prepare(restored)
    assert (await library.publish(late)).loaded
    assert not (await library.publish(early)).loaded
    assert library.current is late.shelf


async def test_a_story_of_another_process_is_served_beside_the_others(library: Library) -> None:
    first, second = library.current.editions
    await library.serve(first.files)
    assert library.current.editions[0].story == first.story
    assert library.current.editions[0] is not first
    assert library.current.editions[1].story == second.story


async def test_files_that_cannot_be_read_are_not_served(library: Library) -> None:
    before = library.current
    await library.serve(StoryFiles())
    assert library.current is before


async def test_the_files_of_an_edition_are_its_story(library: Library) -> None:
    for edition in library.current.editions:
        assert await library.read(edition.files) == edition.story
    assert await library.read(StoryFiles()) is None


async def test_the_files_on_disk_are_those_that_were_read(library: Library) -> None:
    for edition in library.current.editions:
        on_disk = await library.on_disk(edition.files.folder)
        assert {name: on_disk[name] for name in edition.files.checksums} == edition.files.checksums
