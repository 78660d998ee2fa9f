"""List what can be set and typed: settings, commands in Discord in each language, commands in a terminal."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import typer
from babel import Locale
from discord.app_commands import Command, Group

from bot.answering.telling.catalogue import LANGUAGES, catalogue
from bot.cli import app
from bot.settings import Settings, variable
from bot.surface.answers.cog import AnswersCog
from bot.surface.desk.facts import FactsCog
from bot.surface.desk.privacy import PrivacyCog
from bot.surface.lookups.cog import LookupsCog
from tests.conftest import ROOT
from tests.docs.tables import table

COGS = (AnswersCog, LookupsCog, PrivacyCog, FactsCog)  # those with commands, in the order of the table
ASSIGNED = re.compile(r"^(?:# )?([A-Z_]+)=")
VALUES = {"boolean": "`true` or `false`", "integer": "a number", "array": "ids, separated by commas"}


class Told(NamedTuple):
    """Variables, and what `.env.example` says of them."""

    variables: list[str]
    text: str


def told() -> Iterator[Told]:
    """Yield what `.env.example` says, in its order; one text may be about several variables."""
    variables, lines = list[str](), list[str]()
    for line in [*(ROOT / ".env.example").read_text("utf-8").split("\n"), ""]:
        if found := ASSIGNED.match(line):
            variables.append(found[1])
            continue
        if variables:
            yield Told(variables, " ".join(lines))
            variables, lines = [], []
        lines = [*lines, line.removeprefix("# ")] if line.startswith("#") else []


def settings(_before: str) -> str:
    """Tell each setting: what it may be, its default, and what `.env.example` says of it."""
    fields = {variable(name): name for name in Settings.model_fields}
    schema = Settings.model_json_schema(by_alias=False)["properties"]

    def said(name: str) -> str:
        return f"{_value(schema[fields[name]])}{_default(Settings.model_fields[fields[name]].default)}."

    def kinds(names: list[str]) -> str:
        if len(names) == 1:
            return f"*Value:* {said(names[0])}\n"
        return "".join(f"- `{name}`: {said(name)}\n" for name in names)

    return "\n".join(
        f"### {', '.join(f'`{name}`' for name in one.variables)}\n\n{_safe(one.text)}\n\n{kinds(one.variables)}"
        for one in told()
    )


def _safe(text: str) -> str:
    """Return a text of `.env.example` as Markdown: addresses and pages are links, and what stands in <> is no tag."""
    linked = re.sub(r"(https?://[^\s(),]+[^\s(),.;])", r"<\1>", text.replace("<", "&lt;"))
    return re.sub(r"\bdocs/([\w-]+\.md)", r"[\1](\1)", linked)


def _value(schema: dict[str, Any]) -> str:
    """Say what a setting may be."""
    one = next((each for each in schema.get("anyOf", ()) if each["type"] != "null"), schema)
    kind = {"path": "a path", "password": "a secret"}.get(one.get("format", ""))
    limits = {
        "minimum": " from {}",
        "maximum": " to {}",
        "minLength": " of {} characters or more",
        "maxLength": " of at most {} characters",
    }
    return (kind or VALUES.get(one["type"], "text")) + "".join(
        words.format(one[key]) for key, words in limits.items() if key in one
    )


def _default(default: Any) -> str:
    """Say the default of a setting, if it is a value."""
    if default is None or default == frozenset():
        return ""
    return f"; the default is `{str(default).lower() if isinstance(default, bool) else default}`"


def discord_commands(_before: str) -> str:
    """List the commands in Discord as each language types them, and what each does."""
    texts = catalogue()
    rows = [
        (
            *(f"`{_typed(command, prefix, language)}`" for language in LANGUAGES),
            texts.text("en", f"{_key(command, prefix)}.description"),
        )
        for command, prefix in leaves()
    ]
    menu = (*(f"**{texts.text(language, 'menu.check')}**" for language in LANGUAGES), "in a message's menu, Apps")
    names = Locale("en").languages
    return table((*(f"in {names[code]}" for code in LANGUAGES), "what it does"), [*rows, menu])


def leaves() -> Iterator[tuple[Command[Any, ..., Any], str]]:
    """Yield each command with the name of the group that its cog is, if it is one."""
    for cog in COGS:
        prefix = f"{cog.__cog_group_name__}." if cog.__cog_is_app_commands_group__ else ""
        for command in cog.__cog_app_commands__:
            inside = command.walk_commands() if isinstance(command, Group) else (command,)
            yield from ((each, prefix) for each in inside if isinstance(each, Command))


def _key(command: Command[Any, ..., Any], prefix: str) -> str:
    return f"command.{prefix}{command.qualified_name.replace(' ', '.')}"


def _typed(command: Command[Any, ..., Any], prefix: str, language: str) -> str:
    """Return a command with its options as a language names them, those that may be left out in brackets."""
    text, key = catalogue().text, _key(command, prefix)
    parts = key.split(".")
    names = [text(language, ".".join(parts[:size])) for size in range(2, len(parts) + 1)]
    options = [(text(language, f"{key}.{each.display_name}"), each.required) for each in command.parameters]
    return " ".join([f"/{' '.join(names)}", *(name if required else f"[{name}]" for name, required in options)])


def commands(_before: str) -> str:
    """Tell each command of the terminal with its options."""
    group: Any = typer.main.get_command(app)
    return "\n".join(_section(name, command) for name, command in group.commands.items())


def _section(name: str, command: Any) -> str:
    """Return the section of a command: how it is typed, what it does, its arguments and options."""
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    usage = " ".join([f"onrecord {name}", "[OPTIONS]", *map(_argument, arguments)])
    rows = [
        (f"`{_argument(each) if each in arguments else ', '.join(_names(each))}`", each.help or "", _initial(each))
        for each in command.params
    ]
    said = f"### `onrecord {name}`\n\n{command.help}\n\n```text\n{usage if rows else f'onrecord {name}'}\n```\n"
    return f"{said}\n{table(('argument or option', 'what it is', 'default'), rows)}" if rows else said


def _argument(argument: Any) -> str:
    name = argument.name.upper() + "..." * (argument.nargs == -1)
    return name if argument.required else f"[{name}]"


def _names(option: Any) -> list[str]:
    return [*option.opts, *option.secondary_opts]


def _initial(parameter: Any) -> str:
    default = parameter.default
    if default is None or isinstance(default, bool) or not isinstance(default, str | int):
        return ""
    return f"`{default}`"
