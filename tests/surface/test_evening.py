"""A whole evening: two servers, twelve readers, two languages, a restart, and every word that each of them sees.

`evening.txt` is the transcript, and so the script: each step is played, and then all that somebody has before them in
that place is compared with all that the transcript has told of it so far. A word too many is found like a missing one.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, UserHandle

from bot.answering.ports import Shelf
from bot.app import App
from bot.playground.simulated import speaking
from tests.conftest import OpenApp
from tests.discord_world import tuned
from tests.fakes import SetClock
from tests.surface.words import buttons, told

TRANSCRIPT = Path(__file__).with_name("evening.txt")
EVENING = datetime(2026, 1, 2, 19, tzinfo=UTC)  # after the first of January, where simcord's calendar and its ids begin
SERVERS = {"Rédaction": ("fr", ("questions", "débats")), "Newsroom": ("en-US", ("desk", "lounge"))}
READERS = {
    **dict.fromkeys(("lou", "noé", "inès", "paul", "zoé", "léa"), "fr"),
    **dict.fromkeys(("max", "ana", "kit"), "en-US"),
    **dict.fromkeys(("joe", "mia", "tom"), "en-GB"),
}
BOT, MENU = "OnRecord", "Check against the story"
EVERYBODY, ALONE, NOW, GONE = "everybody sees", "alone sees", "it now reads", "the answer goes too"
FORM, OFFERED = "a form opens", "is offered"

STEP = re.compile(
    r"(?:\[(?P<name>[\w-]+)\] )?"
    r"(?P<who>\w+) (?P<verb>\w+)(?: (?P<what>[\w-]+))?(?:, to (?P<to>[\w-]+))?(?:: (?P<text>.*))?"
)
COMMAND = re.compile(r"/(?P<name>[a-z -]+?)(?: (?P<options>\w+=.*))?")
OPTION = re.compile(r"(\w+)=(.*?)(?:; |$)")
TYPES: dict[str, Any] = {"number": int, "undo": bool}  # of options that are no text
LINK = re.compile(r"https://discord\.com/channels/\d+/\d+/(\d+)")


@dataclass(frozen=True)
class Step:
    """What somebody does, and what the bot then says, each time with how."""

    said: tuple[tuple[str, str], ...]
    name: str
    who: str
    verb: str
    what: str
    to: str
    text: str


@dataclass(eq=False)
class Entry:
    """A message as the transcript tells it; one with an audience is seen by them alone."""

    place: str
    author: str
    words: str
    audience: str | None = None
    id: int = 0


def steps_of(transcript: str) -> Iterator[Step]:
    """Read the transcript: who does what stands in the first column, what is seen then is indented below it."""
    for block in re.split(r"\n(?=[^\s#])", re.sub(r"^#.*\n", "", f"\n{transcript}", flags=re.MULTILINE))[1:]:
        first, *lines = block.rstrip().split("\n")
        match = STEP.fullmatch(first)
        assert match, f"no step: {first}"
        yield Step(tuple(said_in(lines)), **{part: words or "" for part, words in match.groupdict().items()})


def said_in(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Read what is seen after a step: how it is seen, and the words below."""
    for part in re.split(r"\n(?=  \S)", "\n" + "\n".join(lines))[1:]:
        how, *words = part.split("\n")
        yield how.strip().removesuffix(":"), "\n".join(line.removeprefix("    ") for line in words)


