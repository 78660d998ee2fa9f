"""How a fact relates to the one shown last and to a dependent question, and what that adds to its vote."""

import tomllib
from dataclasses import replace
from importlib import resources
from typing import Any

import numpy as np
import pytest

from bot.matching.deciding.context import (
    CONTEXT_SIGNALS,
    Relation,
    Voted,
    Votes,
    context_vote_for,
    fills,
    names_party,
    relation,
    shares_paragraph,
    signals_in_context,
)
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.signals import SIGNALS
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import ParsedQuestion, parse
from bot.story.model import Story
from tests.library.test_vectors import CountingEncoder

NAMES = list(CONTEXT_SIGNALS)
FILE: dict[str, Any] = tomllib.loads((resources.files("bot.matching.deciding") / "context.toml").read_text("utf-8"))
VOTES = [context_vote_for(CountingEncoder("use-multilingual/0.2.1")), context_vote_for(None)]
WEAK, FAIR = Votes([("joined", 0.1)]), Votes([("joined", 0.5), ("typed", 0.4)])


def asked(text: str, story: Story) -> ParsedQuestion:
    return parse(text, Lexicon.of(story), "en")


def signals(
    story: Story, fact: str, own: str, votes: Votes = FAIR, *, shown: str | None = "complaint-filed", unknown: int = 0
) -> dict[str, float]:
    """Return the signals of one fact after a question that another one answered."""
    facts = story.shown_facts
    candidate = Voted(facts[fact], votes, unknown)
    last = asked("Who filed a complaint against the town hall?", story)
    (row,) = signals_in_context([candidate], asked(own, story), last, facts.get(shown or ""), story)
    return dict(zip(NAMES, row.tolist(), strict=True))


@pytest.mark.parametrize(
    ("shown", "fact", "related"),
    [
        ("bridge-dangerous", "bridge-dangerous", "same"),
        ("bridge-dangerous", "danger-denied", "reply"),
        ("danger-denied", "bridge-dangerous", "reply"),
        ("bridge-built", "petit-role", None),
        (None, "petit-role", None),
    ],
)
def test_a_fact_is_related_to_the_one_that_was_shown(
    story: Story, shown: str | None, fact: str, related: Relation | None
) -> None:
    facts = story.shown_facts
    assert relation(story, facts.get(shown or ""), facts[fact]) == related


def test_a_fact_of_the_same_event_is_related_to_the_one_that_was_shown(story: Story) -> None:
    first, second = next(event.facts[:2] for event in story.events if len(event.facts) > 1)
    facts = story.shown_facts
    assert relation(story, facts[first], facts[second]) == "event"
    found = signals(story, second, "when?", shown=first)
    assert (found["event"], found["reply"], found["same"]) == (1.0, 0.0, 0.0)


def test_a_fact_shares_a_paragraph_with_the_one_shown_if_both_are_cited_from_it(story: Story) -> None:
    facts = story.shown_facts
    shown = facts["petit-role"]
    beside = {fact.id for fact in facts.values() if shares_paragraph(shown, fact)}
    places = {(each.source, each.paragraph) for each in shown.citations}
    expected = {
        fact.id for fact in facts.values() if any((each.source, each.paragraph) in places for each in fact.citations)
    }
    assert 0 < len(beside) < len(facts) / 2
    assert beside == expected - {"petit-role"}
    assert not shares_paragraph(None, shown)


@pytest.mark.parametrize(
    ("own", "fact", "named"),
    [
        ("and Anna Petit?", "petit-role", True),  # it is about her
        ("and Anna Petit?", "bridge-dangerous", True),  # she says it
        ("and Jeanne Roy?", "bridge-dangerous", False),
        ("and when?", "petit-role", False),
    ],
)
def test_a_question_names_whom_a_fact_is_about_or_who_says_it(
    story: Story, own: str, fact: str, *, named: bool
) -> None:
    assert names_party(asked(own, story), story.shown_facts[fact]) is named


@pytest.mark.parametrize(
    ("last", "own", "related", "filled"),
    [
        ("Who closed the bridge?", "when?", "same", True),
        ("Who closed the bridge?", "why?", "same", False),  # the fact does not say
        ("Who closed the bridge?", "when?", "event", False),
        ("Who closed the bridge?", "to whom?", "same", False),
        ("When was it closed?", "who is he?", "same", False),
        ("Who closed the bridge?", "when did Anna Petit leave?", "same", False),
    ],
)
def test_the_fact_shown_fills_a_question_word_that_it_answers(
    story: Story, last: str, own: str, related: Relation, *, filled: bool
) -> None:
    fact = story.shown_facts["bridge-closed"]
    assert fills(asked(own, story), asked(last, story), related, fact) is filled


def test_the_signals_tell_the_votes_as_logits_and_the_relations_as_one_or_nothing(story: Story) -> None:
    found = signals(story, "complaint-filed", "when?", unknown=2)
    assert found == {
        **dict.fromkeys(NAMES, 0.0),
        "vote_in_context": pytest.approx(0.0),
        "vote_typed": pytest.approx(np.log(0.4 / 0.6)),
        "vote_completed": pytest.approx(np.log(0.4 / 0.6) / 2),
        "vote_on_average": pytest.approx(np.log(0.4 / 0.6) / 2),
        "same": 1.0,
        "fills": 1.0,
        "new_words": 2.0,
    }
    assert signals(story, "danger-denied", "and the mayor?", shown="bridge-dangerous")["reply"] == 1.0
    assert signals(story, "danger-denied", "and the mayor?", shown="bridge-dangerous")["party"] == 1.0


