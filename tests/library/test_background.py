"""Long computations in a thread: the garbage collector pauses meanwhile, and always runs again."""

import asyncio
import gc
import sys
import weakref
from pathlib import Path
from threading import enumerate as threads

import pytest

from bot.library import read
from bot.library.background import SWITCH_SECONDS, collections_brief, in_background
from bot.library.library import FileLibrary
from bot.library.release import large_parts, release
from bot.matching.deciding.decide import Decider
from tests.small_story import write_small_story


@pytest.fixture(autouse=True)
def _alone() -> None:
    """Wait for what an earlier test may have left: a story that is still read keeps the collector from running."""
    for thread in threads():
        if thread.name == "reading the stories":
            thread.join(timeout=60)


@pytest.fixture
def _built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share nothing with other tests: what they hold would not be freed."""
    monkeypatch.setattr(read, "Decider", Decider)


def fail() -> None:
    raise ValueError("as intended")


async def test_the_collector_pauses_while_something_is_computed_and_runs_again() -> None:
    assert await in_background(gc.isenabled) is False
    assert gc.isenabled()


@pytest.mark.parametrize("usual", [0.005, 0.002])
async def test_threads_take_turns_more_often_while_something_is_computed_and_then_as_before(usual: float) -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(usual)
    try:
        assert await in_background(sys.getswitchinterval) == SWITCH_SECONDS
        assert sys.getswitchinterval() == usual
    finally:
        sys.setswitchinterval(before)


async def test_the_collector_runs_again_after_a_failure() -> None:
    with pytest.raises(ValueError, match="as intended"):
        await in_background(fail)
    assert gc.isenabled()


async def test_it_pauses_until_the_last_of_several_computations_ends() -> None:
    async def nested() -> bool:
        return await in_background(gc.isenabled)

    def outer() -> tuple[bool, bool]:
        return asyncio.run(nested()), gc.isenabled()

    assert await in_background(outer) == (False, False)


def test_a_full_collection_exempts_what_it_leaves_from_later_ones() -> None:
    usual = gc.get_threshold()
    with collections_brief():
        kept = [[number] for number in range(1000)]
        gc.collect(1)
        before = gc.get_freeze_count()
        gc.collect()
        exempt = gc.get_freeze_count()
    assert exempt - before >= len(kept)
    kept += [[number] for number in range(1000)]
    gc.collect()
    assert (gc.get_freeze_count() <= exempt, gc.get_threshold()) == (True, usual)  # the application is closed


@pytest.mark.usefixtures("_built_anew")
async def test_stories_that_were_replaced_are_freed_without_the_collector(tmp_path: Path) -> None:
    """They are exempt from collection, so a cycle in them would fill the memory, reload by reload."""
    write_small_story(tmp_path)
    library = await FileLibrary.open(tmp_path / "knowledge", tmp_path / "seeds")
    replaced = weakref.ref(library.current.editions[0].decider)
    gc.disable()
    try:
        assert (await library.reload()).loaded
        for thread in [each for each in threads() if each.name == "reading the stories"]:
            thread.join(timeout=10)  # it holds what it read until it ends
        assert replaced() is None
    finally:
        gc.enable()


@pytest.mark.usefixtures("_built_anew")
async def test_a_replaced_story_is_freed_part_by_part_once_nobody_holds_it(tmp_path: Path) -> None:
    write_small_story(tmp_path)
    editions = [*(await FileLibrary.open(tmp_path / "knowledge", tmp_path / "seeds")).current.editions]
    fact = weakref.ref(editions[0].story.facts[0])
    facts: list[object] = [*editions[0].story.facts]
    assert list(large_parts(editions[0], least=3)).count(facts) == 2, "once as `facts`, once as `shown_facts`"
    facts.clear()
    assert release(editions, least=1_000_000) is None
    freeing = release(editions, least=3)
    assert freeing
    assert fact()
    editions.clear()
    await asyncio.to_thread(freeing.join, 10)
    assert not freeing.is_alive()
    assert fact() is None
