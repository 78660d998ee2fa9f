"""What a message says: the editor's words, what was meant, and each cause once."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.checking.rules import RULES
from bot.checking.schema import schema_findings
from bot.checking.shapes import expected_at
from bot.library.read import read_story
from bot.library.yamlfile import YamlError, parse
from bot.story.model import Story
from tests.small_story import BRIDGE, edit

JARGON = re.compile(
    r"\b(tuple|instance|NoneType|(?-i:None)|dict|dictionary|mapping|scalar|sequence|token|string|integer|node|stream|bool|float"
    r"|int|str|list\[|function-|Input should|pydantic|YAML|context|pattern|regex|valid)\b|datetime|\^\[|[{(]'\w",
    re.IGNORECASE,
)
WRONG: list[Any] = [
    *(None, True, 3, 2.5, "a text", "", [], ["a"], [[]], {}, {"a": 1}, {"un mot": "b"}),
    *([{"a": "b"}], [None], [3], date(2020, 1, 1), {"fr": None}, {"fr": ["a"]}, {"fr, dit-il": None}),
]
Place = tuple[str | int, ...]


def whole_story() -> dict[str, Any]:
    """Return the data of the story of the bridge, with every optional key written somewhere."""
    data: dict[str, Any] = {"vocabulary": [{"concept": "span", "words": {"fr": ["arche"], "en": ["arch"]}}]}
    for path in sorted((BRIDGE / "knowledge" / "bridge").glob("*.yml")):
        for key, value in parse(path.read_text("utf-8")).data.items():
            data[key] = [*data.get(key, []), *value] if isinstance(value, list) else value
    data["sources"] = [parse(path.read_text("utf-8")).data for path in sorted((BRIDGE / "seeds").glob("*.yml"))]
    data["story"]["expires"] = "2030"
    data["entities"][0]["speaks_for"] = "mayor"
    data["facts"][0] |= {
        "status": "corrected",
        "correction": {
            "date": "2020-06-08",
            "was": {"fr": "Faux.", "en": "False."},
            "note": {"fr": "Non.", "en": "No."},
        },
        "when": {"edtf": "2021", "announced": True},
    }
    data["facts"][0]["citations"][0] |= {"prefix": "a ", "suffix": " en", "quoted": False}
    data["facts"][0]["roles"] = [{"agent": "mayor", "act": ["close"], "patient": ["mayor"]}]
    return data


def places(data: Any, place: Place = ()) -> Iterator[Place]:
    """Yield each place of some data."""
    yield place
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        yield from places(value, (*place, key))


def with_value(data: Any, place: Place, value: Any) -> Any:
    """Return the data with another value at a place."""
    if not place:
        return value
    copy = data.copy()
    copy[place[0]] = with_value(data[place[0]], place[1:], value)
    return copy


WHOLE = whole_story()
KINDS = {tuple("*" if isinstance(key, int) else key for key in place): place for place in places(WHOLE) if place}


@pytest.mark.parametrize("place", KINDS.values(), ids=lambda place: ".".join(map(str, place)))
def test_a_value_of_a_wrong_type_is_refused_in_plain_words(place: Place) -> None:
    for value in WRONG:
        data = with_value(WHOLE, place, value)
        try:
            Story.model_validate(data)
        except ValidationError as error:
            found = list(schema_findings(error.errors(), data))
            assert found
            assert len({finding.location for finding in found}) == len(found)
            for finding in found:
                assert finding.location[: len(place)] == place, (value, finding)
                assert not JARGON.search(finding.message), finding.message


def test_the_generated_cases_reach_every_field_of_every_record() -> None:
    fields = {
        f"{name}.{field}"
        for name, record in Story.model_json_schema()["$defs"].items()
        for field in record.get("properties", {})
    }
    written = {place[-1] for place in KINDS}
    assert {field for field in fields if field.partition(".")[2] not in written} == set()


UNREADABLE = [
    ("a:\n  fr: Le maire a promis : rien\n", (2, 25), "put the text in quotation marks"),
    ("a: {fr: Le maire : rien, en: x}\n", (1, 18), "put the text in quotation marks"),
    ("a: Qui : [x]\n", (1, 8), "put the text in quotation marks"),
    ('a:\n  fr: "Trop", dit-il\n  en: x\n', (2, 13), "put the text in quotation marks of the other kind"),
    ('a:\n  - "Trop" dit-il\n', (2, 12), "put the text in quotation marks of the other kind"),
    ('a: ["Trop" dit-il, b]\n', (1, 12), "put the text in quotation marks of the other kind"),
    ("a: ['l'eau', d]\n", (1, 8), "put the text in quotation marks of the other kind"),
    ("a:\n  fr: @x\n", (2, 7), "cannot begin with '@'"),
    ("a:\n  fr: %x y\n", (2, 7), "cannot begin with '%'"),
    ("a: `x`\n", (1, 4), "cannot begin with '`'"),
    ("a: ? x\n", (1, 4), "cannot begin with '?'"),
    ("a: ]\n", (1, 4), "cannot begin with ']'"),
    ("a: *x y\n", (1, 4), "put the text in quotation marks"),
    ("a: !x y\n", (1, 4), "put the text in quotation marks"),
    ("a:\n\tfr: x\n", (2, 1), "indent it with spaces"),
    ('a: "open\nb: c\n', (1, 4), "does not end with one"),
    ('a: "x\\y"\n', (1, 6), "use single quotation marks"),
    ("a: [b, c\nd: e\n", (1, 4), "write ']'"),
    ("a: {b: c\nd: e\n", (1, 4), "write '}'"),
    ("a: [b]]\n", (1, 7), "']' closes nothing"),
    ("a:\n  b: c\n d: e\n", (3, 2), "in the same column"),
    ("a:\n  b: c\n   d: e\n", (3, 5), "in the same column"),
    ("a: b\n- c\n", (2, 1), "in the same column"),
    ("a: - b\n", (1, 4), "on the next line"),
    ("a: > x\n", (1, 6), "on the next line"),
    ("a: [Qui ? #1, b]\n", (1, 11), "put the text in quotation marks"),
    ("a: {fr: Le #1, en: x}\n", (1, 12), "put the text in quotation marks"),
    ("---\na: b\n---\nc: d\n", (3, 1), "remove that line"),
    ("a: x\x00\n", (1, 5), "control character"),
    ("a: !!bool maybe\n", (1, 4), "put it in quotation marks"),
    ("{{a}}: b\n", (1, 1), "a plain word"),
]


@pytest.mark.parametrize(("text", "position", "told"), UNREADABLE, ids=[case[0] for case in UNREADABLE])
def test_a_file_that_cannot_be_read_says_what_to_write_instead(text: str, position: object, told: str) -> None:
    with pytest.raises(YamlError) as caught:
        parse(text)
    assert (caught.value.position.line, caught.value.position.column) == position
    assert told in str(caught.value)
    assert not JARGON.search(str(caught.value)), str(caught.value)


def test_no_rule_speaks_in_the_words_of_its_tools() -> None:
    told = {rule.id: f"{rule.what} {rule.mend} {rule.why}" for rule in RULES.values()}
    assert {name: found[0] for name, text in told.items() if (found := JARGON.search(text))} == {}


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        ("a: Le no #1\n", [(1, 10)]),
        ("a:\n  - Voir #MeToo et la suite\n", [(2, 10)]),
        ("a: Le pont # à vérifier\n", []),
        ("a: 'Le no #1'\n", []),
        ("a: 'Le no' #1\n", []),
        ("a: Le no#1\n", []),
        ("a: 1931  # characters\n", []),
    ],
)
def test_a_number_sign_cuts_an_unquoted_text_unless_it_begins_a_comment(text: str, cuts: list[object]) -> None:
    assert [(cut.line, cut.column) for cut in parse(text).cuts] == cuts


def messages(root: Path) -> list[str]:
    reading = read_story(root / "knowledge" / "bridge", root / "seeds", root / "articles")
    return [problem.message for problem in reading.problems]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (("story", "as_of"), "a date"),
        (("facts", 0, "by"), "an id"),
        (("facts", 0, "kind"), "one of report, claim, denial, quote"),
        (("facts", 0, "text"), "a text for each language or a text"),
        (("facts", 0, "asked"), "a list of texts for each language"),
        (("facts", 0, "when", "announced"), "true or false"),
        (("facts", 0, "citations", 0, "paragraph"), "a whole number"),
        (("facts", 0, "roles", 0, "act"), "a text or a list"),
        (("facts", 0, "correction"), "a group with the keys date, was, note"),
        (("questions", 0, "expect"), "an id or a list or abstain"),
        (("facts", 0, "colour"), ""),
    ],
)
def test_what_a_place_must_hold_is_said_in_words(place: Place, said: str) -> None:
    assert expected_at(place) == said


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("facts.yml", "by: mayor", "by: mayro", "did you mean 'mayor'? correct the id"),
        ("facts.yml", "replies_to: bridge-dangerous", "replies_to: bridge-danger", "did you mean 'bridge-dangerous'?"),
        ("facts.yml", "kind: denial", "kind: denail", "did you mean 'denial'? choose one of report, claim"),
        ("facts.yml", "answers: [who, when", "answers: [who, wen", "did you mean 'when'?"),
        ("facts.yml", "replies_to: bridge", "reply_to: bridge", "did you mean 'replies_to'?"),
        ("facts.yml", "    text: {fr: Le maire", "    txt: {fr: Le maire", "did you mean 'text'?"),
        (
            "facts.yml",
            "{source: bridge-article, paragraph: 1",
            "{source: bridge-artcle, paragraph: 1",
            "'bridge-article'?",
        ),
        ("facts.yml", "Qui a fermé le pont ?", "Il a demandé : qui ?", "put the text in quotation marks if it is one"),
        ("facts.yml", "fr: Le maire dément que", "fr: Le maire dément, enfin, que", "if it is the rest of a text"),
        (
            "facts.yml",
            "kind: denial",
            "when: 2019\n    kind: denial",
            "but is a number; write it with its keys, as in {edtf",
        ),
        ("facts.yml", "answers: [who, what, why]", "answers: who", "put it in brackets, as in [who]"),
        ("bridge-article.yml", "title: null", "title: 2019", "put it in quotation marks"),
    ],
)
def test_a_message_says_what_was_probably_meant(small_story: Path, file: str, old: str, new: str, told: str) -> None:
    edit(small_story, file, old, new)
    found = messages(small_story)
    assert len(found) == 1, found
    assert told in found[0]


def test_one_cause_is_one_problem_however_many_places_it_has(small_story: Path) -> None:
    (small_story / "seeds" / "bridge-article.yml").unlink()
    assert messages(small_story) == [
        "there is no record of 'bridge-article'; add seeds/bridge-article.yml or correct the id (4 places)"
    ]


def test_a_language_that_the_story_only_announces_is_one_problem(small_story: Path) -> None:
    edit(small_story, "story.yml", "languages: [fr, en]", "languages: [fr, en, de]")
    assert len(messages(small_story)) == 1
