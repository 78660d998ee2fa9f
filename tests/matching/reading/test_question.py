"""Parsing an utterance: language, slot, names and content words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import parse
from bot.story.model import Story


@pytest.fixture(scope="module")
def lexicon(story: Story) -> Lexicon:
    return Lexicon.of(story)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Qui est Jason Kwon ?", "fr"),
        ("Who is Jason Kwon?", "en"),
        ("jason kwon", None),
        ("c koi openai", "fr"),
        ("wat is openai", "en"),
    ],
)
def test_function_words_identify_the_language(lexicon: Lexicon, text: str, language: str | None) -> None:
    assert parse(text, lexicon).language == language


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("Qui a fondé OpenAI ?", "who"),
        ("En quelle année OpenAI a-t-elle été créée ?", "when"),
        ("Quelle est la date de la plainte ?", "when"),
        ("Pourquoi Musk porte plainte ?", "why"),
        ("c'est combien la part de Microsoft", "how-many"),
        ("Où est le procès ?", "where"),
        ("Musk ou Altman ?", None),
        ("Est-ce que Musk est milliardaire ?", "yes-no"),
        ("Que dit Kwon quand il répond ?", "what"),
        ("how much did they invest", "how-many"),
        ("Did Kwon say when?", "yes-no"),
        ("Do you know when OpenAI was founded?", "when"),
        ("What was the commitment when it was created?", "what"),
        ("microsoft stake", None),
    ],
)
def test_question_words_identify_the_slot(lexicon: Lexicon, text: str, slot: str | None) -> None:
    assert parse(text, lexicon).slot == slot


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("le patron de SpaceX", ["elon-musk"]),
        ("open ai et Open-AI", ["openai", "openai"]),
        ("Redmond", ["microsoft"]),
        ("the maker of chat gpt", ["openai"]),
        ("Space X", ["spacex"]),
        ("dall e", ["dall-e"]),
        ("Micrsoft", []),  # spelling is corrected before parsing
        ("Google", []),
    ],
)
def test_names_and_aliases_are_found_in_any_spelling(lexicon: Lexicon, text: str, names: list[str]) -> None:
    assert [unit.key for unit in parse(text, lexicon).names] == names


def test_a_question_and_its_translation_have_the_same_canonical_form(lexicon: Lexicon) -> None:
    french, english = parse("Pourquoi Musk attaque-t-il OpenAI ?", lexicon), parse("Why is Musk suing OpenAI?", lexicon)
    assert french.canonical == english.canonical == "slotwhy elonmusk sue openai"


@given(st.text(max_size=300))
def test_any_text_can_be_parsed(lexicon: Lexicon, text: str) -> None:
    question = parse(text, lexicon)
    assert [unit.at for unit in question.units] == sorted(unit.at for unit in question.units)
