"""Mutate YAML files as editors, programs and broken disks do, reproducibly from a seed."""

from collections.abc import Callable
from random import Random
from typing import Any

import yaml

PIECES = (
    *("", " ", "\t", "\n", "\r", "\0", "\x85", "\u2028", "\ufeff", "\x1b", "\U0001f600", "é", "\u202e", "\ufdd0"),
    *("-", "- ", ":", ": ", "? ", "#", " #x", "[", "]", "{", "}", ",", "|", ">", "|2", "&a ", "*a", "*", "!", "!!int "),
    *("!!python/object:os.system ", "%YAML 9.9", "---", "...", "@", "`", "'", '"', "\\", '"\\u"', "<<: ", "=", "~"),
    *("null", "true", "no", "0", "012", "0x1f", "1e999", "-.inf", ".nan", "1:30", "2024-02-31", "2024-01-01T00:00:00Z"),
    *("9" * 400, "a" * 3_000, "ﷺ" * 200, "[" * 30, "{a: " * 30, "- " * 30, "a: &b [*b]", "fr: {fr: {fr: x}}", "%" * 99),
)
BYTES = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf0\x9f", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\x80" * 9)
VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**30, 1.5, float("nan"), "", " ", "x", "\n", "é" * 2_000, [], {}, [[]], {"fr": None}),
    *(["a", 1, None], {"a": {"b": {"c": []}}}, {"": ""}, {"fr": ["x"] * 300}, "2024", "<@1>", "a-b", "{0}", "%s"),
)


def mutated(content: bytes, chance: Random) -> bytes:
    """Return a file after one to three mutations."""
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(MUTATIONS)(content, chance)
    return content


def _bytes(content: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    end = start + chance.choice((0, 0, 1, 5, 200))
    put = chance.choice((*BYTES, chance.randbytes(3)))
    return content[:start] + put + content[end:]


def _piece(content: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + chance.choice(PIECES).encode() + content[start + chance.choice((0, 0, 1, 9)) :]


def _lines(content: bytes, chance: Random) -> bytes:
    lines = content.split(b"\n")
    start = chance.randrange(len(lines))
    end = start + chance.choice((1, 2, 20))
    ways = (
        [*lines[:start], *lines[end:]],
        [*lines[:end], *lines[start:]],
        [*lines[:start], *lines[start:end][::-1], *lines[end:]],
        [*lines[:start], *lines[start:end] * 40, *lines[end:]],
        [*lines[end:], *lines[start:end], *lines[:start]],
    )
    return b"\n".join(chance.choice(ways))


def _indentation(content: bytes, chance: Random) -> bytes:
    lines = content.split(b"\n")
    start = chance.randrange(len(lines))
    put, cut = chance.choice((b" ", b"  ", b"\t", b"    ", b"")), chance.choice((0, 1, 2))
    for number in range(start, min(len(lines), start + chance.choice((1, 3, 50)))):
        lines[number] = put + lines[number][cut:]
    return b"\n".join(lines)


def _value(content: bytes, chance: Random) -> bytes:
    """Replace, repeat, rename or remove one value of the data, if the file still has some."""
    try:
        data = yaml.load(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - it is a safe loader
    except (yaml.YAMLError, ValueError, AttributeError, LookupError, TypeError, RecursionError):
        return content
    places = list(_places(data))
    if not places:
        return content
    inside, key = chance.choice(places)
    way = chance.randrange(4)
    if way == 0 and isinstance(inside, list):
        inside.extend([inside[key]] * chance.choice((1, 60)))
    elif way == 1:
        del inside[key]
    elif way == 2 and isinstance(inside, dict):
        inside[chance.choice(("id", "fr", "x", "text", "", 1, None))] = inside[key]
    else:
        inside[key] = chance.choice(VALUES)
    dumper = type("Plain", (yaml.SafeDumper,), {"ignore_aliases": lambda *_: True})
    try:
        return yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogatepass")
    except RecursionError:  # an alias made a list that contains itself
        return content


def _places(data: Any, depth: int = 0) -> Any:
    """Yield each container with each of its keys."""
    keys = data.keys() if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys if depth < 12 else ():
        yield data, key
        yield from _places(data[key], depth + 1)


MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (_bytes, _piece, _piece, _lines, _indentation, _value, _value)
