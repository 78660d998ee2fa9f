"""Many stories are loaded: a question is encoded once, and decided only where it may be answered."""

from collections.abc import Sequence

import pytest

from bot.answering.assistant import Assistant
from bot.answering.editions import Edition, Shelf
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.decision import Decision
from bot.matching.deciding.shortlist import MAX_SHORTLISTED
from bot.matching.ranking.encoder import CachedEncoder
from bot.matching.reading.dialogue_state import DialogueState
from bot.story.model import Story
from tests.benchmarks.invented import Invented, invent
from tests.fakes import CountingEncoder, MemoryJournal, serving, utterance

STORIES = 20


class CountingDecider(Decider):
    """Counts the questions it decides."""

    decided = 0

    def decide(self, text: str, locale: str | None = None, before: DialogueState | None = None) -> Decision:
        self.decided += 1
        return super().decide(text, locale, before)


@pytest.fixture(scope="module")
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture(scope="module")
def invented() -> list[Invented]:
    return [invent(number, 2, 0) for number in range(STORIES)]


@pytest.fixture(scope="module")
def editions(invented: list[Invented], encoder: CountingEncoder) -> tuple[Edition, ...]:
    shared = CachedEncoder(encoder)
    stories = [Story.model_validate(one.data | {"sources": [one.source]}) for one in invented]
    return tuple(Edition(story, CountingDecider(story, shared), "000000000000", 1.0) for story in stories)


@pytest.fixture
def assistant(editions: tuple[Edition, ...]) -> Assistant:
    stories = serving()
    stories.library.current = Shelf(editions)  # type: ignore[misc]
    return Assistant(stories, MemoryJournal())


def question_on(one: Invented) -> str:
    return str(one.data["facts"][0]["asked"]["en"][0])


def decided_in(editions: Sequence[Edition]) -> list[str]:
    """Return the stories that decided since the last call."""
    found = []
    for edition in editions:
        decider = edition.decider
        assert isinstance(decider, CountingDecider)
        if decider.decided:
            found.append(edition.story.id)
        decider.decided = 0
    return found


async def test_a_question_on_one_of_twenty_stories_is_decided_in_a_few_of_them(
    assistant: Assistant, editions: tuple[Edition, ...], invented: list[Invented]
) -> None:
    for one in invented[:3]:
        reply = await assistant.ask(utterance(question_on(one), "en"))
        decided = decided_in(editions)
        assert (reply.outcome, reply.story) == ("answer", one.id)
        assert one.id in decided
        assert len(decided) <= MAX_SHORTLISTED + 1  # the story of the last question


async def test_no_text_is_encoded_twice_for_twenty_stories(
    assistant: Assistant, encoder: CountingEncoder, invented: list[Invented]
) -> None:
    encoder.encoded.clear()
    await assistant.ask(utterance(f"{question_on(invented[4])} And why?", "en"))
    assert encoder.encoded
    assert len(encoder.encoded) == len(set(encoder.encoded))


def test_the_story_of_the_conversation_is_always_asked(editions: tuple[Edition, ...], invented: list[Invented]) -> None:
    last, text = editions[-1].story.id, question_on(invented[0])
    asked = Shelf(editions).asked(None, text, last)
    assert last in {edition.story.id for edition in asked}
    assert list(asked) == [edition for edition in editions if edition in asked]


def test_a_bound_place_and_a_few_stories_are_asked_whatever_the_text(editions: tuple[Edition, ...]) -> None:
    assert Shelf(editions).asked(editions[3].story.id, "nothing of it") == editions[3:4]
    few = editions[:MAX_SHORTLISTED]
    assert Shelf(few).asked(None, "nothing of it") == few
