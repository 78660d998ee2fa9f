"""Text to ranked facts, and the decision to answer, suggest or abstain."""

from bot.matching.rank import LexicalMatcher, Match, Matcher

__all__ = ["LexicalMatcher", "Match", "Matcher"]
