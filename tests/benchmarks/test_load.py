"""The benchmark of load tells what it measured, and what the bot holds is bounded as docs/scaling.md says."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.benchmarks.load import held
from tests.benchmarks.load.commands import PAGE, picture
from tests.benchmarks.load.driving import Load, LoadRow, percentile
from tests.benchmarks.load.held import HELD, bounds_table, cached_functions
from tests.benchmarks.load.report import load_table, targets, write_between
from tests.conftest import ROOT, OpenApp
from tests.discord_world import world_around

ECHO = LoadRow("echo", Load(20, 10), 200, 0, 2.0, 6.0, 1.9, 20.0, 100.0)
OURS = LoadRow("ours", Load(20, 10), 200, 0, 4.0, 9.0, 4.0, 20.0, 200.0)
OVER = LoadRow("ours", Load(400, 10), 3000, 40, 900.0, 2000.0, 3.0, 280.0, 210.0)


def test_a_row_says_what_was_asked_and_what_came_of_it() -> None:
    _, _, row, over = load_table([OURS, OVER]).splitlines()
    assert row == "| ours | 20 | 4.0 | 9.0 | 4.0 | 250 | 200 |"
    assert "| 400, of which 280 had a reply, and in all 40 were refused |" in over
    assert (OURS.is_sustained, OVER.is_sustained) == (True, False)


def test_targets_are_told_beside_what_was_reached() -> None:
    told = targets([ECHO, OURS, OVER], "echo", "ours")
    assert "p50 2.0 times the echo's (to be reached: 2), CPU 2.1 ms more (3)" in told
    assert "250 questions a second" in told  # not 333: it did not keep up then


@pytest.mark.parametrize(("numbers", "percent", "found"), [([1.0, 2.0, 3.0], 50, 2.0), ([5.0], 99, 5.0)])
def test_percentiles(numbers: list[float], percent: int, found: float) -> None:
    assert percentile(numbers, percent) == found


def test_the_picture_is_svg_with_a_line_for_each_bot() -> None:
    root = ElementTree.fromstring(picture([ECHO, OURS, OVER]))  # noqa: S314 - our own
    assert len(root.findall("{*}polyline")) == 2
    assert {"echo", "ours"} <= {text.text for text in root.findall("{*}text")}


def test_a_result_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- load -->\nold\n<!-- end of load -->\nafter\n", "utf-8")
    write_between(page, "load", r"new \1")
    assert page.read_text("utf-8") == "before\n<!-- load -->\nnew \\1\n<!-- end of load -->\nafter\n"
    with pytest.raises(ValueError, match="has no <!-- other -->"):
        write_between(page, "other", "")


async def test_what_is_held_has_the_bound_that_the_table_says(opened: OpenApp) -> None:
    async with opened() as app, world_around(app):
        for one in HELD:
            found = one.find(app)
            bound = getattr(found, "maxsize", None) or getattr(found, "maxlen", None) or one.most
            assert (one.what, bound) == (one.what, one.most)
    endless = {name for name, (most, _) in cached_functions().items() if most is None}
    assert endless <= {"bot.surface.platform.drawing._letters"}  # of the two fonts


def test_each_cache_of_an_object_is_among_what_is_held() -> None:
    code = "\n".join(file.read_text("utf-8") for file in (ROOT / "bot").rglob("*.py"))
    cached = re.findall(r"self\.(\w+): (?:LRU|TTL|TLRU)Cache\[", code)
    finders = (ROOT / held.__file__).read_text("utf-8")
    assert cached
    assert [name for name in cached if f".{name})" not in finders] == []


def test_the_page_lists_what_is_held() -> None:
    page = (ROOT / PAGE).read_text("utf-8")
    rows = [row.split(" | ")[:2] for row in bounds_table({}).splitlines()[2:]]
    assert [row for row in rows if " | ".join(row) not in page] == []
