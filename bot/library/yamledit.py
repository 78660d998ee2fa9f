"""Add utterances, questions and facts to the text of a YAML file, and leave every other character as it is.

The additions are inserted at the positions that PyYAML reports: ruamel.yaml, which is made for this, loads and writes
23 of our 55 files with other nulls, line breaks or indentation than they had.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import yaml

from bot.answering.edits import EditError
from bot.checking.findings import Location
from bot.library.yamlfile import YamlError, node_of, parse
from bot.library.yamlwrite import INDENT, flow, item

MAX_LINE_CHARACTERS = 120  # a list on one line that would be longer continues on the next line


def with_utterances(text: str, fact: str, language: str, utterances: Sequence[str]) -> str:
    """Return a file's text with utterances added to a fact's `asked`; raise EditError if they cannot be."""
    for utterance in utterances:
        facts = (parse(text).data or {}).get("facts") or []
        index = next((at for at, row in enumerate(facts) if row.get("id") == fact), None)
        if index is None or not isinstance(facts[index].get("asked"), dict):
            raise EditError("by_hand", place=f"{fact}.asked", value=utterance)
        path = ("facts", index, "asked", language)
        text = _inserted(text, path, len(facts[index]["asked"].get(language, ())), utterance)
    return text


def with_question(text: str, ask: str, expect: str) -> str:
    """Return a file's text with a question added: after the last one that expects the same, else at the end."""
    rows = (parse(text).data or {}).get("questions") or []
    same = [at for at, row in enumerate(rows) if row.get("expect") in (expect, [expect])]
    return _inserted(text, ("questions",), same[-1] + 1 if same else len(rows), {"ask": ask, "expect": expect})


def with_fact(text: str, fact: Mapping[str, Any]) -> str:
    """Return a file's text with a fact added after the others."""
    rows = (parse(text).data or {}).get("facts") or []
    return _inserted(text, ("facts",), len(rows), dict(fact))


def _inserted(text: str, path: Location, index: int, value: Any) -> str:
    """Insert a value into the list at a path; a list that is absent is added to its mapping.

    The result is parsed, and refused unless it differs by that value alone.
    """
    at, added = _insertion(text, node_of(text), path, index, value)
    edited = text[:at] + added.replace("\n", "\r\n" if "\r\n" in text else "\n") + text[at:]
    if not _holds(edited, _expected(parse(text).data or {}, path, index, value)):
        place = ".".join(map(str, path))
        raise EditError("by_hand", place=place, value=flow(value, None))
    return edited


def _holds(text: str, data: Any) -> bool:
    try:
        return bool(parse(text).data == data)
    except YamlError:
        return False


def _expected(data: Any, path: Location, index: int, value: Any) -> Any:
    *parents, last = path
    new = parent = deepcopy(data)
    for key in parents:
        parent = parent[key]
    parent[last] = [*(parent.get(last) or ())]
    parent[last].insert(index, value)
    return new


def _insertion(text: str, root: Any, path: Location, index: int, value: Any) -> tuple[int, str]:
    """Return where to insert, and what, with line feeds."""
    parent, found = None, root
    for key in path:
        parent, found = found, _child(found, key)
    if parent is None:
        start = "" if not text or text.endswith("\n") else "\n"
        return len(text), f"{start}{_lines([f'{path[-1]}:', *_indented(_first(value, None))], 0)}\n"
    if found is None:
        return _new_key(text, parent, str(path[-1]), value)
    if isinstance(found, yaml.SequenceNode):
        return _new_item(text, found, index, value)
    if isinstance(found, yaml.ScalarNode) and not found.value:  # a key with nothing after it
        added = _lines(_indented(_first(value, None)), parent.start_mark.column)
        return _line_end(text, found.end_mark.index), f"\n{added}"
    raise EditError("by_hand", place=".".join(map(str, path)), value=flow(value, None))


def _child(node: Any, key: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == key), None)
    return node.value[key] if isinstance(node, yaml.SequenceNode) and isinstance(key, int) else None


def _new_key(text: str, parent: Any, key: str, value: Any) -> tuple[int, str]:
    """Add a key with a list of one value to a mapping."""
    style = None if isinstance(value, Mapping) else _style(parent)
    if parent.flow_style:
        written = f"{key}: {flow([value], style)}"
        return (parent.value[-1][1].end_mark.index, f", {written}") if parent.value else (_inside(parent), written)
    lines = [f"{key}:", *_indented(_first(value, style))]
    return _line_end(text, _end(text, parent)), f"\n{_lines(lines, parent.start_mark.column)}"


def _new_item(text: str, node: Any, index: int, value: Any) -> tuple[int, str]:
    """Add an item to a list, in the style of the item before it; a list never loses its style."""
    if not node.value:
        return _inside(node), flow(value, None)
    before = node.value[index - 1]
    is_record = isinstance(value, Mapping) and "ask" not in value
    style = None if is_record else _style(before)
    if node.flow_style:
        written, at = flow(value, style), before.end_mark.index
        line = text[text.rfind("\n", 0, at) + 1 : _line_end(text, at)]
        fits = len(line) + len(written) + len(", ") <= MAX_LINE_CHARACTERS
        return at, f", {written}" if fits else f",\n{' ' * node.value[0].start_mark.column}{written}"
    lines = item(value, style, is_flow=bool(getattr(before, "flow_style", False)))
    gap = "\n" if is_record and _is_spaced(text, node) else ""
    return _line_end(text, _end(text, before)), f"{gap}\n{_lines(lines, node.start_mark.column)}"


def _first(value: Any, style: str | None) -> list[str]:
    """Write the first item of a list; a question takes one line, as in most files."""
    return item(value, style, is_flow=isinstance(value, Mapping) and "ask" in value)


def _indented(lines: list[str]) -> list[str]:
    return [INDENT + line for line in lines]


def _lines(lines: list[str], column: int) -> str:
    return "\n".join(" " * column + line for line in lines)


def _inside(node: Any) -> int:
    """Return the position before the bracket that closes an empty list or mapping."""
    return int(node.end_mark.index) - 1


def _end(text: str, node: Any) -> int:
    """Return the position after a node's last character; the end mark of a block is after blank lines and comments."""
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        return len(text[: node.end_mark.index].removesuffix("\n").removesuffix("\r"))
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(text, last[1] if isinstance(node, yaml.MappingNode) else last)


def _line_end(text: str, at: int) -> int:
    """Return the position of the end of the line, before its line break."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if end > at and text[end - 1] == "\r" else end


def _is_spaced(text: str, node: Any) -> bool:
    """Return whether a blank line separates the last two items of a list in block style."""
    if len(node.value) < 2:
        return False
    first, second = node.value[-2:]
    between = text[_line_end(text, _end(text, first)) : second.start_mark.index]
    return any(not line.strip() for line in between.split("\n")[1:-1])


def _style(node: Any) -> str | None:
    """Return the quotation mark of the texts in a node: that of a question, else of the last one."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.style) if node.style in {"'", '"'} else None
    children = [value for _, value in node.value] if isinstance(node, yaml.MappingNode) else node.value
    asks = [value for key, value in node.value if key.value == "ask"] if isinstance(node, yaml.MappingNode) else []
    return _style((asks or children)[-1]) if children else None