def test_new_words_count_against_the_fact_shown_last_alone(story: Story) -> None:
    assert signals(story, "petit-role", "when?", unknown=2)["new_words"] == 0.0


def test_a_fact_that_no_reading_ranks_has_the_lowest_vote(story: Story) -> None:
    found = signals(story, "petit-role", "when?", Votes([]))
    assert (
        found["vote_in_context"] == found["vote_typed"] < signals(story, "petit-role", "when?", WEAK)["vote_typed"] + 1
    )


def test_a_fact_that_one_reading_finds_has_a_lower_vote_on_average_than_one_that_all_find(story: Story) -> None:
    once, always = Votes([("joined", 0.5), ("joined", 0.0)]), Votes([("joined", 0.5), ("joined", 0.5)])
    one, other = (signals(story, "petit-role", "when?", votes) for votes in (once, always))
    assert one["vote_in_context"] == other["vote_in_context"] == other["vote_on_average"] > one["vote_on_average"]


def test_the_vote_for_what_is_completed_by_rule_counts_apart_from_the_others(story: Story) -> None:
    by_rule = Votes([("completed", 0.5), ("joined", 0.2)])
    assert signals(story, "petit-role", "when?", by_rule)["vote_completed"] == pytest.approx(0.0)
    without = signals(story, "petit-role", "when?", Votes([("joined", 0.5), ("typed", 0.2)]))
    assert without["vote_completed"] == without["vote_on_average"] < 0


@pytest.mark.parametrize(("own", "is_reason"), [("and why?", 1.0), ("and when?", 0.0)])
def test_a_fact_of_the_paragraph_of_the_one_shown_may_be_its_reason(story: Story, own: str, is_reason: float) -> None:
    facts = story.shown_facts
    shown, beside = next(
        (one.id, other.id) for one in facts.values() for other in facts.values() if shares_paragraph(one, other)
    )
    found = signals(story, beside, own, shown=shown)
    assert (found["paragraph"], found["reason"]) == (1.0, is_reason)


@pytest.mark.parametrize("vote", VOTES)
def test_a_filled_question_word_speaks_more_for_a_fact_than_a_fair_vote_without_a_relation(
    story: Story, vote: Any
) -> None:
    filled = signals(story, "complaint-filed", "when?", WEAK)
    stranger = signals(story, "petit-role", "when?", FAIR)
    ours, theirs = vote.probabilities(np.array([list(filled.values()), list(stranger.values())]))
    assert ours >= vote.answer > theirs


@pytest.mark.parametrize("part", ["meaning", "words"])
def test_the_file_names_known_signals_alone_and_agrees_with_their_signs(part: str) -> None:
    rows = FILE[part]["signals"]
    assert set(rows) == set(NAMES)
    assert [name for name, row in rows.items() if row["weight"] * CONTEXT_SIGNALS[name].sign <= 0] == []
    assert [name for name, row in rows.items() if row["scale"] <= 0] == []


def test_the_file_has_a_part_for_each_kind_of_ranking_and_each_vote_is_its_own() -> None:
    assert set(FILE) == {"meaning", "words"}
    for part, vote in zip(("meaning", "words"), VOTES, strict=True):
        assert (vote.bias, vote.answer, vote.completed) == tuple(
            FILE[part][key] for key in ("bias", "answer", "completed")
        )
        assert vote.weights.tolist() == [FILE[part]["signals"][name]["weight"] for name in NAMES]


def test_no_signal_of_the_context_is_named_as_one_of_the_vote() -> None:
    assert SIGNALS.keys().isdisjoint(NAMES)


def test_an_answer_in_context_needs_what_the_vote_in_context_says_and_tells_what_moved_it(story: Story) -> None:
    decider = Decider(story, context=replace(VOTES[1], completed=1.0))
    before = decider.recalled_state("Is the bridge dangerous?", "bridge-dangerous")
    decision = decider.decide("who denies it?", None, before)
    assert (decision.outcome, decision.rule, decision.chosen[0].fact) == ("answer", "context", "danger-denied")
    assert decider.min_probability_for(decision) == VOTES[1].answer
    assert {name for name, _ in decision.chosen[0].strongest} <= set(NAMES)
    probabilities = [candidate.probability for candidate in decision.ranking]
    assert probabilities == sorted(probabilities, reverse=True)


@pytest.mark.parametrize(
    ("completed", "answer", "rule", "outcome"),
    [(0.2, 1.0, "completed", "answer"), (1.0, 0.1, "context", "answer"), (1.0, 1.0, "context", "suggest")],
)
def test_a_completed_question_is_answered_by_the_usual_vote_and_else_by_its_context(
    story: Story, completed: float, answer: float, rule: str, outcome: str
) -> None:
    decider = Decider(story, context=replace(VOTES[1], completed=completed, answer=answer))
    before = decider.recalled_state("Is the bridge dangerous?", "bridge-dangerous")
    decision = decider.decide("who denies it?", None, before)
    assert (decision.rule, decision.outcome, decision.chosen[0].fact) == (rule, outcome, "danger-denied")
    assert decider.min_probability_for(decision) == (completed if rule == "completed" else answer)
