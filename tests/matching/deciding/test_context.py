"""How much the fact that was shown last says of what a dependent question asks."""

import pytest

from bot.matching.deciding.context import LEAST_IN_CONTEXT, Relation, Votes, fills, probability, relation
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import parse
from bot.story.model import Story

WEAK, FAIR = Votes({"joined": 0.05}), Votes({"typed": 0.4, "joined": 0.5, "ruled": 0.5})


@pytest.mark.parametrize(
    ("shown", "fact", "related"),
    [
        ("subsidiary-claim", "subsidiary-claim", "same"),
        ("subsidiary-claim", "subsidiary-denied", "reply"),
        ("subsidiary-denied", "subsidiary-claim", "reply"),
        ("openai-founded", "kwon-role", None),
        (None, "kwon-role", None),
    ],
)
def test_a_fact_is_related_to_the_one_that_was_shown(
    story: Story, shown: str | None, fact: str, related: Relation | None
) -> None:
    facts = story.shown_facts
    assert relation(story, facts.get(shown or ""), facts[fact]) == related


@pytest.mark.parametrize(
    ("last", "own", "related", "filled"),
    [
        ("Who founded OpenAI?", "when?", "same", True),
        ("Who founded OpenAI?", "why?", "same", False),  # the fact does not say
        ("Who founded OpenAI?", "when?", "event", False),
        ("Who founded OpenAI?", "to whom?", "same", False),
        ("When was it founded?", "who is he?", "same", False),
        ("Who founded OpenAI?", "when did Musk leave?", "same", False),
    ],
)
def test_the_fact_shown_fills_a_question_word_that_it_answers(
    story: Story, last: str, own: str, related: Relation, *, filled: bool
) -> None:
    lexicon = Lexicon.of(story)
    fact = story.shown_facts["openai-founded"]
    assert fills(parse(own, lexicon, "en"), parse(last, lexicon, "en"), related, fact) is filled


def test_a_filled_question_word_is_an_answer_however_weak_the_votes() -> None:
    assert probability(WEAK, [FAIR], "same", is_filled=True, unknown=0) >= LEAST_IN_CONTEXT


def test_a_weak_vote_without_a_relation_is_no_answer() -> None:
    assert probability(WEAK, [], None, is_filled=False, unknown=0) < LEAST_IN_CONTEXT


def test_a_reply_is_more_probable_than_a_stranger() -> None:
    reply, stranger = (probability(FAIR, [], each, is_filled=False, unknown=0) for each in ("reply", None))
    assert reply > stranger


def test_an_unknown_word_speaks_most_against_the_fact_that_was_shown() -> None:
    def lost(related: Relation | None) -> float:
        return probability(FAIR, [], related, is_filled=False, unknown=0) - probability(
            FAIR, [], related, is_filled=False, unknown=1
        )

    assert lost("same") > lost(None) > 0
