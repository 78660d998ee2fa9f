"""The sentences that users read, in each interface language (gettext catalogues)."""

import gettext
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.answering.languages import DEFAULT_LANGUAGE, code_of, first_of

FOLDER = resources.files("bot.answering.telling") / "catalogues"


def languages_in(folder: Traversable) -> tuple[str, ...]:
    """Return the codes of the languages that a folder has a catalogue (`<code>.po`) for, the default one first."""
    codes = (file.name.removesuffix(".po") for file in folder.iterdir() if file.name.endswith(".po"))
    return tuple(sorted(codes, key=lambda code: (code != DEFAULT_LANGUAGE, code)))


LANGUAGES = languages_in(FOLDER)  # of the interface


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
        return self._translations.get(code_of(locale)) or self._translations[DEFAULT_LANGUAGE]

    @staticmethod
    def _found(key: str, sentence: str) -> str:
        if sentence in {key, f"{key}.many"}:
            raise KeyError(key)
        return sentence


def language_of(locale: str) -> str:
    """Return the interface language for a locale such as "fr" or "en-GB"; the default if it has no catalogue."""
    return first_of(LANGUAGES, code_of(locale))


def name_of(code: str) -> str:
    """Return a language's own name for itself, such as "français"."""
    return str(Locale(code).get_display_name())


def read_catalogues(folder: Traversable) -> Catalogue:
    """Read the catalogues in a folder."""
    translations = {}
    for code in languages_in(folder):
        compiled = BytesIO()
        write_mo(compiled, read_po(BytesIO((folder / f"{code}.po").read_bytes()), locale=code))
        compiled.seek(0)
        translations[code] = gettext.GNUTranslations(compiled)
    return Catalogue(translations)


@lru_cache
def catalogue() -> Catalogue:
    """Read the catalogues that ship with the package."""
    return read_catalogues(FOLDER)
