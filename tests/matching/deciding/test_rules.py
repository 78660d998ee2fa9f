"""Each rule of the decision, at its limits."""

from dataclasses import replace

import numpy as np
import pytest

from bot.matching.deciding import index, rules
from bot.matching.deciding.calibrate import Thresholds
from bot.matching.deciding.decide import MAX_ANSWERS, Decider
from bot.matching.deciding.decision import MAX_SUGGESTIONS
from bot.matching.deciding.index import MAX_CANDIDATE_FACTS
from bot.matching.deciding.rules import PROBABILITY_MARGIN, SCORE_SLACK
from bot.matching.deciding.signals import SIGNALS
from bot.matching.deciding.vote import Vote, fitted
from bot.story.model import Story, When
from bot.story.texts import Text, Texts
from tests.matching.deciding.harbour import HARBOUR

USUAL = fitted(is_semantic=False)
OTHER_WORDS = "When was it that Nordline bought this terminal?"


def decider(answer: float = USUAL.answer, nearest: float = USUAL.nearest) -> Decider:
    return Decider(HARBOUR, vote=replace(USUAL, answer=answer, nearest=nearest))


def blind_to(name: str) -> Vote:
    """Return the usual vote without a signal."""
    weights = np.where(np.array(list(SIGNALS)) == name, 0.0, USUAL.weights)
    return replace(USUAL, weights=weights)


def best_of(text: str) -> float:
    plain = decider()
    return plain.ranking(plain.read(text))[0].probability


@pytest.mark.parametrize(
    ("text", "outcome", "rule", "cause"),
    [
        ("???", "abstain", "nothing", "too_vague"),
        ("good evening bot", "abstain", "nothing", "small_talk"),
        ("Thanks a lot!", "abstain", "nothing", "small_talk"),
        ("hello", "abstain", "nothing", "small_talk"),
        ("great, perfect", "abstain", "nothing", "small_talk"),
        ("Who sued Nordline?", "answer", "curated", None),
        ("who sued nordline", "answer", "curated", None),
        ("who are you", "abstain", "nothing", "too_vague"),
        ("hey bot, what time is it?", "abstain", "nothing", "small_talk"),
        ("what is it in 2019?", "suggest", "near", None),
        ("are you a harbour", "abstain", "about_bot", "small_talk"),
        ("are you Nordline?", "abstain", "about_bot", "small_talk"),
        ("What will Nordline do in 2023?", "abstain", "later", "after_story"),
        ("What did Nordline do in 1999?", "abstain", "far", "no_fact"),
        (OTHER_WORDS, "answer", "probable", None),
        ("When did Nordline sell the terminal?", "suggest", "near", None),
        ("Which giraffe paints landscapes?", "abstain", "unknown", "unknown_name"),
    ],
)
def test_each_rule_has_a_question(text: str, outcome: str, rule: str, cause: str | None) -> None:
    whole = decider()
    decision = whole.decide(text)
    assert (decision.outcome, decision.rule, decision.cause) == (outcome, rule, cause)
    assert decision.question == whole.read(text)
    is_ranked = rule in {"curated", "probable", "near", "unknown", "far"}
    assert decision.ranking == (whole.ranking(decision.question) if is_ranked else ())
    if rule == "curated":
        assert [candidate.fact for candidate in decision.chosen] == ["sued"]


def test_a_greeting_is_small_talk_even_if_somebody_is_called_so() -> None:
    night = HARBOUR.entities[0].model_copy(update={"id": "night", "name": Text("Night")})
    story = Story(story=HARBOUR.story, entities=(*HARBOUR.entities, night), facts=HARBOUR.facts)
    whole = Decider(story, vote=USUAL)
    assert whole.read("night").names
    assert (whole.decide("night").rule, whole.decide("night").cause) == ("nothing", "small_talk")
    assert whole.decide("who is night").rule != "nothing"
    assert whole.decide("night terminal").rule != "nothing"


def test_a_curated_utterance_answers_even_if_its_fact_is_no_candidate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "MAX_CANDIDATE_FACTS", 0)
    decision = decider().decide("Who sued Nordline?")
    assert [item.fact for item in decision.chosen] == ["sued"]


def test_a_question_to_the_bot_that_names_somebody_is_about_the_story() -> None:
    assert decider().decide("So, are you the one who sued?").rule == "about_bot"
    assert decider().decide("So, are you the one who sued Nordline?").rule != "about_bot"


