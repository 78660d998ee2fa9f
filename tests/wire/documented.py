"""The limits that Discord documents in words and that its description lacks; `bot/surface/platform/limits.py` links."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tests.wire.description import Sent

MAX_CONTENT = 2_000
MAX_EMBEDS_TOTAL = 6_000
MAX_ROWS = 5
MAX_CHOICE_VALUE = 100
MAX_MODAL_COMPONENTS = 5
MAX_COMMAND_TOTAL = 8_000
MAX_UPLOAD_BYTES = 10 * 1024 * 1024
MAX_COMMANDS = {1: 100, 3: 15}  # by type: slash commands, menus of messages
CHAT_INPUT, SUBCOMMAND, GROUP = 1, 1, 2  # types: of a command, of options
ROW, BUTTON, MENU, LINK = 1, 2, 3, 5  # types of components; the last is a style
GLOBAL_ONLY = ("contexts", "integration_types", "dm_permission")
_NAME = re.compile(r"[-_'\w]{1,32}")

Payload = dict[str, Any]


def message_problems(body: Payload, sent: Sent, *, is_edit: bool = False) -> Iterator[str]:
    """Yield what is wrong in a message that is sent, or in what an edit replaces."""
    content, embeds = body.get("content") or "", body.get("embeds") or []
    if len(content) > MAX_CONTENT:
        yield f"content: {len(content)} characters, {MAX_CONTENT} are allowed"
    if not is_edit and not (content.strip() or embeds or sent.files or body.get("components")):
        yield "the message is empty"
    total = sum(map(_size, embeds))
    if total > MAX_EMBEDS_TOTAL:
        yield f"embeds: {total} characters in all, {MAX_EMBEDS_TOTAL} are allowed"
    for embed in embeds:
        yield from _embed_problems(embed, body, sent)
    yield from _component_problems(body.get("components") or [])
    yield from _file_problems(body, sent)


def _size(embed: Payload) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    texts += [text for field in embed.get("fields") or [] for text in (field["name"], field["value"])]
    return sum(len(text.strip()) for text in texts if text)


def _embed_problems(embed: Payload, body: Payload, sent: Sent) -> Iterator[str]:
    if not _size(embed) and not embed.get("image"):
        yield "an embed is empty"
    for number, field in enumerate(embed.get("fields") or []):
        for part in ("name", "value"):
            if not field[part].strip():
                yield f"fields.{number}.{part}: this field is required"
    address = str((embed.get("image") or {}).get("url", ""))
    names = [one.get("filename") for one in body.get("attachments") or []]
    if address.startswith("attachment://") and (not sent.files or address.removeprefix("attachment://") not in names):
        yield f"{address}: no such file is sent"


def _component_problems(rows: list[Payload]) -> Iterator[str]:
    inside = [one for row in rows for one in row.get("components", ())]
    yield from _repeated("custom_id", (one["custom_id"] for one in inside if one.get("custom_id")))
    if len(rows) > MAX_ROWS:
        yield f"components: {len(rows)} rows, {MAX_ROWS} are allowed"
    for row in rows:
        if (
            row["type"] == ROW
            and len(row["components"]) > 1
            and any(one["type"] != BUTTON for one in row["components"])
        ):
            yield "a menu stands alone in its row"
    for one in inside:
        if one["type"] == BUTTON:
            yield from _button_problems(one)
        if one["type"] == MENU:
            yield from _repeated("value of a menu", (option["value"] for option in one["options"]))


def _button_problems(button: Payload) -> Iterator[str]:
    if not (button.get("label") or "").strip() and not button.get("emoji"):
        yield f"the button {button.get('custom_id')} has no label"
    if (button["style"] == LINK) != bool(button.get("url")) or (button["style"] == LINK) == bool(
        button.get("custom_id")
    ):
        yield f"the button {button.get('label')!r} needs an address or a custom_id, by its style"


def _file_problems(body: Payload, sent: Sent) -> Iterator[str]:
    named = {f"files[{one['id']}]": one for one in body.get("attachments") or [] if len(str(one["id"])) == 1}
    if missing := sorted(sent.files.keys() ^ named.keys()):
        yield f"attachments: {', '.join(missing)} is either not sent or not described"
    for name, size in sent.files.items():
        if size > MAX_UPLOAD_BYTES or size == 0:
            yield f"{name}: {size} bytes"


def modal_problems(data: Payload) -> Iterator[str]:
    """Yield what is wrong in a form."""
    if len(data["components"]) > MAX_MODAL_COMPONENTS:
        yield f"a form has {len(data['components'])} fields, {MAX_MODAL_COMPONENTS} are allowed"
    boxes = [label["component"] for label in data["components"]]
    yield from _repeated("custom_id", (box["custom_id"] for box in boxes))
    for box in boxes:
        if box.get("min_length", 0) > box.get("max_length", 4_000):
            yield f"{box['custom_id']}: no text is long enough and short enough"


def choice_problems(choices: list[Payload]) -> Iterator[str]:
    """Yield what is wrong in what is offered while a reader types."""
    for choice in choices:
        if len(str(choice["value"])) > MAX_CHOICE_VALUE or not str(choice["value"]).strip():
            yield f"the choice {choice['value']!r} needs 1 to {MAX_CHOICE_VALUE} characters"
        if not choice["name"].strip():
            yield f"the choice {choice['value']!r} has no name"


def command_problems(commands: list[Payload], *, is_global: bool) -> Iterator[str]:
    """Yield what is wrong in the commands that are synced."""
    for kind, most in MAX_COMMANDS.items():
        if sum(command.get("type", CHAT_INPUT) == kind for command in commands) > most:
            yield f"there are more than {most} commands of type {kind}"
    for kind in MAX_COMMANDS:
        yield from _name_problems([one for one in commands if one.get("type", CHAT_INPUT) == kind])
    for command in commands:
        if not is_global and (wrong := [key for key in GLOBAL_ONLY if key in command]):
            yield f"{command['name']}: only global commands have {', '.join(wrong)}"
        if command.get("type", CHAT_INPUT) == CHAT_INPUT:
            yield from _option_problems(command)
            if _longest(command) > MAX_COMMAND_TOTAL:
                yield f"{command['name']}: more than {MAX_COMMAND_TOTAL} characters in all"


def _option_problems(command: Payload) -> Iterator[str]:
    for name in (command["name"], *(command.get("name_localizations") or {}).values()):
        if not _NAME.fullmatch(name) or name != name.lower():
            yield f"{name!r} cannot be the name of a command or an option"
    if not (command.get("description") or "").strip():
        yield f"{command['name']}: there is no description"
    options = command.get("options") or []
    yield from _name_problems(options)
    required = [bool(option.get("required")) for option in options if option["type"] > GROUP]
    if required != sorted(required, reverse=True):
        yield f"{command['name']}: required options come first"
    for option in options:
        yield from _option_problems(option)
        yield from _name_problems(option.get("choices") or [])
        if option.get("choices") and option.get("autocomplete"):
            yield f"{option['name']}: either choices or autocomplete"


def _name_problems(named: list[Payload]) -> Iterator[str]:
    """Yield the names that two of these have in one language."""
    yield from _repeated("name", (one["name"] for one in named))
    for locale in {locale for one in named for locale in one.get("name_localizations") or {}}:
        yield from _repeated(f"name in {locale}", ((one.get("name_localizations") or {})[locale] for one in named))


def _longest(part: Payload) -> int:
    """Return the characters of a command's texts, each in the language in which it is longest."""
    texts = sum(
        max(map(len, [str(part.get(key) or ""), *(part.get(f"{key}_localizations") or {}).values()]))
        for key in ("name", "description", "value")
    )
    return texts + sum(_longest(one) for key in ("options", "choices") for one in part.get(key) or ())


def _repeated(what: str, values: Iterable[str]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{times} times the same {what}: {value!r}"
