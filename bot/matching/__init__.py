"""Turn a text into ranked facts, and into a decision to answer, suggest or abstain."""

from bot.matching.ranking.rank import LexicalMatcher, Match, Matcher

__all__ = ["LexicalMatcher", "Match", "Matcher"]
