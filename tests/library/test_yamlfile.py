"""Parsing one YAML file: plain data with positions, and nothing that could do harm."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.disk import MAX_CHARACTERS
from bot.library.yamlfile import Position, YamlError, parse

BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True))


def test_values_and_keys_have_positions() -> None:
    document = parse("facts:\n  - id: one\n    text: two\n")
    assert document.data == {"facts": [{"id": "one", "text": "two"}]}
    assert document.positions["facts", 0, "text"] == Position(3, 5)


REFUSED = pytest.mark.parametrize(
    ("text", "rule"),
    [
        (BOMB, "yaml.alias"),
        ("a: 1\na: 2", "yaml.duplicate"),
        ("a: [", "yaml.syntax"),
        ("[" * 50 + "]" * 50, "yaml.deep"),
        ("[" * 100_000, "yaml.syntax"),
        ("a: !!python/object:os.system x", "yaml.tag"),
        ("a: !!binary aGk=", "yaml.tag"),
        ("a: !!bool maybe", "yaml.value"),
        ("a: !!timestamp later", "yaml.value"),
        ('a: !!int ""', "yaml.value"),
        ("? [a]\n: b", "yaml.key"),
        ("a: 2024-02-31", "yaml.value"),
        ("a: \x01", "yaml.syntax"),
        ("a: x\n" * (MAX_CHARACTERS // 5 + 1), "yaml.large"),
    ],
)


@REFUSED
def test_what_is_not_plain_is_refused(text: str, rule: str) -> None:
    with pytest.raises(YamlError) as caught:
        parse(text)
    assert caught.value.rule.id == rule


@pytest.mark.clock
@REFUSED
def test_it_is_refused_at_once(text: str, rule: str) -> None:
    started = time.process_time()
    with pytest.raises(YamlError) as caught:
        parse(text)
    assert time.process_time() - started < 2
    assert caught.value.rule.id == rule


def test_an_empty_file_holds_nothing() -> None:
    assert parse("# only a comment").data is None


@given(st.text(max_size=200))
def test_any_text_is_data_or_a_yaml_error(text: str) -> None:
    try:
        parse(text)
    except YamlError as error:
        assert error.rule.id.startswith("yaml.")  # noqa: PT017 - an error is one of the two right outcomes


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("a: b\nc: d\x92e\n", 2, 5), ("a: 'é'\r\nb: \x08", 2, 4), ("a: b\rc: \x7f", 2, 4), ("\u2028: \x01", 1, 4)],
)
def test_a_control_character_is_told_where_editors_show_it(text: str, line: int, column: int) -> None:
    with pytest.raises(YamlError, match=r"U\+00") as caught:
        parse(text)
    assert caught.value.position == Position(line, column)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_only_the_line_ends_that_editors_show_are_counted(separator: str) -> None:
    document = parse(f"a: one{separator}two\nb{separator}: 'x{separator}y'\r\nc: 1\rd: 2")
    assert document.data == {"a": f"one{separator}two", f"b{separator}": f"x{separator}y", "c": 1, "d": 2}
    assert [document.positions[key,].line for key in document.data] == [1, 2, 3, 4]


@pytest.mark.parametrize(("written", "number"), [("012", 12), ("0755", 755), ("-010", -10), ("0", 0), ("10", 10)])
def test_zeros_before_a_number_do_not_change_it(written: str, number: int) -> None:
    assert parse(f"a: {written}").data == {"a": number}


def test_a_number_with_zeros_is_shown_as_written() -> None:
    assert str(parse("a: 0755").data["a"]) == "0755"
