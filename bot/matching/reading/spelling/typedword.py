"""Split a text into the typed words, each with its position and the signs that it should not be corrected."""

import re
import unicodedata
from typing import NamedTuple

from bot.matching.fold import fold, words

_WORD = re.compile(r"[^\W_]+")
_FOLDED = re.compile(r"\S+")  # "0.25", "c++"
_APOSTROPHES = "'’ʼ`´"
MAX_GLUED_LETTERS = 2  # "l'", "qu'", "'s", "-t-il"


class TypedWord(NamedTuple):
    """A word of a text as typed."""

    word: str  # folded
    surface: str  # in lower case
    start: int
    end: int
    has_capital: bool  # the first letter is a capital, and not every letter of the text
    is_first: bool  # of a sentence
    is_glued: bool  # a short part next to an apostrophe or a hyphen

    @property
    def is_capitalised(self) -> bool:
        """Return whether the word looks like a name: a capital inside a sentence."""
        return self.has_capital and not self.is_first


def typed_words(text: str) -> tuple[str, list[TypedWord]]:
    """Split a text into words; return the text, folded if its words and their folded forms do not correspond."""
    text = unicodedata.normalize("NFC", text)
    matches = list(_WORD.finditer(text))
    folded = [fold(match[0]) for match in matches]
    if folded != words(text):
        text = fold(text)
        matches = list(_FOLDED.finditer(text))
        folded = [match[0] for match in matches]
    is_all_capitals = text.isupper()
    return text, [
        TypedWord(
            word,
            match[0].lower(),
            match.start(),
            match.end(),
            has_capital=not is_all_capitals and match[0][0].isupper(),
            is_first=_opens_sentence(text, match.start()),
            is_glued=len(word) <= MAX_GLUED_LETTERS and _is_glued(text, match.start(), match.end()),
        )
        for word, match in zip(folded, matches, strict=True)
    ]


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'«“‘(¿¡-–—")
    return not before or before[-1] in ".!?:\n…"


def _is_glued(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before and before in _APOSTROPHES) or (after and after in _APOSTROPHES):
        return True
    return before == "-" or after == "-"


def surface_words(text: str) -> list[str]:
    """Return the words of a text as written."""
    return _WORD.findall(unicodedata.normalize("NFC", text))
