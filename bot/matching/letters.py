"""Reduce letters to lower case without accents, and keep the differences that matter in their script."""

import re
import unicodedata
from functools import cache

# Accents of Latin, Greek and Cyrillic, and points of Hebrew and Arabic: a word is the same without them. In other
# scripts a mark is part of the spelling, like the vowels of Hindi and Thai.
_ACCENTS = (
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x08CA, 0x08FF),
    (0x180B, 0x180F),  # variation selectors, like FE00 and E0100 below
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
    (0xE0100, 0xE01EF),
)
_SPACING_MODIFIERS = range(0x02B0, 0x0300)  # among them apostrophes that Unicode classes as letters
_SPECIAL = {
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ð": "d",
    "þ": "th",
    "ŋ": "n",
    "ĸ": "k",
    "ə": "e",
    "ß": "ss",
    "٪": "%",
    "‰": " permille ",
    "٫": ".",
    "٬": ",",
    "−": "-",
    "’": "'",
    "\u0559": " ",  # apostrophes of Armenian and N'Ko, and the saltillo
    "\u07f4": " ",
    "\u07f5": " ",
    "\ua78b": " ",
    "\ua78c": " ",
    "\u0640": "",  # the Arabic stroke that stretches a word (tatweel)
    "\u115f": " ",  # Hangul fillers: invisible letters
    "\u1160": " ",
    "\u17b4": "",  # invisible Khmer vowels
    "\u17b5": "",
}
_FRACTIONS = str.maketrans({"¼": ".25", "½": ".5", "¾": ".75"})
_BEFORE_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")
_RAISED = re.compile(r"(?<=\d)(?=[²³¹⁰⁴-⁹₀-₉])")  # a footnote mark or an exponent
_WITH_STROKE = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")
# Letters of scripts without spaces between words, each with its marks: Han, Hiragana, Thai, Lao, Myanmar, Khmer.
# Katakana is left out: it writes foreign names, and each of these is one word.
_UNSPACED = re.compile(
    r"[\u3005-\u3007\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
    r"|[\u0e01-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f\u1780-\u17ff]"
    r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u105e-\u1060"
    r"\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u17b6-\u17d3\u17dd]*"
)


class _Plain(dict[int, str]):
    """The replacement of each character, computed on first use."""

    def __missing__(self, code: int) -> str:
        self[code] = result = _plain_character(chr(code))
        return result


_PLAIN = _Plain()


# What most texts consist of: each of these characters is replaced alone, whatever stands beside it.
_USUAL = "".join(map(chr, [*range(0x80), *range(0xC0, 0x100)])) + "Œœ«»‘’“”„–—…€"
_UNUSUAL = re.compile(f"[^{re.escape(_USUAL)}]")


def plain(text: str) -> str:
    """Return a text in lower case without accents, ligatures, non-ASCII signs and format characters."""
    if not _UNUSUAL.search(text):
        return text.lower().translate(_usual_letters())
    return _plain(text)


@cache
def _usual_letters() -> dict[int, str]:
    return {ord(character): _plain(character) for character in _USUAL}


def _plain(text: str) -> str:
    text = _RAISED.sub(" ", _BEFORE_THOUSANDS.sub("'", text.translate(_FRACTIONS)))
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().lower())
    return _UNSPACED.sub(r" \g<0> ", unicodedata.normalize("NFC", text.translate(_PLAIN)))


def _plain_character(character: str) -> str:
    """Return the replacement of one decomposed lower-case character; a space if it only separates words."""
    code, kind = ord(character), unicodedata.category(character)
    if code < 0x80:
        return character
    if character in _SPECIAL:
        return _SPECIAL[character]
    if kind == "Cf" or any(first <= code <= last for first, last in _ACCENTS):
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if kind[0] not in "LMN" or code in _SPACING_MODIFIERS:
        return " "
    base = _WITH_STROKE.match(unicodedata.name(character, ""))
    return base[1].lower() if base else character
