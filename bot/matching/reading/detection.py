"""Detect texts in a language that the story does not have."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.matching.reading.language import function_words, language
from bot.matching.reading.phrases import PhraseTable
from bot.story.model import Slot

MIN_FOREIGN_LEAD_WORDS = 2  # how many more function words a text needs in a foreign language than in any of the story's
MIN_KNOWN_WORDS = 2  # words of a text without a question word that are all of a foreign language

TypedWords = Sequence[tuple[str, str]]  # each word of a text, folded and as typed


@dataclass(frozen=True)
class LanguageWords:
    """What identifies a language; every word is folded, except the accented ones."""

    code: str
    function_words: frozenset[str]
    accented: frozenset[str]  # the function words that are written with accents
    question_words: frozenset[str]
    openings: PhraseTable[Slot]  # phrases that start a question: "por que"
    known: frozenset[str]  # function words and those of the concepts, without chat spellings


@lru_cache
def words_of_language(code: str) -> LanguageWords:
    """Return the words of a language's data file."""
    item = language(code)
    asking = {phrase: slot for phrase, slot in item.slots.items() if slot != "yes-no"}
    opening = {phrase: slot for phrase, slot in item.opening_slots.items() if slot != "yes-no"}
    plain = replace(item, chat=PhraseTable({}))
    return LanguageWords(
        code=code,
        function_words=function_words([item])[code],
        accented=item.accented,
        question_words=frozenset(phrase[0] for phrase in asking if len(phrase) == 1),
        openings=PhraseTable(asking | opening),
        known=function_words([plain])[code] | plain.vocabulary,
    )


def foreign_language(
    typed: TypedWords, unnamed: TypedWords, home: Collection[LanguageWords], abroad: Collection[LanguageWords]
) -> str | None:
    """Return the language of a text if it is clearly one `abroad` and not one at `home`, else None.

    `unnamed` has the words without the names of the story. A text is foreign if it has clearly more function words of
    a foreign language than of any of the story's, or, as in "Wer klagt?", if it has more words of it and one of its
    question words, or if all its words are of that language.
    """
    languages = (*home, *abroad)
    counts = {item.code: _function_word_count(typed, item, languages) for item in languages}
    known = {item.code: _known_count(unnamed, item, languages) for item in languages}
    at_home = max((counts[item.code] for item in home), default=0)
    known_at_home = max((known[item.code] for item in home), default=0)
    best = max(abroad, key=lambda item: (counts[item.code], known[item.code]), default=None)
    if best and counts[best.code] >= at_home + MIN_FOREIGN_LEAD_WORDS:
        return best.code
    tokens = [word for word, _ in unnamed]
    able = [item for item in abroad if known[item.code] > known_at_home]
    asking = [item for item in able if _asks_in(tokens, item, home)]
    whole = [item for item in able if known[item.code] == len(tokens) >= MIN_KNOWN_WORDS]
    found = max(
        asking or whole, key=lambda item: (_opens_in(tokens, item), known[item.code], counts[item.code]), default=None
    )
    return found.code if found else None


def _asks_in(tokens: Sequence[str], item: LanguageWords, home: Collection[LanguageWords]) -> bool:
    """Return whether a text starts like a question in a language, or has a question word that is no word at home."""
    strange = (word for word in tokens if all(word not in other.known for other in home))
    return _opens_in(tokens, item) or not item.question_words.isdisjoint(strange)


def _opens_in(tokens: Sequence[str], item: LanguageWords) -> bool:
    return item.openings.length_at(tokens, 0) > 0


def _function_word_count(typed: TypedWords, item: LanguageWords, languages: Sequence[LanguageWords]) -> int:
    return _count(typed, item.function_words, item, languages)


def _known_count(typed: TypedWords, item: LanguageWords, languages: Sequence[LanguageWords]) -> int:
    return _count(typed, item.known, item, languages)


def _count(typed: TypedWords, words: frozenset[str], item: LanguageWords, languages: Sequence[LanguageWords]) -> int:
    known = [surface for word, surface in typed if word in words]
    return len([one for one in known if one.isascii() or _is_spelt_as(one, item, languages)])


def _is_spelt_as(surface: str, item: LanguageWords, languages: Sequence[LanguageWords]) -> bool:
    """Return whether a word's accents are not those of another language: "qué" is Spanish, "que" may be French."""
    lower = surface.lower()
    return lower in item.accented or not any(lower in other.accented for other in languages)
