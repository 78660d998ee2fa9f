"""Do in the simulated Discord what somebody does on the page."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import simcord
from simcord.backend.errors import BackendError, SetupError
from simcord.results import InteractionResult, ResponseMessage

from bot.answering.telling.catalogue import Catalogue
from bot.playground.commands import slash_commands
from bot.playground.simulated import open_menu
from bot.playground.world import Seat

BOOLEAN, INTEGER, NUMBER = 5, 4, 10  # types of options
MAX_CHARACTERS = 2000  # of a message, as on Discord

Wish = Mapping[str, Any]  # what the page sends: `do` names the action


class Acted(NamedTuple):
    """What becomes of an action, besides the messages: a sentence, a form that opens, or choices to complete with."""

    said: str = ""
    form: InteractionResult | None = None
    choices: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Acting:
    """Carries out one action after the other, however long the bot takes."""

    env: simcord.Env
    catalogue: Catalogue
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _forms: dict[str, InteractionResult] = field(default_factory=dict)  # open ones, by the number of their interaction

    async def act(self, seat: Seat, wish: Wish) -> Acted:
        """Do what is wished; a sentence says why it cannot be done. Raise KeyError or TypeError if nothing is."""
        async with self._turn:
            try:
                if wish["do"] == "complete":
                    return Acted(choices=await self._complete(seat, wish))
                result = await ACTIONS[wish["do"]](self, seat, wish)
            except (BackendError, SetupError, ValueError):
                return Acted(self.catalogue.text(seat.locale, "playground.refused"))
            except TimeoutError:
                return Acted(self.catalogue.text(seat.locale, "playground.late"))
        if result and result.modal:
            self._forms[form_number(result)] = result
            return Acted(form=result)
        failed = result is not None and not result.acknowledged
        return Acted(self.catalogue.text(seat.locale, "playground.failed") if failed else "")

    async def send(self, seat: Seat, wish: Wish) -> None:
        """Send a message, or a reply to one; a typed "@name" of the bot becomes a mention."""
        bot = self.env.backend.bot_user
        typed = re.compile(rf"@{re.escape(bot.name)}\b", re.IGNORECASE)
        text = typed.sub(f"<@{bot.id}>", str(wish["text"]).strip())[:MAX_CHARACTERS]
        if not text:
            return
        target = self._message(seat, wish["to"]) if wish.get("to") else None
        if not seat.is_direct:
            await seat.person.send(seat.channel, text, reply_to=target)
            return
        reference = {"channel_id": str(seat.channel.id), "message_id": str(target.id)} if target else None
        kept = self.env.backend.normalize_message_reference(seat.channel.id, reference) if reference else None
        await seat.person.send_dm(text, reference=kept)

    async def click(self, seat: Seat, wish: Wish) -> InteractionResult:
        """Click a button."""
        return await seat.actor.click(self._message(seat, wish["message"]), custom_id=str(wish["id"]))

    async def select(self, seat: Seat, wish: Wish) -> InteractionResult:
        """Choose in a menu under a message."""
        values = [str(value) for value in wish["values"]]
        return await seat.actor.select(self._message(seat, wish["message"]), values, custom_id=str(wish["id"]))

    async def menu(self, seat: Seat, wish: Wish) -> InteractionResult:
        """Choose a command in the menu of a message."""
        message = self._message(seat, wish["message"])
        return await open_menu(seat.actor, seat.channel, str(wish["name"]), message)

    async def command(self, seat: Seat, wish: Wish) -> InteractionResult:
        """Send a slash command."""
        name, options = str(wish["name"]), self._options(seat, wish)
        if not seat.is_direct:
            return await seat.person.slash(seat.channel, name, **options)
        result: InteractionResult = await seat.person.user.slash(name, **options)
        return result

    async def submit(self, seat: Seat, wish: Wish) -> InteractionResult:
        """Send a form that was opened; it can be sent once."""
        form = self._forms.pop(str(wish["form"]), None)
        if form is None:
            raise SetupError("that form is closed")
        return await seat.actor.submit_modal(form, dict(wish["values"]))

    async def _complete(self, seat: Seat, wish: Wish) -> list[dict[str, Any]]:
        """Return what the bot offers for what is typed in an option."""
        name, option, typed = (str(wish[key]) for key in ("name", "option", "typed"))
        others = {key: value for key, value in self._options(seat, wish).items() if key != option}
        if seat.is_direct:
            return await seat.person.user.autocomplete(name, option, typed, **others)
        return await seat.person.autocomplete(seat.channel, name, option, typed, **others)

    def _message(self, seat: Seat, number: object) -> ResponseMessage:
        return ResponseMessage(self.env, self.env.backend.get_message(seat.channel.id, int(str(number))))

    def _options(self, seat: Seat, wish: Wish) -> dict[str, Any]:
        """Return the filled-in options as values of their types."""
        found = next((one for one in slash_commands(self.env, seat) if one["name"] == wish["name"]), None)
        types = {option["name"]: option["type"] for option in found["options"]} if found else {}
        return {name: _value(types.get(name), str(text)) for name, text in dict(wish.get("options") or {}).items()}


def _value(kind: int | None, text: str) -> object:
    if kind == BOOLEAN:
        return text == "true"
    return int(text) if kind == INTEGER else float(text) if kind == NUMBER else text


def form_number(result: InteractionResult) -> str:
    """Return the number by which the page names a form."""
    return str(result._interaction.id)


ACTIONS: dict[str, Callable[[Acting, Seat, Wish], Awaitable[InteractionResult | None]]] = {
    "send": Acting.send,
    "click": Acting.click,
    "select": Acting.select,
    "menu": Acting.menu,
    "command": Acting.command,
    "submit": Acting.submit,
}
