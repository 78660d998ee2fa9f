"""The state that travels in a button, so that buttons outlive a restart."""

import re
from dataclasses import dataclass

from bot.surface.limits import CUSTOM_ID

PATTERN = (
    r"s:(?P<exchange>[0-9a-f]{12}):(?P<asker>\d{1,20}):(?P<locale>[a-z]{2})"
    r":(?P<story>[0-9a-f]{8}):(?P<fact>[a-z0-9-]{1,40})"
)
NONE = "-"  # in the place of a fact: none of these; no id of a fact is a hyphen


@dataclass(frozen=True)
class Choice:
    """A suggestion's button: of which exchange, who may press it, which fact of which story it shows, how it speaks."""

    exchange: str
    asker: int
    locale: str
    story: str  # its mark: a story's id and a fact's are too long together
    fact: str

    @classmethod
    def of(cls, match: re.Match[str]) -> "Choice":
        """Read a custom_id that fits PATTERN."""
        return cls(match["exchange"], int(match["asker"]), match["locale"], match["story"], match["fact"])

    def custom_id(self) -> str:
        """Write the custom_id; ids are short enough by their patterns."""
        text = f"s:{self.exchange}:{self.asker}:{self.locale}:{self.story}:{self.fact}"
        if len(text) > CUSTOM_ID or not re.fullmatch(PATTERN, text):
            raise ValueError(f"{text!r} is no custom_id")
        return text
