"""Correct the spelling of questions with a noisy channel over the words of the language and the story."""

from bot.matching.reading.spelling.speller import CorrectedText, Speller

__all__ = ["CorrectedText", "Speller"]
