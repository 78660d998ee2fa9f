"""Split a question that offers alternatives into one question for each: "Is it X, Y, or rather Z?"."""

from collections.abc import Sequence

from bot.matching.fold import Token, tokens
from bot.matching.reading.language import Language
from bot.matching.reading.question import ParsedQuestion

MAX_ALTERNATIVES = 4  # each costs a ranking
MAX_LEAD_WORDS = 3  # function words before an alternative: "over a" contract
WHERE = "où"  # folded it is "ou", which means "or"


def alternatives(question: ParsedQuestion) -> tuple[str, ...]:
    """Return the question with each of its alternatives alone; empty if it offers none."""
    located, language = tokens(question.text), question.spoken
    folded = [token.folded for token in located]
    for at in range(1, len(folded) - 1):
        size = language.alternatives.length_at(folded, at)
        if size and WHERE not in question.text[located[at].start : located[at].end].lower():
            surfaces = [unit.surface.split() for unit in question.units]
            return _split(question.text, located, at, at + size, surfaces, language)
    return ()


def _split(
    text: str, located: Sequence[Token], at: int, after: int, surfaces: Sequence[list[str]], language: Language
) -> tuple[str, ...]:
    """Return the text with each alternative; "or" is from `at` to `after`."""
    folded = [token.folded for token in located]
    leads = 0
    while leads < MAX_LEAD_WORDS and after + leads < len(folded) and folded[after + leads] in language.stop:
        leads += 1
    last_end = after + leads + _length_from(folded, after + leads, surfaces)
    if last_end > len(folded):
        return ()
    spans = [(after, last_end)]
    end = at
    while end > 0 and len(spans) < MAX_ALTERNATIVES and (len(spans) == 1 or "," in _between(text, located, end)):
        start = end - _length_to(folded, end, surfaces)
        if folded[start] in language.stop:
            break
        for _ in range(leads):
            start -= start > 0 and folded[start - 1] in language.stop
        spans.insert(0, (start, end))
        end = start
    if len(spans) == 1 or language.stop.issuperset((*folded[: spans[0][0]], *folded[last_end:])):
        return ()  # "Musk or Altman?" asks nothing about either
    before, rest = text[: located[spans[0][0]].start], text[located[last_end - 1].end :]
    return tuple(f"{before}{text[located[first].start : located[last - 1].end]}{rest}" for first, last in spans)


def _between(text: str, located: Sequence[Token], at: int) -> str:
    """Return what is between a token and the one before it."""
    return text[located[at - 1].end : located[at].start]


def _length_from(folded: list[str], at: int, surfaces: Sequence[list[str]]) -> int:
    """Return the number of words of the name or content word that starts at a position, at least 1."""
    return max((len(words) for words in surfaces if folded[at : at + len(words)] == words), default=1)


def _length_to(folded: list[str], end: int, surfaces: Sequence[list[str]]) -> int:
    """Return the number of words of the name or content word that ends at a position, at least 1."""
    return max((len(words) for words in surfaces if folded[max(0, end - len(words)) : end] == words), default=1)
