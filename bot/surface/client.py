"""The Discord client: intents, commands, listeners."""

import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.surface.answers.bulletin import Bulletin
from bot.surface.answers.chat import ChatCog
from bot.surface.answers.origins import SourcesButton
from bot.surface.answers.suggestions import RelatedButton, SuggestionButton
from bot.surface.answers.why import WhyButton
from bot.surface.commands import public_commands
from bot.surface.desk.editors import editor_commands
from bot.surface.feedback.mistakes import MistakeButton
from bot.surface.feedback.votes import HelpfulButton, NotHelpfulButton
from bot.surface.feedback.waits import WaitButton
from bot.surface.lookups.cards import cards_pages
from bot.surface.lookups.changes import CHANGES, changes_pages
from bot.surface.lookups.listings import draws
from bot.surface.lookups.sources import SOURCES, sources_pages
from bot.surface.lookups.timeline import TIMELINE, timeline_pages
from bot.surface.platform.pages import PageButton
from bot.surface.platform.services import Services
from bot.surface.platform.sync import sync_commands, sync_scope
from bot.surface.platform.translator import CatalogueTranslator
from bot.surface.platform.tree import Tree

log = logging.getLogger(__name__)

BUTTONS = (
    *(SuggestionButton, RelatedButton, WhyButton, SourcesButton, MistakeButton),
    *(WaitButton, HelpfulButton, NotHelpfulButton),
)


def intents() -> discord.Intents:
    """Only what is used: servers and messages; message content comes with mentions, replies that ping, and DMs."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.guild_messages = True
    wanted.dm_messages = True
    return wanted


class OnRecordClient(commands.Bot):
    """The bot as Discord sees it; it pings nobody, ever."""

    def __init__(self, services: Services) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,  # no prefix command exists; this one needs no message content
            help_command=None,
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            tree_cls=Tree,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        self._services = services
        self.bulletin = Bulletin(self, services)
        self.tree.services = services  # type: ignore[attr-defined]

    async def setup_hook(self) -> None:
        """Add listeners, buttons and commands, and sync those that changed."""
        services = self._services
        await self.add_cog(ChatCog(self, services))
        pages = {
            **draws(services),
            **cards_pages(services),
            TIMELINE: timeline_pages(services),
            SOURCES: sources_pages(services),
            CHANGES: changes_pages(services),
        }
        self.add_dynamic_items(*(kind.bound(services) for kind in BUTTONS), PageButton.drawing(services, pages))
        await self.tree.set_translator(CatalogueTranslator(services.catalogue))
        for command in public_commands(services):
            self.tree.add_command(command)
        for guild in services.editor_guilds:
            self.tree.add_command(editor_commands(services), guild=discord.Object(guild))
        await sync_commands(self.tree, services.sync_state, services.editor_guilds)

    async def on_ready(self) -> None:
        """Say in the log that the bot is there."""
        log.info("connected as %s, in %d servers", self.user, len(self.guilds))
        await self.bulletin.issue()

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the chat listener: there are no prefix commands."""

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Give an editors' server its commands when the bot is invited there: Discord forgets them when it leaves."""
        if guild.id in self._services.editor_guilds:
            await sync_scope(self.tree, self._services.sync_state, discord.Object(guild.id), anyway=True)
