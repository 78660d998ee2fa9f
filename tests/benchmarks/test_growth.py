"""What growth costs: invented stories, the page, and what changes if only the stories of a shortlist decide."""

from collections import Counter
from pathlib import Path

import pytest

from bot.answering.editions import Edition
from bot.answering.verdict import Verdict, settle
from bot.matching.deciding.decision import Candidate, Decision
from bot.matching.deciding.evidence import Evidence
from bot.story.model import Story
from tests.benchmarks.growth import Case, GrowthRow, cases, load, measured, write
from tests.benchmarks.growth_page import END, PAGE, PICTURE, START, write_page
from tests.benchmarks.invented import invent
from tests.benchmarks.together import compare, grade
from tests.quick_stories import decider_of
from tests.stories import Asked

SMALL = ("chai", "club", "klinik", "musee", "papeterie", "tram")
ROWS = [GrowthRow(Case(1, 100, is_semantic=False), 1.24, 140.2, 3.14, 5.0, 0.5)]


def test_the_same_seed_invents_the_same_story_and_another_number_other_names() -> None:
    assert invent(1, 20, 10) == invent(1, 20, 10)
    one, other = ({row["name"] for row in invent(number, 20, 0).data["entities"]} for number in (1, 2))
    assert one.isdisjoint(other)


def test_an_invented_story_loads_without_errors(tmp_path: Path) -> None:
    write([invent(0, 3, 0)], tmp_path)
    (edition,) = load(tmp_path, None)
    assert len(edition.story.shown_facts) == 3


def test_each_case_is_measured_once() -> None:
    wanted = cases([100, 1_000], [1, 5], is_semantic=False)
    assert [(case.stories, case.facts) for case in wanted] == [(1, 100), (1, 1_000), (5, 100)]


def test_the_page_is_rewritten_between_its_marks_only(tmp_path: Path) -> None:
    page = tmp_path / PAGE
    page.write_text(f"before\n{START}\nold\n{END}\nafter\n", "utf-8")
    table = write_page(ROWS, tmp_path)
    text = page.read_text("utf-8")
    assert text.startswith(f"before\n{START}\n")
    assert text.endswith(f"{END}\nafter\n")
    assert table in text
    assert "old" not in text
    assert "| 1 | 100 | words | 3.1 | 5.0 | 1.2 | 140 |" in table
    assert (tmp_path / PICTURE).read_text("utf-8").lstrip().startswith("<?xml")


@pytest.mark.parametrize(
    ("expect", "outcome", "fact", "grades"),
    [
        ({"fact-0"}, "answer", "fact-0", "right"),
        ({"fact-1"}, "answer", "fact-0", "wrong"),
        ({"fact-0"}, "suggest", "fact-0", "first"),
        ({"fact-1"}, "suggest", "fact-0", "silent"),
        (set(), "answer", "fact-0", "answered"),
        (set(), "suggest", "fact-0", "fine"),
    ],
)
def test_an_answer_of_another_fact_is_wrong_and_any_answer_to_a_near_miss(
    expect: set[str], outcome: str, fact: str, grades: str
) -> None:
    story = Story.model_validate(invent(0, 2, 0).data)
    decider = decider_of(story)
    candidate = Candidate(fact, 0.5, 0.5, 0.5, "", 0.5, None, Evidence((), (), (), ()), 0.9)
    verdict: Verdict = settle(
        [
            (
                Edition(story, decider, "", None),
                Decision("answer" if outcome == "answer" else "suggest", "near", decider.read("Who?"), (candidate,)),
            )
        ]
    )
    assert grade(story.story.id, Asked("Who?", "in", "plain", frozenset(expect)), verdict) == grades
    if expect:
        assert grade("another", Asked("Who?", "in", "plain", frozenset(expect)), verdict) in {"wrong", "silent"}


@pytest.mark.slow
def test_with_many_stories_loaded_the_shortlist_loses_hardly_an_answer_and_gives_fewer_wrong_ones() -> None:
    rows = list(compare(None, SMALL, every=10))
    by_all, by_few = Counter(row.by_all for row in rows), Counter(row.by_few for row in rows)
    assert by_few["wrong"] <= by_all["wrong"]
    assert by_few["answered"] <= by_all["answered"]
    assert by_few["first"] >= by_all["first"]
    assert by_few["right"] >= by_all["right"] - 1
    assert sum(row.decided for row in rows) < 0.75 * len(rows) * len(SMALL)


@pytest.mark.clock
def test_a_question_to_twenty_stories_costs_hardly_more_than_to_eight() -> None:
    few, many = (measured(Case(stories, 5, is_semantic=False), 40).median_ms for stories in (8, 20))
    assert many < 2 * few  # 2.5 if each story read and decided
    assert many < 60
