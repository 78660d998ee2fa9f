"""Any YAML file is a story or problems: mutated files of the example stories never raise, and end within a second."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from bot.answering.versions import SEED_PREFIX, STORY_PREFIX, StoryFiles
from bot.checking.rules import check_story
from bot.library.problems import has_errors
from bot.library.read import read_story, story_of
from tests.conftest import ROOT
from tests.library.mutations import mutated
from tests.small_story import write_small_story

SECONDS = 1.0
PARTS = 10  # of the long run, so that a failure names its seed


def _stories() -> dict[str, dict[str, bytes]]:
    """Return the files of each example story, by their names in StoryFiles."""
    found = {}
    for folder in sorted([*(ROOT / "tests" / "stories").glob("*/knowledge/*/"), ROOT / "knowledge" / "musk-openai"]):
        seeds = folder.parent.parent / "seeds"
        own = {f"{STORY_PREFIX}{path.name}": path.read_bytes() for path in folder.glob("*.yml")}
        records = {f"{SEED_PREFIX}{path.name}": path.read_bytes() for path in seeds.glob("*.yml")}
        if own:
            found[f"{folder.parent.parent.name}/{folder.name}"] = own | records
    return found


def _cases(count: int, seed: int) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield a mutated file: alone, which is read soon, or every eighth time in its story."""
    chance, stories = Random(seed), _stories()
    for number in range(count):
        story = chance.choice([*stories])
        name = chance.choice([*stories[story]])
        rest = {} if number % 8 else stories[story]
        yield story, rest | {name: mutated(stories[story][name], chance)}


def _read_mutated(count: int, seed: int) -> int:
    """Read and check mutated files; return how many were still stories."""
    still = 0
    for story, contents in _cases(count, seed):
        started = time.process_time()
        read = story_of(StoryFiles(story, contents))
        if read is not None:
            still += 1
            check_story(read, {}, [source.id for source in read.sources])
        seconds = time.process_time() - started
        assert seconds < SECONDS, f"{seconds:.1f} s for a file of {story}, seed {seed}"
    return still


def _load_mutated(root: Path, count: int, seed: int) -> int:
    """Load the small story from disk with one file mutated, to the end; return how many were still loaded."""
    chance, loaded = Random(seed), 0
    paths = sorted([*root.glob("knowledge/bridge/*.yml"), *root.glob("seeds/*.yml")])
    for _ in range(count):
        path = chance.choice(paths)
        content = path.read_bytes()
        path.write_bytes(mutated(content, chance))
        started = time.process_time()
        result = read_story(root / "knowledge" / "bridge", root / "seeds", root / "articles")
        assert time.process_time() - started < SECONDS
        loaded += result.edition is not None
        assert has_errors(result.problems) is (result.edition is None)
        for problem in result.problems:
            assert str(problem).encode().isascii() or "\n" not in str(problem.path)
        path.write_bytes(content)
    return loaded


def test_a_mutated_file_is_a_story_or_problems() -> None:
    assert 0 < _read_mutated(100, seed=13) < 100


def test_a_mutated_file_on_disk_is_loaded_or_told(small_story: Path) -> None:
    _load_mutated(small_story, 100, seed=13)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(PARTS))
def test_ten_thousand_mutated_files_are_stories_or_problems(seed: int) -> None:
    assert 0 < _read_mutated(700, seed) < 700


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(PARTS))
def test_many_mutated_files_on_disk_are_loaded_or_told(tmp_path: Path, seed: int) -> None:
    shutil.rmtree(tmp_path)
    write_small_story(tmp_path)
    assert 0 < _load_mutated(tmp_path, 400, seed) < 400
