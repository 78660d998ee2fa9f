"""Gaps: what readers asked in vain, grouped, as the stories answer it today."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any

import pytest

from bot.answering.editions import Shelf
from bot.answering.gaps import Gap, GapQuestion, find_gap, group_gaps
from bot.story.model import Story, StoryQuestion
from tests.fakes import FixedLibrary

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
ANSWERED = "When was the bridge closed?"  # by bridge-closed


def question(number: int, text: str, reader: int = 0, **changes: Any) -> GapQuestion:
    at, plain = NOON + timedelta(minutes=number), f"{number:012x}"
    asked = GapQuestion(plain, text, text, "en", "abstain", "no_fact", "bridge", (), at, reader, is_unhelpful=False)
    return asked._replace(**changes)


@pytest.fixture(scope="module")
def by_words(story: Story) -> Shelf:
    """The story of the bridge, compared by words."""
    return FixedLibrary(story).current


def only(found: Sequence[Gap]) -> Gap:
    (gap,) = found
    return gap


def test_the_same_question_in_several_wordings_is_one_gap_with_its_readers(by_words: Shelf) -> None:
    asked = [
        question(1, "How much did the footbridge cost?", reader=1, locale="en"),
        question(2, "how much has the footbridge cost", reader=2),
        question(3, "how much has the footbridge cost", reader=3, cause=None, outcome="suggest"),
        question(4, "how much has the footbridge cost", reader=3),
        question(5, "Who painted the bridge?", reader=9),
    ]
    first, second = group_gaps(by_words, asked)
    assert first.questions == ("how much has the footbridge cost", "How much did the footbridge cost?")
    assert (first.id, first.asked, first.readers) == ("000000000001", 4, 3)
    assert (first.since, first.last) == (asked[0].at, asked[3].at)
    assert (first.causes, first.languages) == (("no_fact", "suggest"), ("en",))
    assert second.questions == ("Who painted the bridge?",)


def test_gaps_are_in_order_of_readers_then_of_how_often_then_the_latest_first(by_words: Shelf) -> None:
    asked = [
        question(1, "Who painted the bridge?", reader=1),
        question(2, "Is the bridge haunted?", reader=1),
        question(3, "Why is the bridge green?", reader=1),
        question(4, "Why is the bridge green?", reader=1),
        question(5, "Where is the museum?", reader=1),
        question(6, "Where is the museum?", reader=2),
    ]
    found = [gap.questions[0] for gap in group_gaps(by_words, reversed(asked))]
    assert found == [
        "Where is the museum?",
        "Why is the bridge green?",
        "Is the bridge haunted?",
        "Who painted the bridge?",
    ]
    assert [gap.questions[0] for gap in group_gaps(by_words, asked, limit=2)] == found[:2]


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [
        ({}, False),
        ({"waiting": 1}, True),
        ({"is_unhelpful": True, "outcome": "answer", "cause": None, "facts": ("bridge-closed",)}, True),
        ({"is_unhelpful": True, "outcome": "answer", "cause": None, "facts": ("bridge-built",)}, False),
        ({"is_unhelpful": True}, False),
    ],
)
def test_a_question_that_is_answered_today_is_open_only_if_somebody_waits_or_this_answer_did_not_help(
    by_words: Shelf, changes: dict[str, Any], is_open: bool
) -> None:
    found = group_gaps(by_words, [question(1, ANSWERED, **changes)])
    assert [gap.answered_by for gap in found] == (["bridge-closed"] if is_open else [])


def test_of_a_group_only_the_wordings_without_an_answer_are_open(by_words: Shelf) -> None:
    wordings = ("Is the bridge closed?", "Is the bridge closed?", "so is the bridge closed tell me")
    assert by_words.editions[0].decider.group_same(wordings) == [0, 0, 0]
    asked = [question(number, text, reader=number) for number, text in enumerate(wordings)]
    gap = only(group_gaps(by_words, asked))
    assert (gap.questions, gap.readers, gap.answered_by) == ((wordings[2],), 1, None)


def test_what_a_story_is_expected_to_abstain_on_is_not_ours(story: Story) -> None:
    own = StoryQuestion(ask="Who painted the bridge?", expect="abstain")
    shelf = FixedLibrary(story.model_copy(update={"questions": (*story.questions, own)})).current
    asked = [question(1, "who has painted the bridge"), question(2, "Is the bridge haunted?")]
    assert only(group_gaps(shelf, asked)).questions == ("Is the bridge haunted?",)


def test_a_gap_says_what_is_near_what_stands_against_it_and_what_readers_did(by_words: Shelf) -> None:
    asked = [
        question(1, "Why did Anna Petit marry the mayor?", picked=("petit-role",), waiting=1),
        question(2, "Why did Anna Petit marry the mayor?", picked=("petit-role", "bridge-dangerous"), waiting=2),
        question(3, "why did Anna Petit marry the mayor", is_unhelpful=True),
    ]
    gap = only(group_gaps(by_words, asked))
    assert len(gap.nearest) == 3
    assert all("marry" in near.unknown and near.against for near in gap.nearest)
    assert gap.nearest[0].probability >= gap.nearest[1].probability
    assert gap.picked == (("petit-role", 2), ("bridge-dangerous", 1))
    assert (gap.waiting, gap.unhelpful, gap.answered_by) == (3, 1, None)


def test_a_follow_up_is_shown_as_it_was_completed_and_any_other_question_as_it_was_typed(by_words: Shelf) -> None:
    asked = [
        question(1, "and the paint?", understood="who made the paint of the bridge"),
        question(2, "Is the brigde haunted?", understood="Is the bridge haunted?"),
    ]
    found = {gap.questions[0] for gap in group_gaps(by_words, asked)}
    assert found == {"who made the paint of the bridge", "Is the brigde haunted?"}


def test_only_stories_that_are_loaded_have_gaps_and_one_may_be_chosen(by_words: Shelf) -> None:
    asked = [question(1, "Is the bridge haunted?"), question(2, "Is it haunted?", story="gone")]
    assert only(group_gaps(by_words, asked)).story == "bridge"
    assert group_gaps(by_words, asked, story="gone") == ()


def test_a_gap_is_named_by_the_id_of_any_exchange_or_how_it_begins(by_words: Shelf) -> None:
    asked = [
        question(0xA1, "Is the bridge haunted?", exchange="aa1000000000"),
        question(0xA2, "Is the bridge haunted?", exchange="ab2000000000"),
        question(0xB1, "Who painted the bridge?", exchange="ab3000000000"),
    ]
    found = group_gaps(by_words, asked)
    haunted = next(gap for gap in found if gap.id == "aa1000000000")
    for text in ("aa1000000000", "aa1", "AB2", " ab2000000000 "):
        assert find_gap(found, text) == haunted
    for text in ("ab", "a", "", "ff", "aa10000000000"):
        assert find_gap(found, text) is None


def test_a_gap_names_no_asker_and_no_server(by_words: Shelf) -> None:
    gap = only(group_gaps(by_words, [question(1, "Is <@70> from https://x.example haunted, bridge?")]))
    assert gap.questions == ("Is [mention] from [link] haunted, bridge?",)
    assert not {"reader", "user", "asker", "guild", "channel"} & set(Gap.__dataclass_fields__)


@pytest.mark.clock
def test_five_thousand_exchanges_take_seconds(shelf: Shelf) -> None:
    places = [
        f"{one} {two}" for one in ("old", "new", "red", "long") for two in ("gate", "tower", "road", "wall", "mill")
    ]
    texts = [f"{asks} the {place}?" for place in places for asks in ("Who built", "When was", "Why is", "Is it near")]
    asked = [question(number, texts[number * 7 % len(texts)], reader=number % 900) for number in range(5_000)]
    started = process_time()
    assert group_gaps(shelf, asked)
    assert process_time() - started < 3
