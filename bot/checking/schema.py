"""The rules of the schema: what a record may contain; the story's models detect the violations."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.checking import shapes
from bot.checking.findings import Finding, Location, Rule, did_you_mean
from bot.matching.closest import closest
from bot.matching.fold import words

MISSING = Rule(
    "schema.missing",
    "{name} is missing",
    "add it",
    "Without it the record cannot be shown in full.",
)
UNKNOWN_KEY = Rule(
    "schema.extra_forbidden",
    "{name} is not a key here",
    "{mend}",
    "A misspelt key would otherwise be ignored silently.",
)
PATTERN = Rule(
    "schema.string_pattern_mismatch",
    "{value!r} cannot be {name}",
    "{mend}",
    "Ids, languages, addresses and checksums are compared character by character.",
)
CHOICE = Rule(
    "schema.literal_error",
    "{name} cannot be {value}",
    "{mend}",
    "Each value has its own sentence, colour or rule, and an unknown one has none.",
)
TOO_SHORT = Rule(
    "schema.string_too_short",
    "{name} is empty",
    "write it, or remove it",
    "An empty text has usually been forgotten.",
)
TOO_LONG = Rule(
    "schema.string_too_long",
    "{name} has {size} characters; the limit is {most}",
    "shorten it",
    "A longer text does not fit where it is shown.",
)
TOO_SMALL = Rule(
    "schema.greater_than_equal",
    "{name} must be at least {least}",
    "count from 1",
    "Paragraphs and lengths are counted from 1.",
)
REFUSED = Rule(
    "schema.value_error",
    "{name}: {reason}",
    "write the date as docs/writing-facts.md says",
    "A date that cannot be read cannot be shown or compared.",
)
WRONG_TYPE = Rule(
    "schema.type",
    "{name} must be {expected}, but is {found}",
    "{mend}",
    "A list instead of a text, or a text instead of a number, cannot be used here.",
)
MORE = Rule(
    "schema.more",
    "{count} more mistakes in keys and values are not listed",
    "mend those that are listed first",
    "One mistake that is made everywhere would hide the others and take long to tell.",
)
MAX_LISTED = 1_000
_MENDED_PATTERNS = {
    "url": "write an address that begins with https://",
    "sha256": "write the 64 hexadecimal digits that sha256sum prints for the article's file",
    "language": "write the two letters of the language, such as fr",
    "languages": "write the two letters of the language, such as fr",
}
_ITEM = "an item of {!r}"
_QUOTE = "put the text in quotation marks"
_PREFIX = re.compile("^Value error, ")


def schema_findings(errors: Sequence[Mapping[str, Any]], data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the first errors that pydantic found in a story's data as findings, one for each place, in plain words.

    A missing key whose name is misspelt is reported as the unknown key alone, and a text that commas cut once.
    """
    located = {_place(error, data): error for error in reversed(errors[:MAX_LISTED])}
    misspelt = {
        (*place[:-1], closest(str(place[-1]), shapes.keys_at(place[:-1])))
        for place, error in located.items()
        if error["type"] == "extra_forbidden"
    }
    rests = set[Location]()
    for place, error in reversed(located.items()):
        if error["type"] == "missing" and place in misspelt:
            continue
        if _is_rest(place, error["input"]):
            if place[:-1] in rests:
                continue
            rests.add(place[:-1])
        yield _finding(place, error)
    if len(errors) > MAX_LISTED:
        yield MORE.at(count=len(errors) - MAX_LISTED)


def _is_rest(place: Location, value: object) -> bool:
    """Return whether a place is the rest of a text that a comma cuts: "he says" in {fr: No, he says}."""
    return bool(place) and value is None and shapes.is_by_language(place[:-1]) and len(str(place[-1])) > len("fr")


def _place(error: Mapping[str, Any], data: Any) -> Location:
    """Return the place of an error in the data, without the parts that pydantic adds for alternatives."""
    place: Location = ()
    for key in error["loc"]:
        if isinstance(data, dict) and isinstance(key, int):
            continue  # a single value in place of a list
        is_there = key in data if isinstance(data, dict) else isinstance(data, list) and isinstance(key, int)
        if not is_there:
            return (*place, key) if error["type"] == "missing" else place
        place, data = (*place, key), data[key]
    return place


def _finding(place: Location, error: Mapping[str, Any]) -> Finding:
    """Return the finding for a pydantic error at a place."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    name = _named(place)
    if kind == "missing":
        return MISSING.at(*place, name=name)
    if kind == "extra_forbidden":
        return UNKNOWN_KEY.at(*place, name=name, mend=_mended_key(place))
    if kind == "literal_error" and isinstance(value, str):
        choices = shapes.choices_at(place)
        mend = f"{did_you_mean(value, choices)}choose one of {', '.join(choices)}"
        return CHOICE.at(*place, name=name, value=repr(value), mend=mend)
    if isinstance(value, str) and not value.strip() and shapes.is_text(place):
        return TOO_SHORT.at(*place, name=name)
    if kind == "string_pattern_mismatch":
        return PATTERN.at(*place, name=name, value=value, mend=_mended_pattern(place, value))
    if kind == "string_too_long":
        return TOO_LONG.at(*place, name=name, size=len(value), most=context["max_length"])
    if kind == "greater_than_equal":
        return TOO_SMALL.at(*place, name=name, least=context["ge"])
    if kind == "value_error" and isinstance(value, str | int | float) and not isinstance(value, bool):
        return REFUSED.at(*place, name=name, reason=_PREFIX.sub("", error["msg"]))
    expected = shapes.expected_at(place)
    return WRONG_TYPE.at(*place, name=name, expected=expected, found=shapes.found(value), mend=_mended(place, value))


def _named(place: Location) -> str:
    """Return how a message names a place: its key, or the list that it is an item of."""
    if not place:
        return "the story"
    keys = [key for key in place if isinstance(key, str)]
    return repr(place[-1]) if isinstance(place[-1], str) else _ITEM.format(keys[-1])


def _mended_key(place: Location) -> str:
    keys = shapes.keys_at(place[:-1])
    return f"{did_you_mean(place[-1], keys)}correct or remove it: the keys here are {', '.join(keys)}"


def _mended_pattern(place: Location, value: str) -> str:
    key = next(key for key in reversed(place) if isinstance(key, str))
    proposed = "-".join(words(value))
    example = f", such as {proposed}" if proposed else ""
    return _MENDED_PATTERNS.get(key, f"write lower-case letters without accents, digits and hyphens{example}")


def _mended(place: Location, value: object) -> str:
    """Say how to mend a value of another kind than the place must hold."""
    if value is None:
        rest = f"if it is the rest of a text that a comma cuts, {_QUOTE}; else " if _is_rest(place, value) else ""
        return f"{rest}write it, or remove it"
    if shapes.choices_at(place):
        return "choose one of these"
    if shapes.is_text(place):
        if isinstance(value, dict):
            return f"{_QUOTE} if it is one: what is before an unquoted « : » is read as a key"
        if isinstance(value, list):
            return f"write one text without brackets, or {_QUOTE} if it begins with a bracket"
        return "put it in quotation marks"
    if shapes.is_list(place):
        return f"put it in brackets, as in [{value}]" if isinstance(value, str) else "write it in brackets, as in [one]"
    keys = shapes.keys_at(place)
    if keys:
        return f"write it with its keys, as in {{{keys[0]}: ...}}"
    if shapes.expected_at(place) == "a whole number":
        return "write a number without quotation marks, such as 1"
    return "write it with the language, as in {fr: ...}"
