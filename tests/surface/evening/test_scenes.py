"""Each scene of the evening: everybody sees exactly what its file says."""

from pathlib import Path

import pytest

from bot.answering.editions import Shelf
from tests.conftest import OpenApp
from tests.surface.evening.script import difference, read_steps, write_seen
from tests.surface.evening.stage import open_stage

SCENES = sorted(Path(__file__).parent.glob("*.txt"))
LONG = {"pages"}  # scenes on the story in which every list has pages


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
async def test_everybody_reads_what_the_scene_says_and_nothing_else(
    path: Path, opened: OpenApp, shelf: Shelf, long_shelf: Shelf, request: pytest.FixtureRequest
) -> None:
    is_written = request.config.getoption("--write-scenes", default=False)
    seen = {}
    async with open_stage(opened, long_shelf if path.stem in LONG else shelf) as stage:
        for step in read_steps(path):
            try:
                seen[step] = await stage.play(step)
            except Exception as error:
                error.add_note(f"{path}:{step.line}: {step.who} {step.verb} {step.what}: {step.text}")
                raise
            if seen[step] != step.seen and not is_written:
                pytest.fail(difference(path, step, seen[step]), pytrace=False)
        stage.check_that_nothing_else_was_said()
    if is_written:
        write_seen(path, seen)
