"""Who does what to whom."""

import pytest

from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import parse
from bot.matching.reading.roles import Participants, contradicts, participants, participants_by_act
from bot.story.model import Concept, Roles, Story


@pytest.fixture(scope="module")
def lexicon(story: Story) -> Lexicon:
    return Lexicon.of(story)


@pytest.mark.parametrize(
    ("text", "act", "agent", "patient"),
    [
        ("Did Musk sue OpenAI?", "sue", "elon-musk", "openai"),
        ("Was OpenAI sued by Musk?", "sue", "elon-musk", "openai"),
        ("OpenAI a été attaqué par Musk", "sue", "elon-musk", "openai"),
        ("la plainte de Musk contre OpenAI", "sue", None, "openai"),
        ("Who is OpenAI suing?", "sue", "openai", None),
        ("Combien Microsoft a investi ?", "invest", "microsoft", None),
        ("What does Kwon say about Musk?", "say", "jason-kwon", None),
        ("Que dit Altman de Musk ?", "say", "sam-altman", None),
        ("selon Kwon", "say", "jason-kwon", None),
        ("Who says that Musk has regrets?", "say", None, None),
        ("nothing of the kind", "sue", None, None),
    ],
)
def test_word_order_and_prepositions_determine_agent_and_patient(
    lexicon: Lexicon, text: str, act: str, agent: str | None, patient: str | None
) -> None:
    question = parse(text, lexicon)
    assert participants(question, act, lexicon.language(question.language)) == Participants(agent, patient)


@pytest.mark.parametrize(
    ("text", "fact", "turned"),
    [
        ("Why is Musk suing OpenAI?", "complaint-ground", False),
        ("Why is OpenAI suing Musk?", "complaint-ground", True),
        ("Pourquoi OpenAI porte plainte contre Elon Musk ?", "complaint-ground", True),
        ("Who is taking OpenAI to court?", "complaint-filed", False),
        ("Did Altman call Musk a hero?", "altman-hero", False),
        ("Did Musk call Altman a hero?", "altman-hero", True),
        ("What does Musk say about the mission?", "mission", True),
        ("What does OpenAI say about the mission?", "mission", False),
        ("Is Microsoft a subsidiary of OpenAI?", "subsidiary-claim", True),
    ],
)
def test_a_question_that_swaps_roles_contradicts_the_fact(
    story: Story, lexicon: Lexicon, text: str, fact: str, turned: bool
) -> None:
    question = parse(text, lexicon)
    assert contradicts(question, story.shown_facts[fact], story, participants_by_act(question)) is turned


@pytest.mark.parametrize(
    ("act", "text", "turned"),
    [
        ("merge", "Did Microsoft merge the division?", True),  # a plain word, matched by its stem
        ("merge", "Who is merging the division?", False),
        ("merge", "Did OpenAI merge the division?", False),
        ("absorb", "Did Microsoft gobble the division?", True),  # a concept of the story's own vocabulary
        ("absorb", "Did OpenAI gobble the division?", False),
    ],
)
def test_an_act_may_be_a_concept_of_the_story_or_a_plain_word(story: Story, act: str, text: str, turned: bool) -> None:
    fact = story.shown_facts["branch-created"].model_copy(update={"roles": (Roles(agent=("openai",), act=(act,)),)})
    own = Concept.model_validate({"concept": "absorb", "words": {"en": ["absorb", "gobble"]}})
    widened = story.model_copy(update={"vocabulary": (*story.vocabulary, own)})
    lexicon = Lexicon.of(widened)
    question = parse(text, lexicon, "en")
    assert contradicts(question, fact, widened, participants_by_act(question)) == turned
