"""Ranking: the nearest labels first, deterministically."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import LexicalMatcher as Matcher

PAIRS = [
    ("when was the bridge closed", "closed"),
    ("is the bridge closed now", "closed"),
    ("who built the bridge", "built"),
    ("how long is the river", "length"),
]
sentences = st.lists(
    st.sampled_from(["who", "built", "the", "old", "bridge", "river", "when", "town", "far"]),
    min_size=1,
    max_size=6,
).map(" ".join)


@pytest.mark.parametrize(("text", "label"), PAIRS)
def test_an_utterance_ranks_its_own_label_first(text: str, label: str) -> None:
    first = Matcher.build(PAIRS).rank(text)[0]
    assert (first.label, first.utterance) == (label, text)
    assert first.score == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "label"), [("whn was teh brigde clsoed", "closed"), ("how lnog is the rivr", "length")]
)
def test_typos_are_forgiven(text: str, label: str) -> None:
    assert Matcher.build(PAIRS).rank(text)[0].label == label


def test_each_label_has_one_match_and_there_are_at_most_limit_matches() -> None:
    matcher = Matcher.build(PAIRS)
    assert [match.label for match in matcher.rank("the bridge")] == ["closed", "built", "length"]
    assert len(matcher.rank("the bridge", limit=2)) == 2


@pytest.mark.parametrize("text", ["", "   ", "😀", "\u200b"])
def test_a_text_without_words_has_no_ranking(text: str) -> None:
    assert Matcher.build(PAIRS).rank(text) == []


def test_an_empty_index_ranks_nothing() -> None:
    assert Matcher.build([]).rank("who built the bridge") == []


def test_an_unseen_word_lowers_the_score() -> None:
    matcher = Matcher.build(PAIRS)
    assert matcher.rank("who built the bridge tomorrow")[0].score < matcher.rank("who built the bridge")[0].score


@given(st.lists(st.tuples(sentences, st.integers(0, 4)), min_size=1, max_size=12), sentences)
def test_a_ranking_is_ordered_bounded_and_deterministic(pairs: list[tuple[str, int]], text: str) -> None:
    found = Matcher.build(pairs).rank(text)
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert found == Matcher.build(pairs).rank(text)
