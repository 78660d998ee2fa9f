"""The files of a new story, and of a new working folder with an example."""

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from string import Template

from bot.library.schema import schemas

STORY_FILES = ("story.yml", "entities.yml", "facts.yml", "questions.yml")
ENV_FILE = "env"  # the example's .env, under a name that packaging does not hide
_ARTICLES_UNSET, _ARTICLES_SET = b"# ONRECORD_ARTICLES=\n", b"ONRECORD_ARTICLES=articles\n"


def story_files(story: str, title: str | None, languages: Sequence[str], as_of: str) -> dict[str, bytes]:
    """Return the commented files of a new story, by name."""
    text = title or story.replace("-", " ").capitalize()
    values = {
        "id": story,
        "title": json.dumps(text, ensure_ascii=False),
        "languages": ", ".join(languages),
        "as_of": as_of,
        **{f"example_{name}": _in_each(languages, example) for name, example in _EXAMPLES.items()},
    }
    folder = resources.files("bot.library") / "templates"
    return {name: Template((folder / name).read_text("utf-8")).substitute(values).encode() for name in STORY_FILES}


_EXAMPLES = {"aliases": "[…]", "roles": "…", "events": "…", "texts": "…", "asked": "[…]", "words": "[…]"}


def _in_each(languages: Sequence[str], example: str) -> str:
    return ", ".join(f"{code}: {example}" for code in languages)


def schema_files(knowledge: Path, seeds: Path) -> dict[Path, bytes]:
    """Return the JSON Schemas that the first line of each file names."""
    places = {"story": knowledge / "story.schema.json", "source": seeds / "source.schema.json"}
    return {
        path: (json.dumps(schemas()[name], ensure_ascii=False, indent=2) + "\n").encode()
        for name, path in places.items()
    }


def example_files(folder: Path) -> dict[Path, bytes]:
    """Return the files of a working folder: the example story with its articles, settings and schemas."""
    found = dict(_tree(resources.files("bot.library") / "example", PurePosixPath()))
    settings = found.pop(PurePosixPath(ENV_FILE)).replace(_ARTICLES_UNSET, _ARTICLES_SET)
    files = {folder / path: content for path, content in sorted(found.items())}
    return {**files, folder / ".env": settings, **schema_files(folder / "knowledge", folder / "seeds")}


def _tree(folder: Traversable, path: PurePosixPath) -> Mapping[PurePosixPath, bytes]:
    files: dict[PurePosixPath, bytes] = {}
    for item in folder.iterdir():
        here = path / item.name
        files |= _tree(item, here) if item.is_dir() else {here: item.read_bytes()}
    return files
