"""Fold text so that spellings of the same word are equal and different words stay different."""

import re
from functools import lru_cache
from itertools import accumulate, islice
from typing import NamedTuple

from bot.matching.letters import plain

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+"
    r"|(?<![\w.@-])(?:[\w-]+\.)+[a-z]{2,6}/[^\s<>\"]*",  # "example.com/2024/title", not "etc./others" nor "U.S./China"
)
_WHITESPACE = re.compile(r"[ \t\r\n]+")
_ALPHANUMERICS = re.compile(r"[^\W_]+")

# A character of a word: an ASCII letter or digit, or anything beyond ASCII (`plain` leaves letters, marks and digits).
_WORD_CHARACTER = r"[^\x00-/:-@\[-`{-\x7f]"
_MINUS = r"(?:(?<![\w+#%)\]}.-])-)?"
_GRADE = rf"(?<!{_WORD_CHARACTER})(?:aaa?|bbb?|ccc?)-(?![-+#]|{_WORD_CHARACTER})"  # of a debtor; "a-" is "a- t-il" too
_TOKEN = re.compile(
    rf"{_GRADE}|{_MINUS}\d+\.\d+|{_MINUS}\d+(?!{_WORD_CHARACTER})"  # -12, 2.5
    rf"|{_WORD_CHARACTER}+(?:(?<=\d)\.\d+|\+\+|[+#](?!{_WORD_CHARACTER}))?"  # gpt4.5, c++, disney+, c#
)
_SIGNED = re.compile(rf"[+#]|[-.]\d|{_GRADE}")  # without any of these, a word is a run of letters and digits
_SPACES = {code: " " for code in range(0x80) if not chr(code).isalnum()}
_DASH_FOR_MINUS = re.compile(r"(?<!\S)\u2013(?=\d)")
_BARE_DECIMAL = re.compile(r"(?<!\S)(-?)\.(?=\d)")  # ".5"
_GROUPED_DIGITS = re.compile(r"(?<!\d)\d+(?:[.,']\d+)+")
_MARKED_DIGIT = re.compile(r"[.,']\d")
_DIGIT_SEPARATOR = re.compile(r"[.,']")

_TRIPLE = re.compile(r"(.)\1\1")  # it is looked for first, since that takes a third of the time
_TRIPLE_LETTER = re.compile(r"([^\W\d])\1\1")
_WORD = re.compile(r"\w+")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_STRETCHED = re.compile(
    r"([^\W\de])\1{3,}|(e)e{3,}"  # "quiiii"; "créée" keeps its three e
    r"|(?<=[^\W\d])([aiouy])\3\3"  # "whooo"; not at the start, because of "AAA"
    r"|(?<=[^\W\d]{2})([^\W\daeiouy])\4\4"  # "yesss"; not in four letters, because of "USSS"
)

MAX_CACHED_TEXTS = 64  # every story that reads a text splits it several times
MAX_WORDS = 200  # of a text that is read; a thousand characters are 160 words of French, 190 of English


