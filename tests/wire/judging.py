"""A stand-in for Discord that judges every request, carries it out, and remembers what a reader could press."""

import asyncio
import json
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import BodyPartReader, web

from tests.wire.description import JSON, MULTIPART, Description, Operation, Sent
from tests.wire.documented import choice_problems, command_problems, message_problems, modal_problems
from tests.wire.stand_in import BOT, CHANNEL, GUILD, JOINED, Payload, StandIn, _json, _membership, _user

API = "/api/v10"
EPHEMERAL = 1 << 6  # a flag of messages
EMBED_LINKS, ATTACH_FILES, MANAGE_GUILD = 1 << 14, 1 << 15, 1 << 5  # permissions
READING = 1 << 10 | 1 << 11 | 1 << 16 | 1 << 38  # see the channel, send, read the history, send in threads
ALLOWED = READING | EMBED_LINKS | ATTACH_FILES
BARE_CHANNEL, DESK_CHANNEL, ROLE = "3002", "3003", "2002"
COMMAND, COMPONENT, COMPLETION, FORM = 2, 3, 4, 5  # types of interactions
SAID, THINKING, DEFERRED, EDITED, CHOICES, MODAL = 4, 5, 6, 7, 8, 9  # types of answers
ANSWERS = {  # that an interaction of each type may get
    COMMAND: {SAID, THINKING, MODAL},
    COMPONENT: {SAID, THINKING, DEFERRED, EDITED, MODAL},
    COMPLETION: {CHOICES},
    FORM: {SAID, THINKING, DEFERRED, EDITED},
}
ANSWER_SECONDS = 20.0  # on a busy machine
MAX_PROBLEMS = 50  # then an interaction that is not answered ends the test
MAX_FOLLOWUPS = 5  # of an interaction of an app that only its user installed
IN_GUILD, IN_DIRECT, IN_PRIVATE = 0, 1, 2  # contexts
EMPTY: Payload = {"content": "", "embeds": [], "components": [], "attachments": [], "flags": 0}  # parts of a message
RESTART = 9  # a gateway opcode: the session is over


@dataclass(frozen=True)
class Place:
    """Where a reader is, in which language, and what the bot may do there."""

    name: str
    channel: str
    guild: str | None = GUILD
    context: int = IN_GUILD
    locale: str = "fr"
    permissions: int = ALLOWED
    is_manager: bool = False

    @property
    def is_joined(self) -> bool:
        """Whether the bot itself is there, and not only installed by the reader."""
        return self.guild == GUILD or self.context == IN_DIRECT


@dataclass
class Interaction:
    """What a reader did, and how it was answered."""

    id: str
    token: str
    kind: int
    place: Place
    user: str
    message: Payload | None = None  # the one whose button was pressed
    answers: list[int] = field(default_factory=list)
    followups: int = 0
    original: Payload | None = None  # the message that answers it, or that it replaces
    modal: Payload | None = None
    choices: list[Payload] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True)
class Shown:
    """A message as it is shown now, and who may press its buttons where."""

    message: Payload
    user: str
    place: Place


