"""Who does what to whom."""

import pytest

from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import read
from bot.matching.reading.roles import Parts, contradicts, parts
from bot.story.model import Story


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
def test_word_order_and_prepositions_give_the_parts(
    lexicon: Lexicon, text: str, act: str, agent: str | None, patient: str | None
) -> None:
    question = read(text, lexicon)
    assert parts(question, act, lexicon.language(question.language)) == Parts(agent, patient)


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
def test_a_question_that_turns_a_fact_round_contradicts_it(
    story: Story, lexicon: Lexicon, text: str, fact: str, turned: bool
) -> None:
    question = read(text, lexicon)
    spoken = lexicon.language(question.language)
    assert contradicts(question, story.shown_facts[fact], story, spoken) is turned
