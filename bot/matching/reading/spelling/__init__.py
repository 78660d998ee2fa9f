"""Correct the spelling of questions: a noisy channel over a language's words and the story's."""

from bot.matching.reading.spelling.speller import Spelled, Speller

__all__ = ["Spelled", "Speller"]
