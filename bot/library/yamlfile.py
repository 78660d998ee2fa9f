"""Parse one YAML file into plain data, with the position of each value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from bot import OnRecordError
from bot.checking import files
from bot.checking.findings import Location, Rule
from bot.library.disk import MAX_CHARACTERS
from bot.library.yamlwords import syntax_problem

MAX_ITEMS = 5_000  # of a list; the longest so far has 300
MAX_NESTING = 20  # lists and mappings inside each other
# YAML ends a line at these too, but no editor does: they are parsed as noncharacters, and put back in the texts.
_NO_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "\ufdd0\ufdd1\ufdd2")
_PUT_BACK = str.maketrans("\ufdd0\ufdd1\ufdd2", "\x85\u2028\u2029")
_LINE_END = re.compile(r"\r\n?")
_NOT_PRINTABLE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_WITH_ZEROS = re.compile(r"[-+]?0[0-9]+")  # YAML 1.1 reads this as octal
_CUT = re.compile(r"[ \t]+#(?=[^\s#])")
_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")}
_INT, _STR = "tag:yaml.org,2002:int", "tag:yaml.org,2002:str"
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml if the wheel includes it


@dataclass(frozen=True)
class Position:
    """A position in a file; line and column are counted from 1."""

    line: int
    column: int


START = Position(1, 1)


@dataclass(frozen=True)
class Document:
    """The data of a file, and its text."""

    data: Any
    text: str
    cuts: tuple[Position, ...] = ()  # where a # cuts an unquoted text

    @cached_property
    def positions(self) -> dict[Location, Position]:
        """The position of each value and key; they take more memory than the data, and only problems need them."""
        return dict(_positions(node_of(self.text), ()))


class Digits(int):
    """A number with zeros before it, which is shown as it is written: a year such as 0755."""

    _written: str

    def __new__(cls, written: str) -> "Digits":
        """Read a decimal number."""
        number = super().__new__(cls, written)
        number._written = written
        return number

    def __str__(self) -> str:
        return self._written


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
    if len(text) > MAX_CHARACTERS:
        raise YamlError(files.LARGE, size=f"{len(text)} characters", most=MAX_CHARACTERS)
    text = _LINE_END.sub("\n", text).translate(_NO_LINE_ENDS)
    _refuse_control_characters(text)
    try:
        _refuse_aliases_and_deep_nesting(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        found = syntax_problem(error, text)
        raise YamlError(files.SYNTAX, _position(found.mark), problem=found.problem, mend=found.mend) from error
    data = _convert(node) if node else None
    return Document(data, text, tuple(_cuts(node, text)) if node and " #" in text else ())


def _positions(node: yaml.Node | None, location: Location) -> Iterator[tuple[Location, Position]]:
    """Yield the position of each value of a text that was converted; of a key's value, that of the key."""
    yield location, _position(node.start_mark if node else None)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inside = (*location, key.value.translate(_PUT_BACK))
            yield from _positions(value, inside)
            yield inside, _position(key.start_mark)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _positions(item, (*location, index))


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


def _refuse_control_characters(text: str) -> None:
    """Find what YAML does not allow: the parser tells its place as a number of bytes."""
    if found := _NOT_PRINTABLE.search(text):
        start = text.rfind("\n", 0, found.start()) + 1
        position = Position(text.count("\n", 0, start) + 1, found.start() - start + 1)
        problem = f"the control character U+{ord(found[0]):04X}, which no text may have, is here"
        raise YamlError(files.SYNTAX, position, problem=problem, mend="remove it")


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


def _convert(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    if isinstance(node, yaml.SequenceNode):
        if len(node.value) > MAX_ITEMS:
            raise YamlError(files.LONG_LIST, _position(node.start_mark), count=len(node.value), most=MAX_ITEMS)
        return [_convert(item) for item in node.value]
    if node.tag not in _TAGS:
        raise YamlError(files.TAG, _position(node.start_mark), tag=node.tag)
    node.value = node.value.translate(_PUT_BACK)
    if node.tag == _STR:
        return node.value
    if node.tag == _INT and _WITH_ZEROS.fullmatch(node.value):
        return Digits(node.value)
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


def _mapping(node: yaml.MappingNode) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode) or not isinstance(key_node.value, str):
            raise YamlError(files.KEY, _position(key_node.start_mark))
        key = key_node.value.translate(_PUT_BACK)
        if key in data:
            raise YamlError(files.DUPLICATE_KEY, _position(key_node.start_mark), key=key)
        data[key] = _convert(value_node)
    return data


def _position(mark: Any) -> Position:
    return Position(mark.line + 1, mark.column + 1) if mark else START
