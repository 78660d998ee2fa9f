"""The real process, over real sockets, against a stand-in for Discord."""

import asyncio
import json
import sqlite3
from asyncio.subprocess import Process
from collections.abc import Awaitable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import discord
import pytest

from tests.wire.process import LOGIN, running
from tests.wire.stand_in import CHANNEL, GUILD, StandIn

Found = TypeVar("Found")

PRIVILEGED = discord.Intents(members=True, presences=True, message_content=True).value
EPHEMERAL = 64  # a flag of messages
MESSAGE, CHOICES = 4, 8  # types of callbacks

MENTIONED = "Qui est Anna Petit ?"
ASKED = "Quelle part de la passerelle la région a-t-elle payée ?"
UNANSWERABLE = "Qui est Tim Cook ?"


async def soon(what: Awaitable[Found]) -> Found:
    """Wait for what must come at once; an error where it does not."""
    return await asyncio.wait_for(what, 20)


async def stopped(process: Process) -> int:
    """Ask the process to stop, as a service manager does; return its exit code."""
    process.terminate()
    return await soon(process.wait())


def words_of(message: dict[str, Any]) -> str:
    """Return everything that the message's only embed shows."""
    (embed,) = message["embeds"]
    return json.dumps(embed, ensure_ascii=False)


@pytest.mark.slow
async def test_a_member_is_answered_by_mention_by_command_and_while_typing(tmp_path: Path) -> None:
    async with StandIn() as server, running(server, tmp_path, editor_guilds=GUILD):
        identity = await soon(server.identified.get())
        assert identity["token"] == LOGIN
        assert not identity["intents"] & PRIVILEGED
        names = {command["name"]: command["name_localizations"]["fr"] for command in server.commands["global"]}
        assert names == {
            "ask": "demander",
            "who": "qui",
            "when": "quand",
            "timeline": "chronologie",
            "claims": "affirmations",
            "quote": "citations",
            "sources": "sources",
            "changes": "changements",
            "story": "dossier",
            "privacy": "confidentialité",
            "help": "aide",
            "Check against the story": "Confronter au dossier",
        }
        assert [command["name"] for command in server.commands[GUILD]] == ["facts"]

        question = await server.mention(MENTIONED)
        reply = await soon(server.replies.get())
        assert "ingénieure en chef" in words_of(reply)
        assert "§\u00a03" in words_of(reply)
        assert str(reply["message_reference"]["message_id"]) == question
        assert not any(reply["allowed_mentions"].values())

        await server.command("ask", "fr", question=ASKED)
        answer = await soon(server.callbacks.get())
        assert answer["type"] == MESSAGE
        assert "La région a payé 49\u202f%" in words_of(answer["data"])
        assert not answer["data"].get("flags", 0) & EPHEMERAL

        await server.command("ask", "fr", question=UNANSWERABLE)
        abstention = await soon(server.callbacks.get())
        assert abstention["type"] == MESSAGE
        assert "Le dossier ne dit pas cela" in words_of(abstention["data"])
        assert abstention["data"]["flags"] == EPHEMERAL

        await server.complete("who", "fr", name="pet")
        completion = await soon(server.callbacks.get())
        assert completion["type"] == CHOICES
        assert "anna-petit" in [choice["value"] for choice in completion["data"]["choices"]]

        await server.delete(question)
        assert await soon(server.deleted.get()) == reply["id"]


@pytest.mark.slow
async def test_a_bot_told_to_stop_keeps_what_was_asked_and_syncs_nothing_when_it_is_back(tmp_path: Path) -> None:
    async with StandIn() as server:
        async with running(server, tmp_path, editor_guilds=GUILD) as process:
            await soon(server.identified.get())
            await server.mention(MENTIONED)
            await soon(server.replies.get())
            await server.command("ask", "fr", question=UNANSWERABLE)
            await soon(server.callbacks.get())
            assert await stopped(process) == 0

        with closing(sqlite3.connect(tmp_path / "journal.db")) as journal:
            kept = journal.execute("SELECT surface, channel, question, outcome FROM exchanges ORDER BY at").fetchall()
        channel = int(CHANNEL)
        assert kept == [("mention", channel, MENTIONED, "answer"), ("ask", channel, UNANSWERABLE, "abstain")]

        first_syncs = server.syncs
        async with running(server, tmp_path, editor_guilds=GUILD) as process:
            await soon(server.identified.get())
            assert await stopped(process) == 0
        assert server.syncs == first_syncs
