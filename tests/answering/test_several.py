"""Several questions in one text: up to three answers, only if each is certain."""

from dataclasses import replace

import pytest

from bot.answering.assistant import Assistant
from bot.answering.machine import machine_readable
from bot.answering.reply import Reply
from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.text import reply_text
from bot.matching.deciding.decide import MAX_ANSWERS
from bot.story.model import Story
from bot.surface.platform import limits
from bot.surface.platform.render import Renderer
from tests.fakes import MemoryJournal, serving, utterance

TWO = {
    "en": "When was the footbridge opened? What does Anna Petit say about the bridge?",
    "fr": "Quand la passerelle a-t-elle été ouverte ? Que dit Anna Petit du pont ?",
}
ANSWERS = ["footbridge-opened", "bridge-dangerous"]
SAID = {
    "en": ("Claim: Anna Petit", "Denial: The mayor", "article of June 2020"),
    "fr": ("Affirmation : Anna Petit", "Démenti : Le maire", "article de juin 2020"),
}


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def assistant(story: Story, journal: MemoryJournal) -> Assistant:
    return Assistant(serving(story), journal)


def answers(reply: Reply) -> list[str]:
    return [thread[0].id for thread in reply.answers]


@pytest.mark.parametrize("locale", TWO)
async def test_each_question_gets_its_answer_with_who_says_it_who_denies_it_and_where(
    assistant: Assistant, locale: str
) -> None:
    reply = await assistant.ask(utterance(TWO[locale], locale))
    assert (reply.outcome, reply.locale, answers(reply)) == ("answer", locale, ANSWERS)
    (claim,) = reply.also
    assert [view.relation for view in claim[:2]] == ["answer", "denial"]
    text = reply_text(reply, catalogue())
    for view in (*reply.facts, *claim):
        assert view.text in text
        assert all(citation.quote in text for citation in view.citations)
    assert all(part in text for part in SAID[locale])


@pytest.mark.parametrize("locale", TWO)
async def test_a_program_gets_the_further_answers_beside_the_first(assistant: Assistant, locale: str) -> None:
    reply = await assistant.ask(utterance(TWO[locale], locale))
    row = machine_readable(reply, "")
    assert row["facts"][0]["id"] == "footbridge-opened"
    ((claim, denial, *_),) = row["also"]
    assert (claim["id"], claim["by"], denial["kind"]) == ("bridge-dangerous", "anna-petit", "denial")
    assert set(claim) == set(row["facts"][0])
    assert row["facts"][0]["when_text"] == reply.facts[0].when_text != row["facts"][0]["when"] == "2020"
    assert claim["sources"]
    assert claim["score"] > 0


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "When was the footbridge opened? Who was his hairdresser?"),
        ("fr", "Qui est son coiffeur ? Quand la passerelle a-t-elle été ouverte ?"),
        ("en", "When was the footbridge opened? In which year was the footbridge opened?"),
    ],
)
async def test_what_is_doubtful_or_answered_already_is_left_out(assistant: Assistant, locale: str, text: str) -> None:
    reply = await assistant.ask(utterance(text, locale))
    assert (reply.outcome, answers(reply), reply.also) == ("answer", ["footbridge-opened"], ())


async def test_a_fact_that_stands_beside_an_answer_is_not_shown_again(assistant: Assistant) -> None:
    text = "Is the bridge dangerous? Who denies the danger?"
    reply = await assistant.ask(utterance(text, "en"))
    assert {"bridge-dangerous", "danger-denied"} <= {view.id for view in reply.facts}
    assert reply.also == ()


async def test_three_questions_are_answered_at_most(assistant: Assistant, story: Story) -> None:
    asked = [fact.asked.get("en")[0] for fact in story.shown_facts.values() if fact.kind == "report"][:6]
    reply = await assistant.ask(utterance(" ".join(asked), "en"))
    assert len(reply.answers) == MAX_ANSWERS


async def test_the_journal_is_told_every_fact_that_was_shown(assistant: Assistant, journal: MemoryJournal) -> None:
    reply = await assistant.ask(utterance(TWO["en"], "en"))
    (kept,) = journal.kept
    assert kept.facts[0] == "footbridge-opened"
    assert set(kept.facts) == {view.id for thread in (reply.facts, *reply.also) for view in thread}
    assert len(set(kept.facts)) == len(kept.facts)


async def test_answers_are_embeds_of_their_own_and_the_last_says_how_fresh_they_are(assistant: Assistant) -> None:
    reply = await assistant.ask(utterance(TWO["en"], "en"))
    first, second = Renderer(catalogue(), "en").reply(reply)
    assert (first.footer.text, second.author.name) == (None, "Claim: Anna Petit")
    assert second.footer.text == "As of June 2020"
    assert any(field.name == "Denial: The mayor" for field in second.fields)


@pytest.mark.parametrize(("length", "drawn"), [(100, 3), (2_500, 2), (4_000, 1)])
async def test_an_answer_that_the_message_has_no_room_for_is_left_out_whole(
    assistant: Assistant, length: int, drawn: int
) -> None:
    reply = await assistant.ask(utterance("When was the footbridge opened?", "en"))
    long = (replace(reply.facts[0], text="a" * length),)
    embeds = Renderer(catalogue(), "en").reply(replace(reply, facts=long, also=(long, long)))
    assert len(embeds) == drawn
    assert sum(map(len, embeds)) <= limits.EMBED_TOTAL
    assert all((embed.description or "").startswith("a" * length) for embed in embeds)
