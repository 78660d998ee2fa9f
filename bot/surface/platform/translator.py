"""Translate the names and descriptions of commands from the catalogues."""

import discord
from discord import app_commands
from discord.app_commands import Command, Group, Parameter, TranslationContextLocation

from bot.answering.telling.catalogue import LANGUAGES, Catalogue, code_of

KEY = "key"  # the name under which a locale_str carries its key, if that does not follow from where it is
DESCRIPTIONS = {
    TranslationContextLocation.command_description,
    TranslationContextLocation.group_description,
    TranslationContextLocation.parameter_description,
}


class CatalogueTranslator(app_commands.Translator):
    """Gives Discord the texts of commands; the English ones in the code are those of the catalogue, as a test shows."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return the text in a locale that has a catalogue, else None."""
        code = code_of(str(locale))
        return self._catalogue.text(code, string.extras.get(KEY) or _key(context)) if code in LANGUAGES else None


def _key(context: app_commands.TranslationContextTypes) -> str:
    """Return the key of a text by where it is: `command.ask`, `command.ask.question`, each with its `.description`."""
    named = context.data
    command, option = (named.command, f".{named.display_name}") if isinstance(named, Parameter) else (named, "")
    if not isinstance(command, Command | Group):
        raise KeyError(f"{named} says no key")
    key = f"command.{command.qualified_name.replace(' ', '.')}{option}"
    return f"{key}.description" if context.location in DESCRIPTIONS else key
