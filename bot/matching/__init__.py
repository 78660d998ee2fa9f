"""Text to ranked facts, and the decision to answer, suggest or abstain."""

from bot.matching.rank import Match, Matcher

__all__ = ["Match", "Matcher"]
