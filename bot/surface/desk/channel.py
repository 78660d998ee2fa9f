"""The editors' channel: where the bot posts what editors should know, at a sensible rate, without pinging anybody."""

import logging
from collections import deque
from datetime import datetime, timedelta
from functools import partial

import discord

from bot.answering.ports import Clock
from bot.answering.telling.catalogue import Catalogue
from bot.surface.desk.editors import Editors
from bot.surface.platform.attempts import new_nonce, persist
from bot.surface.platform.draft import Draft
from bot.surface.platform.failures import SENDING_ERRORS, is_passing, may_pass
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import PERMISSIONS_LACKING

log = logging.getLogger(__name__)

MAX_POSTS = 10  # in RATE_PERIOD
MAX_LOGGED_REASONS = 100
RATE_PERIOD = timedelta(minutes=10)

VIEW, SEND, SEND_IN_THREADS = "view_channel", "send_messages", "send_messages_in_threads"  # permissions

Place = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


class DeskChannel:
    """The channel of a setting; why it cannot be used is logged once for each reason."""

    def __init__(
        self, client: discord.Client, channel: int | None, editors: Editors, catalogue: Catalogue, clock: Clock
    ) -> None:
        self._client = client
        self._channel = channel
        self._editors = editors
        self._catalogue = catalogue
        self._clock = clock
        self._posted: deque[datetime] = deque(maxlen=MAX_POSTS)
        self._logged: deque[str] = deque(maxlen=MAX_LOGGED_REASONS)

    def room(self) -> int:
        """Return how many messages may be posted now; 0 if the channel cannot be used."""
        if self._place() is None:
            return 0
        start = self._clock.now() - RATE_PERIOD
        return MAX_POSTS - sum(at > start for at in self._posted)

    def renderer(self) -> Renderer:
        """Return the renderer for the language of the channel's server."""
        place = self._place()
        return Renderer.of(self._catalogue, str(place.guild.preferred_locale) if place else "")

    async def post(self, draft: Draft) -> bool:
        """Post a message; return False if it should be tried again later."""
        place = self._place()
        if place is None or self.room() <= 0:
            return False
        permitted = place.permissions_for(place.guild.me)
        self._posted.append(self._clock.now())
        try:
            for options in draft.messages(permitted):
                await persist(partial(place.send, **options, nonce=new_nonce()))
        except SENDING_ERRORS as error:
            if may_pass(error) or is_passing(error):
                self._log(f"the editors' channel cannot be posted to: {error}")
                return False
            log.exception("a message to the editors' channel was refused; it is not tried again")
        if lacking := draft.lacking(permitted):
            self._client.dispatch(PERMISSIONS_LACKING, place.guild, lacking)
        return True

    def _place(self) -> Place | None:
        """Return the channel if the bot may post there; if not, log why, and notify the managers of the server."""
        if self._channel is None or not self._client.is_ready():
            return None
        place = self._client.get_channel(self._channel)
        if not isinstance(place, Place):
            self._log(f"ONRECORD_DESK_CHANNEL: the bot sees no channel {self._channel} that it could post to")
            return None
        if place.guild.id not in self._editors.guilds:
            self._log("ONRECORD_DESK_CHANNEL: nothing is posted: its server is not in ONRECORD_EDITOR_GUILDS")
            return None
        lacking = _lacking(place)
        if lacking:
            names = ", ".join(sorted(lacking))
            if self._log(f"ONRECORD_DESK_CHANNEL: nothing is posted: the bot lacks permissions there: {names}"):
                self._client.dispatch(PERMISSIONS_LACKING, place.guild, lacking, place.mention)
            return None
        return place

    def _log(self, reason: str) -> bool:
        """Log a reason once; return whether this was the first time."""
        if reason in self._logged:
            return False
        self._logged.append(reason)
        log.warning(reason)
        return True


def _lacking(place: Place) -> frozenset[str]:
    """Return the permissions without which the bot cannot post in a channel."""
    if isinstance(place, discord.Thread) and place.parent is None:  # its permissions come from a channel that is hidden
        return frozenset({VIEW})
    permitted = place.permissions_for(place.guild.me)
    needed = (VIEW, SEND_IN_THREADS if isinstance(place, discord.Thread) else SEND)
    return frozenset(name for name in needed if not getattr(permitted, name))
