"""Compute phonetic keys, which words that sound alike share.

The rules of each language apply in order to folded words. Many words are keyed at once, one per line, because a rule
costs little more on a list than on a word.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_VOWELS = re.compile("[aeiouyh]+")

Rules = tuple[tuple[re.Pattern[str], str], ...]

_SINGLE = (r"([^\n])\1+", r"\1")
_NASAL = "(?![aeiouynmEU])"  # before a vowel or another nasal the n is pronounced
_RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": (
        (r"s?ch|sh", "S"),
        ("ph", "f"),
        ("h", ""),
        ("(?<=[aeiouy])s(?=[aeiouy])", "z"),
        _SINGLE,
        ("qu|q|ck|k|c(?![eiy])", "k"),
        ("c", "s"),
        ("gu(?=[eiy])", "G"),
        ("ge(?=[ao])|g(?=[eiy])", "j"),
        ("gn", "N"),
        ("tion", "sion"),
        ("x", "ks"),
        ("eau|au", "o"),
        ("oeu|eu", "E"),
        (f"(?<=i)en{_NASAL}", "I"),
        (f"(?:ai|ei|i|y|u)[nm]{_NASAL}", "I"),
        (f"[ae][nm]{_NASAL}", "A"),
        (f"o[nm]{_NASAL}", "O"),
        ("oi|oy|oua", "wa"),
        ("ou", "U"),
        ("ai|ei|ay|ey", "e"),
        ("(?<=[^\n])(?:er|ez|et|es)$", "e"),
        ("(?<=[^\n])[tdsxpz]+$", ""),
        ("(?<=[^\n][^\n])e+$", ""),
        ("y", "i"),
        ("G", "g"),
        _SINGLE,
    ),
    "en": (
        ("^wh", "w"),
        ("^kn", "n"),
        ("^wr", "r"),
        ("ph", "f"),
        ("ght", "t"),
        ("tch|ch", "C"),
        ("sh|(?<=[^\n])[cst]ion", "S"),
        ("ck|q", "k"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("z", "s"),
        ("x", "ks"),
        ("^[aeiou]", "A"),
        ("[aeiouyhw](?<!^[^\n])", ""),
        _SINGLE,
    ),
    "es": (
        ("ch", "C"),
        ("h", ""),
        ("v|w", "b"),
        ("ll", "y"),
        ("qu|q|c(?![eiC])", "k"),
        ("z|c", "s"),
        ("gu(?=[ei])", "G"),
        ("g(?=[ei])", "j"),
        ("G", "g"),
        ("x", "ks"),
        _SINGLE,
    ),
    "de": (
        ("sch", "S"),
        ("ck", "k"),
        ("ph|v", "f"),
        ("th|dt", "t"),
        ("tz", "z"),
        ("([aou])e", r"\1"),
        ("ie", "i"),
        ("(?<=[aeiou])h(?![aeiou])", ""),
        ("y", "u"),
        ("d$", "t"),
        ("b$", "p"),
        ("g$", "k"),
        ("(?<!s)c(?!h)", "k"),
        _SINGLE,
    ),
    "it": (
        ("ch(?=[ei])|k|q", "k"),
        ("gh(?=[ei])", "G"),
        ("h", ""),
        ("c(?![ei])", "k"),
        ("x", "s"),
        ("j|y", "i"),
        ("G", "g"),
        _SINGLE,
    ),
    "pt": (
        ("ch|sh", "S"),
        ("(?<![ln])h", ""),
        ("qu|q|c(?![ei])", "k"),
        ("ss|c|z", "s"),
        ("gu(?=[ei])", "G"),
        ("g(?=[ei])", "j"),
        ("G", "g"),
        ("x", "S"),
        ("am$", "ao"),
        _SINGLE,
    ),
    "nl": (
        ("ij|y|ei", "E"),
        ("ou|au", "A"),
        ("ch", "g"),
        ("ph|v", "f"),
        ("th|dt", "t"),
        ("d$", "t"),
        ("c(?=[ei])|z", "s"),
        ("c|q", "k"),
        _SINGLE,
    ),
}
SKELETAL = frozenset({"en"})  # languages whose keys have no vowels, so words with the same key may sound different


@lru_cache
def _rules(code: str) -> Rules:
    return tuple((re.compile(pattern, re.MULTILINE), put) for pattern, put in _RULES.get(code, (_SINGLE,)))


def phonetic_keys(words: Iterable[str], code: str) -> list[str]:
    """Return the phonetic key of each folded word."""
    text = "\n".join(words)
    if not text:
        return []
    for pattern, put in _rules(code):
        text = pattern.sub(put, text)
    return text.split("\n")


def outline(word: str) -> str:
    """Return a word with every run of vowels replaced by "e", for any language."""
    return _VOWELS.sub("e", word.replace("ck", "k").replace("ph", "f"))
