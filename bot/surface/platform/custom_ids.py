"""The state that travels in a button, so that buttons outlive a restart."""

import re
from dataclasses import dataclass

from bot.surface.platform.limits import CUSTOM_ID

EXCHANGE = r"(?P<exchange>[0-9a-f]{12})"
LOCALE = r"(?P<locale>[a-z]{2})"
FACT = r"(?P<story>[0-9a-f]{8}):(?P<fact>[a-z0-9-]{1,40})"  # a story's mark: its id and a fact's are too long together
PATTERN = rf"s:{EXCHANGE}:(?P<asker>\d{{1,20}}):{LOCALE}:{FACT}"
NONE = "-"  # in the place of a fact: none of these; no id of a fact is a hyphen


def custom_id(pattern: str, *parts: object) -> str:
    """Join the parts of a custom_id; raise ValueError where it is too long or would not be read again."""
    text = ":".join(map(str, parts))
    if len(text) > CUSTOM_ID or not re.fullmatch(pattern, text):
        raise ValueError(f"{text!r} is no custom_id")
    return text


@dataclass(frozen=True)
class Choice:
    """A suggestion's button: of which exchange, who may press it, which fact of which story it shows, how it speaks."""

    exchange: str
    asker: int
    locale: str
    story: str  # its mark
    fact: str

    @classmethod
    def of(cls, match: re.Match[str]) -> "Choice":
        """Read a custom_id that fits PATTERN."""
        return cls(match["exchange"], int(match["asker"]), match["locale"], match["story"], match["fact"])

    def custom_id(self) -> str:
        """Write the custom_id; ids are short enough by their patterns."""
        return custom_id(PATTERN, "s", self.exchange, self.asker, self.locale, self.story, self.fact)
