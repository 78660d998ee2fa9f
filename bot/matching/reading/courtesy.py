"""Take off a text what is only polite: "thanks in advance", "OnRecord, ..."."""

import re
from collections.abc import Set

from bot.matching.fold import Token, tokens
from bot.matching.reading.language import Phrase
from bot.matching.reading.question import phrase_at

ADDRESSES: frozenset[Phrase] = frozenset({("onrecord",), ("on", "record"), ("bot",)})  # the bot, when it is spoken to
_AFTER_ADDRESS = (",", ":", "!", ";")
_BEFORE_ADDRESS = (",", "?", "!", ".")
_LOOSE = " \t\r\n,;:!."
_PUNCTUATION = re.compile(r"[^\s\w'’]")


def without_courtesy(text: str, phrases: Set[Phrase]) -> str:
    """Return a text without phrases of courtesy, which open or close a clause; a single word opens or closes the text.

    So does the bot's name, if it is an address: "OnRecord, who...", not "who is OnRecord?". A text that is nothing but
    courtesy becomes empty.
    """
    placed = tokens(text)
    folded = [token.folded for token in placed]
    polite: set[int] = set()
    for at in range(len(folded)):
        size = phrase_at(folded, at, phrases)
        if size > 1 and (_is_parted(text, placed, at) or _is_parted(text, placed, at + size)):
            polite.update(range(at, at + size))
    first = 0
    while first < len(folded) and (size := _opening(text, placed, folded, first, phrases, polite)):
        first += size
    last = len(folded)
    while last > first and (size := _closing(text, placed, folded, last, phrases, polite)):
        last -= size
    if first == 0 and last == len(folded) and not polite:
        return text
    return _rest(text, placed, range(first, last), polite)


def _is_parted(text: str, placed: list[Token], at: int) -> bool:
    """Return whether punctuation, or an end of the text, stands before a word."""
    return at in {0, len(placed)} or _PUNCTUATION.search(text, placed[at - 1].end, placed[at].start) is not None


def _opening(text: str, placed: list[Token], folded: list[str], at: int, phrases: Set[Phrase], polite: Set[int]) -> int:
    """Return how many words of courtesy start there."""
    if at in polite or (folded[at],) in phrases:
        return 1
    size = phrase_at(folded, at, ADDRESSES)
    is_address = size and (at > 0 or text[placed[at + size - 1].end :].lstrip().startswith(_AFTER_ADDRESS))
    return size if is_address else 0


def _closing(
    text: str, placed: list[Token], folded: list[str], end: int, phrases: Set[Phrase], polite: Set[int]
) -> int:
    """Return how many words of courtesy end there."""
    if end - 1 in polite or (folded[end - 1],) in phrases:
        return 1
    for address in ADDRESSES:
        start = end - len(address)
        if start > 0 and tuple(folded[start:end]) == address:
            after_courtesy = start - 1 in polite or (folded[start - 1],) in phrases
            if after_courtesy or text[: placed[start].start].rstrip().endswith(_BEFORE_ADDRESS):
                return len(address)
    return 0


def _rest(text: str, placed: list[Token], left: range, polite: Set[int]) -> str:
    """Return the text of the words that are left, without the punctuation of what was taken off before and after."""
    start = placed[left.start - 1].end if left.start else 0
    end = placed[left.stop].start if left.stop < len(placed) else len(text)
    pieces = []
    for at in left:
        if at in polite:
            if at - 1 not in polite:
                pieces.append(text[start : placed[at].start])
            start = placed[at].end
    rest = "".join([*pieces, text[start:end]])
    rest = rest.lstrip(_LOOSE) if left.start else rest
    return rest.rstrip(_LOOSE) if left.stop < len(placed) else rest
