"""Kept files are written back to disk, all or none."""

import os
from pathlib import Path

import pytest

from bot.answering.versions import StoryFiles
from bot.library.restore import checksums_on_disk, write_all

FILES = StoryFiles("bridge", {"story/b.yml": b"new b", "story/c.yml": b"new c", "seeds/article.yml": b"new article"})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {
        "knowledge/bridge/a.yml": "a",
        "knowledge/bridge/b.yml": "b",
        "seeds/article.yml": "old",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "knowledge" / "bridge" / "notes.txt").write_text("an editor's own", "utf-8")
    (tmp_path / "seeds" / "other.yml").write_text("another story's", "utf-8")
    return tmp_path


def contents(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text("utf-8") for path in root.rglob("*") if path.is_file()}


OTHERS = {"knowledge/bridge/notes.txt": "an editor's own", "seeds/other.yml": "another story's"}


def test_the_folder_has_then_those_files_and_no_other_of_a_story(root: Path) -> None:
    write_all([FILES], root / "knowledge", root / "seeds")
    assert contents(root) == OTHERS | {
        "knowledge/bridge/b.yml": "new b",
        "knowledge/bridge/c.yml": "new c",
        "seeds/article.yml": "new article",
    }
    on_disk = checksums_on_disk("bridge", root / "knowledge", root / "seeds")
    assert {name: on_disk[name] for name in FILES.checksums} == FILES.checksums


def test_a_folder_that_is_gone_is_made_again(root: Path) -> None:
    write_all([StoryFiles("tunnel", FILES.contents)], root / "knowledge", root / "seeds")
    assert contents(root)["knowledge/tunnel/c.yml"] == "new c"


@pytest.mark.parametrize("call", ["write", "move"])
@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_write_that_fails_leaves_everything_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, call: str, fails_at: int
) -> None:
    owner, name = (os, "fsync") if call == "write" else (Path, "replace")
    before, real, calls = contents(root), getattr(owner, name), iter(range(1, 100))

    def fail_once(*values: object) -> object:
        if next(calls) == fails_at:
            raise OSError("no space left on the device")
        return real(*values)

    monkeypatch.setattr(owner, name, fail_once)
    with pytest.raises(OSError, match="no space"):
        write_all([FILES], root / "knowledge", root / "seeds")
    assert contents(root) == before
