"""The Discord client: its intents, and the only registry of cogs and buttons."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from itertools import count
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import JournalUnreachableError
from bot.answering.ports import DeskLog, Journal, Library, SyncState
from bot.surface.answers.bulletin import Bulletin
from bot.surface.answers.cog import AnswersCog
from bot.surface.answers.more import MoreButton, MoreMenu
from bot.surface.answers.origins import OriginsButton
from bot.surface.answers.suggestions import RelatedButton, SuggestionButton
from bot.surface.answers.why import WhyButton
from bot.surface.desk.acting import CancelTrialButton, ConfirmButton
from bot.surface.desk.attaching import FactMenu, GapButton, GapMenu, NotOursButton, SearchButton
from bot.surface.desk.channel import DeskChannel
from bot.surface.desk.drafting import DraftButton
from bot.surface.desk.editors import Editors
from bot.surface.desk.facts import FactsCog
from bot.surface.desk.gaps import GapsPageButton, OpenGapsButton
from bot.surface.desk.news import DeskNews, Posted
from bot.surface.desk.privacy import PrivacyCog
from bot.surface.desk.publishing import CancelButton, PreviewButton, PublishButton
from bot.surface.desk.reports import SettleButton
from bot.surface.feedback.mistakes import MistakeButton
from bot.surface.feedback.outcomes import OutcomeLetters
from bot.surface.feedback.votes import HelpfulButton, NotHelpfulButton
from bot.surface.feedback.waits import WaitButton
from bot.surface.lookups.cog import LookupsCog
from bot.surface.platform.attempts import traced
from bot.surface.platform.connection import Connections, log_in
from bot.surface.platform.failures import report_command_failure
from bot.surface.platform.notices import NoticesCog
from bot.surface.platform.pages import PageButton
from bot.surface.platform.parts import Parts, take
from bot.surface.platform.sync import sync_commands, sync_joined
from bot.surface.platform.tokens import refusals_noted
from bot.surface.platform.translator import CatalogueTranslator

log = logging.getLogger(__name__)

BUTTONS = (
    *(SuggestionButton, RelatedButton, WhyButton, OriginsButton, MoreButton, MoreMenu),
    *(MistakeButton, WaitButton, HelpfulButton, NotHelpfulButton, PageButton),
    *(PublishButton, CancelButton, PreviewButton, GapsPageButton, OpenGapsButton, SettleButton),
    *(GapMenu, GapButton, FactMenu, SearchButton, DraftButton, NotOursButton, ConfirmButton, CancelTrialButton),
)
DESK_SECONDS = 60.0  # between two looks at what reporters and editors should be told
IDENTIFY_SECONDS = 5.0  # between two new sessions
LONGEST_RATE_LIMIT_SECONDS = 30.0  # a reply that would wait longer is not sent; discord.py allows no less
FIRST_SYNC_SECONDS = 3.0  # the bot connects then, even if its commands are not synced yet
ROUNDS_BETWEEN_GAPS = 10  # grouping questions into gaps takes longer


@dataclass(frozen=True)
class DeskSettings:
    """Where editors are told what is new, and how many readers must share a gap before they are."""

    channel: int | None = None
    gap_readers: int = 3


@dataclass(frozen=True)
class Shards:
    """How many shards the bot's servers are divided into, and which ones this process serves; all if none is named."""

    count: int | None = None
    ids: tuple[int, ...] = ()


ONE_SHARD = Shards()  # or as many as Discord asks for


def intents() -> discord.Intents:
    """Return the intents that the bot needs; mentions and DMs include content without the privileged intent."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.guild_messages = True
    wanted.dm_messages = True
    return wanted


class Tree(app_commands.CommandTree[Any]):
    """The commands; each use of one is answered once, even if Discord delivers it again."""

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Return False for an interaction that was taken before."""
        return interaction.type is discord.InteractionType.autocomplete or take(interaction)


