"""Limit the cost of a correction: the less common the corrected word, the closer it must be.

A substituted letter costs 3.2, a stray one 2.6, two swapped letters 1.6 and a doubled one 1.2 (see `edits`).
"""

from dataclasses import dataclass

from bot.matching.reading.phrases import Phrase
from bot.matching.reading.spelling.bigrams import START, Bigrams
from bot.matching.reading.spelling.names import Names
from bot.matching.reading.spelling.typedword import TypedWord
from bot.matching.reading.spelling.vocabulary import Vocabulary

MAX_STORY_COST = 4.2  # of a word of the story
MAX_LISTED_COST = 3.0  # of a word of the language
MAX_NOISY_COST = 4.5  # in a noisy text
MAX_NAME_COST = 3.2
MAX_CAPITALISED_COST = 2.2  # a capitalised word that differs more from a name is another name
MAX_PERSON_COST = 1.9  # the same for the name of a person
MAX_POSSIBLE_WORD_COST = 1.7  # if the typed word may be a word of some other language
MAX_SHORT_COST = 2.2  # if the typed word is short
MIN_LONG_LETTERS = 5  # one edit turns a shorter word into another word
MIN_EVERYDAY_SHARE = 4e-4  # share of running text of words that are often mistyped
MAX_SHORT_EVERYDAY_COST = 3.0  # if the typed word is short and the corrected one an everyday word
MAX_RARE_SHARE = 5e-6  # share of running text below which a word outside the story is rare
MAX_RARE_COST_PER_LETTER = 0.28  # if the corrected word is rare


@dataclass(frozen=True)
class Limits:
    """Accepts or rejects corrections in one language."""

    names: Names
    bigrams: Bigrams
    known: Vocabulary

    def allow(self, typed: TypedWord, phrase: Phrase, cost: float, is_noisy: bool) -> bool:
        """Return whether a phrase is an acceptable correction at this cost."""
        if all(word in self.names for word in phrase):
            return cost <= self._of_name(typed, phrase)
        if typed.has_capital and not is_noisy and not self._may_open(typed, phrase):
            return False
        return cost <= self._of_word(typed, phrase, is_noisy)

    def _of_name(self, typed: TypedWord, phrase: Phrase) -> float:
        if not typed.has_capital:
            return MAX_NAME_COST
        return MAX_PERSON_COST if self.names.has_person(phrase) else MAX_CAPITALISED_COST

    def _may_open(self, typed: TypedWord, phrase: Phrase) -> bool:
        """Return whether a word may be capitalised only because it starts the sentence."""
        return typed.is_first and self.bigrams.has_pair(START, phrase[0])

    def _of_word(self, typed: TypedWord, phrase: Phrase, is_noisy: bool) -> float:
        is_of_story = all(self.bigrams.counts[word] for word in phrase)
        share = min(map(self.bigrams.share_in_language, phrase))
        if not is_of_story and share < MAX_RARE_SHARE:
            return MAX_RARE_COST_PER_LETTER * len(typed.word)
        if self.known.may_be_word(typed.word):
            return MAX_POSSIBLE_WORD_COST
        if is_noisy:
            return MAX_NOISY_COST
        if len(typed.word) < MIN_LONG_LETTERS:
            return MAX_SHORT_COST if share < MIN_EVERYDAY_SHARE else MAX_SHORT_EVERYDAY_COST
        return MAX_STORY_COST if is_of_story else MAX_LISTED_COST
