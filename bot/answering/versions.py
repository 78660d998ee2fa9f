"""The versions of the stories that were published, kept whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256

STORY_PREFIX = "story/"  # of the name of a file in the story's folder
SEED_PREFIX = "seeds/"  # of the name of an article's record
VERSION_DIGITS = 12
MAX_KEPT_VERSIONS = 200  # of each story; older ones are deleted


@dataclass(frozen=True)
class StoryFiles:
    """The content of a story's files: those in its folder, and the records of the articles that it cites."""

    folder: str = ""  # the name of the story's folder
    contents: Mapping[str, bytes] = field(default_factory=dict)  # by name, with STORY_PREFIX or SEED_PREFIX

    @cached_property
    def checksums(self) -> Mapping[str, str]:
        """The SHA-256 of each file, in hex, by name."""
        return {name: sha256(content).hexdigest() for name, content in self.contents.items()}

    @property
    def version(self) -> str:
        """The first 12 hex digits of a SHA-256 of all the files and their names."""
        return checksum_of(self.checksums)


@dataclass(frozen=True)
class KeptVersion:
    """A version of a story that was published: when, with how many changes, and the SHA-256 of each file by name."""

    story: str
    number: int  # in the order of publication, over all stories
    version: str
    at: datetime
    changes: int
    folder: str
    checksums: Mapping[str, str]


def checksum_of(checksums: Mapping[str, str]) -> str:
    """Return a short SHA-256 over names with their values, whatever their order."""
    lines = "\n".join(f"{name} {value}" for name, value in sorted(checksums.items()))
    return sha256(lines.encode()).hexdigest()[:VERSION_DIGITS]
