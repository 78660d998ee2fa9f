"""Several stories at once: the best one answers, a server can be bound to one, and none leaks into another."""

from dataclasses import replace

import pytest

from bot.answering.assistant import Assistant
from bot.answering.editions import EVERY_STORY, mark_of, short_id
from bot.answering.lookup import complete
from bot.answering.reply import Reply
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.text import reply_text
from bot.answering.who import EntityCard, who
from bot.library.read import read_story
from bot.story.model import Story
from tests.fakes import FixedLibrary, MemoryBindings, MemoryJournal, SteppedClock, context, utterance
from tests.spanish_story import write_spanish_story


@pytest.fixture(scope="module")
def puerto(tmp_path_factory: pytest.TempPathFactory) -> Story:
    root = tmp_path_factory.mktemp("stories")
    write_spanish_story(root)
    edition = read_story(root / "knowledge" / "puerto", root / "seeds", root / "articles").edition
    assert edition is not None
    return edition.story


@pytest.fixture(scope="module")
def library(story: Story, puerto: Story) -> FixedLibrary:
    return FixedLibrary(story, puerto)


@pytest.fixture
def bindings() -> MemoryBindings:
    return MemoryBindings()


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def assistant(library: FixedLibrary, bindings: MemoryBindings, journal: MemoryJournal) -> Assistant:
    return Assistant(Stories(library, bindings, SteppedClock(), catalogue()), journal)


@pytest.fixture
def stories(library: FixedLibrary, bindings: MemoryBindings) -> Stories:
    return Stories(library, bindings, SteppedClock(), catalogue())


def first(reply: Reply) -> str | None:
    return reply.facts[0].id if reply.facts else None


@pytest.mark.parametrize(
    ("text", "best", "fact"),
    [
        ("Qui est Anna Petit ?", "bridge", "petit-role"),
        ("Who is Anna Petit?", "bridge", "petit-role"),
        ("¿Quién convocó la huelga?", "puerto", "strike-called"),
        ("cuando se cerro el puerto??", "puerto", "port-closed"),
    ],
)
async def test_unbound_the_story_that_fits_answers(
    assistant: Assistant, journal: MemoryJournal, text: str, best: str, fact: str
) -> None:
    reply = await assistant.ask(utterance(text))
    assert (reply.story, first(reply)) == (best, fact)
    assert journal.kept[0].story == best


async def test_a_bound_server_hears_of_its_story_alone(assistant: Assistant, bindings: MemoryBindings) -> None:
    await bindings.bind(3, "puerto")
    reply = await assistant.ask(utterance("Qui est Anna Petit ?"))
    assert (reply.outcome, reply.story) == ("abstain", "puerto")


async def test_a_channel_is_bound_before_its_server(assistant: Assistant, bindings: MemoryBindings) -> None:
    await bindings.bind(3, "puerto")
    await bindings.bind(5, "bridge")
    assert first(await assistant.ask(utterance("Qui est Anna Petit ?"))) == "petit-role"


async def test_a_story_that_is_gone_binds_nothing(assistant: Assistant, bindings: MemoryBindings) -> None:
    await bindings.bind(3, "no-longer-here")
    assert first(await assistant.ask(utterance("Qui est Anna Petit ?"))) == "petit-role"


async def test_a_story_in_one_language_answers_in_that_language(assistant: Assistant) -> None:
    reply = await assistant.ask(utterance("¿Por qué cerró la naviera el puerto, según Iturbe?", "en"))
    assert reply.locale == "es"
    text = reply_text(reply, catalogue())
    assert "Tomás Iturbe" in text
    assert "Inés Quiroga" in text


async def test_a_follow_up_stays_in_its_story(assistant: Assistant) -> None:
    await assistant.ask(utterance("¿Quién convocó la huelga?"))
    reply = await assistant.ask(utterance("¿y cuándo?"))
    assert (reply.story, first(reply)) == ("puerto", "strike-called")


