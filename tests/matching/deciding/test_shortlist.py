"""One retrieval over the facts of many stories finds the few that a text may be about."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bot.matching.deciding.shortlist import MAX_SHORTLISTED, Shortlist, Traces
from bot.matching.ranking.rows import Floats
from bot.story.model import Story

SUBJECTS = (
    ("Anna Petit", "bridge", "closed", "pont", "fermé"),
    ("Corvane", "airline", "grounded", "compagnie", "clouée"),
    ("Makowiak", "clinic", "hacked", "clinique", "piratée"),
    ("Thessaly", "probe", "silent", "sonde", "muette"),
    ("Farrant", "stadium", "evacuated", "stade", "évacué"),
    ("Odelle", "museum", "robbed", "musée", "cambriolé"),
)


def told(name: str, thing: str, what: str, chose: str, quoi: str) -> Traces:
    fact: dict[str, Any] = {
        "id": "one",
        "kind": "claim",
        "by": "speaker",
        "text": {"fr": f"Le sujet est {quoi}.", "en": f"The {thing} was {what}."},
        "asked": {"fr": [f"Qui dit de quoi la {chose} souffre ?"], "en": [f"Who says that the {thing} was {what}?"]},
        "citations": [],
    }
    entity = {"id": "speaker", "kind": "person", "name": name, "role": {"fr": "une personne", "en": "a person"}}
    head = {"id": thing, "title": thing, "languages": ["fr", "en"], "as_of": "2024"}
    events = [{"id": "event", "name": f"{thing} affair", "facts": ["one"]}]
    story = Story.model_validate({"story": head, "entities": [entity], "events": events, "facts": [fact]})
    return Traces.of(story, NO_VECTORS)


NO_VECTORS = np.empty((1, 0), np.float32)
TRACES = tuple(told(*subject) for subject in SUBJECTS)
EMPTY = {"id": "empty", "title": "Empty", "languages": ["en"], "as_of": "2024"}
NO_FACTS = Traces.of(Story.model_validate({"story": EMPTY}), NO_VECTORS[:0])


@pytest.mark.parametrize(
    ("text", "story"),
    [
        pytest.param("What about the airline?", 1, id="a word of one story"),
        pytest.param("Wem schadet Makowiak?", 2, id="a name, in a language that no story has"),
        pytest.param("wich stadiom?", 4, id="misspelt"),
        pytest.param("THE MUSEUM AFFAIR", 5, id="an event"),
        pytest.param("la sonde est-elle muette ?", 3, id="the text of a fact"),
    ],
)
def test_the_story_that_has_the_words_comes_first(text: str, story: int) -> None:
    assert Shortlist(TRACES, None).nearest(text)[0] == story


def test_of_many_stories_few_are_left() -> None:
    assert 1 <= len(Shortlist(TRACES, None).nearest("Who says that it was closed?")) <= MAX_SHORTLISTED < len(TRACES)


@pytest.mark.parametrize("text", ["", "你好", "?!"])
def test_all_are_left_if_none_has_anything_of_the_text(text: str) -> None:
    assert Shortlist(TRACES, None).nearest(text) == list(range(len(TRACES)))


def test_a_story_without_facts_is_not_near_and_no_story_is_no_trouble() -> None:
    assert Shortlist([NO_FACTS, TRACES[0], NO_FACTS], None).nearest("the bridge") == [1]
    assert Shortlist([NO_FACTS], None).nearest("the bridge") == [0]
    assert Shortlist([], None).nearest("the bridge") == []


class Opposites:
    """Encodes a text about prices along one axis, any other along the other."""

    name = "opposites"
    votes = ""

    def encode(self, texts: Sequence[str]) -> Floats:
        return np.array([[1, 0] if "价" in text else [0, 1] for text in texts], np.float32)

    def is_word(self, word: str) -> bool:
        return False


def test_with_an_encoder_the_meaning_finds_a_story_that_has_none_of_the_words() -> None:
    axes = np.eye(2, dtype=np.float32)
    stories = [replace(one, centres=axes[[int(number != 3)]]) for number, one in enumerate(TRACES)]
    assert Shortlist(stories, Opposites()).nearest("价") == [3]
    assert Shortlist(TRACES, None).nearest("价")[0] != 3
