"""Take words apart that were written as one: "lentreprise", "whois", "delagence"."""

from collections.abc import Callable, Iterator

from bot.matching.reading.spelling.frequencies import ELIDED

# The word lists have "c'est" and its like whole.
ELIDING = frozenset("aeiouh")  # the first letters of words before which others are elided
MOST_PARTS = 3
SHORTEST_WHOLE = 3  # letters of what is taken apart
SHORTEST_PART = 2  # letters, but for elided words
ELISION, CUT = 1.0, 4.0  # what it costs to leave out an apostrophe, and a space

Parts = tuple[str, ...]


def apart(word: str, code: str, is_part: Callable[[str], bool]) -> Iterator[tuple[Parts, float]]:
    """Yield the ways to take a word apart into words of which `is_part` is true, and the cost of each."""
    if len(word) >= SHORTEST_WHOLE:
        for parts, cost in _cuts(word, code, is_part, MOST_PARTS):
            if len(parts) > 1:
                yield parts, cost


def elisions(word: str, code: str) -> Iterator[tuple[str, str]]:
    """Yield the elided words that a word may begin with, and the rest."""
    for elided in ELIDED.get(code, ()):
        rest = word.removeprefix(elided)
        if rest != word and elided != "c" and rest[:1] in ELIDING and len(rest) >= SHORTEST_PART:
            yield elided, rest


def _cuts(word: str, code: str, is_part: Callable[[str], bool], most: int) -> Iterator[tuple[Parts, float]]:
    if is_part(word):
        yield (word,), 0.0
    if most == 1:
        return
    for elided, rest in elisions(word, code):
        for parts, cost in _cuts(rest, code, is_part, most - 1):
            yield (elided, *parts), cost + ELISION
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        if is_part(word[:at]):
            for parts, cost in _cuts(word[at:], code, is_part, most - 1):
                yield (word[:at], *parts), cost + CUT
