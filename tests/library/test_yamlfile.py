"""Parsing one YAML file: plain data with positions, and nothing that could do harm."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.yamlfile import MAX_FILE_CHARACTERS, Position, YamlError, parse

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
        ("a: x\n" * (MAX_FILE_CHARACTERS // 5 + 1), "yaml.large"),
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
