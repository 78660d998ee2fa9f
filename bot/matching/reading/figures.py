"""Write figures as digits: "quarante-neuf", "10 000" and "3.2 million" become 49, 10000 and 3200000."""

import re
from collections.abc import Iterator, Set
from decimal import Decimal
from functools import lru_cache, partial

from text_to_num import find_numbers

from bot.matching.fold import fold, is_roman, words

LANGUAGES = frozenset({"de", "en", "es", "fr", "it", "nl", "pt"})  # the supported ones among those of text2num

MAX_CACHED_WORDS = 50_000  # that are known to be no number words, or to be some; as many as stems

_DIGIT = re.compile(r"\d")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,]?\d)")
_PERCENT = re.compile(
    r"(?<=\d)[ -](?:pour|por|per)[ -]?100\b|\b(?:pour|per)[ -]cent\b|\b(?:pourcents?|prozent|procent|percento|pct)\b"
    r"|(?<=\d) ?pc\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(  # "m" is a million only beside a currency; it is also a metre
    r"(?<!\d)(?P<figure>\d(?:[\d.,]{0,40}\d)?) ?"
    r"(?:(?P<scale>bn|bln|md|mds|mrd|mio|mln)\b|(?P<k>k)\b"
    r"|(?P<short>[km]) ?(?=[€£$]|(?:de |d['’])?(?:euros?|dollars?|pounds?|livres?|francs?)\b))"
    r"|(?<=[€£$¥])(?P<paid> ?\d(?:[\d.,]{0,40}\d)?) ?(?P<unit>[kmb])\b",
    re.IGNORECASE,
)
_THOUSAND, _MILLION, _MILLIARD = 10**3, 10**6, 10**9
_SCALES = {
    "k": _THOUSAND,
    "m": _MILLION,
    "mio": _MILLION,
    "mln": _MILLION,
    **dict.fromkeys(("b", "bn", "bln"), _MILLIARD),
}
_SCALES |= dict.fromkeys(("md", "mds", "mrd"), _MILLIARD)
_CLOCK = re.compile(r"\b(\d{1,2}) ?[h:] ?([0-5]\d)\b", re.IGNORECASE)
_AND_A_HALF = re.compile(r"\b(\d+?)((?:000)+) (?:et demie?|y medi[oa]|e mezz[oa]|e mei[oa])\b", re.IGNORECASE)
_SCALE_VALUES = {10**power for power in (2, 3, 6, 9, 12)}
_FIGURE_BEFORE = re.compile(r"\d(?:[\d.,' \u00a0\u202f]*\d)?(?=[\s-]*$)")
_MAX_FIGURE_CHARACTERS = 40  # before a number word
_WORD = re.compile(r"[^\W_]+")
_SEPARATOR = re.compile(r"[^\s\-]")  # separates two number words: "one, two"
_NOT_ALONE = {"en": {"o"}, "fr": {"neuf", "cent"}, "it": {"sei"}}  # they also mean "oh", "new", "pour cent", "you are"
_ACCENTS = {  # text2num requires the accents of these words
    "de": {"funf": "fünf", "zwolf": "zwölf"},
    "es": {"millon": "millón", "tidos": "tidós", "titres": "titrés", "tiseis": "tiséis", "ciseis": "ciséis"},
    "nl": {"tweeen": "tweeën", "drieen": "drieën"},
    "pt": {"milhao": "milhão", "milhoes": "milhões", "bilhao": "bilhão", "bilhoes": "bilhões"},
}


class _Word(str):
    """A word in the form text2num expects, with whether punctuation separates it from the word before."""

    __slots__ = ("is_separated",)
    is_separated: bool

    def text(self) -> str:
        """Return the word."""
        return str(self)

    def nt_separated(self, _before: "_Word") -> bool:
        """Return whether punctuation separates it from the word before."""
        return self.is_separated

    def not_a_number_part(self) -> bool:
        """Return False: any word can be part of a number."""
        return False


def is_figure(token: str) -> bool:
    """Return whether a token contains a digit or is a Roman numeral of at least three letters (two may be a word)."""
    return any(map(str.isdigit, token)) or (len(token) > 2 and is_roman(token))