class JudgingStandIn(StandIn):
    """Judges the requests by the description and by the documented limits; problems are kept, not raised."""

    def __init__(self, description: Description) -> None:
        super().__init__()
        self.judged = Counter[str]()  # requests, by operation
        self.problems = Counter[str]()
        self.shown: deque[Shown] = deque()  # messages with buttons that nobody has looked at yet
        self.posted: dict[str, Payload] = {}  # messages, by id
        self.interactions: dict[str, Interaction] = {}  # by token
        self._description = description
        self._askers: dict[str, tuple[str, Place]] = {}  # by the message that the bot replies to

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=1 << 26)
        application.router.add_get("/gateway", self._serve_gateway)
        application.router.add_route("*", f"{API}/{{path:.*}}", self._serve)
        return application

    async def _dispatch(self, event: str, data: Payload, socket: web.WebSocketResponse | None = None) -> None:
        await super()._dispatch(event, _furnished(data) if event == "GUILD_CREATE" else data, socket)

    async def restart(self) -> None:
        """End the session, so that the bot connects as if it had just been started."""
        await self._socket.send_json({"op": RESTART, "d": False})

    async def say(self, place: Place, user: str, content: str, **said: Any) -> str:
        """Have a reader write a message; return its id."""
        message = self._written(place, user, {"content": content, **said})
        self._askers[message["id"]] = user, place
        await self._dispatch("MESSAGE_CREATE", message)
        return str(message["id"])

    async def edit(self, place: Place, user: str, message: str, content: str, **said: Any) -> None:
        """Have a reader edit a message."""
        written = self._written(place, user, {"content": content, **said})
        await self._dispatch("MESSAGE_UPDATE", {**written, "id": message, "edited_timestamp": JOINED})

    async def remove(self, place: Place, *messages: str) -> None:
        """Delete messages, all at once if there are several."""
        where = {"channel_id": place.channel, **({"guild_id": place.guild} if place.guild else {})}
        if len(messages) == 1:
            await self._dispatch("MESSAGE_DELETE", {"id": messages[0], **where})
        else:
            await self._dispatch("MESSAGE_DELETE_BULK", {"ids": list(messages), **where})

    async def interact(
        self, kind: int, place: Place, user: str, data: Payload, message: Payload | None = None
    ) -> Interaction:
        """Have a reader do something; return how it was answered, or how far within 20 seconds."""
        interaction = Interaction(self._id(), f"token-{self._id()}", kind, place, user, message)
        self.interactions[interaction.token] = interaction
        await self._dispatch("INTERACTION_CREATE", _interaction_payload(interaction, data))
        try:
            await asyncio.wait_for(interaction.done.wait(), ANSWER_SECONDS)
        except TimeoutError:
            self._note("an interaction", f"{str(data)[:200]} in {place.name}: no answer")
            if self.problems.total() > MAX_PROBLEMS:
                raise
        return interaction

    def written(self, place: Place, user: str, content: str) -> Payload:
        """Return a message that a reader wrote and that was not sent to the bot."""
        return self._written(place, user, {"content": content})

    def _written(self, place: Place, user: str, said: Payload) -> Payload:
        drawn = {"embeds": [], "attachments": [], "components": [], "mentions": [_user(BOT)], "type": 0, "flags": 0}
        where: Payload = {"channel_id": place.channel}
        if place.guild:
            where |= {"guild_id": place.guild, "member": _membership()}
        author = {"author": _person(user), "timestamp": JOINED, "edited_timestamp": None, "id": self._id()}
        return {**drawn, **author, **where, **said}

    async def _serve(self, request: web.Request) -> web.Response:
        sent = await _read(request)
        operation = self._description.operation(sent)
        if operation is None:
            self._note(f"{sent.method} {sent.path}", "the description has no such request")
            return _error(404, 0)
        self.judged[operation.name] += 1
        for problem in self._judge(sent, operation):
            self._note(operation.name, problem)
        served: Callable[[Sent, Mapping[str, str]], Any] | None = {
            "PUT /applications/{application_id}/commands": self._serve_sync,
            "PUT /applications/{application_id}/guilds/{guild_id}/commands": self._serve_sync,
            "GET /users/@me": lambda _sent, _ids: _user(BOT),
            "GET /users/{user_id}": lambda _sent, ids: _person(ids["user_id"]),
            "POST /users/@me/channels": lambda sent, _ids: _direct(sent.body["recipient_id"]),
            "GET /oauth2/applications/@me": lambda _sent, _ids: _application(),
            "GET /channels/{channel_id}/messages": lambda _sent, _ids: [],
            "POST /channels/{channel_id}/messages": self._serve_message,
            "PATCH /channels/{channel_id}/messages/{message_id}": self._serve_edit,
            "DELETE /channels/{channel_id}/messages/{message_id}": self._serve_deletion,
            "POST /interactions/{interaction_id}/{interaction_token}/callback": self._serve_answer,
            "POST /webhooks/{webhook_id}/{webhook_token}": self._serve_followup,
            "GET /webhooks/{webhook_id}/{webhook_token}/messages/@original": self._serve_original,
            "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original": self._serve_original,
            "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original": lambda _sent, _ids: None,
        }.get(operation.name)
        if served is None:
            self._note(operation.name, "this stand-in cannot carry it out")
            return _error(404, 0)
        answer = served(sent, operation.ids)
        return web.Response(status=204) if answer is None else _json(answer)

    def _note(self, where: str, problem: str) -> None:
        self.problems[f"{where}: {problem}"] += 1

    def _judge(self, sent: Sent, operation: Operation) -> Iterator[str]:
        found = list(self._description.problems(sent, operation))
        yield from found
        if not found:  # what follows reads the body as it should be
            yield from self._beyond(sent, operation)

    def _beyond(self, sent: Sent, operation: Operation) -> Iterator[str]:
        """Yield what is wrong by the documentation alone."""
        name, ids = operation.name, operation.ids
        if name.startswith("PUT "):
            yield from command_problems(sent.body, is_global="guild_id" not in ids)
        elif name.endswith("/callback"):
            yield from self._answer_problems(sent, self.interactions[ids["interaction_token"]])
        elif name.startswith(("POST /webhooks", "POST /channels")):
            yield from message_problems(sent.body, sent)
        elif name.startswith("PATCH "):
            yield from message_problems(sent.body, sent, is_edit=True)
        if "message_id" in ids and ids["message_id"] not in self.posted:
            yield f"the bot has sent no message {ids['message_id']}"
        interaction = self.interactions.get(ids.get("webhook_token", ""))
        if interaction:
            yield from _followup_problems(interaction, is_new=name.startswith("POST"))

    def _answer_problems(self, sent: Sent, interaction: Interaction) -> Iterator[str]:
        kind, data = sent.body["type"], sent.body.get("data") or {}
        if interaction.answers:
            yield "the interaction was answered before"
        if kind not in ANSWERS[interaction.kind] or (kind in {DEFERRED, EDITED} and interaction.message is None):
            yield f"an interaction of type {interaction.kind} cannot be answered by one of type {kind}"
        if kind in {SAID, EDITED}:
            yield from message_problems(data, sent, is_edit=kind == EDITED)
        if kind == MODAL:
            yield from modal_problems(data)
        if kind == CHOICES:
            yield from choice_problems(data["choices"])

    def _serve_sync(self, sent: Sent, ids: Mapping[str, str]) -> list[Payload]:
        self.syncs += 1
        synced = [{"description": "", **one, "id": self._id(), "application_id": BOT} for one in sent.body]
        self.commands[ids.get("guild_id", "global")] = synced
        return synced

    def _serve_message(self, sent: Sent, ids: Mapping[str, str]) -> Payload:
        channel = ids["channel_id"]
        answered = str((sent.body.get("message_reference") or {}).get("message_id"))
        editor = "9001", Place("desk", channel, is_manager=True)
        user, place = self._askers.get(answered, editor)
        message = self._keep(sent, channel, user, place)
        self.replies.put_nowait({**message, "message_reference": sent.body.get("message_reference")})
        return message

    def _serve_edit(self, sent: Sent, ids: Mapping[str, str]) -> Payload:
        message = self.posted[ids["message_id"]]
        message.update(_drawn(sent))
        return message

    def _serve_deletion(self, _sent: Sent, ids: Mapping[str, str]) -> None:
        self.deleted.put_nowait(ids["message_id"])

    def _serve_answer(self, sent: Sent, ids: Mapping[str, str]) -> Payload:
        interaction = self.interactions[ids["interaction_token"]]
        kind, data = sent.body["type"], sent.body.get("data") or {}
        interaction.answers.append(kind)
        answered = {"interaction": {"id": interaction.id, "type": interaction.kind}}
        if kind == SAID:
            interaction.original = self._keep(
                replace(sent, body=data), interaction.place.channel, interaction.user, interaction.place
            )
        if kind == EDITED and interaction.message:
            interaction.original = interaction.message
            self._change(interaction, replace(sent, body=data))
        interaction.modal = data if kind == MODAL else None
        interaction.choices = data["choices"] if kind == CHOICES else []
        if kind not in {THINKING, DEFERRED}:
            interaction.done.set()
        if interaction.original is None:
            return answered
        answered["interaction"]["response_message_id"] = interaction.original["id"]
        return {**answered, "resource": {"type": kind, "message": interaction.original}}

    def _serve_followup(self, sent: Sent, ids: Mapping[str, str]) -> Payload:
        interaction = self.interactions[ids["webhook_token"]]
        interaction.followups += 1
        message = self._keep(sent, interaction.place.channel, interaction.user, interaction.place)
        if interaction.original is None:
            interaction.original = message
        interaction.done.set()
        return message

    def _serve_original(self, sent: Sent, ids: Mapping[str, str]) -> Payload:
        interaction = self.interactions[ids["webhook_token"]]
        interaction.original = interaction.original or interaction.message or self._drawn_message("", sent)
        if sent.method == "PATCH":
            self._change(interaction, sent)
            interaction.done.set()
        return interaction.original

    def _change(self, interaction: Interaction, sent: Sent) -> None:
        assert interaction.original is not None
        interaction.original.update(_drawn(sent))
        self._show(interaction.original, interaction.user, interaction.place)

    def _keep(self, sent: Sent, channel: str, user: str, place: Place) -> Payload:
        message = self._drawn_message(channel, sent)
        self.posted[message["id"]] = message
        self._show(message, user, place)
        return message

    def _drawn_message(self, channel: str, sent: Sent) -> Payload:
        drawn = {**EMPTY, "mentions": []}
        where = {"id": self._id(), "channel_id": channel, "author": _user(BOT), "type": 0}
        return {**drawn, **where, "timestamp": JOINED, "edited_timestamp": None, **_drawn(sent)}

    def _show(self, message: Payload, user: str, place: Place) -> None:
        if message["components"]:
            self.shown.append(Shown(message, user, place))


