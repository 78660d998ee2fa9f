"""The least that a bot of discord.py does: it replies to a mention with the same words."""

import os

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.surface.client import intents


class Echo(discord.Client):
    """Replies to who mentions it."""

    async def on_message(self, message: discord.Message) -> None:
        """Reply with the same words."""
        if self.user in message.mentions:
            await message.reply(message.content, mention_author=False)


if __name__ == "__main__":
    Route.BASE = os.environ["ONRECORD_DISCORD_API"]
    DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["ONRECORD_DISCORD_GATEWAY"])
    Echo(intents=intents(), shard_id=0, shard_count=1).run(os.environ["DISCORD_TOKEN"], log_handler=None)