@dataclass
class Evening:
    """The simulated servers, and what the transcript has told so far."""

    env: simcord.Env
    opened: OpenApp
    apps: AsyncExitStack
    app: App
    clock: SetClock
    members: dict[tuple[str, str], MemberActor] = field(default_factory=dict)  # by server and name
    places: dict[str, ChannelHandle] = field(default_factory=dict)
    told: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))  # by place
    asked: dict[str, Entry] = field(default_factory=dict)  # by the name of a step
    answered: dict[str, Entry] = field(default_factory=dict)
    form: Any = None  # what opened last
    offered: str = ""  # the words of the form, or the completions, that somebody has before them

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

    async def play(self, step: Step) -> None:
        """Let somebody act, and compare what they have before them with the transcript."""
        self.offered = ""
        place = await getattr(self, f"_{step.verb}")(step)
        await self.app.journal.flush()
        if place:
            self._tell(step, place)
            self.compare(place, step.who)

    def _tell(self, step: Step, place: str) -> None:
        """Take what the transcript says that the bot says."""
        for how, words in step.said:
            if how in (EVERYBODY, f"{step.who} {ALONE}"):
                entry = Entry(place, BOT, words, None if how == EVERYBODY else step.who)
                self.told[place].append(entry)
                if step.name:
                    self.answered[step.name] = entry
            elif how == NOW:
                self.answered[step.what].words = words
            elif how == GONE:
                self.told[place].remove(self.answered[step.what])
            else:
                assert how in (FORM, f"{step.who} {OFFERED}")
                assert self.offered == words
                self.offered = ""
        assert not self.offered

    def compare(self, place: str, who: str) -> None:
        """Compare a place as somebody sees it with what the transcript has told of it."""
        told_there = [entry for entry in self.told[place] if entry.audience in (None, who)]
        messages = self._history(place, who)
        for entry, message in zip(told_there, messages, strict=False):
            entry.id = message.id
        expected = [_line(entry.author, entry.words, alone=entry.audience is not None) for entry in told_there]
        assert "\n".join(self._line(message) for message in messages) == "\n".join(expected)

    def _history(self, place: str, who: str) -> list[discord.Message]:
        """Return what somebody has before them in a place, but for Discord's own notice of a thread."""
        messages = self.channel(place).history(viewer=self.actor(who, place))
        return [message for message in messages if message.type is not discord.MessageType.thread_created]

    def _line(self, message: discord.Message) -> str:
        author = BOT if message.author == self.app.client.user else message.author.name
        return _line(author, self._words(message), alone=message.flags.ephemeral)

    def _words(self, message: discord.Message) -> str:
        """Return all that is to be read in a message; a link tells where it leads to."""
        assert self.app.client.user is not None
        lines = [told(message).replace(self.app.client.user.mention, f"@{BOT}")]
        lines += [f"({file.filename})" for file in message.attachments]
        lines += [_plain(" ".join(f"[{label}]" for label in buttons(message)))]
        names = {entry.id: name for name, entry in self.answered.items()}
        return LINK.sub(lambda link: f"{{link to {names[int(link[1])]}}}", "\n".join(filter(None, lines)))

    async def _in(self, step: Step) -> str:
        """Say something in a channel, or call a command there."""
        place = step.what
        actor, channel = self.actor(step.who, place), self.channel(place)
        if command := COMMAND.fullmatch(step.text):
            await actor.slash(channel, command["name"], **_options(command))
            return place
        text = step.text.replace(f"@{BOT}", self.app.client.user.mention if self.app.client.user else "")
        await actor.send(channel, text, reply_to=self._message(self.answered[step.to], step.who) if step.to else None)
        self._ask(step, place)
        return place

    async def _privately(self, step: Step) -> str:
        """Write to the bot, or call a command in direct messages."""
        user = self.user(step.who)
        if command := COMMAND.fullmatch(step.text):
            await user.slash(command["name"], **_options(command))
        else:
            await user.send_dm(step.text)
            self._ask(step, step.who)
        return step.who

    def _ask(self, step: Step, place: str) -> None:
        entry = Entry(place, step.who, step.text)
        self.told[place].append(entry)
        if step.name:
            self.asked[step.name] = entry

    def _message(self, entry: Entry, who: str) -> discord.Message:
        return next(message for message in self._history(entry.place, who) if message.id == entry.id)

    async def _types(self, step: Step) -> str:
        """Begin to type an option, and have it completed."""
        place, command = step.what, COMMAND.fullmatch(step.text)
        assert command
        ((option, typed),) = _options(command).items()
        channel = self.channel(place)
        choices = await self.actor(step.who, place).autocomplete(channel, command["name"], option, typed)
        self.offered = "\n".join(choice["name"] for choice in choices)
        return place

    async def _presses(self, step: Step) -> str:
        entry = self.answered[step.what]
        actor = self.actor(step.who, entry.place)
        message = self._message(entry, step.who)
        label = next(label for label in buttons(message) if _plain(label) == step.text)
        self.form = await actor.click(message, label=label)
        self.offered = _form_words(self.form.modal) if self.form.modal else ""
        return entry.place

    async def _submits(self, step: Step) -> str:
        """Fill in the form that was opened last."""
        place = self.answered[step.what].place
        await self.actor(step.who, place).submit_modal(self.form, dict(OPTION.findall(step.text)))
        return place

    async def _checks(self, step: Step) -> str:
        """Use the menu of a message."""
        entry = self.asked[step.what]
        actor, channel = self.actor(step.who, entry.place), self.channel(entry.place)
        await actor.context_menu(channel, MENU, self._message(entry, step.who))
        return entry.place

    async def _deletes(self, step: Step) -> str:
        entry = self.asked[step.what]
        await self.actor(step.who, entry.place).delete(self._message(entry, step.who))
        self.told[entry.place].remove(entry)
        return entry.place

    async def _discusses(self, step: Step) -> str:
        """Open a thread from a message; simcord lets only the bot do so."""
        entry = self.asked[step.what]
        await self._message(entry, step.who).create_thread(name=step.text)
        self.places[step.text] = self.channel(entry.place).threads[-1]
        return entry.place

    async def _passes(self, step: Step) -> None:
        self.clock.advance(float(step.text.removesuffix(" seconds")))

    async def _restarts(self, _step: Step) -> None:
        self.app = await self.apps.enter_async_context(self.opened(self.clock, self.app.library.current))
        await self.env.restart_bot(self.app.client)