def _followup_problems(interaction: Interaction, *, is_new: bool) -> Iterator[str]:
    if not interaction.answers:
        yield "a followup before the first answer"
    if is_new and interaction.followups >= MAX_FOLLOWUPS and not interaction.place.is_joined:
        yield f"more than {MAX_FOLLOWUPS} followups, in a place where only its user installed the bot"


async def _read(request: web.Request) -> Sent:
    """Read a request, the files of its parts too."""
    sent = Sent(request.method, f"/{request.match_info['path']}", dict(request.query), request.content_type)
    if request.content_type != MULTIPART:
        text = await request.text()
        return replace(sent, kind=JSON if text else "", body=json.loads(text) if text else None)
    body, files = None, dict[str, int]()
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = await part.read()
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            files[str(part.name)] = len(content)
    return replace(sent, body=body, files=files)


def _drawn(sent: Sent) -> Payload:
    """Return what a body says that a message shows, as Discord stores it; a null takes a part away."""
    body = sent.body or {}
    drawn = {key: body[key] or empty for key, empty in EMPTY.items() if key in body}
    if sent.files:
        stored = {"size": 1, "url": "https://example.org/file", "proxy_url": "https://example.org/file"}
        drawn["attachments"] = [{**one, **stored} for one in body["attachments"]]
    return drawn


