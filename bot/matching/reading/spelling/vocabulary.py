"""The words that exist: those of a language and of a story, and their inflected forms."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from bot.matching.reading.language import Language
from bot.matching.reading.spelling.wordlist import word_list

MIN_STEM_LETTERS = 5  # many words share a shorter stem
MIN_WORD_LETTERS = 4  # the encoder's vocabulary contains most shorter strings
MAX_COMPARED_WORDS = 30  # with the same first letters as the stem of an unknown word
# Words of chat in many languages, which are newer than the texts that the lists were counted in.
CHAT_WORDS = (
    "admin app apps ban blog bot bots captcha channel chat chatbot discord dm dms email emoji emojis forum gif gifs "
    "link links lol meme memes mod mods online ping podcast post posts selfie server spam thread threads troll trolls "
    "tweet tweets url urls vlog wifi wiki"
)
# The English list is American.
SPELLING_VARIANTS = {
    "en": tuple(
        (re.compile(british), american)
        for british, american in (
            ("is(?=e|i|a)", "iz"),
            ("ys(?=e|i)", "yz"),
            ("our", "or"),
            ("ll", "l"),
            ("re(?=s?$)", "er"),
        )
    )
}


class Vocabulary:
    """The words of one language, and of the story in that language; immutable once built."""

    def __init__(self, language: Language, story: Iterable[str], is_word: Callable[[str], bool] | None) -> None:
        self._language = language
        self._listed = word_list(language.code)
        self._story = frozenset(story)
        expanded = {short[0] for short in language.chat if len(short) == 1}
        self._everyday = frozenset(CHAT_WORDS.split()) | ((language.stop | language.small_talk) - expanded)
        self._ordered = (sorted(self._story), _ordered(language.code))
        self._is_word = is_word

    def __contains__(self, word: str) -> bool:
        """Return whether the word, or another with its stem, is known."""
        return any(map(self._has, (word, *self._elsewhere(word)))) or self._is_inflected(word)

    def may_be_word(self, word: str) -> bool:
        """Return whether this is a word of some language, according to the encoder."""
        return len(word) >= MIN_WORD_LETTERS and self._is_word is not None and self._is_word(word)

    def _has(self, word: str) -> bool:
        return word in self._listed or word in self._story or word in self._everyday

    def _elsewhere(self, word: str) -> Iterator[str]:
        """Yield the word in the spelling variant of the list (American for English)."""
        for pattern, put in SPELLING_VARIANTS.get(self._language.code, ()):
            if pattern.search(word):
                yield pattern.sub(put, word)

    def _is_inflected(self, word: str) -> bool:
        stem = self._language.stem(word)
        if stem == word or len(stem) < MIN_STEM_LETTERS:
            return False
        return any(
            self._language.stem(other) == stem for ordered in self._ordered for other in _beginning(ordered, stem)
        )


def _beginning(ordered: Sequence[str], start: str) -> Iterator[str]:
    at = bisect_left(ordered, start)
    return takewhile(lambda word: word.startswith(start), ordered[at : at + MAX_COMPARED_WORDS])


@lru_cache
def _ordered(code: str) -> list[str]:
    return sorted(word_list(code).counts)
