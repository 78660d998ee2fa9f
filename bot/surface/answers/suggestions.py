"""The row of buttons under a reply, and those that show another fact: suggestions and related facts."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any, Self

import discord

from bot.answering.context import Utterance
from bot.answering.editions import mark_of
from bot.answering.related import suggest_related
from bot.answering.reply import CAUSES_WITHOUT_GAP, Reply
from bot.surface.answers.more import MoreButton
from bot.surface.feedback.votes import HelpfulButton, NotHelpfulButton
from bot.surface.feedback.waits import WaitButton
from bot.surface.platform import limits
from bot.surface.platform.buttons import PrivateButton, StatefulButton, button, label_of, stateful_view
from bot.surface.platform.custom_ids import (
    NO_FACT,
    RELATED_PATTERN,
    SUGGESTION_PATTERN,
    SuggestionState,
    custom_id,
)
from bot.surface.platform.draft import Draft
from bot.surface.platform.parts import parts_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import notify, replace_message, respond
from bot.surface.platform.sent_log import Destination
from bot.surface.platform.utterance import context_of, strip_markup

MAX_CONTROLS = 4  # under a reply
Text = Callable[[str], str]


class SuggestionButton(StatefulButton, template=SUGGESTION_PATTERN):
    """A button that shows a suggested fact, or records that none was meant."""

    def __init__(self, state: SuggestionState, label: str = "…") -> None:
        super().__init__(button(label, state.custom_id(), primary=state.fact != NO_FACT))
        self.state = state

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild a pressed button from its custom_id."""
        return cls(SuggestionState.of(match), label_of(item))

    async def press(self, interaction: discord.Interaction) -> None:
        """Replace the message with the fact if the asker pressed; send it to anybody else ephemerally."""
        parts, state = parts_of(interaction), self.state
        context = context_of(interaction)
        if state.fact == NO_FACT:
            reply: Reply | None = await parts.assistant.choose_none(context, state.exchange, state.locale)
        else:
            utterance = Utterance.of(context, strip_markup(self.item.label or ""), "button", state.locale)
            reply = await parts.assistant.choose(utterance, state.exchange, state.fact, state.story)
        if reply is None:
            await notify(interaction, parts.renderer(state.locale).text("suggest.gone"))
            return
        renderer = parts.renderer(reply.locale)
        draft = Draft(embeds=renderer.reply(reply), view=view_of(reply, interaction.user.id, renderer))
        with parts.sent.delivering(reply.exchange):
            if interaction.user.id == state.asker:
                parts.sent.change(reply, Destination.of(interaction), await replace_message(interaction, draft))
            else:
                await respond(interaction, draft, ephemeral=True)


class RelatedButton(PrivateButton, template=RELATED_PATTERN):
    """The button under a fact that suggests related facts."""

    def __init__(self, exchange: str, locale: str, story: str, fact: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(RELATED_PATTERN, "l", exchange, locale, story, fact)))
        self.exchange = exchange
        self.locale = locale
        self.story = story
        self.fact = fact

    async def draft(self, interaction: discord.Interaction) -> Draft:
        """Return up to four questions that the story answers, as buttons."""
        parts = parts_of(interaction)
        renderer = parts.renderer(self.locale)
        found = suggest_related(parts.stories, self.story, self.fact, self.locale)
        if not found:
            return Draft(renderer.text("related.none"))
        state = partial(SuggestionState, self.exchange, interaction.user.id, self.locale, self.story)
        buttons = [SuggestionButton(state(one.id), renderer.suggestion(one)) for one in found]
        text = limits.join_lines([renderer.text("related.title"), *renderer.cut(found)], limits.MESSAGE)
        return Draft(text, view=stateful_view(*buttons))


def view_of(reply: Reply, asker: int, renderer: Renderer) -> discord.ui.View:
    """Return the buttons of a reply: one row, the last of which opens a menu of everything else."""
    others, votes = _others(reply, asker, renderer), _votes(reply, renderer.text)
    return stateful_view(*others, *_wait(reply, renderer.text), *votes, *_more(reply, renderer.text))


def _others(reply: Reply, asker: int, renderer: Renderer) -> list[StatefulButton]:
    """Return the buttons for the other suggestions and for "none of these"."""
    if reply.outcome != "suggest":
        return []
    exchange, locale = reply.exchange, reply.locale
    others = [
        SuggestionButton(
            SuggestionState(exchange, asker, locale, mark_of(other.story), other.id), renderer.suggestion(other)
        )
        for other in reply.others[: MAX_CONTROLS - 2]
    ]
    none = SuggestionState(exchange, asker, locale, mark_of(reply.story), NO_FACT)
    return [*others, SuggestionButton(none, renderer.text("suggest.none"))]


def _wait(reply: Reply, text: Text) -> list[StatefulButton]:
    """Return the button to wait for an answer, if there is none yet and there may be one."""
    if reply.first or reply.cause in CAUSES_WITHOUT_GAP:
        return []
    return [WaitButton(reply.exchange, reply.locale, text("wait.button"))]


def _more(reply: Reply, text: Text) -> list[StatefulButton]:
    """Return the button that opens the menu, if a fact is shown."""
    if not reply.first:
        return []
    kind = "n" if reply.nearest else "a"
    return [
        MoreButton(reply.exchange, reply.locale, mark_of(reply.story), reply.first[0].id, kind, text("more.button"))
    ]


def _votes(reply: Reply, text: Text) -> list[StatefulButton]:
    """Return the buttons to vote; the menu has them if there are suggestions, which need the room."""
    if reply.cause == "small_talk" or reply.outcome == "suggest":
        return []
    return [
        HelpfulButton(reply.exchange, reply.locale, text("vote.button.helpful")),
        NotHelpfulButton(reply.exchange, reply.locale, text("vote.button.not_helpful")),
    ]
