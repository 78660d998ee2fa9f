"""The pages are true: what they name is there, and what they take from the code is as it is there."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from bot.matching.deciding.decision import Rule
from bot.story.model import Entity, Event, Fact, FactKind, Slot, Status, StoryFile
from tests.conftest import ROOT
from tests.docs.names import FENCE, PAGES, is_missing, spans
from tests.docs.printed import PAGES as DOCS
from tests.docs.printed import PART, numbers, printed, rules
from tests.docs.rooms import PICTURE, draw, read_rooms
from tests.docs.tables import rows_of

LINK = re.compile(r"\]\(([^)\s]+)\)")
YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELSEWHERE = {"completed", "context", "statement"}  # rules of other modules than rules.py
WRITING = DOCS / "writing-facts.md"


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_what_a_page_names_is_in_the_repository(page: Path) -> None:
    assert [span for span in spans(page.read_text("utf-8")) if is_missing(span, page)] == []


@pytest.mark.parametrize(
    "span",
    [
        *("bot/nowhere.py", "bot/cli.py::test_nothing", "tests/nowhere/<name>.py", "make check", "/nowhere"),
        *("python -m tests.nowhere", "nowhere()", "Library.nowhere()", "NO_SUCH_CONSTANT", "rules.NO_SUCH"),
        *("bot.nowhere", "NoSuchClass", "Nowhere", "discord.Nowhere"),
    ],
)
def test_a_name_that_is_not_there_is_noticed(span: str) -> None:
    assert is_missing(span, ROOT / "README.md")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_link_of_a_page_leads_somewhere(page: Path) -> None:
    lost = []
    for link in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if link.startswith(("http://", "https://")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


def test_each_page_can_be_reached_from_the_readme() -> None:
    seen, left = set[Path](), [ROOT / "README.md"]
    while left:
        page = left.pop()
        seen.add(page)
        targets = {(page.parent / link.partition("#")[0]).resolve() for link in LINK.findall(page.read_text("utf-8"))}
        targets |= {each for target in targets if target.is_dir() for each in target.glob("*.md")}
        left += [target for target in targets if target.suffix == ".md" and target.exists() and target not in seen]
    assert set(PAGES) <= seen


def test_the_picture_of_the_rooms_is_drawn_from_the_contracts() -> None:
    assert PICTURE.read_text("utf-8") == draw(read_rooms()), "run `make docs`"


def test_each_floor_of_the_contracts_is_drawn_below_the_one_before() -> None:
    drawn = re.findall(r'y="(\d+)" font-size="14" font-weight="bold" fill="[^"]+">(\w+)<', draw(read_rooms()))
    heights = {name: int(height) for height, name in drawn}
    assert heights["surface"] == heights["journal"] == heights["library"] < heights["answering"] < heights["story"]
    assert heights["surface"] < heights["client"] < heights["answers"] == heights["desk"] < heights["platform"]


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=named)
def test_the_printed_parts_are_as_the_code_says(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text == printed(text), "run `make docs`"


def test_each_constant_says_what_it_is_and_where_it_comes_from() -> None:
    parts = {part[2]: part[3] for part in PART.finditer((DOCS / "matching.md").read_text("utf-8"))}
    rows = rows_of(parts["constants"])[1:]
    assert [row[0] for row in rows] == [f"`{each.name}`" for each in numbers()]
    assert [row[0] for row in rows if not all(row)] == []


def test_the_table_of_the_rules_has_each_of_them() -> None:
    assert {row[0].strip("`") for row in rows_of(rules(""))[1:]} == set(get_args(Rule)) - ELSEWHERE


@pytest.mark.parametrize("record", [Fact, Entity, Event])
def test_writing_facts_tells_every_field(record: type[BaseModel]) -> None:
    told = WRITING.read_text("utf-8").partition(f"<!-- fields: {record.__name__} -->")[2].partition("\n\n")[0]
    assert [row[0].strip("`") for row in rows_of(told)[1:]] == list(record.model_fields)


def test_writing_facts_tells_every_kind_status_and_slot() -> None:
    told = set(spans(WRITING.read_text("utf-8")))
    assert {name for values in (FactKind, Status, Slot) for name in get_args(values)} <= told


@pytest.mark.parametrize("example", [each for page in PAGES for each in YAML.findall(page.read_text("utf-8"))])
def test_an_example_of_yaml_is_what_a_story_may_hold(example: str) -> None:
    data: dict[str, Any] = yaml.safe_load(example) or {}
    StoryFile.model_validate(data)