def figures_to_digits(text: str, language: str | None, ordinary_words: Set[str] = frozenset()) -> str:
    """Write the figures of a text as digits.

    A number word in `ordinary_words` is left unchanged if it is on its own. So are ordinals, and "one", which is seldom
    a figure.
    """
    if _DIGIT.search(text):
        text = _CLOCK.sub(r"\1h\2", text)
        text = _ABBREVIATED.sub(_in_full, _GROUPED.sub(lambda match: match[0].replace(" ", ""), text))
    if language and _has_number_word(text, language):
        text = "".join(_in_digits(text, language, ordinary_words))
        text = _AND_A_HALF.sub(lambda match: f"{match[1]}5{match[2][1:]}", text)  # "8000000 et demi"
    lower = text.lower()
    is_any = "cent" in lower or "zent" in lower or "pc" in lower or "100" in lower  # in each of these words
    return _PERCENT.sub(" %", text) if is_any else text


def figures_in(text: str, language: str | None) -> frozenset[str]:
    """Return the figures of a text, whether in words or digits, folded."""
    if text.isascii() and not _DIGIT.search(text) and not (language and _has_number_word(text, language)):
        return frozenset()
    text = figures_to_digits(text, language)
    return frozenset(word for word in words(text) if word[-1].isdigit())


def _has_number_word(text: str, language: str) -> bool:
    return language in LANGUAGES and any(map(partial(is_number_word, language), _WORD.findall(text)))


@lru_cache(MAX_CACHED_WORDS)
def is_number_word(language: str, word: str) -> bool:
    """Return whether a word is a number by itself; a text without such a word has no numbers in words at all."""
    return bool(find_numbers(_spelled_out(word, [*_WORD.finditer(word)], language), language, 0.0))


def _in_digits(text: str, language: str, ordinary_words: Set[str]) -> Iterator[str]:
    """Yield the pieces of the text, with number words replaced by digits."""
    parts = list(_WORD.finditer(text))
    done = 0
    for found in find_numbers(_spelled_out(text, parts, language), language, 0.0):
        first, last = parts[found.start], parts[found.end - 1]
        before = text[done : first.start()]
        is_alone, value = found.end - found.start == 1, found.value
        figure = _figure_before(before) if is_alone and value in _SCALE_VALUES else None
        if first[0].isdigit() or found.is_ordinal or found.text == "1":
            continue
        if figure and value >= _THOUSAND:
            yield before[: figure.start()] + _product(figure[0], int(value))
        elif figure or (is_alone and _is_ordinary_word(fold(first[0]), value, language, ordinary_words)):
            continue
        else:
            yield before + found.text
        done = last.end()
    yield text[done:]


def _figure_before(text: str) -> re.Match[str] | None:
    return _FIGURE_BEFORE.search(text, max(0, len(text) - _MAX_FIGURE_CHARACTERS))


def _spelled_out(text: str, parts: list[re.Match[str]], language: str) -> list[_Word]:
    spelled = []
    end = 0
    accents = _ACCENTS.get(language, {}).items()
    for part in parts:
        word = part[0].lower()
        for plain, accented in accents:
            word = word.replace(plain, accented)
        spelled.append(_Word(word))
        spelled[-1].is_separated = _SEPARATOR.search(text, end, part.start()) is not None
        end = part.end()
    return spelled


def _is_ordinary_word(word: str, value: float, language: str, ordinary_words: Set[str]) -> bool:
    """Return whether a number word on its own is an ordinary word: "millions of people"."""
    is_vague = value in _SCALE_VALUES and (value >= _MILLION or language == "en")
    return is_vague or word in ordinary_words or word in _NOT_ALONE.get(language, ())


def _in_full(match: re.Match[str]) -> str:
    unit = next(filter(None, match.group("scale", "short", "k", "unit")))
    return " " + _product(match["figure"] or match["paid"], _SCALES[unit.lower()]) + " "


def _product(figure: str, scale: int) -> str:
    """Multiply a figure, as written, by its scale (a thousand, a million...)."""
    parts = words(figure)
    if len(parts) != 1:
        return f"{figure} {scale}"
    return f"{(Decimal(parts[0]) * scale).normalize():f}"
