"""Whatever readers type is read, decided, told and redacted: no exception, no live text, no 50 ms of the processor."""

import gc
import time
from collections.abc import Callable, Iterator

import pytest

from bot.answering.assistant import MAX_QUESTION_CHARACTERS
from bot.answering.editions import Shelf
from bot.answering.redaction import redacted
from bot.answering.reply import Explanation
from bot.answering.statements import sentences
from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.why import why_lines
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.statement import fact_for_statement
from bot.matching.fold import clipped
from bot.matching.reading.dialogue_state import DialogueState
from bot.surface.platform import limits
from bot.surface.platform.escaping import escaped
from bot.surface.platform.utterance import strip_markup
from tests.matching.hostile import generated, repeated
from tests.surface.platform.test_escaping import live

MAX_MESSAGE_CHARACTERS = 4_000  # with Discord's Nitro
SECONDS = 0.05
MAX_SLOW, MAX_SECONDS = 15, 0.25  # in a part
QUICK = {"strip", "redact", "split", "escape"}
PARTS = 20  # of the long run, so that a failure names its seed
PARTS_BEFORE_SOAK = 3

Work = Callable[[str], object]


@pytest.fixture(scope="module")
def decider(shelf: Shelf) -> Decider:
    (edition,) = shelf.editions
    for text in ("bonjour", "hello who is it", "hola que tal", "wie geht es", "日本", "привет"):
        edition.decider.decide(text)  # loads the languages that no story has
    return edition.decider


@pytest.fixture(scope="module")
def state(decider: Decider) -> DialogueState:
    question = decider.decide("Qui a fermé le pont ?")
    found = decider.dialogue_state(question.question, question.chosen[0].fact)
    assert found is not None
    return found


def explained(decider: Decider, text: str, state: DialogueState | None = None, locale: str = "fr") -> None:
    """Decide on a text, and explain it as the button does."""
    question = clipped(strip_markup(text), MAX_QUESTION_CHARACTERS)
    decision = decider.decide(question, locale, state)
    explanation = Explanation(
        question=question,
        understood=decision.understood,
        outcome=decision.outcome,
        cause=decision.cause,
        rule=decision.rule,
        answer=decider.min_probability_for(decision),
        candidates=decision.ranking,
        nearest=next(iter(decision.ranking), None),
        is_tied=False,
        is_fitted=decider.is_fitted,
    )
    for line in why_lines(explanation, locale, catalogue(), escaped):
        assert live(line) is None
    decider.dialogue_state(decision.question, None)


def checked(decider: Decider, text: str) -> None:
    """Match the first sentences of a message to facts; each is a ranking of its own."""
    for sentence in sentences(strip_markup(text))[:1]:
        fact_for_statement(decider.statement_ranking(sentence, "fr"), decider.thresholds)
        assert live(limits.clip(escaped(sentence), limits.EMBED_FIELD_NAME)) is None


def works(decider: Decider, state: DialogueState) -> Iterator[tuple[str, int, Work]]:
    """Yield what is done with readers' texts, and how long they may be."""
    yield "strip", MAX_MESSAGE_CHARACTERS, strip_markup
    yield "redact", MAX_MESSAGE_CHARACTERS, redacted
    yield "split", MAX_MESSAGE_CHARACTERS, sentences
    yield "escape", MAX_MESSAGE_CHARACTERS, escaped
    yield "decide", MAX_QUESTION_CHARACTERS, lambda text: explained(decider, text)
    yield "follow", MAX_QUESTION_CHARACTERS, lambda text: explained(decider, text, state, "en")
    yield "check", MAX_MESSAGE_CHARACTERS, lambda text: checked(decider, text)


def seconds(work: Work, text: str) -> float:
    """Return the processor time of work on a text, the least of three if it is long: other processes disturb it."""
    least = float("inf")
    for _ in range(3):
        started = time.thread_time()
        work(text)
        least = min(least, time.thread_time() - started)
        if least < SECONDS:
            break
        gc.collect()
    return least


def in_turn(decider: Decider, state: DialogueState, count: int, seed: int) -> Iterator[tuple[str, Work, str]]:
    """Yield what is done with generated texts: each is read by all that is quick, and ranked in one of three ways."""
    for number, text in enumerate(generated(count, MAX_MESSAGE_CHARACTERS, seed)):
        ranked = ("decide", "follow", "check")[number % 3]
        for name, most, work in works(decider, state):
            if name == ranked or name in QUICK:
                yield name, work, text[:most]


def test_generated_texts_are_read_and_told(decider: Decider, state: DialogueState) -> None:
    for _, work, text in in_turn(decider, state, 40, seed=0):
        work(text)


@pytest.mark.clock
@pytest.mark.parametrize("name", ["strip", "redact", "split", "escape", "decide", "follow", "check"])
def test_no_short_text_that_is_repeated_takes_long(decider: Decider, state: DialogueState, name: str) -> None:
    most, work = next((most, work) for each, most, work in works(decider, state) if each == name)
    slow = {text[:8]: took for text in repeated(most) if (took := seconds(work, text)) > SECONDS}
    assert slow == {}


@pytest.mark.clock
@pytest.mark.parametrize(
    "seed",
    [*range(PARTS_BEFORE_SOAK), *(pytest.param(n, marks=pytest.mark.soak) for n in range(PARTS_BEFORE_SOAK, PARTS))],
)
def test_hardly_any_of_twenty_thousand_texts_takes_longer(decider: Decider, state: DialogueState, seed: int) -> None:
    """A text that asks a dozen things at once is decided part by part, and may take a little longer."""
    slow: dict[tuple[str, str], float] = {}
    for name, work, text in in_turn(decider, state, 1_000, seed):
        took = seconds(work, text)
        if took > SECONDS:
            slow[name, text[:80]] = took
    assert len(slow) <= MAX_SLOW, slow
    assert max(slow.values(), default=0) < MAX_SECONDS, slow
