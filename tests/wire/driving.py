"""Do everything that readers and editors can do, from what the bot itself lists: its commands, and what it shows."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import discord

from bot.answering.statements import sentences
from bot.story.model import Story
from bot.surface.answers.more import MoreMenu
from bot.surface.desk.publishing import PreviewButton
from bot.surface.platform.buttons import StatefulItem
from tests.wire.judging import (
    ALLOWED,
    BARE_CHANNEL,
    COMMAND,
    COMPLETION,
    COMPONENT,
    DESK_CHANNEL,
    EMBED_LINKS,
    FORM,
    IN_DIRECT,
    IN_PRIVATE,
    READING,
    ROLE,
    Interaction,
    JudgingStandIn,
    Place,
    Shown,
)
from tests.wire.stand_in import BOT, CHANNEL, Payload

SERVER = Place("server", CHANNEL)
PLACES = (
    SERVER,
    Place("server-bare", BARE_CHANNEL, locale="en-US", permissions=READING),
    Place("direct", "3010", None, IN_DIRECT),
    Place("elsewhere", "3011", "2009", locale="en-GB"),
    Place("elsewhere-bare", "3012", "2009", permissions=READING),
    Place("private", "3013", None, IN_PRIVATE, "fr", ALLOWED & ~EMBED_LINKS),
)
DESK = Place("server-managed", CHANNEL, is_manager=True)
SUBCOMMAND, TEXT, INTEGER, BOOLEAN = 1, 3, 4, 5  # types of options
CHAT_INPUT, MESSAGE_MENU = 1, 3  # types of commands
BUTTON, TEXT_BOX, LABEL, CHECKBOX = 2, 4, 18, 23  # types of components
MARKS, MAX_TYPED = "*_~`|<@1> ", 4_000
MAX_PRESSES = 3  # of one kind of button in one place
MAX_TRIALS = 1  # of one kind by editors: a trial reads the story again
MAX_COMPLETED = 2  # of the values that are offered while one types
DESK_SECONDS = 30
QUIET_SECONDS, MAX_CRAWL_SECONDS = 0.3, 30.0
MAX_ASKED, MAX_STATEMENTS = 4, 14
MAX_OPTION = 6_000  # characters
TYPED = ("", "a", "*_[a](https://example.org)_*" * 4, "x" * MAX_OPTION, "2019", "   ")
NOBODY_KNOWS = "Combien de girafes dansent sur la lune le mardi numéro {} ?"
NUMBERS = (1, 2, 30, 1_000_000)


@dataclass(frozen=True)
class Wording:
    """What a story can be asked and told."""

    questions: Sequence[str]
    statements: Sequence[str]

    @classmethod
    def of(cls, story: Story) -> "Wording":
        """Return questions in both languages, and statements, of facts that are spread over the story."""
        shown = list(story.shown_facts.values())
        facts = shown[:: max(1, len(shown) // MAX_ASKED)]
        questions = [fact.asked.get(code)[-1] for fact in facts for code in story.languages]
        tests = [question.ask for question in story.questions][:MAX_ASKED]
        statements = [sentences(fact.text.get("fr"))[0] for fact in shown[:MAX_STATEMENTS]]
        return cls([*questions, *tests], statements)


class Driver:
    """Drives the bot through a stand-in; notes which commands, options, letters and forms were driven."""

    def __init__(self, server: JudgingStandIn, wording: Wording) -> None:
        self.server = server
        self.wording = wording
        self.commands = set[str]()
        self.completed = set[str]()
        self.letters = set[str]()
        self.forms = set[tuple[str, ...]]()  # the custom_ids of their fields
        self._pressed = Counter[tuple[str, str]]()  # by place and letter
        self._filled = 0
        self._readers = count(600_001)
        self._strange = count(1)

    def undriven(self) -> list[str]:
        """Return what the bot has and nobody did: a command, a completion, a button or menu by its letter, a form."""
        synced = [command for commands in self.server.commands.values() for command in commands]
        paths = {(command["name"], *path): options for command in synced for path, options in leaves(command)}
        typed = {
            " ".join((*path, option["name"])) for path in paths for option in paths[path] if option.get("autocomplete")
        }
        forms = sum(one.__module__.startswith("bot.") for one in discord.ui.Modal.__subclasses__())
        return [
            *(f"the command {name}" for name in {" ".join(path) for path in paths} - self.commands),
            *(f"the completion of {name}" for name in typed - self.completed),
            *(
                f"the button {StatefulItem.kinds[letter].__name__}"
                for letter in StatefulItem.kinds.keys() - self.letters
            ),
            *([f"one of {forms} forms: {self.forms}"] if len({frozenset(form) for form in self.forms}) < forms else ()),
        ]

    def reader(self) -> str:
        """Return somebody who has done nothing yet, and so has no cooldown."""
        return str(next(self._readers))

    def unknown(self) -> str:
        """Return a question that no story answers, other than those before."""
        return NOBODY_KNOWS.format(next(self._strange))

    async def ask_in_vain(self, times: int = 1) -> None:
        """Ask what no story answers, each time something else."""
        for _ in range(times):
            await self.server.say(SERVER, self.reader(), f"<@{BOT}> {self.unknown()}")
        await self.heard()

    async def command_everywhere(self) -> None:
        """Send every command with each value of each option in every place."""
        for scope, commands in self.server.commands.items():
            for command in commands:
                for place in PLACES if scope == "global" else (SERVER, DESK):
                    if command.get("type", CHAT_INPUT) == MESSAGE_MENU:
                        await self._use_menu(command, place)
                    else:
                        await self._send(command, place, scope)

    async def _send(self, command: Payload, place: Place, scope: str) -> None:
        for path, options in leaves(command):
            needed = {one["name"]: one for one in options if one.get("required")}
            values = {one["name"]: await self._values(command, path, one, place, scope) for one in options}
            base = {name: values[name][0] for name in needed}
            rows = [base, *({**base, name: value} for name in values for value in values[name])]
            for row in {str(row): row for row in rows}.values():
                given = [_option(one, row[one["name"]]) for one in options if one["name"] in row]
                await self._interact(COMMAND, place, _command(command, path, given, scope))
            self.commands.add(" ".join((command["name"], *path)))

    async def _values(self, command: Payload, path: tuple[str, ...], option: Payload, place: Place, scope: str) -> Any:
        """Return values for an option: those that are offered or listed, and others that a reader may type."""
        if option.get("choices"):
            return [choice["value"] for choice in option["choices"]]
        if option["type"] == BOOLEAN:
            return [True, False]
        if option["type"] == INTEGER:
            return [min(number, option.get("max_value", number)) for number in NUMBERS]
        if option["name"] == "question":
            return [*self.wording.questions, self.unknown(), *TYPED[1:]]
        found = dict[Any, None]()
        if option.get("autocomplete"):
            for typed in TYPED[:2]:
                data = _command(command, path, [{**_option(option, typed), "focused": True}], scope)
                answer = await self._interact(COMPLETION, place, data)
                found |= dict.fromkeys(choice["value"] for choice in answer.choices[:MAX_COMPLETED])
            self.completed.add(" ".join((command["name"], *path, option["name"])))
        found |= dict.fromkeys(TYPED[1:])
        return [value for value in found if len(str(value)) <= option.get("max_length", MAX_OPTION)]

    async def _use_menu(self, command: Payload, place: Place) -> None:
        statements = self.wording.statements
        for text in ("\n".join(statements), *statements[:2], "Rien.", ""):
            message = self.server.written(place, self.reader(), text)
            resolved = {"messages": {message["id"]: message}}
            data = {**_command(command, (), [], "global"), "type": MESSAGE_MENU, "target_id": message["id"]}
            await self._interact(COMMAND, place, {**data, "resolved": resolved})
        self.commands.add(command["name"])

    async def chat(self) -> None:
        """Mention the bot, reply to it, write to it directly, edit and delete."""
        questions = [*self.wording.questions[:6], self.unknown(), "Bonjour !", "x" * 2_000]
        for place in PLACES[:3]:
            mention = f"<@{BOT}> " if place.guild else ""
            readers = {question: self.reader() for question in questions}
            asked = {one: await self.server.say(place, readers[one], f"{mention}{one}") for one in questions}
            await self.heard()
            for one, message in asked.items():
                await self.server.edit(place, readers[one], message, f"{mention}{self.wording.questions[-1]}")
            await self.heard()
            last, *others = asked.values()
            await self.server.remove(place, last)
            await self.server.remove(place, "1", "2", *others[:3])
        await self.server.say(SERVER, self.reader(), "", mentions=[], mention_roles=[ROLE])
        reader = self.reader()
        for _ in range(15):  # more than anybody may ask in a minute
            await self.server.say(SERVER, reader, f"<@{BOT}> {self.wording.questions[0]}")
        await self.heard()

    async def heard(self) -> None:
        """Wait until the bot has sent nothing for a moment."""
        heard = -1
        while heard != self.server.judged.total():
            heard = self.server.judged.total()
            await asyncio.sleep(QUIET_SECONDS)

    async def wait_for_desk(self) -> None:
        """Wait until a reload that failed is posted to the editors, which is once the bot is ready again."""
        for _ in range(DESK_SECONDS * 10):
            posted = [shown for shown in self.server.shown if shown.place.channel == DESK_CHANNEL]
            if any(item["custom_id"] == PreviewButton.letter for shown in posted for item in _items(shown)):
                break
            await asyncio.sleep(0.1)
        await self.heard()

    async def press_everything(self) -> None:
        """Press what is shown, and what is shown then, up to so many times for each kind in each place."""
        until = time.monotonic() + MAX_CRAWL_SECONDS
        while time.monotonic() < until:
            if not self.server.shown:
                await self.heard()
            if not self.server.shown:
                return
            await self._press_all(self.server.shown.popleft())

    async def _press_all(self, shown: Shown) -> None:
        for item in _items(shown):
            letter = item["custom_id"].partition(":")[0]
            key = "managed" if shown.place.is_manager else shown.place.name, letter
            if item.get("disabled") or self._pressed[key] >= (MAX_TRIALS if shown.place.is_manager else MAX_PRESSES):
                continue
            self._pressed[key] += 1
            self.letters.add(letter)
            is_other = shown.place.is_manager or self._pressed[key] % 3 == 2  # somebody else, now and then
            presser = self.reader() if is_other else shown.user
            message = dict(shown.message)
            for data in _presses(item):
                if letter == MoreMenu.letter:  # its values are the custom_ids of buttons
                    self.letters.add(data["values"][0].partition(":")[0])
                answer = await self._interact(COMPONENT, shown.place, data, presser, message)
                if answer.modal:
                    await self._fill_in(answer)

    async def _fill_in(self, answer: Interaction) -> None:
        """Submit a form: as full as it may be, or with what it proposes; discord.py then forgets it."""
        assert answer.modal is not None
        boxes = [label["component"] for label in answer.modal["components"]]
        self.forms.add(tuple(box["custom_id"] for box in boxes))
        self._filled += 1
        rows = [
            {"type": LABEL, "id": place, "component": _filled(box, is_full=self._filled % 2 > 0)}
            for place, box in enumerate(boxes)
        ]
        data = {"custom_id": answer.modal["custom_id"], "components": rows}
        await self._interact(FORM, answer.place, data, answer.user, answer.message)

    async def _interact(
        self, kind: int, place: Place, data: Payload, user: str = "", message: Payload | None = None
    ) -> Interaction:
        return await self.server.interact(kind, place, user or self.reader(), data, message)


def leaves(command: Payload) -> Iterator[tuple[tuple[str, ...], list[Payload]]]:
    """Yield the path below a command to each of its subcommands, or to itself, with its options."""
    inside = [option for option in command.get("options") or [] if option["type"] == SUBCOMMAND]
    for one in inside:
        yield (one["name"],), one.get("options") or []
    if not inside:
        yield (), command.get("options") or []


def _command(command: Payload, path: tuple[str, ...], options: list[Payload], scope: str) -> Payload:
    for name in reversed(path):
        options = [{"type": SUBCOMMAND, "name": name, "options": options}]
    where = {} if scope == "global" else {"guild_id": scope}
    return {"id": command["id"], "name": command["name"], "type": CHAT_INPUT, "options": options, **where}


def _option(option: Payload, value: object) -> Payload:
    return {"type": option["type"], "name": option["name"], "value": value}


def _items(shown: Shown) -> list[Payload]:
    """Return the buttons and menus under a message."""
    return [item for row in shown.message["components"] for item in row["components"]]


def _presses(item: Payload) -> Iterator[Payload]:
    """Yield what pressing a button sends, or choosing from a menu: each option if they differ in what they do."""
    pressed = {"component_type": item["type"], "custom_id": item["custom_id"]}
    if item["type"] == BUTTON:
        yield pressed
    is_more = item["custom_id"].startswith(f"{MoreMenu.letter}:")
    for option in item.get("options", ())[: None if is_more else 1]:
        yield {**pressed, "values": [option["value"]]}


def _filled(box: Payload, *, is_full: bool) -> Payload:
    about = {"type": box["type"], "custom_id": box["custom_id"], "id": 9}
    if box["type"] == TEXT_BOX:
        most = box.get("max_length") or MAX_TYPED
        return {**about, "value": (MARKS * most)[:most] if is_full else box.get("placeholder") or "le pont"}
    if box["type"] == CHECKBOX:
        return {**about, "value": True}
    return {**about, "values": [box["options"][0]["value"]]}
