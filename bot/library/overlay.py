"""The YAML files on disk, some of them replaced by content that is not written yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.answering.versions import SEED_PREFIX, STORY_PREFIX, StoryFiles
from bot.library.disk import is_folder, names_in, read_small


@dataclass(frozen=True)
class Overlay:
    """Files by path: replaced ones first, then those on disk unless `on_disk` is False; None hides a file."""

    replaced: Mapping[Path, bytes | None] = field(default_factory=dict)
    on_disk: bool = True

    @classmethod
    def of(cls, files: StoryFiles) -> "Overlay":
        """Return the kept files of a story alone, in the folders `story` and `seeds`."""
        return cls({Path(name): content for name, content in files.contents.items()}, on_disk=False)

    def files(self, folder: Path, suffix: str = ".yml") -> list[Path]:
        """Return the paths of a folder's files with this suffix, sorted; hidden ones are passed over."""
        there = (folder / name for name in names_in(folder) if name.endswith(suffix)) if self.on_disk else ()
        added = (path for path in self.replaced if path.parent == folder and path.suffix == suffix)
        return sorted(path for path in {*there, *added} if self.replaced.get(path, b"") is not None)

    def folders(self, knowledge: Path) -> list[Path]:
        """Return the folders in the knowledge folder that are not hidden, sorted."""
        there = (knowledge / name for name in names_in(knowledge) if is_folder(knowledge / name))
        added = (path.parent for path, content in self.replaced.items() if content is not None)
        found = {*there, *(folder for folder in added if folder.parent == knowledge)}
        return sorted(folder for folder in found if not folder.name.startswith("."))

    def read(self, path: Path) -> bytes:
        """Return the content of a file; raise OSError if it cannot be read, such as UnusableFileError."""
        content = self.replaced.get(path)
        return read_small(path) if content is None else content


def replacements(files: StoryFiles, knowledge: Path, seeds: Path) -> dict[Path, bytes | None]:
    """Return what has to be on disk for a story to consist of these files: by path, None for a file to delete."""
    folder = knowledge / files.folder
    there: dict[Path, bytes | None] = dict.fromkeys(Overlay().files(folder))
    return there | {path_of(name, folder, seeds): content for name, content in files.contents.items()}


def path_of(name: str, folder: Path, seeds: Path) -> Path:
    """Return where a file of a story is, by its name in StoryFiles."""
    is_seed = name.startswith(SEED_PREFIX)
    return seeds / name.removeprefix(SEED_PREFIX) if is_seed else folder / name.removeprefix(STORY_PREFIX)
