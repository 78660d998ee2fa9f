"""Additions to YAML files: what was there stays as it is, to the byte."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answering.edits import EditError
from bot.library.yamledit import with_fact, with_question, with_utterances
from bot.library.yamlfile import parse
from tests.conftest import ROOT
from tests.small_story import BRIDGE

FILES = [*(ROOT / "knowledge").rglob("*.yml"), *(ROOT / "tests" / "stories").glob("*/knowledge/**/*.yml")]
NEW = "Et le « gué » : qui l'a vu ?"
FACT = {
    "id": "ford-seen",
    "status": "draft",
    "text": {"fr": "…", "en": "…"},
    "asked": {"fr": [NEW], "en": ["Who: saw # it?"]},
    "citations": [{"source": "bridge-article", "paragraph": 1, "exact": "gué"}],
}
ENDINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "no end": lambda text: text.rstrip("\n"),
}


def is_only_added_to(old: str, new: str) -> bool:
    """Return whether one piece was inserted and nothing else changed."""
    start = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    return any(old == new[:at] + new[at + len(new) - len(old) :] for at in range(max(0, start - 200), start + 1))


def lines_lost(old: str, new: str) -> list[str]:
    """Return the old lines that are neither there nor the beginning of a line that was continued in place."""
    there = {*new.splitlines()}
    return [line for line in old.splitlines() if line not in there]


OF_ONE_STORY = [path for path in FILES if path.parent == BRIDGE / "knowledge" / "bridge"]
WRITTEN = [(path, "as it is") for path in FILES] + [
    (path, ending) for path in OF_ONE_STORY for ending in ("CRLF", "no end")
]


@pytest.mark.parametrize(
    ("path", "ending"), WRITTEN, ids=[f"{'/'.join(path.parts[-2:])}, {ending}" for path, ending in WRITTEN]
)
def test_a_question_and_a_fact_add_lines_and_change_none(path: Path, ending: str) -> None:
    old = ENDINGS[ending](path.read_bytes().decode())
    asked, told = with_question(old, NEW, "abstain"), with_fact(old, FACT)
    for new in (asked, told):
        assert is_only_added_to(old, new)
        assert lines_lost(old, new) == []
        assert (b"\r" in new.encode()) == (ending == "CRLF")
        assert new.count("\r") in {0, new.count("\n")}
    assert parse(asked).data["questions"].count({"ask": NEW, "expect": "abstain"}) == 1
    assert parse(told).data["facts"][-1] == FACT


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_an_utterance_is_added_to_its_fact_alone(path: Path) -> None:
    old = path.read_bytes().decode()
    facts = parse(old).data.get("facts") or []
    for fact in facts[len(facts) // 2 :][:1]:
        for language, texts in fact["asked"].items():
            new = with_utterances(old, fact["id"], language, [NEW])
            assert is_only_added_to(old, new)
            (changed,) = [row for row in parse(new).data["facts"] if row not in facts]
            assert changed == {**fact, "asked": {**fact["asked"], language: [*texts, NEW]}}


TABLE: list[tuple[str, list[str], list[str]]] = [
    ("a block list", ["fr:", "  - Qui ?"], ["fr:", "  - Qui ?", "  - Où ?"]),
    ("a list without indentation", ["fr:", "- Qui ?"], ["fr:", "- Qui ?", "- Où ?"]),
    ("comments", ["fr:", "  - Qui ? # un", "  # deux"], ["fr:", "  - Qui ? # un", "  - Où ?", "  # deux"]),
    ("quotation marks", ["fr:", "  - 'Qui ?'"], ["fr:", "  - 'Qui ?'", "  - 'Où ?'"]),
    ("a list on one line", ["fr: [Qui ?, Quand ?] # là"], ["fr: [Qui ?, Quand ?, Où ?] # là"]),
    ("a comma at its end", ['fr: ["Qui ?",]'], ['fr: ["Qui ?", "Où ?",]']),
    ("several lines", ["fr: [Qui ?,", "  Quand ?", "  ]"], ["fr: [Qui ?,", "  Quand ?, Où ?", "  ]"]),
    ("an empty list", ["fr: []"], ["fr: [Où ?]"]),
    ("folded", ["fr:", "  - >-", "    Qui", "    va ?"], ["fr:", "  - >-", "    Qui", "    va ?", "  - Où ?"]),
    ("another language", ["en: [Who?]"], ["en: [Who?]", "fr:", "  - Où ?"]),
]


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_an_utterance_is_written_as_its_neighbours_are(before: list[str], after: list[str]) -> None:
    head, tail = ["facts:", "  - id: one", "    asked:"], ["    text: x", ""]
    old, new = ("\n".join([*head, *(f"      {line}" for line in part), *tail]) for part in (before, after))
    assert with_utterances(old, "one", "fr", ["Où ?"]) == new


def test_a_mapping_on_one_line_gets_its_utterance_there() -> None:
    old = "facts: [{id: one, asked: {fr: [Qui ?]}, text: x}]\n"
    assert with_utterances(old, "one", "fr", ["Où ?"]) == old.replace("Qui ?", "Qui ?, Où ?")
    assert with_utterances(old, "one", "en", ["Where?"]) == old.replace("[Qui ?]", "[Qui ?], en: [Where?]")


def test_a_line_that_would_be_too_long_goes_on_below_its_first_item() -> None:
    old = f"facts:\n- id: one\n  asked:\n    fr: [{'a' * 60}, {'b' * 45}]\n"
    assert with_utterances(old, "one", "fr", ["Où ?"]) == old.replace("]", ",\n         Où ?]")


def test_a_question_stands_after_the_last_that_expects_the_same() -> None:
    old = "questions:\n  # in\n  - {ask: 'a', expect: one}\n\n  # out\n  - ask: b\n    expect: abstain\n"
    assert with_question(old, "c", "one") == old.replace("one}\n", "one}\n  - {ask: 'c', expect: one}\n")
    assert with_question(old, "c", "abstain") == old + "  - ask: c\n    expect: abstain\n"


@pytest.mark.parametrize("start", ["", "questions:\n", "questions: []\n", "# x\n", "facts: []\n", "facts: []"])
def test_the_first_question_of_a_file(start: str) -> None:
    new = with_question(start, "Qui ?", "abstain")
    assert parse(new).data["questions"] == [{"ask": "Qui ?", "expect": "abstain"}]
    assert is_only_added_to(start, new)


@pytest.mark.parametrize("text", ["facts: []\n", "facts:\n  - {id: one}\n"])
def test_a_fact_that_has_no_utterances_there_is_refused(text: str) -> None:
    with pytest.raises(EditError, match=r"by_hand.*one\.asked"):
        with_utterances(text, "one", "fr", ["Où ?"])


def test_what_cannot_be_added_to_is_refused() -> None:
    with pytest.raises(EditError, match=r"by_hand.*questions.*ask: Qui \?"):
        with_question("questions: ~\n", "Qui ?", "abstain")


SMALL = (BRIDGE / "knowledge" / "bridge" / "facts.yml").read_text("utf-8")


@given(st.text(min_size=1, max_size=60))
@example("yes")
@example("a: b # c")
@example("- x")
@example("[x], {y}")
@example("'\"\\")
@example("null")
@example("2019")
def test_any_text_is_read_back_as_it_was_or_refused(text: str) -> None:
    for add in (
        lambda: (with_utterances(SMALL, "bridge-closed", "fr", [text]), ("facts", 0, "asked", "fr", 3)),
        lambda: (with_question(SMALL, text, "abstain"), ("questions", 0, "ask")),
    ):
        try:
            new, path = add()
        except EditError:
            assert not text.isprintable()
            continue
        found: Any = parse(new).data
        for key in path:
            found = found[key]
        assert found == text
        assert is_only_added_to(SMALL, new)
