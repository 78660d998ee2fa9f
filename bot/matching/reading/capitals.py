"""Keep the capitals of a word if they change its meaning: WHO and who, "an A rating" and "a rating"."""

import re
from collections.abc import Mapping, Set

from bot.matching.fold import Token, is_roman, tokens, words

_SENTENCE_ENDS = re.compile(r"[.!?:;\n]")
_APOSTROPHES = "'’ʼ"
_ONE_CAPITAL = re.compile(r"(?<![^\W_])[^\W\d_a-z](?![^\W_])")
_CAPITALS = re.compile(r"(?<![^\W_])(?:[^\W\d_a-z](?:\+\+|[+#])?|[IVXLCDM]{2,})(?![^\W_])")


def words_with_capitals(text: str, names: Mapping[str, Set[str]], function_words: Set[str]) -> list[str]:
    """Fold a text into words, but keep the capitals of a word if they make it a different word.

    These are names that are function words in lower case (`names`: folded -> spellings of the name), and one-letter
    function words written as a capital, such as a numeral: "Charles I". Capitals at the start of a sentence, or
    throughout the text, mean nothing.
    """
    folded = words(text)
    if names.keys().isdisjoint(folded) and not _ONE_CAPITAL.search(text):
        return folded
    located = tokens(text)
    if len(located) > 1 and text.isupper():
        return [token.folded for token in located]
    return [
        text[token.start : token.end]
        if _is_name(text, located, at, names) or _is_letter(text, located, at, function_words)
        else token.folded
        for at, token in enumerate(located)
    ]


def numerals(text: str) -> frozenset[str]:
    """Return the folded words written as Roman numerals or single capital letters: Pius X, line C, C++."""
    found = [] if text.isupper() else [word.lower() for word in _CAPITALS.findall(text) if word.isupper()]
    return frozenset(word for word in found if len(word.rstrip("+#")) == 1 or is_roman(word))


def _is_name(text: str, located: list[Token], at: int, names: Mapping[str, Set[str]]) -> bool:
    written = text[located[at].start : located[at].end]
    return written in names.get(located[at].folded, ()) and (written.isupper() or not _opens(text, located, at))


def _is_letter(text: str, located: list[Token], at: int, function_words: Set[str]) -> bool:
    token = located[at]
    written = text[token.start : token.end]
    if len(written) != 1 or not written.isupper() or token.folded not in function_words or _opens(text, located, at):
        return False
    if text[token.start - 1] in _APOSTROPHES or text[token.end : token.end + 1] in tuple(_APOSTROPHES):
        return False  # "L'Equipe", "I'm"
    before, after = located[at - 1], located[at + 1] if at + 1 < len(located) else None
    is_after_capital = text[before.start].isupper()
    if written == "I":  # a numeral if it follows a name, else the English pronoun
        is_beside = text[before.end : token.start] == " "
        return is_after_capital and is_beside and before.folded not in function_words
    return not is_after_capital or after is None or not text[after.start].isupper()  # unless Every Word Is Capitalised


def _opens(text: str, located: list[Token], at: int) -> bool:
    return at == 0 or _SENTENCE_ENDS.search(text, located[at - 1].end, located[at].start) is not None
