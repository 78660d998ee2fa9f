"""How common the words of a language are: the word lists of pyspellchecker (MIT), folded."""

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

# A line a word: `"word": count,`. A count of 50 marks a word of a dictionary that the counted texts lack.
_WORD = re.compile(r'^"([^"\n]+)', re.MULTILINE)
_COMPOUND = re.compile(r"^\w+['-].*(?<!'s)$", re.MULTILINE)
_COUNTED_WORD = re.compile(r'^"([^"\n]+)": (?!50,?$)(\d+)', re.MULTILINE)

UNLISTED_SHARE = 1e-8  # share of running text that an unlisted word is given
ELIDED_SHARE = 0.25  # of the full word: how often "le" is written "l'"; the lists leave elided words out
ELIDED = {
    "fr": {"c": "ce", "d": "de", "j": "je", "l": "le", "m": "me", "n": "ne", "qu": "que", "s": "se", "t": "te"},
    "it": {"c": "ci", "d": "di", "l": "la", "dell": "della", "all": "alla", "un": "una"},
}


@dataclass(frozen=True)
class WordList:
    """The words of one language, folded; immutable."""

    counts: Mapping[str, int]  # of the words that were counted in texts, the most frequent first
    total: int
    surfaces: Mapping[str, str]  # folded -> as it is written, if that differs
    joined: Mapping[str, str]  # "dont" -> "don't": what an apostrophe or a hyphen holds together
    _known: NDArray[np.uint32]  # sorted checksums of every word: a set of strings takes twenty times the memory

    def __contains__(self, word: str) -> bool:
        """Return whether the list has the word; of a hundred thousand other words three seem to be there too."""
        if word in self.counts:
            return True
        checksum = crc32(word.encode())
        at = int(np.searchsorted(self._known, np.uint32(checksum)))
        return at < len(self._known) and int(self._known[at]) == checksum

    def share(self, word: str) -> float:
        """Return the share of the word in running text."""
        return self.counts.get(word, 0) / self.total

    def surface(self, word: str) -> str:
        """Return the word with the accents that it is mostly written with."""
        return self.surfaces.get(word, word)


@lru_cache
def word_list(code: str) -> WordList:
    """Read a language's list; a language that has none gets an empty one."""
    file = resources.files("spellchecker") / "resources" / f"{code}.json.gz"
    text = gzip.decompress(file.read_bytes()).decode() if file.is_file() else ""
    counts, surfaces = _counts(_COUNTED_WORD.findall(text), code)
    lines = "\n".join(_WORD.findall(text))
    del text  # seven megabytes of German, and as much again below
    joined = {fold(word).replace(" ", ""): word for word in _COMPOUND.findall(lines)}
    return WordList(
        counts=counts,
        total=sum(counts.values()) or 1,
        surfaces=surfaces,
        joined={word: surface for word, surface in joined.items() if word not in counts},
        _known=_sorted_checksums(_folded(lines)),
    )


def _counts(rows: list[tuple[str, str]], code: str) -> tuple[dict[str, int], dict[str, str]]:
    """Return how often each word was counted, and how it is mostly written if not as it is folded."""
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
    """Fold the lines of a long text letter by letter: thirty times as fast as word by word."""
    letters = {ord(letter): fold(letter) if letter.isalnum() else " " for letter in set(lines)}
    return lines.translate(letters | {ord("\n"): "\n"})


def _sorted_checksums(text: str) -> NDArray[np.uint32]:
    return np.sort(np.fromiter((crc32(word.encode()) for word in text.split()), np.uint32))


def rarity(phrase: str, code: str) -> float:
    """Return how rare the rarest word of a phrase is: minus the decimal logarithm of its share of running text."""
    found = word_list(code)
    return max(-math.log10(max(found.share(word), UNLISTED_SHARE)) for word in phrase.split())
