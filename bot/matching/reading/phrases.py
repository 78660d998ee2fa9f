"""Find the phrases of a language in a text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from bot.matching.fold import words

Phrase = tuple[str, ...]
Meaning = TypeVar("Meaning")


@dataclass(frozen=True, eq=False)
class PhraseTable(Mapping[Phrase, Meaning]):
    """Folded phrases, each with what it means; None if only its presence counts."""

    meanings: Mapping[Phrase, Meaning]

    def __getitem__(self, phrase: Phrase) -> Meaning:
        """Return what a phrase means."""
        return self.meanings[phrase]

    def __iter__(self) -> Iterator[Phrase]:
        """Iterate over the phrases."""
        return iter(self.meanings)

    def __len__(self) -> int:
        """Return the number of phrases."""
        return len(self.meanings)

    @cached_property
    def openings(self) -> Mapping[str, int]:
        """By the first word of a phrase, the number of words of the longest that starts with it."""
        longest: dict[str, int] = {}
        for phrase in filter(None, self.meanings):
            longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
        return longest

    def may_open(self, tokens: Sequence[str]) -> list[int]:
        """Return the positions of the words that start a phrase."""
        openings = self.openings
        return (
            [] if openings.keys().isdisjoint(tokens) else [at for at, token in enumerate(tokens) if token in openings]
        )

    def length_at(self, tokens: Sequence[str], at: int, covered: Set[int] = frozenset()) -> int:
        """Return the length in words of the longest phrase at this position and outside `covered`, else 0."""
        if at >= len(tokens) or tokens[at] not in self.openings:
            return 0
        for size in range(min(self.openings[tokens[at]], len(tokens) - at), 0, -1):
            if tuple(tokens[at : at + size]) in self.meanings and covered.isdisjoint(range(at, at + size)):
                return size
        return 0

    def lengths(self, tokens: Sequence[str], covered: Set[int] = frozenset()) -> dict[int, int]:
        """Return by its first position the length in words of each phrase in a text; they may overlap."""
        return {at: size for at in self.may_open(tokens) if (size := self.length_at(tokens, at, covered))}


def phrase_of(text: str) -> Phrase:
    """Fold a text into a phrase."""
    return tuple(words(text))


def phrase_list(texts: Iterable[str]) -> PhraseTable[None]:
    """Return phrases without a meaning of their own."""
    return PhraseTable(dict.fromkeys(map(phrase_of, texts)))


def replace_phrases(tokens: list[str], table: PhraseTable[Phrase]) -> list[str]:
    """Replace the phrases of a table, from left to right; the longest wins."""
    if table.openings.keys().isdisjoint(tokens):
        return tokens
    result: list[str] = []
    at = 0
    while at < len(tokens):
        size = table.length_at(tokens, at)
        result += table[tuple(tokens[at : at + size])] if size else (tokens[at],)
        at += size or 1
    return result
