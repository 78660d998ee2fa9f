"""Expand chat spellings, which are conventions and not mistakes: "pk", "wen", "c" for "c'est"."""

from collections.abc import Mapping

from bot.matching.reading.phrases import Phrase
from bot.matching.reading.spelling.bigrams import Bigrams
from bot.matching.reading.spelling.names import Names
from bot.matching.reading.spelling.splits import ELIDING_INITIALS
from bot.matching.reading.spelling.typedword import TypedWord
from bot.matching.reading.spelling.wordlist import ELIDED

MAX_CHAT_WORD_SHARE = 2e-5  # share of running text above which a word of several letters is taken literally

# Letters written for their sound, as typed.
SOUND_SPELLINGS: dict[str, dict[str, Phrase]] = {
    "fr": {
        "c": ("c", "est"),
        "cé": ("c", "est"),
        "é": ("est",),
        "è": ("est",),
        "g": ("j", "ai"),
        "gé": ("j", "ai"),
        "k": ("que",),
        "t": ("t", "es"),
    }
}


class Conventions:
    """The chat spellings of one language; immutable once built."""

    def __init__(self, code: str, chat: Mapping[Phrase, Phrase], names: Names, bigrams: Bigrams) -> None:
        """Use the single words of `chat` that are neither names nor common words."""
        self._sounds = SOUND_SPELLINGS.get(code, {})
        self._elided = ELIDED.get(code, {})
        self._chat = {
            short[0]: plain
            for short, plain in chat.items()
            if len(short) == 1
            and plain
            and short[0] not in names
            and (len(short[0]) == 1 or bigrams.share_in_language(short[0]) <= MAX_CHAT_WORD_SHARE)
        }

    def expansion(self, typed: TypedWord, after: str) -> Phrase:
        """Return the words a chat spelling means, else none: "pk", "cki", "c" ("c'est"), but not in "c etait"."""
        if typed.is_capitalised:
            return ()
        if typed.word in self._chat:
            return self._chat[typed.word]
        if typed.surface in self._sounds and not (typed.word in self._elided and after[:1] in ELIDING_INITIALS):
            return self._sounds[typed.surface]
        first, rest = self._sounds.get(typed.word[:1]), self._chat.get(typed.word[1:])
        return (*first, *rest) if first and rest else ()
