"""The words of a question that a fact has, and what forbids the fact: each veto with a question it does not forbid."""

import pytest

from bot.matching.deciding.decide import Decider
from bot.matching.deciding.decision import Candidate
from bot.matching.deciding.factreading import FactReading, Wordings
from bot.matching.deciding.wanted import asks_price
from bot.story.model import Story
from tests.matching.deciding.harbour import HARBOUR
from tests.quick_stories import decider_of


@pytest.fixture(scope="module")
def decider() -> Decider:
    return decider_of(HARBOUR)


def weighed(decider: Decider, text: str, fact: str) -> Candidate:
    return next(item for item in decider.ranking(decider.read(text)) if item.fact == fact)


def test_a_fact_has_the_words_in_which_its_source_tells_its_date(decider_by_words: Decider) -> None:
    found = weighed(decider_by_words, "Did the residents sue the town hall on Thursday?", "complaint-filed")
    assert "thursday" in found.evidence.known


def test_a_fact_has_the_names_of_those_its_people_speak_for(decider: Decider) -> None:
    spokesman = HARBOUR.entity["ben-ruud"].model_copy(update={"speaks_for": "dockers"})
    others = [entity for entity in HARBOUR.entities if entity.id != spokesman.id]
    spoken_for = Decider(Story(story=HARBOUR.story, entities=(*others, spokesman), facts=HARBOUR.facts))
    text = "Does Ben Ruud of the Dockers' Guild say that the crane is unsafe?"
    assert "dockers guild" in weighed(spoken_for, text, "unsafe").evidence.known
    assert "dockers guild" in weighed(decider, text, "unsafe").evidence.unknown


@pytest.mark.parametrize(
    ("text", "is_forbidden"),
    [
        ("Does the mayor accuse Anna Petit over the danger?", True),
        ("Le maire accuse-t-il Anna Petit ?", True),
        ("Who accuses the mayor over the danger?", False),
        ("Does the mayor deny the danger?", False),
    ],
)
def test_who_denies_a_claim_accuses_nobody_by_that(decider_by_words: Decider, text: str, is_forbidden: bool) -> None:
    vetoes = weighed(decider_by_words, text, "danger-denied").evidence.vetoes
    assert ("role" in vetoes) is is_forbidden


