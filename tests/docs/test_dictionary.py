"""The data dictionary has every key of the YAML files, and no other."""

import re
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from bot.library.schema import schemas
from bot.story import model
from tests.conftest import ROOT
from tests.docs.dictionary import ORDER, records
from tests.docs.tables import rows_of

PAGE = (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")
SECTIONS = {part.partition("\n")[0]: rows_of(part)[1:] for part in PAGE.split("\n### ")[1:]}
ROWS = [(section, row) for section, rows in SECTIONS.items() for row in rows]
IDS = [f"{section}.{row[0].strip('`')}" for section, row in ROWS]


def keys_of(schema: dict[str, Any]) -> dict[str, list[str]]:
    """Return the keys of a schema's records, by record."""
    found = {schema["title"]: schema, **schema["$defs"]}
    return {name: list(record["properties"]) for name, record in found.items() if "properties" in record}


def test_every_key_of_the_schemas_is_in_the_dictionary_and_the_other_way_round() -> None:
    wanted = {name: keys for schema in schemas().values() for name, keys in keys_of(schema).items()}
    assert {section: [row[0].strip("`") for row in rows] for section, rows in SECTIONS.items()} == wanted


def test_each_record_has_its_place_in_the_order_of_the_sections() -> None:
    assert list(SECTIONS) == list(records()) == list(ORDER)


@pytest.mark.parametrize(("section", "row"), ROWS, ids=IDS)
def test_a_key_says_what_it_means_and_has_an_example_that_it_may_hold(section: str, row: list[str]) -> None:
    key, kind, _, meaning, example = (cell.strip("`") for cell in row)
    assert meaning
    record: type[BaseModel] = getattr(model, section)
    link = re.search(r"\[(\w+)\]\(#\w+\)", kind)
    if example.startswith("see "):
        assert link is not None
        assert link[0] in example
        return
    record.__pydantic_validator__.validate_assignment(record.model_construct(), key, yaml.safe_load(example))


@pytest.mark.parametrize(("section", "row"), ROWS, ids=IDS)
def test_a_key_is_required_if_a_record_without_it_is_refused(section: str, row: list[str]) -> None:
    record: type[BaseModel] = getattr(model, section)
    assert row[2].startswith("yes") == record.model_fields[row[0].strip("`")].is_required()
