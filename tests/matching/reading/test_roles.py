"""Who does what to whom."""

import pytest

from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.participants import participants, participants_by_act
from bot.matching.reading.question import parse
from bot.matching.reading.roles import asked_speaker, contradicts
from bot.story.model import Concept, Roles, Story


@pytest.fixture(scope="module")
def lexicon(story: Story) -> Lexicon:
    return Lexicon.of(story)


@pytest.mark.parametrize(
    ("text", "act", "agent", "patient"),
    [
        ("Did Anna Petit sue the county?", "sue", "anna-petit", "county"),
        ("Was the county sued by Anna Petit?", "sue", "anna-petit", "county"),
        ("Le département a été poursuivi par Anna Petit", "sue", "anna-petit", "county"),
        ("la plainte d'Anna Petit contre le département", "sue", None, "county"),
        ("Who is the county suing?", "sue", "county", None),
        ("What is the county accused of?", "accuse", None, "county"),
        ("De quoi Anna Petit est-elle accusée ?", "accuse", None, "anna-petit"),
        ("Qu'est-ce qu'Anna Petit reproche au département ?", "accuse", "anna-petit", "county"),
        ("Is it true Anna Petit sued the county?", "sue", "anna-petit", "county"),
        ("Combien la région a investi ?", "invest", "region", None),
        ("What does Louis Garnier say about the mayor?", "say", "louis-garnier", None),
        ("Que dit Jeanne Roy du maire ?", "say", "jeanne-roy", None),
        ("selon Jeanne Roy", "say", "jeanne-roy", None),
        ("Who says that the mayor has regrets?", "say", None, None),
        ("nothing of the kind", "sue", None, None),
    ],
)
def test_word_order_and_prepositions_determine_agent_and_patient(
    lexicon: Lexicon, text: str, act: str, agent: str | None, patient: str | None
) -> None:
    question = parse(text, lexicon)
    found = participants(question, act, lexicon.language(question.language))
    assert (found.agent, found.patient) == (agent, patient)


@pytest.mark.parametrize(
    ("text", "fact", "turned"),
    [
        ("Why are the residents suing the town hall?", "complaint-filed", False),
        ("Why is the town hall suing the residents?", "complaint-filed", True),
        ("Pourquoi la mairie porte plainte contre les riverains ?", "complaint-filed", True),
        ("Who is taking the town hall to court?", "complaint-filed", False),
        ("Did the residents accuse the town hall?", "negligence-denied", False),
        ("Did the town hall accuse the residents?", "negligence-denied", True),
        ("What does the county say about the danger?", "bridge-dangerous", True),
        ("What does Anna Petit say about the danger?", "bridge-dangerous", False),
        ("Did the bridge build Louis Garnier?", "bridge-builders", True),
    ],
)
def test_a_question_that_swaps_roles_contradicts_the_fact(
    story: Story, lexicon: Lexicon, text: str, fact: str, turned: bool
) -> None:
    question = parse(text, lexicon)
    asked = participants_by_act(question)
    assert contradicts(question, story.shown_facts[fact], story, asked, asked_speaker(question, asked)) is turned


@pytest.mark.parametrize(
    ("act", "text", "turned"),
    [
        ("merge", "Did the county merge the offices?", True),  # a plain word, matched by its stem
        ("merge", "Who is merging the offices?", False),
        ("merge", "Did the region merge the offices?", False),
        ("absorb", "Did the county gobble the offices?", True),  # a concept of the story's own vocabulary
        ("absorb", "Did the region gobble the offices?", False),
    ],
)
def test_an_act_may_be_a_concept_of_the_story_or_a_plain_word(story: Story, act: str, text: str, turned: bool) -> None:
    fact = story.shown_facts["region-share"].model_copy(update={"roles": (Roles(agent=("region",), act=(act,)),)})
    own = Concept.model_validate({"concept": "absorb", "words": {"en": ["absorb", "gobble"]}})
    widened = story.model_copy(update={"vocabulary": (*story.vocabulary, own)})
    lexicon = Lexicon.of(widened)
    question = parse(text, lexicon, "en")
    asked = participants_by_act(question)
    assert contradicts(question, fact, widened, asked, asked_speaker(question, asked)) == turned