def test_the_last_year_of_the_story_is_not_after_it() -> None:
    assert decider().decide("What did Nordline do in 2021?").rule != "later"
    assert decider().decide("What did Nordline do in 2022?").rule == "later"
    assert decider().decide("What did Nordline do in 2199?").rule == "later"
    for figure in ("2200", "9999", "12.5", "123"):
        assert decider().decide(f"Did Nordline pay {figure} kroner?").rule != "later"


def dated(edtf: str, **more: object) -> Decider:
    """Return a decider on the harbour, whose purchase has a date."""
    when = When.model_validate({"edtf": edtf, **more})
    first, *others = HARBOUR.facts
    facts = (first.model_copy(update={"when": when, "text": Text("Nordline buys the terminal.")}), *others)
    return Decider(Story(story=HARBOUR.story, entities=HARBOUR.entities, facts=facts), vote=USUAL)


@pytest.mark.parametrize("edtf", ["2030", "2030-03", "2029/2031", "203X", "2029-24"])
def test_a_year_of_what_is_announced_is_not_after_the_story_but_others_are(edtf: str) -> None:
    whole = dated(edtf, announced=True)
    assert whole.decide("Does Nordline buy the terminal in 2030?").rule == "probable"
    assert whole.decide("Does Nordline buy the terminal in 2045?").rule == "later"


@pytest.mark.parametrize(
    ("edtf", "year", "is_known"),
    [
        ("2019", 2019, True),
        ("2019", 2018, False),
        ("2017/2019", 2018, True),
        ("2017/2019", 2020, False),
        ("2019/..", 2019, True),
        ("../2015", 2014, False),
        ("201X", 2010, True),
        ("201X", 2013, False),
    ],
)
def test_a_year_is_known_to_a_fact_if_its_date_states_it(edtf: str, year: int, is_known: bool) -> None:
    whole = dated(edtf)
    question = whole.read(f"Did Nordline buy the terminal in {year}?")
    (found,) = [item for item in whole.ranking(question) if item.fact == "bought"]
    assert ("figure" not in found.evidence.vetoes) == is_known


def test_a_fact_that_shares_no_word_is_never_suggested() -> None:
    assert decider(nearest=0.0).decide("Which giraffe paints landscapes?").rule == "unknown"


def test_an_answer_needs_exactly_its_minimum_probability() -> None:
    probability = best_of(OTHER_WORDS)
    assert decider(answer=probability).decide(OTHER_WORDS).rule == "probable"
    assert decider(answer=probability + 1e-9).decide(OTHER_WORDS).rule == "near"


def test_an_answer_may_score_a_little_below_the_storys_threshold() -> None:
    plain = decider()
    best = plain.ranking(plain.read(OTHER_WORDS))[0]
    for above, rule in ((0.0, "probable"), (1e-9, "near")):
        strict = Decider(HARBOUR, vote=blind_to("above"), thresholds=Thresholds(best.score + SCORE_SLACK + above))
        assert strict.decide(OTHER_WORDS).rule == rule


def test_the_nearest_on_record_needs_exactly_its_minimum_probability() -> None:
    text = "When did Nordline sell the terminal?"
    probability = best_of(text)
    near = decider(nearest=probability).decide(text)
    assert [item.probability for item in near.chosen] == [probability]
    far = decider(nearest=probability + 1e-9).decide(text)
    assert (far.outcome, far.rule, far.cause) == ("abstain", "far", "no_fact")
    assert far.question == near.question
    assert [item.fact for item in far.ranking] == [item.fact for item in near.ranking]


def test_the_nearest_on_record_needs_more_if_it_shares_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    unnamed = "When was the terminal painted?"
    outcomes = []
    for least in (best_of(unnamed), best_of(unnamed) + 1e-9):
        monkeypatch.setattr(rules, "MIN_NEAREST", least)
        outcomes.append(decider(answer=1.0, nearest=0.0001).decide(unnamed).rule)
    assert outcomes == ["near", "far"]
    assert decider(answer=1.0, nearest=0.0001).decide("When did Nordline paint the terminal?").rule == "near"


