"""Words that add next to nothing to a question."""

import pytest

from bot.matching.deciding.light import is_light
from bot.matching.ranking.encoder import installed
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import read
from bot.story.model import Story


@pytest.mark.parametrize(
    ("text", "word", "light"),
    [
        ("Kwon parle-t-il d'enquêtes gouvernementales en cours ?", "cours", True),
        ("what did the strategy chief describe as the mission of OpenAI", "describe", True),
        ("what is the exact amount that Microsoft invested in OpenAI", "exact", False),
        ("who owns the other 51 of the for-profit branch", "51", False),
        ("What is Jason Kwon's salary?", "salary", False),
    ],
)
def test_a_word_is_light_where_the_question_means_the_same_without_it(
    story: Story, text: str, word: str, *, light: bool
) -> None:
    encoder = installed()
    if encoder is None:
        pytest.skip("the extra semantic is not installed")
    lexicon = Lexicon.of(story)
    question = read(text, lexicon)
    unit = next(unit for unit in question.words if unit.surface == word)
    assert is_light(unit, question, lexicon.language(question.language), encoder) is light
