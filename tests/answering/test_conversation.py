"""Conversations: the last turn of one user in one channel is remembered for ten minutes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.answering import conversation
from bot.answering.assistant import Assistant
from bot.answering.conversation import CONVERSATION_TIMEOUT, Conversations
from bot.answering.editions import mark_of
from bot.answering.reply import Reply
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from bot.story.model import Story
from tests.fakes import FixedLibrary, MemoryBindings, MemoryJournal, SteppedClock, serving, utterance

FIRST = utterance("Who built the bridge?", "en")
NEXT = replace(utterance("and when?", "en"), at=FIRST.at + timedelta(minutes=1))


@pytest.fixture
def assistant(story: Story) -> Assistant:
    return Assistant(serving(story), MemoryJournal())


def shown(reply: Reply) -> list[str]:
    return [view.id for view in reply.facts]


async def test_the_same_person_in_the_same_channel_goes_on(assistant: Assistant) -> None:
    await assistant.ask(FIRST)
    assert shown(await assistant.ask(NEXT))[0] == "bridge-built"


@pytest.mark.parametrize(
    "change", [{"author": 8}, {"channel": 6}, {"at": FIRST.at + CONVERSATION_TIMEOUT + timedelta(seconds=1)}]
)
async def test_nobody_else_goes_on_nor_elsewhere_nor_later(assistant: Assistant, change: dict[str, object]) -> None:
    await assistant.ask(FIRST)
    reply = await assistant.ask(replace(NEXT, **change))  # type: ignore[arg-type]
    assert (reply.outcome, reply.cause) == ("abstain", "too_vague")


async def test_a_chosen_suggestion_is_what_the_next_question_goes_on_from(assistant: Assistant) -> None:
    await assistant.choose(replace(FIRST, text="Who is Anna Petit?"), "0" * 12, "petit-role", mark_of("bridge"))
    reply = await assistant.ask(replace(NEXT, text="what does she say about the bridge?"))
    assert shown(reply)[0] == "bridge-dangerous"


async def test_an_explanation_in_a_conversation_tells_how_a_question_was_understood(assistant: Assistant) -> None:
    await assistant.ask(FIRST)
    explanation = await assistant.explain(NEXT.context, NEXT.text, in_conversation=True)
    assert explanation.understood == "when built the bridge"


async def test_an_explanation_apart_neither_goes_on_nor_is_gone_on_from(assistant: Assistant) -> None:
    await assistant.ask(FIRST)
    assert (await assistant.explain(NEXT.context, NEXT.text)).outcome == "abstain"
    await assistant.explain(FIRST.context, "Who keeps the lighthouse?")
    assert shown(await assistant.ask(NEXT))[0] == "bridge-built"


async def test_what_a_reload_takes_away_is_no_longer_meant(story: Story) -> None:
    library = FixedLibrary(story)
    assistant = Assistant(Stories(library, MemoryBindings(), SteppedClock(), catalogue()), MemoryJournal())
    await assistant.ask(replace(FIRST, text="Who is Anna Petit?"))
    entities = tuple(each.model_copy(update={"id": f"new-{each.id}"}) for each in story.entities)
    library.current = FixedLibrary(Story(story=story.story, entities=entities, sources=story.sources)).current
    reply = await assistant.ask(replace(NEXT, text="what does she say about the bridge?"))
    assert reply.outcome == "abstain"


def test_the_conversation_that_was_silent_for_longest_is_forgotten_first(
    monkeypatch: pytest.MonkeyPatch, story: Story
) -> None:
    monkeypatch.setattr(conversation, "MAX_CONVERSATIONS", 2)
    decider = FixedLibrary(story).current.editions[0].decider
    kept, conversations = decider.recalled_state("Who built the bridge?", "bridge-builders"), Conversations()
    for author in (1, 2, 1, 3):
        conversations.remember(replace(FIRST.context, user=author), kept, "bridge")
    last = [conversations.last(replace(FIRST.context, user=author)) for author in (1, 2, 3)]
    assert list(map(bool, last)) == [True, False, True]
