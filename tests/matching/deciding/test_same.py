"""Questions that ask the same, with an encoder and by words alone."""

from typing import Any

import pytest

from bot.answering.editions import Shelf
from bot.matching.deciding.decide import Decider
from bot.matching.ranking.encoder import installed
from tests.benchmarks.same import summed
from tests.matching.test_stories import SMALL

SAME = [
    ("Who is Anna Petit?", "who's anna petit"),
    ("How much did the footbridge cost?", "so how much has the footbridge cost"),
    ("Why did the town hall close the bridge?", "why has the town hall closed the bridge"),
]
SAME_BY_MEANING = [
    ("Who paid for the bridge?", "Qui a payé le pont ?"),
    ("How much did the footbridge cost?", "Combien a coûté la passerelle ?"),
]
DIFFERENT = [
    ("When was the bridge closed?", "When was the bridge opened?"),  # the opposite
    ("When was the bridge closed?", "Who closed the bridge?"),  # another question word
    ("Does Anna Petit drive?", "Does Louis Garnier drive?"),  # another name
    ("Did Bob Marley cross the bridge?", "Did John Lennon cross the bridge?"),  # another name that nobody knows
    ("Did 40 people cross the bridge?", "Did 50 people cross the bridge?"),  # another figure
    ("Who crossed the bridge?", "Who did not cross the bridge?"),
    ("How old is the bridge?", "How long is the bridge?"),
    ("Did Anna Petit sue the town hall?", "Did the town hall sue Anna Petit?"),  # turned round
    ("Who is Anna Petit?", "Who is Anna Petit marrying?"),
    ("Is the bridge made of steel?", "Is the bridge lit at night?"),
    ("…", "?!"),
]


@pytest.fixture(scope="module")
def decider(shelf: Shelf) -> Decider:
    if installed() is None:
        pytest.skip("the extra `semantic` is not installed")
    return shelf.editions[0].decider


@pytest.fixture(scope="module")
def by_words(shelf: Shelf) -> Decider:
    return Decider(shelf.editions[0].story)


@pytest.mark.parametrize("pair", [*SAME, *SAME_BY_MEANING])
def test_questions_that_ask_the_same_are_one_group(decider: Decider, pair: tuple[str, str]) -> None:
    assert decider.group_same(pair) == [0, 0]


@pytest.mark.parametrize("pair", SAME)
def test_questions_in_the_same_words_are_one_group_without_an_encoder(by_words: Decider, pair: tuple[str, str]) -> None:
    assert by_words.group_same(pair) == [0, 0]


@pytest.mark.parametrize("pair", DIFFERENT)
@pytest.mark.parametrize("name", ["decider", "by_words"])
def test_questions_that_differ_in_what_counts_are_two_groups(
    request: pytest.FixtureRequest, name: str, pair: tuple[str, str]
) -> None:
    decider: Any = request.getfixturevalue(name)
    assert decider.group_same(pair) == [0, 1]


def test_each_question_joins_the_first_of_its_group(by_words: Decider) -> None:
    texts = ["Who closed the bridge?", "Why?", "who closed the bridge", "Is it open?", "Who closed the bridge, please?"]
    numbers = by_words.group_same(texts)
    assert [numbers[0], numbers[2], numbers[4]] == [0, 0, 0]
    assert by_words.group_same([]) == []


@pytest.mark.slow
@pytest.mark.parametrize("semantic", [True, False])
def test_few_questions_of_readers_are_wrongly_in_one_group(semantic: bool) -> None:
    found = summed(SMALL, installed() if semantic else None)
    assert found.right >= 80
    assert found.precision >= 0.9
