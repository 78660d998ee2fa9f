"""A Spanish story, which is read with the data file of the language and no special code."""

from collections import Counter

import pytest

from bot.library.read import StoryResult, read_story
from bot.matching.deciding.decide import Decider
from bot.matching.ranking.encoder import Encoder, installed
from tests.spanish_story import QUESTIONS_OF_READERS, write_spanish_story


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> StoryResult:
    root = tmp_path_factory.mktemp("spanish")
    write_spanish_story(root)
    return read_story(root / "knowledge" / "puerto", root / "seeds", root / "articles", installed())


def test_the_story_has_no_problem_and_answers_its_own_questions(reading: StoryResult) -> None:
    assert [problem.rule.id for problem in reading.problems] == ["source.uncovered"]  # no fact is needed there
    assert reading.edition is not None
    assert reading.edition.answered == 1.0


@pytest.mark.parametrize(
    ("encoder", "right"), [(installed(), 0.5), (None, 0.4)], ids=["with the encoder", "by words alone"]
)
def test_no_question_is_answered_with_a_wrong_fact(reading: StoryResult, encoder: Encoder | None, right: float) -> None:
    assert reading.edition is not None
    decider, counts = Decider(reading.edition.story, encoder), Counter[str]()
    for text, fact in QUESTIONS_OF_READERS:
        decision = decider.decide(text)
        given = [candidate.fact for candidate in decision.chosen]
        if decision.outcome == "answer":
            counts["right" if given == [fact] else "wrong"] += 1
        counts["offered"] += fact in given
    inside = sum(fact is not None for _, fact in QUESTIONS_OF_READERS)
    assert counts["wrong"] == 0
    assert counts["right"] >= right * inside
    assert counts["offered"] >= 0.75 * inside


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("¿Cuándo se cerró el puerto?", "port-closed"),
        ("¿A quién despidió la naviera?", "dismissals-claim"),
        ("xq cerro solmar el puerto segun iturbe", "closure-motive"),
        ("¿Compró Solmar la terminal?", "terminal-bought"),
    ],
)
def test_question_words_chat_spellings_and_word_order_are_those_of_the_language(
    reading: StoryResult, text: str, fact: str
) -> None:
    assert reading.edition is not None
    decision = reading.edition.decider.decide(text)
    assert fact in [candidate.fact for candidate in decision.chosen]


def test_who_does_what_to_whom_is_read_from_spanish_word_order(reading: StoryResult) -> None:
    assert reading.edition is not None
    assert reading.edition.decider.decide("¿Por qué cerró el sindicato la naviera?").outcome != "answer"


@pytest.mark.skipif(installed() is None, reason="needs the encoder")
def test_the_encoder_finds_the_fact_in_another_language(reading: StoryResult) -> None:
    assert reading.edition is not None
    ranking = reading.edition.decider.decide("When was the strike called?", "es").ranking
    assert ranking[0].fact == "strike-called"
