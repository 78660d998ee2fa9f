"""The JSON Schemas that editors use to complete and check YAML."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.library.schema import schemas

ROOT = Path(__file__).parent.parent.parent
PUBLISHED = {"story": ROOT / "knowledge" / "story.schema.json", "source": ROOT / "seeds" / "source.schema.json"}
FILES = {"story": sorted(ROOT.glob("knowledge/*/*.yml")), "source": sorted(ROOT.glob("seeds/*.yml"))}
PAIRS = [(name, path) for name, paths in FILES.items() for path in paths]


@pytest.mark.parametrize("name", ["story", "source"])
def test_the_published_schema_is_the_models_own(name: str) -> None:
    assert json.loads(PUBLISHED[name].read_text("utf-8")) == schemas()[name], "run `make schemas`"


@pytest.mark.parametrize(("name", "path"), PAIRS, ids=[path.name for _, path in PAIRS])
def test_every_file_fits_its_schema_and_names_it_in_its_first_line(name: str, path: Path) -> None:
    text = path.read_text("utf-8")
    errors = Draft202012Validator(schemas()[name]).iter_errors(yaml.safe_load(text))
    assert [error.message for error in errors] == []
    prefix = "# yaml-language-server: $schema="
    first = text.splitlines()[0]
    assert first.startswith(prefix)
    assert (path.parent / first.removeprefix(prefix)).resolve() == PUBLISHED[name]
