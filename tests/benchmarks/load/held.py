"""What lives as long as the process and grows with its users: each has a bound, listed here and in docs/scaling.md."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sized
from dataclasses import dataclass
from inspect import signature

from bot.answering.conversation import MAX_CONVERSATIONS
from bot.answering.outbox import MAX_HELD
from bot.app import App
from bot.journal.uses import MAX_ELSEWHERE, MAX_SHARED
from bot.journal.writer import MAX_QUEUED_ROWS
from bot.surface.answers.addressed import MAX_COPIES
from bot.surface.answers.cog import MAX_TRACKED_QUESTIONS, AnswersCog
from bot.surface.lookups.timeline import MAX_CACHED_PICTURES, TimelineList
from bot.surface.platform.cooldowns import MAX_COUNTS
from bot.surface.platform.locales import MAX_USERS
from bot.surface.platform.sent_log import MAX_RECENT_ANSWERS
from bot.surface.platform.underway import MAX_TAKEN

DEFAULT_LRU = 128  # of functools; caches of that size have one row


@dataclass(frozen=True)
class Held:
    """Something that holds a value for each user, message or text, and how many it holds at most."""

    what: str
    most: int
    find: Callable[[App], Sized]


def _cog(app: App) -> AnswersCog:
    found = app.client.get_cog("AnswersCog")
    assert isinstance(found, AnswersCog)
    return found


def _timeline(app: App) -> TimelineList:
    found = app.client.parts.lists["timeline"]
    assert isinstance(found, TimelineList)
    return found


HELD = (
    Held("last turns of conversations", MAX_CONVERSATIONS, lambda app: app.assistant._conversations._turns),
    Held("uses by user, for the cooldowns", MAX_COUNTS, lambda app: app.client.parts.cooldowns._counts),
    Held("users told of a cooldown", MAX_COUNTS, lambda app: app.client.parts.cooldowns._notified_until),
    Held("uses to tell other processes of", MAX_SHARED, lambda app: app.journal.uses._noted),
    Held("uses in other processes, by user", MAX_ELSEWHERE, lambda app: app.journal.uses._elsewhere),
    Held("languages of users' Discord", MAX_USERS, lambda app: app.client.parts.locales._locales),
    Held("answers of the last minute", MAX_RECENT_ANSWERS, lambda app: app.client.parts.sent._recent),
    Held("the same by message", MAX_RECENT_ANSWERS, lambda app: app.client.parts.sent._key_of),
    Held("events taken in the last quarter of an hour", MAX_TAKEN, lambda app: app.client.parts.underway._taken),
    Held("exchanges whose reply is being sent", MAX_HELD, lambda app: app.client.parts.sent._journal._held),
    Held("rows to be written", MAX_QUEUED_ROWS, lambda app: app.journal._writer._queue),
    Held("questions in chat, with their replies", MAX_TRACKED_QUESTIONS, lambda app: _cog(app)._questions),
    Held("messages of webhooks", MAX_COPIES, lambda app: _cog(app)._copies._last),
    Held("pictures of timelines", MAX_CACHED_PICTURES, lambda app: _timeline(app)._pictures),
    Held("messages, by discord.py", 1000, lambda app: app.client.cached_messages),
)
UNBOUNDED_BY_NUMBER = (  # and why that is no leak
    ("stories, with what is indexed of them", "what the editors wrote; twice that during a reload"),
    ("hashes of users who opted out; bindings of channels", "one for each that asked for it, until taken back"),
    ("answered waits that are still stored", "deleted with the waits: ten a user, a year"),
    ("broadcasts of other processes", "those of an hour: opt-outs, deletions, bindings, versions"),
    ("servers, channels, roles; discord.py's", "what the bot was invited to"),
    ("vectors of texts", "10,000 and those of one story"),
    ("questions being decided on", "`ONRECORD_QUESTIONS_AT_ONCE`"),
)


def cached_functions() -> Mapping[str, tuple[int | None, int]]:
    """Return the size and the bound of each cached function of the bot that takes arguments, by name."""
    return dict(_cached_functions())


def _cached_functions() -> Iterator[tuple[str, tuple[int | None, int]]]:
    for name, module in sorted(sys.modules.items()):
        for key, value in vars(module).items() if name.startswith("bot.") else ():
            if hasattr(value, "cache_info") and value.__module__ == name and signature(value).parameters:
                info = value.cache_info()
                yield f"{name}.{key}", (info.maxsize, info.currsize)


def bounds_table(sizes: Mapping[str, int]) -> str:
    """Return what is held, its bound, and its size after a run if that is known."""
    rows = [f"| {one.what} | {one.most:,} | {_size(sizes, one.what)} |" for one in HELD]
    functions = {name: most for name, (most, _) in cached_functions().items() if most and most > DEFAULT_LRU}
    rows += [f"| results of `{_short(name)}` | {most:,} | {_size(sizes, name)} |" for name, most in functions.items()]
    rows += [f"| {what} | {why} | |" for what, why in UNBOUNDED_BY_NUMBER]
    return "\n".join(["| what is held | at most | after the run |", "|---|---:|---:|", *rows])


def _short(name: str) -> str:
    return name.rpartition(".")[2]


def _size(sizes: Mapping[str, int], name: str) -> str:
    return f"{sizes[name]:,}" if name in sizes else "–"
