"""Remove politeness from a text: "thanks in advance", "OnRecord, ..."."""

import re
from collections.abc import Set

from bot.matching.fold import Token, tokens
from bot.matching.reading.phrases import PhraseTable, phrase_list

BOT_NAMES = phrase_list(("OnRecord", "On Record", "bot"))  # how readers address the bot
_AFTER_BOT_NAME = (",", ":", "!", ";")
_BEFORE_BOT_NAME = (",", "?", "!", ".")
_TRIMMED = " \t\r\n,;:!."
_PUNCTUATION = re.compile(r"[^\s\w'’]")


def without_courtesy(text: str, phrases: PhraseTable[None]) -> str:
    """Return a text without the courtesy phrases that start or end a clause.

    A phrase of one word, and the bot's name used as an address ("OnRecord, who...", not "who is OnRecord?"), are
    removed only at the start or the end of the text. A text that is only courtesy becomes empty.
    """
    located = tokens(text)
    folded = [token.folded for token in located]
    polite: set[int] = set()
    for at in range(len(folded)):
        size = phrases.length_at(folded, at)
        if size > 1 and (_is_clause_edge(text, located, at) or _is_clause_edge(text, located, at + size)):
            polite.update(range(at, at + size))
    first = 0
    while first < len(folded) and (size := _opening(text, located, folded, first, phrases, polite)):
        first += size
    last = len(folded)
    while last > first and (size := _closing(text, located, folded, last, phrases, polite)):
        last -= size
    if first == 0 and last == len(folded) and not polite:
        return text
    return _remainder(text, located, range(first, last), polite)


def _is_clause_edge(text: str, located: list[Token], at: int) -> bool:
    """Return whether a word follows punctuation, or starts or ends the text."""
    return at in {0, len(located)} or _PUNCTUATION.search(text, located[at - 1].end, located[at].start) is not None


def _opening(
    text: str, located: list[Token], folded: list[str], at: int, phrases: PhraseTable[None], polite: Set[int]
) -> int:
    """Return the number of courtesy words that start at this position."""
    if at in polite or (folded[at],) in phrases:
        return 1
    size = BOT_NAMES.length_at(folded, at)
    is_address = size and (at > 0 or text[located[at + size - 1].end :].lstrip().startswith(_AFTER_BOT_NAME))
    return size if is_address else 0


def _closing(
    text: str, located: list[Token], folded: list[str], end: int, phrases: PhraseTable[None], polite: Set[int]
) -> int:
    """Return the number of courtesy words that end before this position."""
    if end - 1 in polite or (folded[end - 1],) in phrases:
        return 1
    for address in BOT_NAMES:
        start = end - len(address)
        if start > 0 and tuple(folded[start:end]) == address:
            after_courtesy = start - 1 in polite or (folded[start - 1],) in phrases
            if after_courtesy or text[: located[start].start].rstrip().endswith(_BEFORE_BOT_NAME):
                return len(address)
    return 0


def _remainder(text: str, located: list[Token], left: range, polite: Set[int]) -> str:
    """Return the text of the remaining words, without the punctuation around what was removed."""
    start = located[left.start - 1].end if left.start else 0
    end = located[left.stop].start if left.stop < len(located) else len(text)
    pieces = []
    for at in left:
        if at in polite:
            if at - 1 not in polite:
                pieces.append(text[start : located[at].start])
            start = located[at].end
    rest = "".join([*pieces, text[start:end]])
    rest = rest.lstrip(_TRIMMED) if left.start else rest
    if left.stop == len(located):
        return rest
    rest = rest.rstrip(_TRIMMED)
    return f"{rest}?" if "?" in text[end:] and rest[-1:].isalnum() else rest
