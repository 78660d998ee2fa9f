"""Tell a word that adds little to the meaning of a question, by what the question means without it.

A word is light where taking it away hardly moves the vector (Li, Monroe and Jurafsky, Understanding neural networks
through representation erasure, 2016, https://arxiv.org/abs/1612.08220).
"""

from bot.matching.ranking.encoder import Encoder
from bot.matching.reading.figures import is_figure
from bot.matching.reading.language import Language
from bot.matching.reading.question import Question, Unit

LIGHT = 0.92  # the least cosine between the question and the question without the word


def is_light(unit: Unit, question: Question, language: Language, encoder: Encoder) -> bool:
    """Tell whether a content word of a question is light; a figure or numeral never is, nor "exact" or "other"."""
    parts = unit.surface.lower().split()
    if any(map(is_figure, parts)) or not (language.heavy | question.numerals).isdisjoint(parts):
        return False
    end = unit.at + len(unit.surface.split())
    without = [*question.tokens[: unit.at], *question.tokens[end:]]
    whole, rest = encoder.encode([" ".join(question.tokens), " ".join(without)])
    return bool(whole @ rest >= LIGHT)
