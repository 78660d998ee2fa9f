"""Quotations are found whatever marks they are written with, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.quotations import quotations


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [
        (["Il a dit « non »."], ["non"]),
        (["Il a dit «\u00a0non\u00a0»."], ["non"]),
        (["He said “no”, then ‘yes’."], ["no", "yes"]),
        (['He said "no" and "yes," and left.'], ["no", "yes,"]),
        (["Er sagte „nein“."], ["nein"]),
        (["»Nein«, sagte er, »nie.«"], ["Nein", "nie."]),
        (["« Il a dit “jamais” en face », raconte-t-elle."], ["Il a dit “jamais” en face"]),
        (["« A « B » C », dit-il."], ["A « B » C"]),
        (["‘It’s the teachers’ fault,’ she said."], ["It’s the teachers’ fault,"]),
        (["L’eau de l’étang n’est pas d’ici."], []),
        (["The teachers' union met in the '90s."], []),
        (["It is 5'10\" tall."], []),
        (["« Un.", "« Deux », dit-il."], ["Un.", "Deux"]),
        (["“One.", "“Two,” he said."], ["One.", "Two,"]),
        (["« Un.", "Deux », dit-il."], ["Un.", "Deux"]),
        (['"One.', '"Two," he said.'], ["One.", "Two,"]),
        (["Un guillemet « perdu.", "Et un autre paragraphe."], []),
        ([], []),
    ],
)
def test_each_quotation_is_found_once(paragraphs: list[str], found: list[str]) -> None:
    assert [quotation.text for quotation in quotations(paragraphs)] == found


def test_the_second_part_of_a_quotation_goes_on_from_the_first() -> None:
    assert [(one.paragraph, one.continues) for one in quotations(["« Un.", "« Deux », dit-il."])] == [
        (1, False),
        (2, True),
    ]


@given(st.lists(st.text(alphabet="ab .,!« »“”‘’\"'„‹›\n")))
def test_the_spans_of_any_text_are_in_order_and_hold_their_text(paragraphs: list[str]) -> None:
    last = (0, 0)
    for one in quotations(paragraphs):
        text = paragraphs[one.paragraph - 1]
        assert text[slice(*one.inner)] == one.text
        assert one.outer[0] <= one.inner[0] <= one.inner[1] <= one.outer[1] <= len(text)
        assert last <= (one.paragraph, one.outer[0])
        last = (one.paragraph, one.outer[1])
