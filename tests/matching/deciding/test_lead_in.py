"""What a text tells before it asks makes the facts that it tells of more probable, within bounds."""

import pytest

from bot.matching.deciding.decide import Decider
from bot.matching.deciding.decision import Candidate
from bot.matching.deciding.lead_in import MAX_VOTE, MIN_VOTE, USUAL_VOTE, votes_for, weighed


@pytest.fixture(scope="module")
def ranking(decider: Decider) -> tuple[Candidate, ...]:
    return decider.ranking(decider.read("Who closed the bridge?"))


def test_a_fact_that_the_text_before_tells_of_is_more_probable_than_one_that_it_does_not(
    ranking: tuple[Candidate, ...],
) -> None:
    for one in ranking:
        told, usual, other = (
            next(each.probability for each in weighed(ranking, {one.fact: vote}) if each.fact == one.fact)
            for vote in (1.0, USUAL_VOTE, 0.0)
        )
        assert told > usual > other
        assert usual == pytest.approx(one.probability, abs=1e-5)


def test_the_most_probable_fact_comes_first(ranking: tuple[Candidate, ...]) -> None:
    found = weighed(ranking, {ranking[-1].fact: 1.0})
    chances = [one.probability for one in found]
    assert chances == sorted(chances, reverse=True)
    assert {one.fact for one in found} == {one.fact for one in ranking}


@pytest.mark.parametrize(("vote", "bound"), [(1.0, MAX_VOTE), (0.0, MIN_VOTE)])
def test_the_text_before_decides_nothing_alone(ranking: tuple[Candidate, ...], vote: float, bound: float) -> None:
    facts = [one.fact for one in ranking]
    assert weighed(ranking, dict.fromkeys(facts, vote)) == weighed(ranking, dict.fromkeys(facts, bound))


def test_a_fact_that_the_text_before_does_not_rank_counts_as_least_told(ranking: tuple[Candidate, ...]) -> None:
    assert weighed(ranking, {}) == weighed(ranking, dict.fromkeys(votes_for(ranking), MIN_VOTE))
