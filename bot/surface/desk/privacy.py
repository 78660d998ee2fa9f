"""The commands by which users see, take away and forbid what is kept of them."""

import json
from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from bot.answering.assistant import Assistant
from bot.answering.ports import Clock, Privacy
from bot.answering.privacy import Kept
from bot.surface.platform.draft import Draft
from bot.surface.platform.parts import renderer_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, notify, permissions_of, respond

EXPORT = "onrecord.json"


class PrivacyCog(
    commands.GroupCog, group_name="privacy", group_description="What I keep about you: see, export, delete, opt out"
):
    """The rights of everybody, at any time: no check and no limit; each answer is for its user alone."""

    def __init__(self, privacy: Privacy, assistant: Assistant, clock: Clock) -> None:
        self._privacy = privacy
        self._assistant = assistant
        self._clock = clock

    @app_commands.command(description="See what I keep about you")
    async def show(self, interaction: discord.Interaction) -> None:
        """Say how much is kept, and how."""
        kept = await defer_if_slow(interaction, self._privacy.kept(interaction.user.id), ephemeral=True)
        await notify(interaction, "\n".join(_kept_lines(kept, renderer_of(interaction))))

    @app_commands.command(description="Get all that I keep about you, as a file")
    async def export(self, interaction: discord.Interaction) -> None:
        """Send everything that is kept, as JSON."""
        kept = await defer_if_slow(interaction, self._privacy.kept(interaction.user.id), ephemeral=True)
        renderer = renderer_of(interaction)
        if not any(kept.rows.values()):
            await notify(interaction, renderer.text("privacy.nothing"))
            return
        if not permissions_of(interaction).attach_files:
            await notify(interaction, renderer.text("privacy.no_file"))
            return
        whole = json.dumps({"opted_out": kept.is_opted_out, **kept.rows}, ensure_ascii=False, indent=2)
        file = discord.File(BytesIO(whole.encode()), EXPORT, description=renderer.text("privacy.alt"))
        await respond(interaction, Draft(renderer.text("privacy.export"), files=(file,)), ephemeral=True)

    @app_commands.command(description="Delete your questions, votes, reports and awaited answers")
    async def forget(self, interaction: discord.Interaction) -> None:
        """Delete everything that is kept, and what the conversation remembers."""
        self._assistant.forget(interaction.user.id)
        number = await defer_if_slow(interaction, self._privacy.forget(interaction.user.id), ephemeral=True)
        await notify(interaction, renderer_of(interaction).count("privacy.forgotten", number))

    @app_commands.command(name="opt-out", description="Stop me keeping your questions and votes")
    @app_commands.describe(undo="Take back an earlier opt-out")
    async def opt_out(self, interaction: discord.Interaction, undo: bool = False) -> None:
        """Keep nothing from now on, or again what is kept of everybody."""
        opted = self._privacy.opt_out(interaction.user.id, self._clock.now(), out=not undo)
        await defer_if_slow(interaction, opted, ephemeral=True)
        await notify(interaction, renderer_of(interaction).text("privacy.opted_in" if undo else "privacy.opted_out"))


def _kept_lines(kept: Kept, renderer: Renderer) -> list[str]:
    """Say how many rows of each kind are kept, and how."""
    state = renderer.text("privacy.is_out") if kept.is_opted_out else renderer.text("privacy.is_in")
    counts = [f"• {renderer.count(f'privacy.{name}', len(rows))}" for name, rows in kept.rows.items()]
    return [state, *counts, renderer.text("privacy.how")]
