"""How a fact changed is told as it was then, by whom, and what the editors say about it."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.answering.amendments import joined
from bot.answering.excerpt import excerpt
from bot.answering.history import Change, What
from bot.answering.telling.amended import amendment, amendment_lines
from bot.answering.telling.catalogue import catalogue
from bot.story.model import FactCorrection, Story
from bot.story.texts import Text
from tests.answering.test_publishing import FACT, other_text, with_fact

DENIAL = "danger-denied"


def lines(change: Change, locale: str = "fr") -> list[str]:
    return amendment_lines(amendment(change, locale, catalogue()), locale, catalogue())


def changed(story: Story, what: What = "edited", **update: Any) -> Change:
    after = with_fact(story, FACT, **update)
    return Change(FACT, what, excerpt(story, FACT), excerpt(after, FACT))


def text_of(story: Story, fact: str = FACT, locale: str = "fr") -> str:
    return story.shown_facts[fact].text.get(locale)


@pytest.mark.parametrize(
    ("what", "locale", "earlier"),
    [
        ("corrected", "fr", "Nous écrivions auparavant : « {} »"),
        ("corrected", "en", "We previously wrote: “{}”"),
        ("edited", "fr", "Formulation précédente : « {} »"),
        ("edited", "en", "Earlier wording: “{}”"),
    ],
)
def test_both_texts_are_told_and_the_other_side_too(story: Story, what: What, locale: str, earlier: str) -> None:
    head, denial, before = lines(changed(story, what, text=other_text(story)), locale)
    assert text_of(story, "region-share", locale) in head
    assert text_of(story, DENIAL, locale) in denial
    assert before == earlier.format(text_of(story, locale=locale))


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("by", "Attribution précédente : Affirmation : Anna Petit"),
        ("when", "Date indiquée auparavant : aucune"),
        ("citations", "Les références ont été revues."),
    ],
)
def test_a_change_beside_the_text_is_named(story: Story, field: str, told: str) -> None:
    fact = story.shown_facts[FACT]
    values = [getattr(one, field) for one in story.shown_facts.values()]
    other = next(value for value in values if value and value != getattr(fact, field))
    assert told in lines(changed(story, **{field: other}))


def test_what_was_withdrawn_is_told_with_who_said_it_and_who_denied_it(story: Story) -> None:
    head, denial = lines(changed(story, "withdrawn", status="withdrawn"))
    assert head.startswith(f"Retiré : {text_of(story)} (Affirmation : Anna Petit)")
    assert text_of(story, DENIAL) in denial


def test_a_text_that_was_not_kept_is_not_replaced_by_the_text_of_today() -> None:
    assert lines(Change(FACT, "corrected")) == ["Corrigé : le texte d'alors n'a pas été conservé."]


def with_note(story: Story, **update: Any) -> Story:
    correction = FactCorrection(date="2024-03-05", was=Text({"*": "C'était faux."}), note=Text({"*": "Une coquille."}))
    return with_fact(story, FACT, status="corrected", correction=correction, **update)


def test_the_editors_note_is_told_with_its_date_once(story: Story) -> None:
    noted, again = with_note(story), with_note(story, text=other_text(story))
    first = lines(Change(FACT, "corrected", story, again))
    assert first[-2:] == [
        f"Nous écrivions auparavant : « {text_of(story)} »",
        "Note de la rédaction, 5 mars 2024 : Une coquille.",
    ]
    unkept = lines(Change(FACT, "corrected", None, noted), "en")
    assert unkept[-2:] == ["We previously wrote: “C'était faux.”", "Editors' note, March 5, 2024: Une coquille."]
    later = lines(Change(FACT, "edited", noted, again))
    assert not [line for line in later if "coquille" in line]


def test_several_changes_of_a_fact_are_told_as_one(story: Story) -> None:
    middle, last = (with_fact(story, FACT, text=Text({"fr": text, "en": text})) for text in ("Un.", "Deux."))
    excerpts: Sequence[Story | None] = [excerpt(one, FACT) for one in (story, middle, last)]
    steps = [
        Change(FACT, "corrected", excerpts[0], excerpts[1]),
        Change(DENIAL, "withdrawn"),
        Change(FACT, "edited", excerpts[1], excerpts[2]),
    ]
    whole, other = joined(steps)
    assert whole == Change(FACT, "corrected", excerpts[0], excerpts[2])
    assert other == Change(DENIAL, "withdrawn")
