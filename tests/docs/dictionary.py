"""Read from the JSON Schemas what keys a story's files may have."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bot.library.schema import schemas

ORDER = (  # of the sections: from the files to what is within a fact
    *("StoryFile", "StoryHead", "Entity", "Event", "Fact", "Citation", "When", "Derivation", "Roles"),
    *("FactCorrection", "StoryQuestion", "Concept", "Source", "Paragraph"),
)
ID, SOURCE_ID, CODE = "^[a-z0-9]+(-[a-z0-9]+)*$", "^[a-z0-9]+([_-][a-z0-9]+)*$", "^[a-z]{2}$"
PATTERNS = {ID: "id", SOURCE_ID: "id", CODE: "language code"}
TEXTS = {"Text": "text, or texts by language", "Texts": "lists of texts by language"}
EDTF = [{"type": "string"}, {"type": "integer"}]
PLAIN = {"string": "text", "integer": "number", "boolean": "`true` or `false`", "null": "`null`"}


class Key(NamedTuple):
    """A key of a record, and what its schema says about it."""

    name: str
    type: str
    required: str


def records() -> dict[str, Mapping[str, Any]]:
    """Return the schema of each record that has keys, by name, in the order of the sections."""
    found: dict[str, Mapping[str, Any]] = {}
    for schema in schemas().values():
        found |= {schema["title"]: schema, **schema.get("$defs", {})}
    return {name: found[name] for name in sorted(found, key=_rank) if "properties" in found[name]}


def keys(record: Mapping[str, Any]) -> Iterator[Key]:
    """Yield the keys of a record."""
    for name, schema in record["properties"].items():
        default = schema.get("default")
        kept = (
            f"; `{str(default).lower() if isinstance(default, bool) else default}`"
            if default or default is False
            else ""
        )
        yield Key(name, _type(schema), "yes" if name in record.get("required", ()) else f"no{kept}")


def _rank(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return TEXTS.get(name) or f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        options = schema["anyOf"]
        is_date = options[:2] == EDTF
        parts = ["date in EDTF"] if is_date else []
        return " or ".join([*parts, *(_type(each) for each in options[2 * is_date :])])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return " or ".join(f"`{each}`" for each in schema["enum"])
    if schema["type"] == "array":
        return f"list of {_type(schema['items'])}"
    return PATTERNS.get(schema.get("pattern", ""), PLAIN[schema["type"]])
