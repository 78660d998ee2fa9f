"""The signals: each moves with what it measures, and all are finite for any question."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.deciding.decide import Decider
from bot.matching.deciding.signals import SIGNALS
from bot.matching.ranking.encoder import installed
from tests.matching.deciding.harbour import HARBOUR
from tests.quick_stories import decider_of

needs_encoder = pytest.mark.skipif(installed() is None, reason="the extra `semantic` is not installed")
WORDS = decider_of(HARBOUR)
MEANING = decider_of(HARBOUR, installed())


def signals(decider: Decider, text: str, fact: str) -> dict[str, float]:
    candidates, rows = decider.signals(decider.read(text))
    row = rows[[candidate.fact for candidate in candidates].index(fact)]
    return dict(zip(SIGNALS, row.tolist(), strict=True))


# The second question has more of the signal than the third, for that fact.
BY_WORDS = [
    ("score", "bought", "When did Nordline buy the terminal?", "When did Nordline paint the terminal?"),
    ("lead", "bought", "When did Nordline buy the terminal?", "Did Nordline do it?"),
    ("typed", "bought", "When did Nordline buy the terminal?", "In which year was it that Nordline got the terminal?"),
    ("read", "bought", "When was the terminal bought by Nordline?", "When was the terminal painted by Nordline?"),
    ("above", "bought", "When did Nordline buy the terminal?", "When did Nordline paint the terminal?"),
    ("lexical", "bought", "When did Nordline buy the terminal?", "When did Nordline paint the terminal?"),
    ("held", "bought", "Did Nordline buy the terminal?", "Did Nordline buy the lighthouse?"),
    ("other_meaning", "bought", "Did Nordline damage the terminal?", "Did Nordline zap the terminal?"),
    ("likeness", "bought", "Did Nordline buy the terminals?", "Did Nordline buy the lighthouse?"),
    ("owned_elsewhere", "bought", "Did Nordline buy the crane?", "Did Nordline buy the lighthouse?"),
    ("known_elsewhere", "bought", "Did Nordline buy the crane?", "Did Nordline buy the lighthouse?"),
    ("head", "bought", "Which terminal did Nordline buy?", "Which lighthouse did Nordline buy?"),
    ("covered", "bought", "When did Nordline buy the terminal?", "When did Nordline buy the terminal and the ferry?"),
    ("covering", "bought", "When did Nordline buy the terminal?", "When did Nordline act?"),
    ("only_names", "bought", "Did Nordline paint the lighthouse?", "Did Nordline buy the lighthouse?"),
    ("asked_alike", "bought", "When did Nordline buy the terminal?", "Why did Nordline buy the terminal?"),
    ("same_names", "sued", "Who sued Nordline?", "Who sued Nordline and Ben Ruud?"),
    ("same_slot", "sued", "Who sued Nordline?", "Why sue Nordline?"),
    ("slot_share", "sued", "Who sued Nordline?", "When was Nordline sued?"),
    ("no_slot", "sued", "Nordline sued", "Who sued Nordline?"),
    ("yes_no", "sued", "Did Ada Holm sue Nordline?", "Who sued Nordline?"),
    ("names", "sued", "Did Ada Holm sue Nordline?", "Who sued Nordline?"),
    ("figure", "bought", "Did Nordline pay 50 million?", "Did Nordline pay 40 million?"),
    ("word", "bought", "What exact price did Nordline pay?", "What price did Nordline pay?"),
    ("other_party", "warned", "Did Ada Holm warn the Guild?", "Did Ben Ruud warn the Guild?"),
    ("foreign", "sued", "Wer hat denn die Nordline verklagt und warum?", "Who sued Nordline?"),
    ("name", "bought", "When did Ada Holm buy the terminal?", "When did Nordline buy the terminal?"),
    ("slot", "sued", "When did Ada Holm sue Nordline?", "Who sued Nordline?"),
    ("role", "sued", "Did Nordline sue Ada Holm?", "Did Ada Holm sue Nordline?"),
    ("bare", "bought", "What about Nordline?", "What did Nordline buy?"),
]
BY_MEANING = [
    ("centre", "bought", "When did Nordline purchase the terminal?", "Who sued Nordline?"),
    ("told", "bought", "Did Nordline purchase the terminal for 40 million?", "Who sued Nordline?"),
    ("meaning_lead", "bought", "When did Nordline purchase the terminal?", "Who sued Nordline?"),
    ("likeness", "bought", "Did Nordline purchase the terminal?", "Did Nordline paint the terminal?"),
    ("lost", "bought", "Did Nordline paint the terminal?", "Did Nordline purchase the terminal?"),
    ("lost_most", "bought", "Did Nordline paint the terminal?", "Did Nordline purchase the terminal?"),
]


@pytest.mark.parametrize(("name", "fact", "more", "less"), BY_WORDS)
def test_a_signal_moves_with_what_it_measures(name: str, fact: str, more: str, less: str) -> None:
    assert signals(WORDS, more, fact)[name] > signals(WORDS, less, fact)[name]


@needs_encoder
@pytest.mark.parametrize(("name", "fact", "more", "less"), BY_MEANING)
def test_a_signal_of_meaning_moves_with_what_it_measures(name: str, fact: str, more: str, less: str) -> None:
    assert signals(MEANING, more, fact)[name] > signals(MEANING, less, fact)[name]


def test_each_signal_has_a_case() -> None:
    assert {name for name, *_ in (*BY_WORDS, *BY_MEANING)} == set(SIGNALS)


@pytest.mark.parametrize("decider", [WORDS, MEANING], ids=["by words alone", "with the encoder"])
@given(text=st.text(max_size=80))
def test_the_signals_of_any_text_are_finite_with_one_row_per_candidate(decider: Decider, text: str) -> None:
    candidates, rows = decider.signals(decider.read(text))
    assert rows.shape == (len(candidates), len(SIGNALS))
    assert np.isfinite(rows).all()


def test_of_two_facts_one_leads_by_as_much_as_the_other_is_behind() -> None:
    _, rows = WORDS.signals(WORDS.read("When did Nordline buy the terminal?"))
    scores, leads = rows[:, list(SIGNALS).index("score")], rows[:, list(SIGNALS).index("lead")]
    best, second = np.sort(scores)[::-1][:2]
    assert leads.max() == pytest.approx(best - second)
    assert sorted(leads)[:-1] == pytest.approx(sorted(scores - best)[:-1])


def test_a_fact_that_has_every_word_has_no_missing_words() -> None:
    found = signals(WORDS, "When did Nordline buy the terminal?", "bought")
    assert found["held"] == found["likeness"] == found["covered"] == 1.0
    assert found["lost"] == found["other_meaning"] == 0.0


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("When did Nordline buy the terminal?", 1.0),
        ("When did Ada Holm buy the terminal?", 2 / 3),
        ("Nordline buy terminal", 1.0),  # no question word: any utterance counts
        ("Nordline terminal pay", 1.0),
        ("buy pay", 0.5),  # not in one utterance
        ("Who did Nordline buy the terminal from?", 0.0),  # no utterance of the fact asks who
    ],
)
def test_a_question_is_compared_with_one_utterance_that_has_the_same_question_word(text: str, share: float) -> None:
    assert signals(WORDS, text, "bought")["asked_alike"] == pytest.approx(share)
