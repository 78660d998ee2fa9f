"""Read one YAML file to plain data, and remember where each value stands."""

from dataclasses import dataclass
from typing import Any

import yaml

from bot.checking.findings import Location

LARGEST = 2_000_000  # characters; the story so far has 40,000
DEEPEST = 20  # nested collections
_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")}
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where the wheel has it


@dataclass(frozen=True)
class Position:
    """A place in a file, both numbers from 1."""

    line: int
    column: int


START = Position(1, 1)


@dataclass(frozen=True)
class Document:
    """A file's data, with the position of every value and of every key."""

    data: Any
    positions: dict[Location, Position]


class YamlError(ValueError):
    """A file that is not the plain YAML that a story is written in."""

    def __init__(self, rule: str, message: str, position: Position = START) -> None:
        super().__init__(message)
        self.rule = rule
        self.position = position


def parse(text: str) -> Document:
    """Parse a document without aliases, tags or duplicate keys; raise YamlError at the first thing that is wrong.

    Aliases are refused, since a few lines of them can expand without end; so are tags, which could build objects.
    """
    if len(text) > LARGEST:
        raise YamlError("yaml.large", f"the file has {len(text)} characters, and {LARGEST} is the most; split it")
    try:
        _guard(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        problem = ", ".join(part for part in (error.context, error.problem) if part)
        raise YamlError("yaml.syntax", f"{problem}; mend the syntax", _position(error.problem_mark)) from error
    except yaml.YAMLError as error:
        raise YamlError("yaml.syntax", f"this is not YAML text: {error}") from error
    positions: dict[Location, Position] = {}
    return Document(_convert(node, (), positions) if node else None, positions)


def _guard(text: str) -> None:
    """Look at the events first: they are a flat list, whatever the file would expand or nest to."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise YamlError(
                "yaml.alias", "aliases (*name) are not allowed; write the value out", _position(event.start_mark)
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise YamlError(
                "yaml.deep", f"more than {DEEPEST} nested collections; a story has none", _position(event.start_mark)
            )


def _convert(node: yaml.Node, place: Location, positions: dict[Location, Position]) -> Any:
    positions.setdefault(place, _position(node.start_mark))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, positions)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, (*place, index), positions) for index, item in enumerate(node.value)]
    if node.tag not in _TAGS:
        raise YamlError("yaml.tag", f"the tag {node.tag} is not allowed; remove it", _position(node.start_mark))
    try:
        return yaml.constructor.SafeConstructor().construct_object(node)
    except (
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
        yaml.YAMLError,
    ) as error:  # of "!!bool maybe" and its like
        raise YamlError("yaml.value", f"{node.value!r} cannot be read: {error}", _position(node.start_mark)) from error


def _mapping(node: yaml.MappingNode, place: Location, positions: dict[Location, Position]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        if not isinstance(key_node, yaml.ScalarNode) or not isinstance(key, str):
            raise YamlError("yaml.key", "a key is a plain word", _position(key_node.start_mark))
        if key in data:
            raise YamlError(
                "yaml.duplicate", f"the key {key!r} stands twice; remove one", _position(key_node.start_mark)
            )
        positions[(*place, key)] = _position(key_node.start_mark)
        data[key] = _convert(value_node, (*place, key), positions)
    return data


def _position(mark: Any) -> Position:
    return Position(mark.line + 1, mark.column + 1) if mark else START