def test_a_yes_no_question_with_a_word_that_no_fact_mentions_needs_a_surer_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unmentioned = "Nordline bought the terminal cheaply?"
    outcomes = []
    for least in (best_of(unmentioned), best_of(unmentioned) + 1e-9):
        monkeypatch.setattr(rules, "MIN_WITH_NEW_WORD", least)
        outcomes.append(decider(answer=0.0, nearest=0.0).decide(unmentioned).outcome)
        assert decider(answer=0.0).decide("When did Nordline buy the terminal cheaply?").outcome == "answer"
    assert outcomes == ["answer", "suggest"]


def test_beside_an_act_that_no_fact_mentions_a_fact_needs_much_more(monkeypatch: pytest.MonkeyPatch) -> None:
    unmentioned = "Did Nordline paint the terminal?"
    assert "act" in decider().decide(unmentioned).ranking[0].evidence.vetoes
    outcomes = []
    for least in (best_of(unmentioned), best_of(unmentioned) + 1e-9):
        monkeypatch.setattr(rules, "MIN_BESIDE_ACT", least)
        outcomes.append(decider(answer=1.0, nearest=0.0001).decide(unmentioned).rule)
    assert outcomes == ["near", "far"]


@pytest.mark.parametrize(
    ("text", "veto", "is_graded"),
    [
        ("Did Nordline paint the terminal?", "act", True),
        ("How many cranes did Nordline buy?", "missing", True),
        ("Is Nordline a thief?", "only_names", False),
        ("What exact price did Nordline pay?", "word", False),
    ],
)
def test_a_graded_veto_is_outweighed_by_a_sure_vote(
    text: str, veto: str, is_graded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert veto in decider().decide(text).ranking[0].evidence.vetoes
    outcomes = []
    for least in (best_of(text), best_of(text) + 1e-9):
        monkeypatch.setattr(rules, "MIN_WITH_NEW_WORD", least)
        outcomes.append(decider(answer=0.0).decide(text).outcome == "answer")
    assert outcomes == [is_graded, False]


def test_a_fact_without_a_word_of_the_question_is_shown_if_it_means_about_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unshared = "What about ships?"
    found = decider(nearest=0.0).decide(unshared).ranking[0]
    assert (found.evidence.known, found.evidence.vetoes) == ((), ())
    outcomes = []
    for least in (found.probability, found.probability + 1e-9):
        monkeypatch.setattr(rules, "MIN_BY_MEANING", least)
        outcomes.append(decider(answer=1.0, nearest=0.0).decide(unshared).outcome)
    assert outcomes == ["suggest", "abstain"]


def test_a_fact_with_a_veto_is_never_the_answer() -> None:
    decision = decider(answer=0.0, nearest=0.0).decide("When did Nordline sell the terminal?")
    assert decision.outcome != "answer"


def test_the_next_fact_does_not_answer_in_place_of_one_with_a_veto() -> None:
    decision = decider(answer=0.0).decide("Did Nordline sue Ada Holm?")
    assert decision.ranking[0].evidence.vetoes
    assert decision.outcome == "suggest"


def test_a_ranking_is_by_probability_and_bounded() -> None:
    found = decider(nearest=0.0).decide("Did Nordline or the Guild or Ada Holm or Ben Ruud do it?")
    probabilities = [item.probability for item in found.ranking]
    assert probabilities == sorted(probabilities, reverse=True)
    assert len(found.ranking) <= MAX_CANDIDATE_FACTS
    assert len(found.chosen) <= MAX_SUGGESTIONS
    assert found.chosen == found.ranking[: len(found.chosen)]


def twins() -> Story:
    """Return a story with a copy of a fact under another id."""
    bought = next(fact for fact in HARBOUR.facts if fact.id == "bought")
    twin = bought.model_copy(update={"id": "twin"})
    return Story(story=HARBOUR.story, entities=HARBOUR.entities, facts=(*HARBOUR.facts, twin))


def even_vote() -> Vote:
    """Return a vote by the share of known words only."""
    weights = np.array([8.0 if name == "held" else 0.0 for name in SIGNALS])
    count = len(SIGNALS)
    return Vote(-4.0, weights, np.zeros(count), np.ones(count), answer=0.7, nearest=0.1)


def test_two_equally_probable_facts_are_both_suggested() -> None:
    decision = Decider(twins(), vote=even_vote()).decide(OTHER_WORDS)
    assert (decision.outcome, decision.rule) == ("suggest", "tied")
    assert decision.question.text == OTHER_WORDS
    assert decision.ranking[:2] == decision.chosen[:2]
    first, second, *_ = decision.chosen
    assert {first.fact, second.fact} == {"bought", "twin"}
    assert first.probability - second.probability < PROBABILITY_MARGIN


def leading_vote(weight: float) -> Vote:
    """Vote by the share of held words, and as much as is wanted by the score."""
    weights = np.array([{"held": 8.0, "score": weight}.get(name, 0.0) for name in SIGNALS])
    count = len(SIGNALS)
    return Vote(-8.0, weights, np.zeros(count), np.ones(count), answer=0.0, nearest=0.0)


def lead_of(story: Story, weight: float) -> float:
    found = Decider(story, vote=leading_vote(weight))
    first, second, *_ = found.ranking(found.read(OTHER_WORDS))
    return first.probability - second.probability


@pytest.mark.parametrize(("beyond", "rule"), [(-0.001, "tied"), (0.001, "probable")])
def test_an_answer_is_ahead_of_the_next_fact_by_the_margin(beyond: float, rule: str) -> None:
    twin = next(fact for fact in twins().facts if fact.id == "twin")
    other = twin.model_copy(update={"asked": Texts({"en": ("What did Nordline pay for the terminal?",)})})
    story = Story(story=HARBOUR.story, entities=HARBOUR.entities, facts=(*HARBOUR.facts, other))
    low, high = 0.0, 8.0
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if lead_of(story, middle) < PROBABILITY_MARGIN + beyond else (low, middle)
    assert lead_of(story, low) == pytest.approx(PROBABILITY_MARGIN + beyond, abs=1e-4)
    assert Decider(story, vote=leading_vote(low)).decide(OTHER_WORDS).rule == rule


def test_two_facts_are_not_tied_if_one_has_a_veto() -> None:
    decision = Decider(HARBOUR, vote=even_vote()).decide(OTHER_WORDS)
    assert (decision.outcome, decision.rule, decision.chosen[0].fact) == ("answer", "probable", "bought")


def test_a_long_text_that_asks_two_things_gets_both_answers() -> None:
    decision = decider().decide("Hello. Who sued Nordline? When did Nordline buy the terminal? I was away.")
    answers = [decision.chosen[0].fact, *(other.chosen[0].fact for other in decision.also)]
    assert sorted(answers) == ["bought", "sued"]
    probabilities = [decision.chosen[0].probability, *(other.chosen[0].probability for other in decision.also)]
    assert probabilities == sorted(probabilities, reverse=True)


def test_a_long_text_gets_at_most_three_answers_each_fact_once() -> None:
    asked = [text for fact in HARBOUR.facts for _, text in fact.asked.values()]
    decision = decider().decide(" ".join(asked))
    answers = [decision.chosen[0].fact, *(other.chosen[0].fact for other in decision.also)]
    assert len(answers) == len(set(answers)) == MAX_ANSWERS


def test_a_passage_of_a_long_text_is_completed_by_the_text_before_it() -> None:
    decision = decider().decide("I read that Nordline bought the terminal. When was that?")
    assert (decision.outcome, decision.chosen[0].fact) == ("answer", "bought")


@pytest.mark.parametrize(
    "text",
    [
        "Nordline bought the terminal in 2019. It paid for the terminal. That is what Nordline did.",
        "well Nordline bought the terminal in 2019",
    ],
)
def test_a_statement_is_never_answered(text: str) -> None:
    assert decider(answer=0.0, nearest=0.0).decide(f"{text.removesuffix('.')}?").outcome == "answer"
    decision = decider(answer=0.0, nearest=0.0).decide(text)
    assert (decision.outcome, decision.rule) == ("suggest", "statement")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Did Ada Holm or the Dockers' Guild sue Nordline?", "sued"),
        ("I read about a trial. Did Ada Holm or the Dockers' Guild sue Nordline?", "sued"),
        ("Did Ben Ruud or the Dockers' Guild sue Nordline?", None),
    ],
)
def test_of_alternatives_the_one_that_a_fact_answers_is_answered(text: str, fact: str | None) -> None:
    decision = decider().decide(text)
    assert (decision.chosen[0].fact if decision.outcome == "answer" else None) == fact


def test_a_story_that_shows_no_fact_abstains() -> None:
    silent = Story(story=HARBOUR.story, entities=HARBOUR.entities)
    assert Decider(silent, vote=USUAL).decide("When did Nordline sell the terminal?").rule == "unknown"
