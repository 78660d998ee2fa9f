"""Translate the names and descriptions of commands from the catalogues."""

import discord
from discord import app_commands
from discord.app_commands import Command, Group, Parameter, TranslationContextLocation

from bot.answering.languages import code_of
from bot.answering.telling.catalogue import LANGUAGES, Catalogue

KEY = "key"  # the extra of a locale_str that names its catalogue key, if it is not the default one
CODES = {locale: code for locale in discord.Locale if (code := code_of(str(locale))) in LANGUAGES}
DESCRIPTIONS = {
    TranslationContextLocation.command_description,
    TranslationContextLocation.group_description,
    TranslationContextLocation.parameter_description,
}


class CatalogueTranslator(app_commands.Translator):
    """Translates commands from the catalogue; a test checks that the English texts in the code match it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return the text in a locale; None if it has no catalogue."""
        code = CODES.get(locale)
        return self._catalogue.text(code, string.extras.get(KEY) or _key(context)) if code else None


def _key(context: app_commands.TranslationContextTypes) -> str:
    """Return a text's default key: `command.ask`, `command.ask.question`, or either with `.description`."""
    named = context.data
    command, option = (named.command, f".{named.display_name}") if isinstance(named, Parameter) else (named, "")
    if not isinstance(command, Command | Group):
        raise KeyError(f"{named} has no catalogue key")
    key = f"command.{command.qualified_name.replace(' ', '.')}{option}"
    return f"{key}.description" if context.location in DESCRIPTIONS else key