class Token(NamedTuple):
    """A folded word and the span of the text it was read from."""

    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Reduce a text to lower-case words without accents, separated by single spaces.

    Apostrophes and hyphens separate words; links and format characters (zero width, direction marks) are removed; emoji
    and punctuation become spaces. A figure is one word, however its digits are grouped ("10000", "2.5", "-12"); a sign
    at the end of a word or of a rating is part of it ("c++", "aa-"); a percent sign is a word; only marks that are
    accents or points are removed. A stretched letter is reduced to one, except in Roman numerals and most acronyms. In
    scripts without spaces each character is a word, except in Katakana. Folding is idempotent.
    """
    if text.isascii() and text.isalnum():  # one word, as most texts are that are folded
        return _without_stretched(text.lower())
    if "/" in text or "www." in text:
        text = without_links(text)
    text = text.lower() if text.isascii() else plain(_DASH_FOR_MINUS.sub("-", text))
    if "%" in text:
        text = text.replace("%", " percent ")
    if _MARKED_DIGIT.search(text):
        text = _GROUPED_DIGITS.sub(_normalised_figure, _BARE_DECIMAL.sub(r"\g<1>0.", text))
    folded = " ".join(_TOKEN.findall(text) if _SIGNED.search(text) else text.translate(_SPACES).split())
    return _without_stretched(folded)


def clipped(text: str, most: int) -> str:
    """Return the beginning of a text that is folded to about `most` characters and 200 words.

    One character may stand for eighteen, and a thousand for five hundred words: ordinary texts have fewer.
    """
    text = text[:most]
    if more := next(islice(_ALPHANUMERICS.finditer(text), MAX_WORDS, None), None):
        text = text[: more.start()]
    if text.isascii() and "%" not in text:
        return text
    for at, size in enumerate(accumulate(map(_folded_size, text))):
        if size > most:
            return text[:at]
    return text


@lru_cache(maxsize=10_000)
def _folded_size(character: str) -> int:
    if character.isascii():
        return len(" percent ") if character == "%" else 1
    return max(1, len(plain(character)), 0 if character.isalpha() else len(fold(character)) + 1)


def words(text: str) -> list[str]:
    """Split a text into its folded words."""
    return fold(text).split()


def without_links(text: str) -> str:
    """Remove web addresses from a text."""
    return _LINK.sub(" ", text)


def tokens(text: str) -> list[Token]:
    """Return the folded words with their spans; words written together, such as "49%", share a span."""
    return list(_tokens(text))


@lru_cache(MAX_CACHED_TEXTS)
def _tokens(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    start = 0
    for chunk in _WHITESPACE.split(text):
        folded = words(chunk)
        positions = [(start + part.start(), start + part.end()) for part in _ALPHANUMERICS.finditer(chunk)]
        if len(positions) != len(folded):
            positions = [(start, start + len(chunk))] * len(folded)
        found += [Token(word, *position) for word, position in zip(folded, positions, strict=True)]
        start += len(chunk)
        blank = _WHITESPACE.match(text, start)
        start = blank.end() if blank else start
    return tuple(found)


def with_surfaces(text: str) -> list[tuple[str, str]]:
    """Return pairs of a folded word and the text it was read from."""
    return [(word, text[start:end]) for word, start, end in tokens(text)]


def is_roman(word: str) -> bool:
    """Return whether a folded word could be a Roman numeral of at least two letters."""
    return len(word) > 1 and _ROMAN.fullmatch(word) is not None


def _normalised_figure(match: re.Match[str]) -> str:
    """Write a figure with a decimal point and without thousands separators.

    Three digits after a separator are thousands unless the figure starts with zero: "10.000" is ten thousand, "0.125"
    is a fraction. Anything else, such as a date, is split at its separators.
    """
    groups, marks = _DIGIT_SEPARATOR.split(match[0]), _DIGIT_SEPARATOR.findall(match[0])
    if _are_thousands(groups, marks):
        return "".join(groups)
    *whole, decimals = groups
    if marks[-1] == "'" or len(set(marks)) != min(2, len(marks)) or not _are_thousands(whole, marks[:-1]):
        return " ".join(groups)
    trimmed = decimals.rstrip("0")
    if len(trimmed) == 3 != len(decimals):
        trimmed = decimals  # three digits would be read as thousands
    return f"{''.join(whole)}.{trimmed}" if trimmed else "".join(whole)


def _are_thousands(groups: list[str], marks: list[str]) -> bool:
    """Return whether groups of digits form one number; a single group does only if there is no separator."""
    first, *others = groups
    if not others:
        return not marks
    return len(set(marks)) == 1 and len(first) <= 3 and first[0] != "0" and all(len(group) == 3 for group in others)


def _without_stretched(folded: str) -> str:
    has_stretched = _TRIPLE.search(folded) and _TRIPLE_LETTER.search(folded)
    return _WORD.sub(_unstretched, folded) if has_stretched else folded


def _unstretched(match: re.Match[str]) -> str:
    word = match[0]
    return word if _ROMAN.fullmatch(word) else _STRETCHED.sub(lambda run: run[0][0], word)
