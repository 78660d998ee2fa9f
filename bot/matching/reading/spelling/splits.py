"""Split words that were written as one: "lentreprise", "whois", "delagence"."""

from collections.abc import Callable, Iterator

from bot.matching.reading.spelling.wordlist import ELIDED

ELIDING_INITIALS = frozenset("aeiouh")  # first letters of words before which a word is elided
MAX_SPLIT_PARTS = 3
MIN_SPLIT_LETTERS = 3  # of the whole
MIN_PART_LETTERS = 2  # except for elided words
ELISION_COST = 1.0  # of a missing apostrophe
SPACE_COST = 4.0  # of a missing space

Parts = tuple[str, ...]


def splits(word: str, code: str, is_part: Callable[[str], bool]) -> Iterator[tuple[Parts, float]]:
    """Yield the ways to split a word into words that `is_part` accepts, each with its cost."""
    if len(word) >= MIN_SPLIT_LETTERS:
        for parts, cost in _splits(word, code, is_part, MAX_SPLIT_PARTS):
            if len(parts) > 1:
                yield parts, cost


def elisions(word: str, code: str) -> Iterator[tuple[str, str]]:
    """Yield each elided word that a word may start with, and the rest of it."""
    for elided in ELIDED.get(code, ()):
        rest = word.removeprefix(elided)
        # The word lists contain "c'est" and the like as single words.
        if rest != word and elided != "c" and rest[:1] in ELIDING_INITIALS and len(rest) >= MIN_PART_LETTERS:
            yield elided, rest


def _splits(word: str, code: str, is_part: Callable[[str], bool], max_parts: int) -> Iterator[tuple[Parts, float]]:
    if is_part(word):
        yield (word,), 0.0
    if max_parts == 1:
        return
    for elided, rest in elisions(word, code):
        for parts, cost in _splits(rest, code, is_part, max_parts - 1):
            yield (elided, *parts), cost + ELISION_COST
    for at in range(MIN_PART_LETTERS, len(word) - MIN_PART_LETTERS + 1):
        if is_part(word[:at]):
            for parts, cost in _splits(word[at:], code, is_part, max_parts - 1):
                yield (word[:at], *parts), cost + SPACE_COST
