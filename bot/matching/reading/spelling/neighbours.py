"""Find the words that look or sound like a misspelt word."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.reading.spelling.edits import VOWELS
from bot.matching.reading.spelling.phonetics import phonetic_keys

MIN_LONG_LETTERS = 5  # of a word compared by two letters at each end, and not by one
MIN_TWO_EDITS_LETTERS = 6  # of a word that may have two edits
MAX_LISTED_WORDS = 30_000  # of a language; 99 % of running text
MAX_NEAR_WORDS = 40  # whose cost is computed

End = tuple[int, str, str]  # the length of a word, and either its first letters or its last ones; the other is empty


class Neighbours:
    """Words of one language, indexed by sound and by their first and last letters; immutable once built."""

    def __init__(self, words: Collection[str], code: str, sounds: Mapping[str, str] | None = None) -> None:
        """Index words, the most frequent first; `sounds` respells those that sound different from their folded form."""
        self._code = code
        self._by_key: dict[str, list[str]] = defaultdict(list)
        self._by_end: dict[End, list[str]] = defaultdict(list)
        for word, key in zip(
            words, phonetic_keys((sounds.get(word, word) for word in words) if sounds else words, code), strict=True
        ):
            if VOWELS.isdisjoint(word):  # an abbreviation, or part of a word such as "ll"
                continue
            self._by_key[key].append(word)
            size = len(word)
            letters = (1, 2) if size <= MIN_LONG_LETTERS else (2,)  # a typed word of four letters may be missing one
            for count in letters:
                self._by_end[size, word[:count], ""].append(word)
                self._by_end[size, "", word[-count:]].append(word)

    def homophones(self, word: str) -> list[str]:
        """Return the words that sound the same as this one."""
        return self._by_key.get(phonetic_keys([word], self._code)[0], [])

    def alike(self, word: str) -> list[str]:
        """Return the words at most one edit away, or two for a long word.

        One edit leaves the first or the last letters unchanged, and so do most pairs of edits. So only few of the known
        words are compared.
        """
        limit = 1 if len(word) < MIN_TWO_EDITS_LETTERS else 2
        letters = 1 if len(word) < MIN_LONG_LETTERS else 2
        sizes = range(max(2, len(word) - limit), len(word) + limit + 1)
        ends: Iterable[End] = chain.from_iterable(
            ((size, word[:letters], ""), (size, "", word[-letters:])) for size in sizes
        )
        known = list(dict.fromkeys(chain.from_iterable(self._by_end.get(end, ()) for end in ends)))
        found = process.extract(word, known, scorer=OSA.distance, score_cutoff=limit, limit=MAX_NEAR_WORDS)
        return [near for near, _, _ in found]