@pytest.mark.parametrize(
    ("veto", "fact", "forbidden", "spared"),
    [
        ("name", "bought", "When did Ada Holm buy the terminal?", "When did Nordline buy the terminal?"),
        ("name", "bought", "When did Nordline buy Vestvik?", "When did Nordline buy the quay?"),
        ("figure", "bought", "Did Nordline pay 50 million?", "Did Nordline pay 40 million?"),
        ("figure", "bought", "Did Nordline buy terminal B?", "Did Nordline buy the terminal?"),
        ("figure", "bought", "When did Nordline buy terminal XVI?", "When did Nordline buy a terminal?"),
        ("word", "bought", "What exact price did Nordline pay?", "What huge price did Nordline pay?"),
        ("word", "bought", "When did Nordline sell the terminal?", "When did Nordline visit the terminal?"),
        ("word", "bought", "When did Nordline sell the terminal?", "Did Nordline sell the terminal?"),
        ("slot", "bought", "Why did Nordline buy the terminal?", "When did Nordline buy the terminal?"),
        ("slot", "sued", "When did Ada Holm sue Nordline?", "Who sued Nordline?"),
        ("slot", "sued", "How old is Ada Holm?", "How did Ada Holm sue Nordline?"),  # an age is not a date
        ("slot", "bought", "How old is the terminal?", "How much did Nordline pay for the terminal?"),
        ("slot", "warned", "How old is Ben Ruud?", "Whom did Ben Ruud warn?"),
        ("slot", "sued", "Ada Holm's age?", "The complaint of Ada Holm?"),
        ("slot", "unsafe", "Who checked the crane?", "Is Ben Ruud's crane unsafe?"),  # nobody asks it who
        ("slot", "sued", "How much money did Ada Holm want?", "What did Ada Holm want?"),
        ("slot", "bought", "At what time did Nordline buy it?", "When did Nordline buy it?"),
        ("slot", "bought", "On which day did Nordline buy it?", "In which year did Nordline buy it?"),
        ("slot", "docked", "On which day did the ferry dock?", "At what time did the ferry dock?"),
        ("slot", "bought", "What is the name of the seller?", "What is the price of the terminal?"),
        ("slot", "bought", "What is the name of Nordline?", "What is the name of the operator?"),
        ("slot", "bought", "What is the name of the operator's owner?", "What was the operator's name?"),
        ("missing", "bought", "How many cranes did Nordline buy?", "How much did Nordline pay for cranes?"),
        ("word", "sued", "Who is the judge that Ada Holm sued?", "Who is suing Nordline as a judge?"),
        ("word", "led", "Who is Ben Ruud's deputy?", "What did Ben Ruud's deputy say?"),
        ("missing", "sued", "When did Nordline close?", "When did Nordline close its lawsuit?"),
        ("missing", "bought", "Did Ben buy cheap cranes?", "Did Nordline buy cheap cranes?"),
        ("act", "bought", "Did Nordline paint the terminal?", "Did Nordline buy the terminal?"),
        ("only_names", "bought", "Is Nordline a thief?", "Is Nordline a buyer?"),
        ("slot", "sued", "What is the price of Nordline?", "What is Nordline?"),
        ("slot", "sued", "Price of Nordline?", "Holm and the price of Nordline?"),
        ("role", "led", "Who leads Nordline?", "Who leads the Dockers' Guild?"),
        ("slot", "sued", "How long did Ada Holm sue Nordline?", "What did Ada Holm do to Nordline?"),
        ("role", "sued", "Did Nordline sue Ada Holm?", "Did Ada Holm sue Nordline?"),  # by the curated roles
        ("role", "sued", "Who did Nordline sue?", "Whom did Ada Holm sue?"),
        (
            "role",
            "sued",
            "Did Nordline sue?",
            "How did Nordline react to the lawsuit?",
        ),  # it is a noun
        ("role", "led", "Was Ben Ruud led?", "Did Ben Ruud lead?"),
        ("role", "unsafe", "What does Ada Holm think of the crane?", "What does Ben Ruud think of the crane?"),
        ("role", "warned", "Did the Dockers' Guild warn Ben Ruud?", "Did Ben Ruud warn the Dockers' Guild?"),
        ("twice", "sued", "Who sued Nordline and when?", "Who sued Nordline and what did she do?"),
        ("twice", "age", "Who sued Nordline and when?", "How old is Holm, Ada Holm?"),  # an age is one thing
        ("negated", "sued", "Who did not sue Nordline?", "Who sued Nordline?"),
        ("negated", "sued", "Who did not sue Nordline?", "Who did sue Nordline?"),
    ],
)
def test_each_veto_forbids_one_question_and_not_a_similar_one(
    decider: Decider, veto: str, fact: str, forbidden: str, spared: str
) -> None:
    assert veto in weighed(decider, forbidden, fact).evidence.vetoes
    assert veto not in weighed(decider, spared, fact).evidence.vetoes


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("altman-hero", "What does Elon Musk say?"),  # an utterance asks whether Altman said something of Musk
        ("founding-promise", "What does Greg Brockman say?"),
    ],
)
def test_whoever_is_only_mentioned_as_speaking_is_not_the_claimant(first_story: Story, fact: str, text: str) -> None:
    assert "role" in weighed(decider_of(first_story), text, fact).evidence.vetoes


