"""The simulated servers of an evening, with what each reader has seen so far."""

import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, UserHandle

from bot.answering.editions import Shelf
from bot.app import App
from bot.playground.simulated import speaking
from tests.conftest import OpenApp
from tests.discord_world import tuned
from tests.fakes import SetClock
from tests.surface.evening.script import INDENT, Step
from tests.surface.words import buttons, children, menus, told

EVENING = datetime(2026, 1, 2, 19, tzinfo=UTC)  # after the first of January, where simcord's calendar and its ids begin
SERVERS = {"Rédaction": ("fr", ("questions", "débats")), "Newsroom": ("en-US", ("desk", "lounge"))}
READERS = {
    **dict.fromkeys(("lou", "noé", "inès", "paul", "zoé", "léa"), "fr"),
    **dict.fromkeys(("max", "ana", "kit"), "en-US"),
    **dict.fromkeys(("joe", "mia", "tom"), "en-GB"),
}
BOT, MENU = "OnRecord", "Check against the story"

COMMAND = re.compile(r"/(?P<name>[a-z -]+?)(?: (?P<options>\w+=.*))?")
OPTION = re.compile(r"(\w+)=(.*?)(?:; |$)")
TYPES: dict[str, Any] = {"number": int, "undo": bool}  # of options that are no text
LINK = re.compile(r"https://discord\.com/channels/\d+/\d+/(\d+)")


@dataclass(eq=False)
class Entry:
    """A message as its readers last saw it; only its audience, if it has one, can see it."""

    id: int
    place: str
    author: str
    words: str
    audience: str | None = None