def _error(status: int, code: int) -> web.Response:
    body = json.dumps({"code": code, "message": "not found"}).encode()
    return web.Response(status=status, body=body, content_type=JSON)


def _person(identity: str) -> Payload:
    return {**_user(identity), "bot": False, "username": f"reader{identity}"}


def _direct(recipient: str) -> Payload:
    return {"id": f"7{recipient}", "type": 1, "recipients": [_person(recipient)], "last_message_id": None}


def _application() -> Payload:
    told = {"id": BOT, "name": "onrecord", "description": "", "icon": None, "owner": _person("4001")}
    return {**told, "verify_key": "", "bot_public": True, "bot_require_code_grant": False}


def _furnished(guild: Payload) -> Payload:
    """Return the server with the bot's role, a channel without embeds and files, and the editors' channel."""
    everybody = {"id": GUILD, "name": "@everyone", "permissions": str(ALLOWED)}
    role = {"id": ROLE, "name": "onrecord", "permissions": str(ALLOWED), "tags": {"bot_id": BOT}}
    channels = [{"id": one, "type": 0, "name": one, "position": 0} for one in (CHANNEL, BARE_CHANNEL, DESK_CHANNEL)]
    channels[1]["permission_overwrites"] = [
        {"id": GUILD, "type": 0, "allow": "0", "deny": str(EMBED_LINKS | ATTACH_FILES)}
    ]
    return {**guild, "roles": [everybody, role], "channels": channels}


def _interaction_payload(interaction: Interaction, data: Payload) -> Payload:
    place, person = interaction.place, _person(interaction.user)
    permissions = str(ALLOWED | MANAGE_GUILD if place.is_manager else ALLOWED)
    who = {"member": {**_membership(), "user": person, "permissions": permissions}} if place.guild else {"user": person}
    channel = {
        "id": place.channel,
        "type": {IN_GUILD: 0, IN_DIRECT: 1, IN_PRIVATE: 3}[place.context],
        "name": "ici",
        "position": 0,
    }
    if not place.guild:
        channel |= {"recipients": [person], "last_message_id": None}
    return {
        "id": interaction.id,
        "token": interaction.token,
        "version": 1,
        "type": interaction.kind,
        "application_id": BOT,
        "channel_id": place.channel,
        "channel": channel,
        "attachment_size_limit": 10_485_760,
        "locale": place.locale,
        "app_permissions": str(place.permissions),
        "context": place.context,
        "authorizing_integration_owners": {"0": place.guild or "0"} if place.is_joined else {"1": interaction.user},
        "entitlements": [],
        "data": data,
        **who,
        **({"guild_id": place.guild, "guild_locale": "fr"} if place.guild else {}),
        **({"message": interaction.message} if interaction.message else {}),
    }