@pytest.mark.parametrize(
    ("text", "is_price"),
    [
        ("How much did the terminal cost?", True),
        ("How much money did Nordline get?", True),
        ("What is the price of the terminal?", True),
        ("The cost of the crane?", True),
        ("How many people paid for it?", False),
        ("How much of the crane did Nordline sell?", False),
        ("What did Nordline pay for?", False),
        ("Who paid the price?", False),
    ],
)
def test_what_asks_for_an_amount_of_money(decider: Decider, text: str, is_price: bool) -> None:
    assert asks_price(decider.read(text)) is is_price


@pytest.mark.parametrize(
    ("code", "text", "is_told"),
    [
        ("en", "Ben Ruud paid 40 euros.", True),
        ("en", "Ben Ruud paid a third of the price.", True),
        ("fr", "Ben Ruud a payé la moitié du prix.", True),
        ("de", "Ben Ruud zahlte ein Viertel.", True),
        ("en", "Ben Ruud paid for 40 cranes.", False),
    ],
)
def test_a_price_is_told_by_an_amount_or_by_a_share(decider: Decider, code: str, text: str, is_told: bool) -> None:
    wordings = Wordings(asked=(), texts={code: decider.read_curated(text, code)}, dated=())
    assert FactReading.of(wordings, {}).is_priced is is_told


@pytest.mark.parametrize("text", ["Who did not sign the agreement?", "Who signed the agreement?"])
def test_a_fact_that_is_asked_with_a_negation_answers_one(decider: Decider, text: str) -> None:
    assert "negated" not in weighed(decider, text, "refused").evidence.vetoes


def test_a_fact_with_a_date_or_a_number_may_answer_a_duration(decider: Decider) -> None:
    assert "slot" not in weighed(decider, "How long did Nordline buy the terminal?", "bought").evidence.vetoes


@pytest.mark.parametrize(
    ("doubt", "fact", "doubtful", "sure"),
    [
        ("bare", "bought", "What about Nordline?", "What did Nordline buy?"),
        ("bare", "sued", "What did Ada Holm say?", "Whom did Ada Holm sue?"),
        ("bare", "sued", "What about Nordline?", "What about Nordline and Ada Holm?"),
    ],
)
def test_each_doubt_applies_to_one_question_and_not_to_a_similar_one(
    decider: Decider, doubt: str, fact: str, doubtful: str, sure: str
) -> None:
    assert doubt in weighed(decider, doubtful, fact).evidence.doubts
    assert doubt not in weighed(decider, sure, fact).evidence.doubts


def test_the_words_of_a_question_are_split_into_known_and_unknown(decider: Decider) -> None:
    evidence = weighed(decider, "How did Nordline buy the crane and the lighthouse?", "bought").evidence
    assert evidence.known == ("nordline", "buy")
    assert evidence.unknown == ("crane", "lighthouse")
    assert evidence.elsewhere == 1  # the crane is another fact's
    assert evidence.against[0] == "word"


def test_there_is_nothing_against_a_fact_that_has_every_word(decider: Decider) -> None:
    assert weighed(decider, "When did Nordline buy the terminal?", "bought").evidence.against == ()


def test_the_words_of_a_yes_no_utterance_count_for_yes_no_questions_only(decider: Decider) -> None:
    assert "refuse" in weighed(decider, "Did Ben Ruud refuse?", "refused").evidence.known
    assert "refuse" not in weighed(decider, "When did Ben Ruud refuse?", "refused").evidence.known


def test_a_fact_that_is_asked_for_an_age_may_answer_one(decider: Decider) -> None:
    for text in ("How old is Holm, Ada Holm?", "age of Ada Holm", "What is Ada Holm's age?"):
        assert "slot" not in weighed(decider, text, "age").evidence.vetoes


def test_the_claimant_of_a_claim_says_so(decider: Decider) -> None:
    found = weighed(decider, "What does Ben Ruud declare about the crane?", "unsafe").evidence
    assert found.known == ("ben ruud", "declare", "crane")


def test_an_unknown_name_comes_before_an_unknown_word(decider: Decider) -> None:
    assert weighed(decider, "When did Ada Holm buy the lighthouse?", "bought").evidence.against == ("name", "role")
