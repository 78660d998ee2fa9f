"""How much a guess may cost: the less is known of the word that is guessed, the nearer it must be.

A substituted letter costs 3.2, a stray one 2.6, two letters swapped 1.6 and a doubled one 1.2 (see `edits`).
"""

from dataclasses import dataclass

from bot.matching.reading.language import Phrase
from bot.matching.reading.spelling.names import Names
from bot.matching.reading.spelling.typed import Typed
from bot.matching.reading.spelling.vocabulary import Vocabulary
from bot.matching.reading.spelling.wording import START, Wording

LIMIT_STORY, LIMIT_LISTED, LIMIT_NOISY = 4.2, 3.0, 4.5  # of a word of the story, of the language, in a noisy text
LIMIT_NAME = 3.2
LIMIT_CAPITALISED, LIMIT_PERSON = 2.2, 1.9  # a capitalised word that differs more from a name is another name
LIMIT_WORD = 1.7  # if some other language has the word
LIMIT_SHORT = 2.2
SHORT = 5  # letters; in a shorter word one edit makes another word
EVERYDAY = 4e-4  # share of text from which a word is one that is often mistyped
LIMIT_SHORT_EVERYDAY = 3.0
RARE, RARE_PER_LETTER = 5e-6, 0.28  # share of text below which a word that the story lacks must be so much nearer


@dataclass(frozen=True)
class Limits:
    """Judges guesses in one language."""

    names: Names
    wording: Wording
    known: Vocabulary

    def allow(self, typed: Typed, phrase: Phrase, price: float, is_noisy: bool) -> bool:
        """Return whether words may be what was meant at that price."""
        if all(word in self.names for word in phrase):
            return price <= self._of_name(typed, phrase)
        if typed.has_capital and not is_noisy and not self._may_open(typed, phrase):
            return False
        return price <= self._of_word(typed, phrase, is_noisy)

    def _of_name(self, typed: Typed, phrase: Phrase) -> float:
        if not typed.has_capital:
            return LIMIT_NAME
        return LIMIT_PERSON if self.names.has_person(phrase) else LIMIT_CAPITALISED

    def _may_open(self, typed: Typed, phrase: Phrase) -> bool:
        """Return whether a word with a capital may be no name, because a sentence opens with it."""
        return typed.is_first and self.wording.has_pair(START, phrase[0])

    def _of_word(self, typed: Typed, phrase: Phrase, is_noisy: bool) -> float:
        is_of_story = all(self.wording.counts[word] for word in phrase)
        share = min(map(self.wording.share_in_language, phrase))
        if not is_of_story and share < RARE:
            return RARE_PER_LETTER * len(typed.word)
        if self.known.may_be_word(typed.word):
            return LIMIT_WORD
        if is_noisy:
            return LIMIT_NOISY
        if len(typed.word) < SHORT:
            return LIMIT_SHORT if share < EVERYDAY else LIMIT_SHORT_EVERYDAY
        return LIMIT_STORY if is_of_story else LIMIT_LISTED
