"""The sentences that users read, in each interface language (gettext catalogues)."""

import gettext
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from io import BytesIO
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("en", "fr")


class Catalogue:
    """Looks up sentences by key; raises KeyError for a missing key, so that a user never sees one."""

    def __init__(self, translations: Mapping[str, gettext.GNUTranslations]) -> None:
        self._translations = translations

    def text(self, locale: str, key: str, /, **values: Any) -> str:
        """Return the sentence for a key, with its {placeholders} filled in."""
        return self._found(key, self._of(locale).gettext(key)).format(**values)

    def count(self, locale: str, key: str, number: int, /, **values: Any) -> str:
        """Return the sentence for a key in its plural form for `number`, which fills in {number}."""
        return self._found(key, self._of(locale).ngettext(key, f"{key}.many", number)).format(number=number, **values)

    def _of(self, locale: str) -> gettext.GNUTranslations:
        return self._translations[language_of(locale)]

    @staticmethod
    def _found(key: str, sentence: str) -> str:
        if sentence in {key, f"{key}.many"}:
            raise KeyError(key)
        return sentence


def code_of(locale: str) -> str:
    """Return the language code of a locale, even without a catalogue for it: "es" for "es-419"."""
    return locale.partition("-")[0].lower()


def first_of(languages: Sequence[str], *wanted: str | None) -> str:
    """Return the first wanted language that is available, else the first available one."""
    return next((code for code in wanted if code and code in languages), languages[0])


def language_of(locale: str) -> str:
    """Return the interface language for a locale such as "fr" or "en-GB"; English if it has no catalogue."""
    code = code_of(locale)
    return code if code in LANGUAGES else LANGUAGES[0]


@lru_cache
def catalogue() -> Catalogue:
    """Read the catalogues that ship with the package."""
    translations = {}
    for code in LANGUAGES:
        file = resources.files("bot.answering.telling") / "catalogues" / f"{code}.po"
        compiled = BytesIO()
        write_mo(compiled, read_po(BytesIO(file.read_bytes()), locale=code))
        compiled.seek(0)
        translations[code] = gettext.GNUTranslations(compiled)
    return Catalogue(translations)
