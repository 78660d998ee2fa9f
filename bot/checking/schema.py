"""The rules of the schema: what a record may hold. The story's models detect what breaks them."""

from collections.abc import Mapping
from typing import Any

from bot.checking.findings import Finding, Rule

MISSING = Rule(
    "schema.missing",
    "{name!r} is missing",
    "add it",
    "A record without it could not be shown whole.",
)
UNKNOWN_KEY = Rule(
    "schema.extra_forbidden",
    "{name!r} is not a key of this record",
    "correct or remove it",
    "A key with a typing mistake would otherwise be dropped in silence.",
)
PATTERN = Rule(
    "schema.string_pattern_mismatch",
    "{value!r} is not written as {name!r} should be",
    "{found}",
    "Ids, languages, addresses and checksums are compared letter by letter.",
)
CHOICE = Rule(
    "schema.literal_error",
    "{name!r} is none of its values: {found}",
    "choose one of them",
    "Each value has its own sentence, colour or rule; one that is unknown would have none.",
)
TOO_SHORT = Rule(
    "schema.string_too_short",
    "{name!r} is empty: {found}",
    "write it, or remove it",
    "An empty text is one that somebody forgot.",
)
TOO_LONG = Rule(
    "schema.string_too_long",
    "{name!r} is too long: {found}",
    "shorten it",
    "What is longer does not fit where it is shown.",
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
    "A date that cannot be read cannot be compared either.",
)
WRONG_TYPE = Rule(
    "schema.type",
    "{name!r} is of the wrong type: {found}",
    "correct it",
    "A list in place of a text, or a text in place of a number, has no meaning here.",
)
_BY_TYPE = {
    rule.id.removeprefix("schema."): rule
    for rule in (MISSING, UNKNOWN_KEY, PATTERN, CHOICE, TOO_SHORT, TOO_LONG, TOO_SMALL, REFUSED)
}


def schema_finding(error: Mapping[str, Any]) -> Finding:
    """Return one of pydantic's errors as a finding, in the words of somebody who edits the file."""
    location = error["loc"]
    rule = _BY_TYPE.get(error["type"], WRONG_TYPE)
    found = error["msg"].removeprefix("Value error, ")
    found = found.lower() if rule is PATTERN else found
    return rule.at(*location, name=location[-1] if location else "the story", value=error["input"], found=found)
