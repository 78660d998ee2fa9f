"""Split a paragraph into sentences of words, marks and whole quotations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from bot.drafting.grammar import Grammar, lower
from bot.drafting.quotations import Quotation

PieceKind = Literal["word", "mark", "quotation"]

_ELIDED = r"(?:[ldsnjmtc]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)"
_INVERTED = r"-t-(?=(?:ils?|elles?|on)\b)|-(?=(?:ils?|elles?|on|je|vous|nous)\b)"
_PIECE = re.compile(
    rf"(?P<word>\b{_ELIDED}|\w+n['’]t\b|['’]s\b|\d+(?:[.,\u00a0\u202f ]?\d)*"
    rf"|(?:[A-Z]\.)+(?=\s?[A-Z])|[^\W_]+(?:[-&](?!(?:t-)?(?:ils?|elles?|on|je|vous|nous)\b)[^\W_]+)*)"
    rf"|(?P<joint>{_INVERTED})|(?P<mark>\.{{2,}}|[^\w\s])",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", "…", "..", "...")


@dataclass(frozen=True)
class Piece:
    """A word, a mark or a quotation, with its span in the paragraph."""

    text: str
    kind: PieceKind
    start: int
    end: int
    quotation: Quotation | None = None
    is_inverted: bool = False  # joined to its verb by a hyphen: "dit-elle"

    @cached_property
    def low(self) -> str:
        """The text in lower case, with straight apostrophes."""
        return lower(self.text)

    @property
    def is_capitalised(self) -> bool:
        """Whether it is a word that starts with a capital."""
        return self.kind == "word" and self.text[0].isupper()


@dataclass(frozen=True)
class Sentence:
    """A sentence: the number of its paragraph, its number in it (both from 1), and its pieces."""

    paragraph: int
    number: int
    pieces: tuple[Piece, ...]
    is_finished: bool = True  # it ends with a full stop or the like; a heading does not

    @property
    def start(self) -> int:
        """Where it starts in its paragraph."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where it ends in its paragraph."""
        return self.pieces[-1].end

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations in it."""
        return tuple(piece.quotation for piece in self.pieces if piece.quotation)

    @property
    def words(self) -> int:
        """How many words it has outside quotations."""
        return sum(piece.kind == "word" for piece in self.pieces)


def pieces(text: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """Yield the words and marks of a part of a text."""
    inverted = False
    for match in _PIECE.finditer(text, start, len(text) if end is None else end):
        if match["joint"]:
            inverted = True
            continue
        kind: PieceKind = "word" if match["word"] else "mark"
        yield Piece(match[0], kind, match.start(), match.end(), None, inverted and kind == "word")
        inverted = False


def sentences(
    paragraph: int, text: str, quoted: Sequence[Quotation], grammar: Grammar, skip: int = 0
) -> list[Sentence]:
    """Split a paragraph; `quoted` are its quotations in order, and its first `skip` characters are left out."""
    found: list[list[Piece]] = [[]]
    for piece in _whole(text, quoted, skip):
        if found[-1] and _starts(found[-1], piece, grammar):
            found.append([])
        found[-1].append(piece)
    runs = _with_tags([run for run in found if any(piece.kind != "mark" for piece in run)], grammar)
    return [Sentence(paragraph, number, tuple(run), _is_finished(run)) for number, run in enumerate(runs, start=1)]


def _whole(text: str, quoted: Sequence[Quotation], skip: int) -> Iterator[Piece]:
    at = skip
    for quotation in quoted:
        start, end = quotation.outer
        yield from pieces(text, at, start)
        yield Piece(text[start:end], "quotation", start, end, quotation)
        at = end
    yield from pieces(text, at)


def _starts(before: list[Piece], piece: Piece, grammar: Grammar) -> bool:
    """Return whether a sentence starts at this piece."""
    last = before[-1]
    opens = piece.quotation is not None or piece.text[0].isupper() or piece.text[0].isdigit()
    if not opens:
        return False
    if last.quotation:
        return piece.kind == "word" and last.quotation.text.endswith(_ENDS)
    if last.text not in _ENDS:
        return False
    return last.text != "." or len(before) < 2 or not _is_abbreviation(before[-2], last, grammar)


def _is_abbreviation(word: Piece, stop: Piece, grammar: Grammar) -> bool:
    if word.end != stop.start or word.kind != "word":
        return False
    return (len(word.text) == 1 and word.text.isupper()) or grammar.has("abbreviations", word.low)


def _with_tags(runs: list[list[Piece]], grammar: Grammar) -> list[list[Piece]]:
    """Join a short sentence that only says who spoke, such as "Smith said.", to the quotation before it."""
    joined: list[list[Piece]] = []
    for run in runs:
        if joined and joined[-1][-1].quotation and _is_tag(run, grammar):
            joined[-1] = joined[-1] + run
        else:
            joined.append(run)
    return joined


def _is_tag(run: list[Piece], grammar: Grammar) -> bool:
    words = [piece for piece in run if piece.kind == "word"]
    verbs = [at for at, piece in enumerate(words) if piece.low in grammar.verbs]
    if len(words) > 8 or not verbs or any(piece.quotation for piece in run):
        return False
    after = words[verbs[-1] + 1 :]
    return not any(grammar.has("clauses", word.low) or grammar.has("determiners", word.low) for word in after) and all(
        grammar.has("adverbs", word.low) or grammar.has("prepositions", word.low) or word.text[0].isupper()
        for word in after
    )


def _is_finished(run: list[Piece]) -> bool:
    last = run[-1]
    if last.quotation:
        return last.quotation.text.endswith(_ENDS) or last.quotation.continues
    return last.text in (*_ENDS, ":", "»", "”", ")")


def text_of(run: Sequence[Piece]) -> str:
    """Return the text of pieces, with a space where there is one between them."""
    parts = [run[0].text]
    for before, piece in pairwise(run):
        parts.append((" " if piece.start > before.end else "") + piece.text)
    return "".join(parts)
