"""Choose a language, by the codes of those there are and the locales of readers."""

from collections.abc import Sequence

from bot.story.model import Story

DEFAULT_LANGUAGE = "en"  # the commands in the code are in it, and the catalogues are compared with its own


def code_of(locale: str) -> str:
    """Return the language code of a locale, even without a catalogue for it: "es" for "es-419"."""
    return locale.partition("-")[0].lower()


def first_of(languages: Sequence[str], *wanted: str | None) -> str:
    """Return the first wanted language that is available, else the first available one."""
    return next((code for code in wanted if code and code in languages), languages[0])


def told_in(languages: Sequence[str], locale: str) -> str:
    """Return the language in which a story with texts in `languages` is told to readers of a locale."""
    return first_of(languages, code_of(locale), DEFAULT_LANGUAGE)


def title_of(story: Story, locale: str) -> str:
    """Return a story's title, in the language in which it is told to readers of a locale."""
    return story.story.title.get(told_in(story.languages, locale))
