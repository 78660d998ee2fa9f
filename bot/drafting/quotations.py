"""Find the quotations of an article, whatever marks they are written with; one inside another is a part of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_SINGLE_QUOTED_CHARACTERS = 400  # between ‘ and ’, which is also an apostrophe

_CLOSERS = {"«": "»", "“": "”", "„": "“”", "‹": "›", "‘": "’", '"': '"', "'": "'"}
_OPENING_DOUBLE = re.compile(r'(?<![\w.,!?…])"(?=\S)|^"')
_OPENING_SINGLE = re.compile(r"(?<![\w.,!?…»”])['‘](?=\w)")
_CLOSING_SINGLE = re.compile(r"(?<=[.,!?…])['’](?!\w)")
_CLOSING_SINGLE_AFTER_WORD = re.compile(r"(?<=\w)(?<!s)['’](?!\w)|(?<=\w)['’](?=[.,;:!?)]|$)")
_TURNED = str.maketrans("«»", "»«")
_SPACES = " \t\u00a0\u202f\u2009"


@dataclass(frozen=True)
class Quotation:
    """The words between two marks: spans in characters of a paragraph, with and without the marks."""

    paragraph: int  # from 1
    outer: tuple[int, int]
    inner: tuple[int, int]
    text: str
    continues: bool = False  # it goes on from the paragraph before


def quotations(paragraphs: Iterable[str]) -> list[Quotation]:
    """Return the outermost quotations in order; one over several paragraphs gives one for each.

    A mark that nothing closes opens a quotation only if the next paragraph goes on with it: newspapers repeat the
    opening mark there, or write none.
    """
    written = list(paragraphs)
    texts = _turned(written)
    found: list[Quotation] = []
    opener = ""
    for number, text in enumerate(texts, start=1):
        rest = texts[number : number + 1]
        spans, opener = _spans(text, opener, rest[0] if rest else "")
        found += [_quotation(number, written[number - 1], *span) for span in spans]
    return found


def _turned(texts: list[str]) -> list[str]:
    """Return the texts with the marks of »this« style, usual in German and Danish, as in «this»."""
    inward = sum(len(re.findall(r"»\w", text)) for text in texts)
    outward = sum(len(re.findall(r"«\s?\w", text)) for text in texts)
    return [text.translate(_TURNED) for text in texts] if inward > outward else texts


def _quotation(number: int, text: str, start: int, end: int, left: int, right: int, continues: bool) -> Quotation:
    """Return a quotation without the spaces inside its marks; `left` and `right` are the lengths of the marks, or 0."""
    first, last = start + left, end - right
    while first < last and text[first] in _SPACES:
        first += 1
    while last > first and text[last - 1] in _SPACES:
        last -= 1
    return Quotation(number, (start, end), (first, last), text[first:last], continues)


Span = tuple[int, int, int, int, bool]


def _spans(text: str, opener: str, after: str) -> tuple[list[Span], str]:
    """Return the spans of a paragraph, and the mark that is still open at its end."""
    found: list[Span] = []
    at = 0
    if opener:
        left = 1 if text.startswith((opener, *_CLOSERS[opener])) else 0
        end = _end(text, left, opener)
        if end is None:
            return [(0, len(text), left, 0, True)], opener if _goes_on(opener, after) else ""
        found.append((0, end, left, 1, True))
        at = end
    while (start := _start(text, at)) is not None:
        mark = text[start]
        end = _end(text, start + 1, mark)
        if end is not None:
            found.append((start, end, 1, 1, False))
            at = end
        elif _goes_on(mark, after):
            found.append((start, len(text), 1, 0, False))
            return found, mark
        else:
            at = start + 1
    return found, ""


def _goes_on(mark: str, after: str) -> bool:
    """Return whether the paragraph `after` goes on with a quotation that the one before it does not close."""
    if mark == "'":
        return False
    if after.startswith(mark) and _end(after, 1, mark) is not None:
        return True
    closer, first = _first(after, _CLOSERS[mark]), _first(after, mark)
    return mark != '"' and (after.startswith(mark) or (closer is not None and (first is None or closer < first)))


def _first(text: str, marks: str) -> int | None:
    return min((at for mark in marks if (at := text.find(mark)) >= 0), default=None)


def _start(text: str, at: int) -> int | None:
    return min(_starts(text, at), default=None)


def _starts(text: str, at: int) -> Iterator[int]:
    for mark in "«“„‹":
        if (found := text.find(mark, at)) >= 0:
            yield found
    for pattern in (_OPENING_DOUBLE, _OPENING_SINGLE):
        match = pattern.search(text, at)
        while match and match[0] in "'‘" and _end(text, match.end(), match[0]) is None:
            match = pattern.search(text, match.end())  # an apostrophe: 'em, ’90s
        if match:
            yield match.start()


def _end(text: str, at: int, mark: str) -> int | None:
    """Return the end of the quotation that `mark` opened before `at`, with its closing mark; None if not closed."""
    if mark in "'‘":
        return _end_of_single(text, at)
    if mark == '"':
        found = text.find(mark, at)
        return found + 1 if found >= 0 else None
    depth, closers = 1, _CLOSERS[mark]
    for place in range(at, len(text)):
        if text[place] in closers:
            depth -= 1
        elif text[place] == mark:
            depth += 1
        if depth == 0:
            return place + 1
    return None


def _end_of_single(text: str, at: int) -> int | None:
    """Return the end of a single-quoted quotation; None if it is not closed.

    A mark after punctuation comes first: after a letter it may be the apostrophe of "the teachers' union".
    """
    limit = min(len(text), at + MAX_SINGLE_QUOTED_CHARACTERS)
    opening = text.find("‘", at)
    limit = limit if opening < 0 else min(limit, opening)
    for pattern in (_CLOSING_SINGLE, _CLOSING_SINGLE_AFTER_WORD):
        match = pattern.search(text, at, limit)
        if match:
            return match.end()
    return None
