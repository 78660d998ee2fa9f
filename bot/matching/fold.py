"""Fold a text: the same for what is indexed and what is asked."""

import re
import unicodedata

_STRETCHED = re.compile(r"([^\W\de])\1{2,}|(e)e{3,}")  # "quiiii"; digits stay, and the three e of "créée"
_NOT_A_WORD = re.compile(r"[\W_]+")
_PERCENT = re.compile(r"\s*[%٪﹪％]")


def fold(text: str) -> str:
    """Reduce a text to lower-case words without accents, separated by single spaces.

    Apostrophes and hyphens separate words, format characters (zero width, direction marks) vanish, control
    characters, emoji and punctuation become spaces, a percent sign becomes a word, and a stretched letter, three times
    or more in a row, is written once. Folding a folded text changes nothing.
    """
    text = _PERCENT.sub(" percent ", text)
    if not text.isascii():
        text = _plain_letters(text)
    return _STRETCHED.sub(r"\1\2", _NOT_A_WORD.sub(" ", text.lower())).strip()


def _plain_letters(text: str) -> str:
    """Take format characters, accents, ligatures and case out of letters beyond ASCII."""
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = "".join(c for c in text if unicodedata.category(c)[0] != "M")
    return text.replace("œ", "oe").replace("æ", "ae").replace("ø", "o")


def words(text: str) -> list[str]:
    """Split a text into its folded words."""
    return fold(text).split()
