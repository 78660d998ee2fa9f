"""Remember on disk what checking a story found, so that a start with the same files and code need not check again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import bot
from bot.answering.ports import Encoder
from bot.checking.findings import Finding
from bot.checking.rules import RULES
from bot.library.cachefile import CacheFile
from bot.library.vectors import KEY_BYTES

CODE = ("*.py", "*.toml")  # in the package: what checks and decides, and the languages' files
PACKAGES = ("numpy", "pyspellchecker", "rapidfuzz", "snowballstemmer", "text2num")  # that decisions depend on


@dataclass(frozen=True)
class Checked:
    """What checking a story found: findings in the merged story, and the share of its questions that it answers."""

    findings: tuple[Finding, ...]
    answered: float | None


class CheckedCache:
    """Stores what was found in contents, by a checksum of them, of the code that checked them, and of the encoder."""

    def __init__(self, file: CacheFile, encoder: Encoder | None) -> None:
        self.file = file
        self._encoder = (encoder.name, encoder.votes) if encoder else ()

    def found(self, *parts: str | bytes) -> Checked | None:
        """Return what checking these contents found, if they were checked before."""
        key = self._key(parts)
        content = self.file.read([key]).get(key)
        return _read(content) if content is not None else None

    def remember(self, checked: Checked, *parts: str | bytes) -> None:
        """Store what checking these contents found."""
        self.file.write({self._key(parts): _written(checked)})

    def _key(self, parts: Iterable[str | bytes]) -> bytes:
        return digest("checked", code_checksum(), *self._encoder, *parts)


@cache
def code_checksum() -> str:
    """Return a checksum of the code that checks and decides, and of the packages that it uses."""
    folder = Path(bot.__file__).parent
    contents = [path.read_bytes() for pattern in CODE for path in sorted(folder.rglob(pattern))]
    return digest(*contents, *(version(package) for package in PACKAGES)).hex()


def digest(*parts: str | bytes) -> bytes:
    """Return a checksum of some parts, each with its length."""
    checksum = blake2b(digest_size=KEY_BYTES)
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        checksum.update(len(content).to_bytes(8, "big") + content)
    return checksum.digest()


def _written(found: Checked) -> bytes:
    rows = [(one.location, one.rule.id, one.message) for one in found.findings]
    return json.dumps((rows, found.answered)).encode()


def _read(content: bytes) -> Checked:
    rows, answered = json.loads(content)
    return Checked(tuple(Finding(tuple(place), RULES[rule], message) for place, rule, message in rows), answered)
