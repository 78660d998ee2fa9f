"""What is under way: each event is taken once, and when the bot stops, each question ends with an answer or a line."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import discord
from cachetools import TTLCache

from bot.answering.ports import Clock
from bot.surface.platform.attempts import Delivery, begin_delivery
from bot.surface.platform.draft import Draft
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import DEFERRED_EPHEMERALLY, respond, send_reply
from bot.surface.platform.typography import unbroken

log = logging.getLogger(__name__)

FINISH_SECONDS = 4.0  # how long what is under way may take when the bot stops
TELL_SECONDS = 1.0  # and then the lines that say that there is no answer
MAX_TAKEN, TAKEN_SECONDS = 20_000, 900.0  # events that may come again after a resume

# discord.py handles each event in a task of its own, with these names.
ANSWERING = ("discord.py: on_message", "discord.py: on_raw_message_edit", "CommandTree-invoker", "discord-ui-")
HANDLING = ("discord.py: on_", *ANSWERING)

Source = discord.Message | discord.Interaction
Task = asyncio.Task[object]


@dataclass(frozen=True)
class TakenEvent:
    """A message or an interaction that is being answered; its renderer is in the language of its question."""

    source: Source
    renderer: Callable[[], Renderer]  # called only if there is no answer: a language takes a while to detect
    delivery: Delivery


class Underway:
    """What is being answered, by the task that does it."""

    def __init__(self, clock: Clock) -> None:
        self._asked: WeakKeyDictionary[Task, TakenEvent] = WeakKeyDictionary()
        self._taken: TTLCache[int, bool] = TTLCache(MAX_TAKEN, TAKEN_SECONDS, timer=lambda: clock.now().timestamp())

    def take(self, number: int) -> bool:
        """Return whether an event, by the id of its message or interaction, comes for the first time."""
        is_new = number not in self._taken
        self._taken[number] = True
        return is_new

    def begin(self, source: Source, renderer: Callable[[], Renderer]) -> None:
        """Note that the present task answers a message or an interaction."""
        task = asyncio.current_task()
        if task:
            self._asked[task] = TakenEvent(source, renderer, begin_delivery())

    async def finish(self) -> None:
        """Let what is under way end; tell those who still wait then that they get no answer, and end all the rest."""
        await _wait(_named(ANSWERING), FINISH_SECONDS)
        left = [task for task in _named(HANDLING) if not self._is_sending(task)]
        asked = [found for task in left if (found := self._asked.get(task))]
        await _cancel(left)
        telling = [asyncio.create_task(tell) for tell in _lines(asked)]
        await _wait([*_named(ANSWERING), *telling], TELL_SECONDS)
        await _cancel([*_named(HANDLING), *telling])
        if asked:
            log.warning("%d questions were left without an answer", len(asked))

    def _is_sending(self, task: Task) -> bool:
        """Return whether a reply is on its way, or has arrived; discord.py may still wait for a rate limit."""
        asked = self._asked.get(task)
        return asked is not None and (asked.delivery.is_under_way or asked.delivery.is_taken)


def _named(names: tuple[str, ...]) -> list[Task]:
    """Return the tasks of discord.py that handle events, but the present one."""
    own = asyncio.current_task()
    return [task for task in asyncio.all_tasks() if task is not own and task.get_name().startswith(names)]


def _lines(asked: list[TakenEvent]) -> Iterator[Coroutine[Any, Any, None]]:
    """Yield what tells that there is no answer: each user of a command, and each channel in each language, once."""
    channels: dict[tuple[int, Renderer], list[Source]] = {}
    for one in asked:
        renderer = one.renderer()
        if isinstance(one.source, discord.Interaction):
            yield _tell(renderer.text("stopping.one"), one.source)
        else:
            channels.setdefault((one.source.channel.id, renderer), []).append(one.source)
    for (_, renderer), questions in channels.items():
        first, number = questions[0], len(questions)
        sentence = renderer.text("stopping.one") if number == 1 else renderer.text("stopping.many", number=number)
        yield _tell(sentence, first)


async def _tell(sentence: str, source: Source) -> None:
    """Send a sentence to who asked; what cannot be sent is only logged."""
    try:
        if isinstance(source, discord.Interaction):
            ephemeral = source.extras.get(DEFERRED_EPHEMERALLY) is not False
            await respond(source, Draft(sentence), ephemeral=ephemeral)
        else:
            await send_reply(source, content=unbroken(sentence))
    except Exception as error:  # noqa: BLE001 - the bot stops in any case
        log.info("a question without an answer could not be told so: %s", error)


async def _wait(tasks: Iterable[Task], seconds: float) -> None:
    waited = list(tasks)
    if waited:
        await asyncio.wait(waited, timeout=seconds)


async def _cancel(tasks: list[Task]) -> None:
    for task in tasks:
        task.cancel()
    await _wait(tasks, TELL_SECONDS)
