"""Choose the exact words of a citation: a few decisive ones, which occur once in their paragraph."""

import re
from dataclasses import dataclass

LEAST_WORDS, MOST_WORDS = 3, 12  # of a citation: one word proves nothing, and more than 15 are refused
MAX_CONTEXT_WORDS = 12  # before or after the words, until they occur once

_WORD = re.compile(r"\S+")
_OPENING, _CLOSING = " \t\u00a0\u202f«“‘\"'(,;:.–—-", " \t\u00a0\u202f«“‘\"',;:.(–—-"
_PAIRS = (("«", "»"), ("“", "”"), ("‘", "’"), ('"', '"'))
_STOPS = re.compile(r"[,;:.!?…»”]$")


@dataclass(frozen=True)
class CitedWords:
    """Exact words of a paragraph, with the text around them if they occur more than once."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    quoted: bool = False  # whether the article has them between quotation marks


def cited_words(text: str, start: int, end: int, *, first: int = 0, last: int | None = None) -> CitedWords:
    """Return the words in text[start:end], at most MOST_WORDS of them.

    If they are fewer than LEAST_WORDS, words before and after them are added, within text[first:last], their sentence.
    """
    words = [
        (match.start() + start, match.end() + start)
        for match in _WORD.finditer(text[start:end])
        if re.search(r"\w", match[0])
    ]
    count = len(words)
    if not words:
        return _once(text, start, end)
    if count > MOST_WORDS:
        end = _natural_end(text, words)
    elif count < LEAST_WORDS:
        start, end = _wider(text, words[0][0], end, LEAST_WORDS - count, first, len(text) if last is None else last)
    return _once(text, *_trimmed(text, start, end))


def _natural_end(text: str, words: list[tuple[int, int]]) -> int:
    """End at the last comma or the like among the first words, else after as many as allowed."""
    for start, end in reversed(words[LEAST_WORDS:MOST_WORDS]):
        if _STOPS.search(text[start:end]):
            return end
    return words[MOST_WORDS - 1][1]


def _wider(text: str, start: int, end: int, missing: int, first: int, last: int) -> tuple[int, int]:
    before = [match.start() for match in _WORD.finditer(text, first, start) if re.search(r"\w", match[0])]
    if before:
        return before[-missing:][0], end
    after = [match.end() for match in _WORD.finditer(text, end, last) if re.search(r"\w", match[0])]
    return start, (after[:missing] or [end])[-1]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _OPENING:
        start += 1
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return start, _closed(text, start, end)


def _closed(text: str, start: int, end: int) -> int:
    """Return the end after the closing mark, if the words contain its opening mark."""
    for opening, closing in _PAIRS:
        part = text[start:end]
        is_open = part.count(opening) % 2 if opening == closing else part.count(opening) > part.count(closing)
        mark = re.match(rf"[,.!?…\s]{{0,2}}{closing}", text[end:])
        if is_open and mark:
            return end + mark.end()
    return end


def _once(text: str, start: int, end: int) -> CitedWords:
    exact = text[start:end]
    if text.count(exact) < 2:
        return CitedWords(exact)
    before = [match.start() for match in _WORD.finditer(text, 0, start)]
    for place in reversed(before[-MAX_CONTEXT_WORDS:]):
        if text.count(text[place:end]) == 1:
            return CitedWords(exact, prefix=text[place:start])
    after = [match.end() for match in _WORD.finditer(text, end)]
    for place in after[:MAX_CONTEXT_WORDS]:
        if text.count(text[start:place]) == 1:
            return CitedWords(exact, suffix=text[end:place])
    return CitedWords(exact, prefix=text[max(0, start - 1) : start])
