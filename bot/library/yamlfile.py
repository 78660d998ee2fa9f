"""Parse one YAML file into plain data, with the position of each value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from bot import OnRecordError
from bot.checking import files
from bot.checking.findings import Location, Rule
from bot.library.yamlwords import syntax_problem

MAX_FILE_CHARACTERS = 2_000_000  # the largest file so far has 40,000
MAX_NESTING = 20  # lists and mappings inside each other
_CUT = re.compile(r"[ \t]+#(?=[^\s#])")
_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")}
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml if the wheel includes it


@dataclass(frozen=True)
class Position:
    """A position in a file; line and column are counted from 1."""

    line: int
    column: int


START = Position(1, 1)


@dataclass(frozen=True)
class Document:
    """The data of a file, with the position of each value and key."""

    data: Any
    positions: dict[Location, Position]
    cuts: tuple[Position, ...] = ()  # where a # cuts an unquoted text


class YamlError(OnRecordError):
    """A file that is not the plain YAML that stories are written in."""

    def __init__(self, rule: Rule, position: Position = START, **values: object) -> None:
        super().__init__(rule.message(**values))
        self.rule = rule
        self.position = position


def parse(text: str) -> Document:
    """Parse YAML without aliases, tags or duplicate keys; raise YamlError at the first mistake.

    A few lines of aliases can expand to gigabytes, and tags can construct objects, so both are refused.
    """
    if len(text) > MAX_FILE_CHARACTERS:
        raise YamlError(files.LARGE, size=len(text), most=MAX_FILE_CHARACTERS)
    try:
        _refuse_aliases_and_deep_nesting(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        found = syntax_problem(error, text)
        raise YamlError(files.SYNTAX, _position(found.mark), problem=found.problem, mend=found.mend) from error
    except yaml.YAMLError as error:
        problem, mend = "the file has a control character, which no text may have", "remove it"
        raise YamlError(files.SYNTAX, problem=problem, mend=mend) from error
    positions: dict[Location, Position] = {}
    data = _convert(node, (), positions) if node else None
    return Document(data, positions, tuple(_cuts(node, text)) if node and " #" in text else ())


def _cuts(node: yaml.Node, text: str) -> Iterator[Position]:
    """Yield where an unquoted text is followed by a # that no space follows: it is cut, rather than commented."""
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            for part in pair:
                yield from _cuts(part, text)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _cuts(item, text)
    elif isinstance(node, yaml.ScalarNode) and not node.style and (cut := _CUT.match(text, node.end_mark.index)):
        yield Position(node.end_mark.line + 1, node.end_mark.column + cut.end() - cut.start())


def node_of(text: str) -> yaml.Node | None:
    """Return the root of a text that `parse` accepts, with the position of each part; None if the text is empty."""
    return yaml.compose(text, Loader=_LOADER)


def _refuse_aliases_and_deep_nesting(text: str) -> None:
    """Check the events before building anything: they are a flat stream, however much the file would expand."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise YamlError(files.ALIAS, _position(event.start_mark))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_NESTING:
            raise YamlError(files.DEEP, _position(event.start_mark), most=MAX_NESTING)


def _convert(node: yaml.Node, location: Location, positions: dict[Location, Position]) -> Any:
    positions.setdefault(location, _position(node.start_mark))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, location, positions)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, (*location, index), positions) for index, item in enumerate(node.value)]
    if node.tag not in _TAGS:
        raise YamlError(files.TAG, _position(node.start_mark), tag=node.tag)
    try:
        return yaml.constructor.SafeConstructor().construct_object(node)
    except (
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
        yaml.YAMLError,
    ) as error:  # such as "!!bool maybe"
        raise YamlError(files.VALUE, _position(node.start_mark), value=node.value) from error


def _mapping(node: yaml.MappingNode, location: Location, positions: dict[Location, Position]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        if not isinstance(key_node, yaml.ScalarNode) or not isinstance(key, str):
            raise YamlError(files.KEY, _position(key_node.start_mark))
        if key in data:
            raise YamlError(files.DUPLICATE_KEY, _position(key_node.start_mark), key=key)
        positions[(*location, key)] = _position(key_node.start_mark)
        data[key] = _convert(value_node, (*location, key), positions)
    return data


def _position(mark: Any) -> Position:
    return Position(mark.line + 1, mark.column + 1) if mark else START
