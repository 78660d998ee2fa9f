"""Match misspelt words with the names of a story."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.fold import words
from bot.matching.reading.phrases import Phrase
from bot.matching.reading.spelling.edits import edit_cost
from bot.matching.reading.spelling.phonetics import outline

MIN_NAME_LETTERS = 4  # of a name that a word may be corrected to
MIN_TWO_EDITS_LETTERS = 6  # of a word that may have two edits
SAME_OUTLINE_COST = 2.5  # of a word that differs from the name in its vowels only
OUTLINE_EDIT_COST = 0.8  # in addition to the edits between the outlines


class Names:
    """The names of a story and their single words, folded; immutable once built."""

    def __init__(self, names: Iterable[str], persons: Iterable[str]) -> None:
        phrases = [tuple(words(name)) for name in names]
        self.words = frozenset(chain.from_iterable(phrases))
        self.persons = frozenset(word for name in persons for word in words(name) if len(word) >= MIN_NAME_LETTERS)
        self._phrases: dict[str, Phrase] = {word: (word,) for word in self.words}
        self._phrases |= {"".join(phrase): phrase for phrase in phrases}
        self._likely = sorted(joined for joined in self._phrases if len(joined) >= MIN_NAME_LETTERS)
        self._by_outline: dict[str, list[str]] = defaultdict(list)
        for joined in self._likely:
            self._by_outline[outline(joined)].append(joined)

    def __contains__(self, word: str) -> bool:
        """Return whether a word, without the s of a genitive, is part of a name."""
        return word in self.words or (word[-1:] == "s" and word[-2:-1] != "s" and word[:-1] in self.words)

    def is_joined(self, typed: Sequence[str]) -> bool:
        """Return whether words joined together are a name: "open ai"."""
        return "".join(typed) in self._phrases

    def has_person(self, phrase: Iterable[str]) -> bool:
        """Return whether the words contain a person's name."""
        return not self.persons.isdisjoint(phrase)

    def near(self, typed: str) -> list[tuple[Phrase, float]]:
        """Return the names that a word may be a misspelling of, and the cost of each."""
        if len(typed) < MIN_NAME_LETTERS:
            return []
        limit = 1 if len(typed) < MIN_TWO_EDITS_LETTERS else 2
        found = process.extract(typed, self._likely, scorer=OSA.distance, score_cutoff=limit, limit=None)
        heard = outline(typed)
        alike = [name for name in self._by_outline.get(heard, ()) if name[0] == typed[0]]
        return [
            (self._phrases[name], _name_cost(typed, name, heard))
            for name in dict.fromkeys([name for name, *_ in found] + alike)
        ]

    def sounding_like(self, joined: str) -> list[tuple[Phrase, float]]:
        """Return the names that differ in their vowels only from correct words joined together: "open eye"."""
        names = self._by_outline.get(outline(joined), ())
        return [
            (self._phrases[name], SAME_OUTLINE_COST)
            for name in names
            if name[0] == joined[0] and abs(len(name) - len(joined)) <= 1
        ]


def _name_cost(typed: str, name: str, heard: str) -> float:
    other = outline(name)
    as_heard = SAME_OUTLINE_COST if heard == other else OUTLINE_EDIT_COST + edit_cost(heard, other)
    return min(edit_cost(typed, name), max(as_heard, OUTLINE_EDIT_COST))
