"""Translate command names and descriptions from the catalogues."""

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.answering.telling.catalogue import LANGUAGES, Catalogue

KEY = "key"  # the name under which a locale_str carries its key


class Words:
    """Makes the texts of commands: English, with the key that finds the others."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(self, key: str) -> locale_str:
        """Return the text of a key."""
        return locale_str(self._catalogue.text("en", key), key=key)


class CatalogueTranslator(app_commands.Translator):
    """Gives Discord the French and English texts of commands."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    async def translate(
        self, string: locale_str, locale: discord.Locale, _context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return the text in a locale that has a catalogue, else None."""
        code, key = str(locale).partition("-")[0], string.extras.get(KEY)
        return self._catalogue.text(code, key) if key and code in LANGUAGES else None
