"""Say in words what a place of a story must hold, and what it holds, from the JSON Schema of the records."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from bot.checking.findings import Location
from bot.story.model import Story

Node = Mapping[str, Any]  # a part of the JSON Schema
OWN_WORDS = {"boolean": "true or false", "integer": "a whole number", "string": "a text", "array": "a list"}


@lru_cache
def _schema() -> dict[str, Any]:
    return Story.model_json_schema()


def _options(node: Node) -> Iterator[Node]:
    """Yield the alternatives that a part of the schema allows, without references and without null."""
    if "$ref" in node:
        yield from _options(_schema()["$defs"][node["$ref"].rpartition("/")[2]])
    elif "anyOf" in node:
        for option in node["anyOf"]:
            yield from _options(option)
    elif node.get("type") != "null":
        yield node


def options_at(location: Location) -> list[Node]:
    """Return what the schema allows at a location; empty if it has no such place."""
    return _options_below(tuple(0 if isinstance(key, int) else key for key in location))  # all items are alike


@lru_cache(maxsize=1024)
def _options_below(location: Location) -> list[Node]:
    nodes = list(_options(_schema()))
    for key in location:
        nodes = [option for node in nodes for child in _children(node, key) for option in _options(child)]
    return nodes


def _children(node: Node, key: str | int) -> Iterator[Node]:
    if isinstance(key, int):
        yield from [node["items"]] if "items" in node else []
    elif key in node.get("properties", {}):
        yield node["properties"][key]
    elif isinstance(node.get("additionalProperties"), dict):
        yield node["additionalProperties"]


def keys_at(location: Location) -> tuple[str, ...]:
    """Return the keys that a record at this location may have."""
    return tuple(key for node in options_at(location) for key in node.get("properties", ()))


def choices_at(location: Location) -> tuple[str, ...]:
    """Return the values that may be chosen at this location."""
    return tuple(choice for node in options_at(location) for choice in node.get("enum", ()))


def expected_at(location: Location) -> str:
    """Say what a place must hold: "a text", "a list of ids", "a group with the keys ..."."""
    nodes = options_at(location)
    if {node.get("type") for node in nodes} == {"string", "integer"}:
        return "a date"  # an unquoted year is a number
    return " or ".join(dict.fromkeys(map(_described, nodes)))


def is_text(location: Location) -> bool:
    """Return whether a place may hold a text."""
    return any(node.get("type") == "string" for node in options_at(location))


def is_list(location: Location) -> bool:
    """Return whether a place may hold a list."""
    return any(node.get("type") == "array" for node in options_at(location))


def is_by_language(location: Location) -> bool:
    """Return whether a place may hold something for each language."""
    return any(isinstance(node.get("additionalProperties"), dict) for node in options_at(location))


def _described(node: Node) -> str:
    if "const" in node:
        return str(node["const"])
    if "enum" in node:
        return "one of " + ", ".join(node["enum"])
    if "properties" in node:
        return f"a group with the keys {', '.join(node['properties'])}"
    if isinstance(node.get("additionalProperties"), dict):
        inside = list(_options(node["additionalProperties"]))
        return "a list of texts for each language" if inside[0]["type"] == "array" else "a text for each language"
    return "an id" if str(node.get("pattern", "")).startswith("^[a-z0-9]+(") else OWN_WORDS[node["type"]]


def found(value: object) -> str:
    """Say what kind of value was found."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "a yes or no"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, date):
        return "a date"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, Sequence) else "a group of keys"
