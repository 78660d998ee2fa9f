"""Discord's own OpenAPI description of its API, and what it finds wrong in a request."""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

ROOT = "urn:discord"
JSON, MULTIPART = "application/json", "multipart/form-data"
BY_TYPE, OR_NULL = "x-by-type", "x-or-null"  # keywords of ours, in place of unions
MAX_SHOWN = 200  # characters of a finding
MIN_INT64, MAX_INT64 = -(1 << 63), (1 << 63) - 1

Node = dict[str, Any]


@dataclass(frozen=True)
class Sent:
    """A request of the bot: the path is the one below the API's address, the body is that of `payload_json` too."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""  # of its content; empty without a body
    body: Any = None
    files: Mapping[str, int] = field(default_factory=dict)  # bytes, by the name of the part


@dataclass(frozen=True)
class Operation:
    """A method of a path, such as `POST /channels/{channel_id}/messages`."""

    method: str
    path: str
    ids: Mapping[str, str]  # what stands in the path for each of its parameters

    @property
    def name(self) -> str:
        """The operation as the description writes it."""
        return f"{self.method} {self.path}"


class Description:
    """The description, with each union of records that have a `type` turned into a choice by that type."""

    def __init__(self, described: Node) -> None:
        self._paths: Node = described["paths"]
        self._schemas: Node = described["components"]["schemas"]
        self._schemas["SnowflakeType"]["type"] = ["string", "integer"]  # discord.py sends ids as numbers, which work
        whole = self._chosen_by_type(described)
        registry = Registry[Any]().with_resource(ROOT, DRAFT202012.create_resource(whole))
        self._validator = _Validator({}, registry=registry, format_checker=FORMATS)

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read the JSON that Discord publishes, gzipped or not."""
        content = file.read_bytes()
        return cls(json.loads(gzip.decompress(content) if file.suffix == ".gz" else content))

    def operation(self, sent: Sent) -> Operation | None:
        """Return the operation of a request; None if the description has none."""
        for path, pattern in self._patterns:
            found = pattern.fullmatch(sent.path)
            if found:
                known = sent.method.lower() in self._paths[path]
                return Operation(sent.method, path, found.groupdict()) if known else None
        return None

    def problems(self, sent: Sent, operation: Operation) -> Iterator[str]:
        """Yield what the description finds wrong in a request."""
        described = self._paths[operation.path][operation.method.lower()]
        parameters = [*self._paths[operation.path].get("parameters", ()), *described.get("parameters", ())]
        allowed = {row["name"]: row["schema"] for row in parameters if row["in"] == "query"}
        in_path = {row["name"]: row["schema"] for row in parameters if row["in"] == "path"}
        for name, value in operation.ids.items():
            yield from self._found(value, in_path[name], name)
        for name, text in sent.query.items():
            if name not in allowed:
                yield f"?{name}: there is no such parameter"
            else:
                yield from self._found(_read_parameter(text, allowed[name]), allowed[name], f"?{name}")
        yield from self._body_problems(sent, described.get("requestBody", {}))

    def _body_problems(self, sent: Sent, described: Node) -> Iterator[str]:
        content = described.get("content", {})
        if sent.body is None and not sent.files:
            if described.get("required"):
                yield "the body is missing"
        elif sent.kind not in content:
            yield f"a body of {sent.kind or 'no kind'} is sent, but {', '.join(content) or 'none'} expected"
        else:
            whole = {**sent.body, **dict.fromkeys(sent.files, "bytes")} if sent.files else sent.body
            yield from self._found(whole, self._chosen_by_type(content[sent.kind]["schema"]), "body")

    def _found(self, value: Any, schema: Node, name: str) -> Iterator[str]:
        for error in self._validator.evolve(schema=_absolute(schema)).iter_errors(value):
            exact = best_match([error]) or error
            place = ".".join([name, *map(str, exact.absolute_path)])
            yield f"{place}: {_cut(exact.message)}"

    @cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        """The paths with their patterns, those with the fewest parameters first: `@original` before any id."""
        paths = sorted(self._paths, key=lambda path: path.count("{"))
        return [(path, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))) for path in paths]

    def _chosen_by_type(self, node: Any) -> Any:
        if isinstance(node, list):
            return [self._chosen_by_type(part) for part in node]
        if not isinstance(node, dict):
            return node
        changed = {key: self._chosen_by_type(part) for key, part in node.items() if key not in {"oneOf", "anyOf"}}
        for keyword in ("oneOf", "anyOf"):
            if keyword in node:
                changed |= self._union(keyword, node[keyword])
        return changed

    def _union(self, keyword: str, options: list[Node]) -> Node:
        null, others = {"type": "null"}, [option for option in options if option != {"type": "null"}]
        kinds = {str(number): option["$ref"] for option in others for number in self._types(option)}
        if len(others) > 1 and all(self._types(option) for option in others):
            return {BY_TYPE: kinds, OR_NULL: null in options}
        if len(others) == 1 and null in options:
            return {BY_TYPE: {"": others[0]}, OR_NULL: True}
        return {keyword: [self._chosen_by_type(option) for option in options]}

    def _types(self, option: Node) -> list[int]:
        """Return the values of `type` that the records of an option may have; none if it does not say."""
        record = self._schemas.get(option.get("$ref", "").rpartition("/")[2], {})
        found: list[int] = record.get("properties", {}).get("type", {}).get("enum", [])
        return found


def _cut(message: str) -> str:
    """Cut the long value out of a message: it says what is wrong at its end."""
    return message if len(message) <= MAX_SHOWN else f"{message[:80]} […] {message[-60:]}"


def _absolute(schema: Any) -> Any:
    """Return a schema whose references begin with the description's address."""
    return json.loads(json.dumps(schema).replace('"#/', f'"{ROOT}#/'))


def _by_type(validator: Any, kinds: Node, value: Any, schema: Node) -> Iterator[ValidationError]:
    """Validate a value as the record of its type."""
    if value is None and schema[OR_NULL]:
        return
    if "" in kinds:
        yield from validator.descend(value, kinds[""])
        return
    kind = value.get("type") if isinstance(value, dict) else None
    if str(kind) in kinds:
        yield from validator.descend(value, {"$ref": kinds[str(kind)]})
    else:
        yield ValidationError(f"the type {kind!r} is none of {', '.join(kinds)}")


def _read_parameter(text: str, schema: Node) -> object:
    """Read a query's parameter as its schema means it; the text itself if it cannot be read."""
    if schema.get("type") == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    if schema.get("type") == "integer" and text.lstrip("-").isdecimal():
        return int(text)
    return text


_Validator: Any = extend(Draft202012Validator, {BY_TYPE: _by_type})  # type: ignore[no-untyped-call]
FORMATS = FormatChecker(formats=())


@FORMATS.checks("snowflake")
def _is_snowflake(value: object) -> bool:
    return str(value).isdecimal() and int(str(value)) <= MAX_INT64


@FORMATS.checks("int32")
def _is_int32(value: object) -> bool:
    return not isinstance(value, int) or -(1 << 31) <= value < 1 << 31


@FORMATS.checks("int64")
def _is_int64(value: object) -> bool:
    return not isinstance(value, int) or MIN_INT64 <= value <= MAX_INT64


@FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    if not isinstance(value, str):
        return True
    parts = urlsplit(value)
    return parts.scheme in {"http", "https", "attachment"} and bool(parts.netloc) and not re.search(r"\s", value)


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@lru_cache
def read_description(file: str) -> Description:
    """Read the description once for all tests."""
    return Description.read(Path(file))