@dataclass
class Stage:
    """The simulated servers, and what has been seen so far."""

    env: simcord.Env
    opened: OpenApp
    apps: AsyncExitStack
    app: App
    clock: SetClock
    members: dict[tuple[str, str], MemberActor] = field(default_factory=dict)  # by server and name
    places: dict[str, ChannelHandle] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))  # by place
    asked: dict[str, Entry] = field(default_factory=dict)  # by the name of a step
    answered: dict[str, Entry] = field(default_factory=dict)
    form: Any = None  # what opened last
    offered: list[str] = field(default_factory=list)  # the form or the completions that somebody has before them

    def furnish(self) -> None:
        """Build the servers; everybody is a member of both."""
        users = {name: self.env.create_user(name) for name in READERS}
        for server, (locale, channels) in SERVERS.items():
            guild = self.env.create_guild(server, preferred_locale=locale)
            self.places |= {name: guild.create_text_channel(name) for name in channels}
            self.members |= {(server, name): guild.add_member(user) for name, user in users.items()}

    def locale_of(self, user: int) -> str:
        """Return the language of somebody's Discord."""
        return next(READERS[name] for (_, name), member in self.members.items() if member.id == user)

    def user(self, who: str) -> UserHandle:
        """Return somebody as they are in direct messages."""
        return next(member.user for (_, name), member in self.members.items() if name == who)

    def channel(self, place: str) -> ChannelHandle:
        """Return a channel, a thread, or somebody's direct messages."""
        return self.places[place] if place in self.places else self.user(place).dm_channel

    def actor(self, who: str, place: str) -> Any:
        """Return somebody as they are in a place."""
        guild = self.channel(place).guild
        return self.members[guild.name, who] if guild else self.user(who)

    async def play(self, step: Step) -> tuple[str, ...]:
        """Let somebody act, and return lines for what is then seen that was not seen before."""
        self.offered = []
        place = await getattr(self, f"_{step.verb}")(step)
        await self.app.journal.flush()
        return tuple(self._lines(step, place)) if place else ()

    def _lines(self, step: Step, place: str) -> Iterator[str]:
        for how, *words in [self.offered] if self.offered else []:
            yield from _block(how, "\n".join(words))
        yield from self._changed(step, place)
        yield from self._added(step, place)

    def _changed(self, step: Step, place: str) -> Iterator[str]:
        """Return lines for the bot's messages that were deleted or edited."""
        there = {message.id: message for message in self._history(place, step.who)}
        names = {id(entry): name for name, entry in self.answered.items()}
        for entry in self._visible(place, step.who):
            name = names.get(id(entry), "another answer")
            if entry.id not in there:
                self.entries[place].remove(entry)
                yield from _block("the answer goes too" if entry.author == BOT else "the question is gone", "")
            elif (words := self._words(there[entry.id])) != entry.words:
                entry.words = words
                yield from _block(f"{'it' if name == step.what else name} now reads", words)

    def _added(self, step: Step, place: str) -> Iterator[str]:
        """Return lines for new messages."""
        known = {entry.id for entry in self.entries[place]}
        for message in self._history(place, step.who):
            if message.id in known:
                continue
            assert message.author == self.app.client.user
            audience = step.who if message.flags.ephemeral else None
            entry = Entry(message.id, place, BOT, self._words(message), audience)
            self.entries[place].append(entry)
            if step.name:
                self.answered[step.name] = entry
                entry.words = self._words(message)  # with its own name, if it has a link to itself
            yield from _block(f"{audience} alone sees" if audience else "everybody sees", entry.words)

    def check_that_nothing_else_was_said(self) -> None:
        """Check that everybody sees exactly the recorded entries everywhere, including in all other channels."""
        assert self.env.errors == []
        known = {channel.id for channel in self.places.values()}
        for guild in {member.guild.id: member.guild for member in self.members.values()}.values():
            assert guild.owner.dm_channel.history() == []
            assert all(channel.id in known or channel.history() == [] for channel in guild.channels.values())
        for who in READERS:
            for place in (*self.places, who):
                told_there = [(entry.id, entry.words) for entry in self._visible(place, who)]
                assert [(one.id, self._words(one)) for one in self._history(place, who)] == told_there, (who, place)

    def _visible(self, place: str, who: str) -> list[Entry]:
        return [entry for entry in self.entries[place] if entry.audience in (None, who)]

    def _history(self, place: str, who: str) -> list[discord.Message]:
        """Return the messages that somebody sees in a place, without Discord's notice about a new thread."""
        messages = self.channel(place).history(viewer=self.actor(who, place))
        return [message for message in messages if message.type is not discord.MessageType.thread_created]

    def _words(self, message: discord.Message) -> str:
        """Return everything to read in a message; links to messages name their target."""
        assert self.app.client.user is not None
        lines = [told(message).replace(self.app.client.user.mention, f"@{BOT}")]
        lines += [f"({file.filename})" for file in message.attachments]
        lines += [_plain(" ".join(f"[{label}]" for label in buttons(message)))]
        lines += [_plain(f"[{name}: {' | '.join(labels)}]") for name, labels in menus(message).items()]
        names = {entry.id: name for name, entry in self.answered.items()}
        return LINK.sub(
            lambda link: f"{{link to {names.get(int(link[1]), 'an answer without a name')}}}",
            "\n".join(filter(None, lines)),
        )

    async def _in(self, step: Step) -> str:
        """Send a message in a channel, or run a command there."""
        place = step.what
        actor, channel = self.actor(step.who, place), self.channel(place)
        if command := COMMAND.fullmatch(step.text):
            await actor.slash(channel, command["name"], **_options(command))
            return place
        text = step.text.replace(f"@{BOT}", self.app.client.user.mention if self.app.client.user else "")
        reply_to = self._message(self.answered[step.to], step.who) if step.to else None
        self._ask(step, place, await actor.send(channel, text, reply_to=reply_to))
        return place

    async def _privately(self, step: Step) -> str:
        """Send the bot a direct message, or run a command there."""
        user = self.user(step.who)
        if command := COMMAND.fullmatch(step.text):
            await user.slash(command["name"], **_options(command))
        else:
            self._ask(step, step.who, await user.send_dm(step.text))
        return step.who

    def _ask(self, step: Step, place: str, message: discord.Message) -> None:
        entry = Entry(message.id, place, step.who, self._words(message))
        self.entries[place].append(entry)
        if step.name:
            self.asked[step.name] = entry

    def _message(self, entry: Entry, who: str) -> discord.Message:
        return next(message for message in self._history(entry.place, who) if message.id == entry.id)

    async def _types(self, step: Step) -> str:
        """Start typing an option, and record the completions."""
        place, command = step.what, COMMAND.fullmatch(step.text)
        assert command
        ((option, typed),) = _options(command).items()
        channel = self.channel(place)
        choices = await self.actor(step.who, place).autocomplete(channel, command["name"], option, typed)
        self.offered = [f"{step.who} is offered", *(choice["name"] for choice in choices)]
        return place

    async def _presses(self, step: Step) -> str:
        entry = self.answered[step.what]
        actor = self.actor(step.who, entry.place)
        message = self._message(entry, step.who)
        labels = {_plain(label): label for label in buttons(message)}
        assert step.text in labels, f"no button {step.text!r}, but {list(labels)}"
        self._open(await actor.click(message, label=labels[step.text]))
        return entry.place

    async def _chooses(self, step: Step) -> str:
        """Choose from the menu of a message."""
        entry = self.answered[step.what]
        message = self._message(entry, step.who)
        menu = next(child for child in children(message) if "options" in child)
        values = {_plain(option["label"]): option["value"] for option in menu["options"]}
        assert step.text in values, f"no choice {step.text!r}, but {list(values)}"
        actor = self.actor(step.who, entry.place)
        self._open(await actor.select(message, [values[step.text]], custom_id=menu["custom_id"]))
        return entry.place

    def _open(self, result: Any) -> None:
        """Show the form that opens, if one does."""
        self.form = result
        if modal := result.modal:
            self.offered = ["a form opens", modal["title"], *(row["label"] for row in modal["components"])]

    async def _submits(self, step: Step) -> str:
        """Fill in the form that was opened last."""
        place = self.answered[step.what].place
        await self.actor(step.who, place).submit_modal(self.form, dict(OPTION.findall(step.text)))
        return place

    async def _checks(self, step: Step) -> str:
        """Use a message's context menu."""
        entry = self.asked[step.what]
        actor, channel = self.actor(step.who, entry.place), self.channel(entry.place)
        await actor.context_menu(channel, MENU, self._message(entry, step.who))
        return entry.place

    async def _deletes(self, step: Step) -> str:
        entry = self.asked[step.what]
        await self.actor(step.who, entry.place).delete(self._message(entry, step.who))
        self.entries[entry.place].remove(entry)
        return entry.place

    async def _discusses(self, step: Step) -> str:
        """Open a thread from a message, as the bot, since simcord allows only that."""
        entry = self.asked[step.what]
        await self._message(entry, step.who).create_thread(name=step.text)
        self.places[step.text] = self.channel(entry.place).threads[-1]
        return entry.place

    async def _passes(self, step: Step) -> None:
        self.clock.advance(float(step.text.removesuffix(" seconds")))

    async def _restarts(self, _step: Step) -> None:
        self.app = await self.apps.enter_async_context(self.opened(self.clock, self.app.library.current))
        await self.env.restart_bot(self.app.client)


@asynccontextmanager
async def open_stage(opened: OpenApp, shelf: Shelf) -> AsyncIterator[Stage]:
    """Build the servers around the bot."""
    clock = SetClock()
    clock.advance((EVENING - clock.now()).total_seconds())
    async with AsyncExitStack() as apps:
        app = await apps.enter_async_context(opened(clock, shelf))
        async with simcord.run(app.client) as env:
            stage = Stage(env, opened, apps, app, clock)
            stage.furnish()
            with speaking(stage.locale_of), tuned():
                yield stage


def _block(how: str, words: str) -> Iterator[str]:
    yield f"{INDENT}{how}:" if words else f"{INDENT}{how}"
    yield from (f"{INDENT * 2}{line}".rstrip() for line in words.split("\n") if words)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _options(command: re.Match[str]) -> dict[str, Any]:
    return {name: TYPES.get(name, str)(value) for name, value in OPTION.findall(command["options"] or "")}