class OnRecordClient(commands.AutoShardedBot):
    """The bot as Discord sees it; it never pings anybody."""

    def __init__(
        self,
        parts: Parts,
        editors: Editors,
        library: Library,
        journal: Journal,
        sync_state: SyncState,
        contact: str | None,
        desk: DeskSettings,
        desk_log: DeskLog,
        shards: Shards = ONE_SHARD,
    ) -> None:
        self._token_refused = asyncio.Event()
        super().__init__(
            shard_count=shards.count or 1,
            command_prefix=commands.when_mentioned,  # required but unused; it does not need message content
            help_command=None,
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            max_ratelimit_timeout=LONGEST_RATE_LIMIT_SECONDS,
            tree_cls=Tree,
            http_trace=traced(refusals_noted(self._token_refused)),
        )
        self.shard_ids = list(shards.ids) or None
        self.tree.error(report_command_failure)
        self.parts = parts
        self.bulletin = Bulletin(self, parts)
        self.editors = editors
        self.letters = OutcomeLetters(self, parts)
        channel = DeskChannel(self, desk.channel, editors, parts.catalogue, parts.clock)
        self.news = DeskNews(channel, parts, Posted(desk_log, sync_state), desk.gap_readers)
        self._library = library
        self._journal = journal
        self._sync_state = sync_state
        self._contact = contact
        self._syncing: set[asyncio.Task[None]] = set()
        self._connections = Connections(self, self._token_refused, shards.count)

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Log in and stay connected until closed; raise RefusedError if Discord refuses the bot for good."""
        await log_in(self, token)
        await self.connect(reconnect=reconnect)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected until closed; raise RefusedError if Discord refuses the bot for good."""
        await self._connections.stay()

    @property
    def latency(self) -> float:
        """The seconds from a heartbeat to Discord's answer, of the slowest shard; not a number before the first one."""
        return self._connections.latency

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until Discord takes the next new session."""
        if not initial:
            await asyncio.sleep(IDENTIFY_SECONDS)

    async def close(self) -> None:
        """Let what is under way end, and close the connection; commands not synced yet are synced at the next start."""
        await self.parts.underway.finish()
        for task in self._syncing:
            task.cancel()
        await asyncio.gather(*self._syncing, return_exceptions=True)
        await self._connections.close()
        await super().close()

    async def setup_hook(self) -> None:
        """Add cogs and buttons, and sync commands."""
        parts, clock, sent = self.parts, self.parts.clock, self.parts.sent
        await self.add_cog(
            AnswersCog(
                self, parts.assistant, sent, parts.cooldowns, parts.catalogue, clock, parts.underway, parts.locales
            )
        )
        await self.add_cog(LookupsCog(self, parts.stories, parts.lists, self._journal, sent, self._contact))
        await self.add_cog(PrivacyCog(parts.readers.privacy, parts.assistant, clock))
        await self.add_cog(NoticesCog(self, self._sync_state, parts.catalogue, clock, parts.locales))
        if self.editors.guilds:  # with an empty list, discord.py would add the cog globally
            facts = FactsCog(self._library, parts.gaps, parts.readers, clock)
            await self.add_cog(facts, guilds=[discord.Object(guild) for guild in self.editors.guilds])
        self.add_dynamic_items(*BUTTONS)
        await self.tree.set_translator(CatalogueTranslator(parts.catalogue))
        syncing = self._begin(sync_commands(self.tree, self._sync_state, self.editors.guilds))
        await asyncio.wait([syncing], timeout=FIRST_SYNC_SECONDS)

    def _begin(self, sync: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Sync in the background, until the client is closed."""
        task = asyncio.create_task(sync)
        self._syncing.add(task)
        task.add_done_callback(self._syncing.discard)
        return task

    async def on_ready(self) -> None:
        """Log the connection, and tell readers, reporters and editors what they should know."""
        log.info("connected as %s, in %d servers", self.user, len(self.guilds))
        await self.bulletin.issue()
        await self.tell_desk(gaps=True)

    async def on_mistake_reported(self) -> None:
        """Post a new report in the editors' channel; `feedback` dispatches this event."""
        await self._tell(self.news.post_reports)

    async def on_report_settled(self) -> None:
        """Tell the reporter; `desk` dispatches this event."""
        await self._tell(self.letters.send)

    async def tell_desk(self, *, gaps: bool) -> None:
        """Tell reporters what became of their reports, and editors what is new, if anything is outstanding."""
        news = self.news
        await self._tell(self.letters.send, news.post_reports, news.post_reload, *([news.post_gaps] if gaps else []))

    async def _tell(self, *tasks: Callable[[], Awaitable[object]]) -> None:
        """Do this now, or leave it to another process, which has the same to tell."""
        try:
            async with self.parts.turns.turn("desk") as is_ours:
                for task in tasks if is_ours else ():
                    await task()
        except JournalUnreachableError:
            log.debug("nobody is told what is new: the database cannot be reached, as the journal logs")

    async def run_desk(self) -> None:
        """Look every minute for what reporters and editors should be told, until cancelled."""
        for round_number in count(1):
            await asyncio.sleep(DESK_SECONDS)
            try:
                await self.tell_desk(gaps=round_number % ROUNDS_BETWEEN_GAPS == 0)
            except Exception:
                log.exception("reporters or editors could not be told what is new; trying again in a minute")

    async def on_message(self, message: discord.Message, /) -> None:
        """Ignore messages here: the chat listener handles them, and there are no prefix commands."""

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Sync an editors' server when the bot joins it: Discord deletes its commands when the bot leaves."""
        if guild.id in self.editors.guilds:
            self._begin(sync_joined(self.tree, self._sync_state, guild.id))