def _line(author: str, words: str, *, alone: bool) -> str:
    return f"{author}{' (alone)' if alone else ''}: {words}"


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _options(command: re.Match[str]) -> dict[str, Any]:
    return {name: TYPES.get(name, str)(value) for name, value in OPTION.findall(command["options"] or "")}


def _form_words(modal: dict[str, Any]) -> str:
    return "\n".join([modal["title"], *(row["label"] for row in modal["components"])])


def guilds_of(evening: Evening) -> Iterator[GuildHandle]:
    """Return both servers."""
    for server in SERVERS:
        yield next(member.guild for (name, _), member in evening.members.items() if name == server)


async def test_everybody_reads_what_the_transcript_says_and_nothing_else(opened: OpenApp, first_shelf: Shelf) -> None:
    clock = SetClock()
    clock.advance((EVENING - clock.now()).total_seconds())
    async with AsyncExitStack() as apps:
        app = await apps.enter_async_context(opened(clock, first_shelf))
        async with simcord.run(app.client) as env:
            evening = Evening(env, opened, apps, app, clock)
            evening.furnish()
            with speaking(evening.locale_of), tuned():
                for step in steps_of(TRANSCRIPT.read_text("utf-8")):
                    await evening.play(step)
                nothing_else_was_said(evening)


def nothing_else_was_said(evening: Evening) -> None:
    """Compare every place as everybody sees it, and look for places that the transcript does not know."""
    for guild in guilds_of(evening):
        assert guild.owner.dm_channel.history() == []
        known = {channel.id for channel in evening.places.values()}
        assert all(channel.id in known or channel.history() == [] for channel in guild.channels.values())
    for who in READERS:
        for place in (*evening.places, who):
            evening.compare(place, who)
    assert evening.env.errors == []
