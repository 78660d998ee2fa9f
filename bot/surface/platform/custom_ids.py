"""The state that a button carries in its custom_id, so that it works after a restart."""

import re
from dataclasses import dataclass

from bot.surface.platform.limits import CUSTOM_ID

EXCHANGE = r"(?P<exchange>[0-9a-f]{12})"
LOCALE = r"(?P<locale>[a-z]{2})"
FACT = r"(?P<story>[0-9a-f]{8}):(?P<fact>[a-z0-9-]{1,40})"  # the story's mark: both ids together would be too long
RELATED_PATTERN = rf"l:{EXCHANGE}:{LOCALE}:{FACT}"
ORIGINS_PATTERN = rf"o:{LOCALE}:{FACT}"
SUGGESTION_PATTERN = rf"s:{EXCHANGE}:(?P<asker>\d{{1,20}}):{LOCALE}:{FACT}"
NO_FACT = "-"  # "none of these", instead of a fact's id; no fact has this id


def custom_id(pattern: str, *parts: object) -> str:
    """Join the parts of a custom_id; raise ValueError if it is too long or does not match its pattern."""
    text = ":".join(map(str, parts))
    if len(text) > CUSTOM_ID or not re.fullmatch(pattern, text):
        raise ValueError(f"{text!r} is not a valid custom_id")
    return text


@dataclass(frozen=True)
class SuggestionState:
    """The state of a suggestion button: its exchange, who asked, the language, and the fact that it shows."""

    exchange: str
    asker: int
    locale: str
    story: str  # its mark
    fact: str

    @classmethod
    def of(cls, match: re.Match[str]) -> "SuggestionState":
        """Read a custom_id that matches SUGGESTION_PATTERN."""
        return cls(match["exchange"], int(match["asker"]), match["locale"], match["story"], match["fact"])

    def custom_id(self) -> str:
        """Return the custom_id; the patterns of the ids ensure that it is short enough."""
        return custom_id(SUGGESTION_PATTERN, "s", self.exchange, self.asker, self.locale, self.story, self.fact)
