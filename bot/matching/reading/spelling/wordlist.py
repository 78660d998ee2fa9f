"""Load the word frequencies of a language: the lists of pyspellchecker (MIT), folded."""

import gzip
import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.matching.fold import fold

# One word per line: `"word": count,`. A count of 50 marks a dictionary word that the counted texts do not contain.
_WORD = re.compile(r'^"([^"\n]+)', re.MULTILINE)
_COMPOUND = re.compile(r"^\w+['-].*(?<!'s)$", re.MULTILINE)
_COUNTED_WORD = re.compile(r'^"([^"\n]+)": (?!50,?$)(\d+)', re.MULTILINE)

UNLISTED_SHARE = 1e-8  # share of running text assumed for an unlisted word
ELIDED_SHARE = 0.25  # of the full word: how often "le" is written "l'"; the lists have no elided words
ELIDED = {
    "fr": {"c": "ce", "d": "de", "j": "je", "l": "le", "m": "me", "n": "ne", "qu": "que", "s": "se", "t": "te"},
    "it": {"c": "ci", "d": "di", "l": "la", "dell": "della", "all": "alla", "un": "una"},
}


@dataclass(frozen=True)
class WordList:
    """The words of one language, folded; immutable."""

    counts: Mapping[str, int]  # of the words counted in texts, most frequent first
    total: int
    surfaces: Mapping[str, str]  # folded -> as written, if that differs
    joined: Mapping[str, str]  # "dont" -> "don't": words with an apostrophe or a hyphen
    _known: NDArray[np.uint32]  # sorted checksums of all words: a set of strings takes twenty times the memory

    def __contains__(self, word: str) -> bool:
        """Return whether the list has the word; three in 100,000 other words are false positives."""
        if word in self.counts:
            return True
        checksum = crc32(word.encode())
        at = int(np.searchsorted(self._known, np.uint32(checksum)))
        return at < len(self._known) and int(self._known[at]) == checksum

    def share(self, word: str) -> float:
        """Return the share of running text that is this word."""
        return self.counts.get(word, 0) / self.total

    def surface(self, word: str) -> str:
        """Return the word with its usual accents."""
        return self.surfaces.get(word, word)


@lru_cache
def word_list(code: str) -> WordList:
    """Read the list of a language; it is empty if there is none."""
    file = resources.files("spellchecker") / "resources" / f"{code}.json.gz"
    text = gzip.decompress(file.read_bytes()).decode() if file.is_file() else ""
    counts, surfaces = _counts(_COUNTED_WORD.findall(text), code)
    lines = "\n".join(_WORD.findall(text))
    del text  # German is 7 MB, and the lines below take as much again
    joined = {fold(word).replace(" ", ""): word for word in _COMPOUND.findall(lines)}
    return WordList(
        counts=counts,
        total=sum(counts.values()) or 1,
        surfaces=surfaces,
        joined={word: surface for word, surface in joined.items() if word not in counts},
        _known=_sorted_checksums(_folded(lines)),
    )


def _counts(rows: list[tuple[str, str]], code: str) -> tuple[dict[str, int], dict[str, str]]:
    """Return the count of each folded word, and its usual spelling if that differs."""
    counts: dict[str, int] = defaultdict(int)
    written: dict[str, tuple[int, str]] = {}
    folded = _folded("\n".join(word for word, _ in rows)).split("\n") if rows else []
    for (surface, digits), line in zip(rows, folded, strict=True):
        count = int(digits)
        for part in line.split() if " " in line else (line,):
            counts[part] += count
        if (surface != line and " " not in line) or line in written:
            written[line] = max(written.get(line, (0, "")), (count, surface))
    for short, full in ELIDED.get(code, {}).items():
        counts[short] = int(counts[full] * ELIDED_SHARE)
    plain = {word: surface for word, (count, surface) in written.items() if 2 * count > counts[word]}
    return {word: counts[word] for word in sorted(counts, key=counts.__getitem__, reverse=True)}, plain


def _folded(lines: str) -> str:
    """Fold the lines of a long text letter by letter, which is thirty times as fast as word by word."""
    letters = {ord(letter): fold(letter) if letter.isalnum() else " " for letter in set(lines)}
    return lines.translate(letters | {ord("\n"): "\n"})


def _sorted_checksums(text: str) -> NDArray[np.uint32]:
    return np.sort(np.fromiter((crc32(word.encode()) for word in text.split()), np.uint32))


def rarity(phrase: str, code: str) -> float:
    """Return the rarity of the rarest word of a phrase: minus log10 of its share of running text."""
    found = word_list(code)
    return max(-math.log10(max(found.share(word), UNLISTED_SHARE)) for word in phrase.split())
