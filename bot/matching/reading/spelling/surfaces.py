"""Write folded words with their usual accents, capitals and apostrophes, for readers of the corrected text."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.matching.fold import fold
from bot.matching.reading.spelling.splits import ELIDING_INITIALS
from bot.matching.reading.spelling.typedword import surface_words
from bot.matching.reading.spelling.wordlist import ELIDED, WordList


class Surfaces:
    """The usual spelling of the words of a language and a story; immutable once built."""

    def __init__(self, code: str, listed: WordList, texts: Iterable[str], names: Iterable[str]) -> None:
        self._listed = listed
        self._elided = ELIDED.get(code, {})
        counts = Counter(surface for text in texts for surface in surface_words(text)[1:])
        self._story = {fold(surface): surface for name in names for surface in surface_words(name)}
        self._story |= {fold(surface): surface for surface, _ in reversed(counts.most_common())}

    def word(self, word: str) -> str:
        """Return the usual spelling of a folded word."""
        return self._story.get(word) or self._listed.surface(word)

    def phrase(self, words: Sequence[str]) -> str:
        """Return the usual spelling of a sequence of folded words."""
        whole = self._listed.joined.get("".join(words))
        if whole and len(words) > 1:
            return whole
        text = ""
        for word, after in zip(words, (*words[1:], ""), strict=True):
            text += word if word in self._elided else self.word(word)
            if after:
                text += "'" if word in self._elided and after[0] in ELIDING_INITIALS else " "
        return text


def as_typed(phrase: str, initial: str) -> str:
    """Return a phrase with a capital if `initial`, the first typed letter, is one."""
    return phrase[:1].upper() + phrase[1:] if initial.isupper() else phrase
