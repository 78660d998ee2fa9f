"""What a fact knows of a question."""

import pytest

from bot.matching.deciding.decide import Decider
from bot.story.model import Story


@pytest.mark.parametrize(
    ("text", "fact", "known"),
    [
        ("Did Kwon of OpenAI promise news to the staff?", "employees-informed", "openai"),  # for whom he speaks
        ("Did Musk sue OpenAI on Thursday?", "complaint-filed", "thursday"),  # the source's words for the date
    ],
)
def test_a_fact_knows_the_words_of_its_date_and_for_whom_its_people_speak(
    story: Story, text: str, fact: str, known: str
) -> None:
    ranking = Decider(story).decide(text).ranking
    candidate = next(item for item in ranking if item.fact == fact)
    assert known in candidate.evidence.known
