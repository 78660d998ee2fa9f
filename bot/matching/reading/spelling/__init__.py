"""Correct the spelling of questions: a noisy channel over a language's words and the story's."""

from bot.matching.reading.spelling.speller import CorrectedText, Speller

__all__ = ["CorrectedText", "Speller"]
