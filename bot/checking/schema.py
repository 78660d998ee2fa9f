"""The rules of the schema: what a record may contain; the story's models detect the violations."""

from collections.abc import Mapping
from typing import Any

from bot.checking.findings import Finding, Rule

MISSING = Rule(
    "schema.missing",
    "{name!r} is missing",
    "add it",
    "Without it the record cannot be shown in full.",
)
UNKNOWN_KEY = Rule(
    "schema.extra_forbidden",
    "{name!r} is not a key of this record",
    "correct or remove it",
    "A misspelt key would otherwise be ignored silently.",
)
PATTERN = Rule(
    "schema.string_pattern_mismatch",
    "{value!r} does not have the form of {name!r}",
    "{found}",
    "Ids, languages, addresses and checksums are compared character by character.",
)
CHOICE = Rule(
    "schema.literal_error",
    "{name!r} has an unknown value: {found}",
    "choose one of these",
    "Each value has its own sentence, colour or rule, and an unknown one has none.",
)
TOO_SHORT = Rule(
    "schema.string_too_short",
    "{name!r} is empty: {found}",
    "write it, or remove it",
    "An empty text has usually been forgotten.",
)
TOO_LONG = Rule(
    "schema.string_too_long",
    "{name!r} is too long: {found}",
    "shorten it",
    "A longer text does not fit where it is shown.",
)
TOO_SMALL = Rule(
    "schema.greater_than_equal",
    "{name!r} is too small: {found}",
    "count from 1",
    "Paragraphs and lengths are counted from 1.",
)
REFUSED = Rule(
    "schema.value_error",
    "{name!r}: {found}",
    "correct it",
    "A date that cannot be read cannot be shown or compared.",
)
WRONG_TYPE = Rule(
    "schema.type",
    "{name!r} has the wrong type: {found}",
    "correct it",
    "A list instead of a text, or a text instead of a number, cannot be used here.",
)
_BY_TYPE = {
    rule.id.removeprefix("schema."): rule
    for rule in (MISSING, UNKNOWN_KEY, PATTERN, CHOICE, TOO_SHORT, TOO_LONG, TOO_SMALL, REFUSED)
}


def schema_finding(error: Mapping[str, Any]) -> Finding:
    """Return a pydantic error as a finding, in terms that the editor of the file understands."""
    location = error["loc"]
    rule = _BY_TYPE.get(error["type"], WRONG_TYPE)
    found = error["msg"].removeprefix("Value error, ")
    found = found.lower() if rule is PATTERN else found
    return rule.at(*location, name=location[-1] if location else "the story", value=error["input"], found=found)
