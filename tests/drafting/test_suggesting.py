"""Proposals are made of what a fact has, in sentences of the language, and each is tried before it is shown."""

import pytest

from bot.drafting.grammar import grammar
from bot.drafting.suggesting import Proposals, fluent, suggest
from bot.story.model import Story
from bot.story.texts import Texts

TRIED = ("bridge-dangerous", "danger-denied", "bridge-built", "bridge-builders")


@pytest.fixture(scope="module")
def trials(story: Story) -> dict[str, Proposals]:
    """What is proposed for some facts: each takes seconds, since every proposal is tried."""
    return {row.id: suggest(story, row) for row in story.facts if row.id in TRIED}


def texts(trial: Proposals, code: str) -> set[str]:
    return {variant.text for variant in trial.variants if variant.language == code}


def test_a_denial_is_asked_for_by_who_denies_and_whom(trials: dict[str, Proposals]) -> None:
    found = texts(trials["danger-denied"], "fr")
    assert {
        "Que dément le maire ?",
        "Que répond le maire à Anna Petit ?",
        "Que répond le maire à l'ingénieure ?",
    } <= found


def test_an_utterance_is_proposed_again_with_another_name(trials: dict[str, Proposals]) -> None:
    assert "What does the engineer say about the bridge?" in texts(trials["bridge-dangerous"], "en")


def test_an_event_is_asked_for_only_by_the_fact_that_it_lists_first(trials: dict[str, Proposals]) -> None:
    assert "Quand a eu lieu la construction du pont ?" in texts(trials["bridge-built"], "fr")
    assert not any("construction" in text for text in texts(trials["bridge-builders"], "fr"))


def test_each_proposal_says_what_answers_it_today(trials: dict[str, Proposals]) -> None:
    rows = [(fact, variant) for fact, trial in trials.items() for variant in trial.variants]
    assert all((variant.effect == "taken") == (variant.taken_by is not None) for _, variant in rows)
    assert all(variant.taken_by != fact for fact, variant in rows)
    assert {"new", "found"} <= {variant.effect for _, variant in rows}


def test_what_another_fact_answers_is_said(story: Story) -> None:
    asked = Texts({"fr": ("Que dément le maire ?",)})
    facts = [row.model_copy(update={"asked": asked}) if row.id == "petit-role" else row for row in story.facts]
    longer = story.model_copy(update={"facts": tuple(facts)})
    row = next(row for row in facts if row.id == "danger-denied")
    taken = {one.text: one.taken_by for one in suggest(longer, row).variants if one.effect == "taken"}
    assert taken["Que dément le maire ?"] == "petit-role"


def test_nothing_that_the_fact_has_is_proposed(story: Story, trials: dict[str, Proposals]) -> None:
    for row in story.facts:
        if row.id in TRIED:
            assert not {text for _, text in row.asked.values()} & {one.text for one in trials[row.id].variants}


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        ("fr", "la raison de le départ de les élus", "La raison du départ des élus"),
        ("fr", "à le maire", "Au maire"),
        ("fr", "que dit Anne de OpenAI ?", "Que dit Anne d'OpenAI ?"),
        ("en", "who  said it?", "Who said it?"),
    ],
)
def test_a_filled_template_is_a_sentence_of_its_language(code: str, text: str, told: str) -> None:
    assert fluent(text, grammar(code)) == told


def test_a_language_without_templates_gets_no_proposal(story: Story) -> None:
    head = story.story.model_copy(update={"languages": ("de",)})
    row = next(row for row in story.facts if row.id == "danger-denied")
    assert suggest(story.model_copy(update={"story": head}), row).variants == ()
