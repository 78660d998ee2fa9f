"""Texts in several languages, as editors write them."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, RootModel, StringConstraints

NonBlank = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"\S")]
EVERY_LANGUAGE = "*"
PLACEHOLDER = "TODO:"  # what a text starts with that an editor has still to write


def _for_every_language(value: Any) -> Any:
    return {EVERY_LANGUAGE: value} if isinstance(value, str) else value


_Translations = Annotated[
    dict[str, NonBlank], BeforeValidator(_for_every_language, json_schema_input_type=dict[str, NonBlank] | NonBlank)
]


class Text(RootModel[_Translations]):
    """A text in several languages; a plain string is used for all of them."""

    model_config = ConfigDict(frozen=True)

    def get(self, language: str) -> str:
        """Return the text in this language, else the one for all languages, else the first."""
        texts = self.root
        return texts.get(language) or texts.get(EVERY_LANGUAGE) or next(iter(texts.values()))

    def covers(self, language: str) -> bool:
        """Return whether there is a text in this language."""
        return language in self.root or EVERY_LANGUAGE in self.root

    def values(self) -> Iterator[str]:
        """Yield the text of each language."""
        yield from self.root.values()


class Texts(RootModel[dict[str, tuple[NonBlank, ...]]]):
    """Several texts in each language: aliases or utterances."""

    model_config = ConfigDict(frozen=True)

    def get(self, language: str) -> tuple[str, ...]:
        """Return the texts in this language; empty if there are none."""
        return self.root.get(language, ())

    def values(self) -> Iterator[tuple[str, str]]:
        """Yield each text as (language, text)."""
        for language, texts in self.root.items():
            for text in texts:
                yield language, text