async def test_a_choice_names_its_story_by_its_mark(assistant: Assistant) -> None:
    assert await assistant.choose(utterance(""), "0" * 12, "strike-called", mark_of("bridge")) is None
    reply = await assistant.choose(utterance(""), "0" * 12, "strike-called", mark_of("puerto"))
    assert reply is not None
    assert (reply.story, reply.title) == ("puerto", "El cierre del puerto de Brañas")


async def test_two_stories_that_answer_alike_suggest_and_explain_that(story: Story) -> None:
    head = story.story.model_copy(update={"id": "twin"})
    twin = story.model_copy(update={"story": head})
    library = FixedLibrary(story, twin)
    assistant = Assistant(Stories(library, MemoryBindings(), SteppedClock(), catalogue()), MemoryJournal())
    reply = await assistant.ask(utterance("Who is Anna Petit?"))
    assert [(item.story, item.id) for item in reply.suggestions] == [
        ("bridge", "petit-role"),
        ("twin", "petit-role"),
    ]
    assert (await assistant.explain(context(), "Who is Anna Petit?")).outcome == "suggest"


async def test_a_thread_is_bound_as_its_channel_is(assistant: Assistant, bindings: MemoryBindings) -> None:
    await bindings.bind(5, "puerto")
    thread = replace(utterance("Qui est Anna Petit ?"), channel=55, parent=5)
    assert (await assistant.ask(thread)).outcome == "abstain"


async def test_a_channel_may_have_all_stories_where_its_server_has_one(
    assistant: Assistant, bindings: MemoryBindings
) -> None:
    await bindings.bind(3, "puerto")
    await bindings.bind(5, EVERY_STORY)
    assert first(await assistant.ask(utterance("Qui est Anna Petit ?"))) == "petit-role"


async def test_a_reader_of_the_storys_own_language_is_answered_in_it(assistant: Assistant) -> None:
    reply = await assistant.ask(utterance("Tomás Iturbe", "es-419"))
    assert reply.story == "puerto"
    assert reply.locale == "es"


async def test_what_no_story_knows_is_not_answered(assistant: Assistant) -> None:
    reply = await assistant.ask(utterance("Quelle est la hauteur de la tour Eiffel ?"))
    assert reply.outcome == "abstain"


def test_names_of_all_stories_are_completed_and_found(stories: Stories) -> None:
    choices = complete(stories, context(), "iturbe", "entity", 5)
    assert choices[0].id == "puerto:tomas-iturbe"
    for name in ("puerto:tomas-iturbe", short_id("puerto", "tomas-iturbe"), "tomas-iturbe", "Tomás Iturbe"):
        card = who(stories, context(), name)
        assert isinstance(card, EntityCard)
        assert card.id == "tomas-iturbe"


async def test_a_bound_server_completes_its_story_alone(stories: Stories, bindings: MemoryBindings) -> None:
    await bindings.bind(3, "puerto")
    assert complete(stories, context(), "petit", "entity", 5) == []
    assert complete(stories, context(), "iturbe", "entity", 5)[0].id == "tomas-iturbe"


async def test_a_story_that_has_the_question_word_for_word_goes_before_one_that_answers_a_paraphrase(
    story: Story,
) -> None:
    """The other story has a paraphrase of the question, and may score higher than the story that has it verbatim."""
    question = "Who is Anna Petit?"
    other = _without(story, question)
    library = FixedLibrary(other, story)
    assistant = Assistant(Stories(library, MemoryBindings(), SteppedClock(), catalogue()), MemoryJournal())
    reply = await assistant.ask(utterance(question))
    assert (reply.outcome, reply.story) == ("answer", "bridge")


def _without(story: Story, question: str) -> Story:
    """Return a twin of a story that lacks one wording of a question."""
    facts = []
    for fact in story.facts:
        asked = {code: tuple(text for text in texts if text != question) for code, texts in fact.asked.root.items()}
        facts.append(fact.model_copy(update={"asked": fact.asked.model_copy(update={"root": asked})}))
    fields = {name: getattr(story, name) for name in type(story).model_fields}
    head = story.story.model_copy(update={"id": "twin"})
    return Story(**fields | {"story": head, "facts": facts})  # a copy would share the caches of the old facts
