"""Write values as YAML in the style of their neighbours: on one line or several, plain or quoted."""

from collections.abc import Mapping
from typing import Any

import yaml

from bot.library.yamlfile import YamlError, parse

INDENT = "  "


def flow(value: Any, style: str | None) -> str:
    """Write a value on one line; `style` is the quotation mark of its texts, None for no quotation marks."""
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{key}: {flow(item, style if key == 'ask' else None)}" for key, item in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(flow(item, style) for item in value) + "]"
    return scalar(value, style, "[{}]")


def block(value: Any, style: str | None) -> list[str]:
    """Write a mapping or list as lines without indentation; mappings in a list take one line each."""
    if isinstance(value, list):
        return [
            f"- {flow(item, style) if isinstance(item, Mapping) else scalar(item, style, '- {}')}" for item in value
        ]
    lines = []
    for key, item in value.items():
        if isinstance(item, Mapping | list) and item:
            lines += [f"{key}:", *(f"{INDENT}{line}" for line in block(item, style))]
        else:
            lines.append(
                f"{key}: {flow(item, style) if isinstance(item, Mapping | list) else scalar(item, style, '- {}')}"
            )
    return lines


def item(value: Any, style: str | None, *, is_flow: bool) -> list[str]:
    """Write the lines of one item of a list, without indentation."""
    if is_flow or not isinstance(value, Mapping):
        return [f"- {flow(value, style) if isinstance(value, Mapping) else scalar(value, style, '- {}')}"]
    first, *others = block(value, style)
    return [f"- {first}", *(f"{INDENT}{line}" for line in others)]


def scalar(value: str | int, style: str | None, context: str) -> str:
    """Write a text or number in a style if it is read back as the same there, else in double quotation marks.

    `context` is a list of YAML in which `{}` is the place of the value.
    """
    if isinstance(value, int):
        return str(value)
    styles = {None: value, "'": "'" + value.replace("'", "''") + "'"}
    written = styles.get(style)
    if written is not None and _reads_as(context.format(written), value):
        return written
    options: dict[str, Any] = {"default_style": '"', "allow_unicode": True, "width": float("inf")}
    return str(yaml.safe_dump(value, **options)).rstrip("\n")


def _reads_as(written: str, value: str) -> bool:
    try:
        return bool(parse(written).data == [value])
    except YamlError:
        return False
