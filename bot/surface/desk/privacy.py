"""The commands to see, export, delete and opt out of what is stored about a user."""

import json
from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from bot.answering.assistant import Assistant
from bot.answering.ports import Clock, Privacy
from bot.answering.privacy import StoredData
from bot.surface.platform.draft import Draft
from bot.surface.platform.parts import parts_of, renderer_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, notify, permissions_of, respond

EXPORT = "onrecord.json"


class PrivacyCog(
    commands.GroupCog, group_name="privacy", group_description="What I keep about you: see, export, delete, opt out"
):
    """Users' privacy commands: no check and no cooldown; every answer is ephemeral."""

    def __init__(self, privacy: Privacy, assistant: Assistant, clock: Clock) -> None:
        self._privacy = privacy
        self._assistant = assistant
        self._clock = clock

    @app_commands.command(description="See what I keep about you")
    async def show(self, interaction: discord.Interaction) -> None:
        """Send how much is stored, and how."""
        stored = await defer_if_slow(interaction, self._privacy.stored(interaction.user.id), ephemeral=True)
        await notify(interaction, "\n".join(_stored_lines(stored, renderer_of(interaction))))

    @app_commands.command(description="Get all that I keep about you, as a file")
    async def export(self, interaction: discord.Interaction) -> None:
        """Send everything that is stored, as JSON."""
        stored = await defer_if_slow(interaction, self._privacy.stored(interaction.user.id), ephemeral=True)
        renderer = renderer_of(interaction)
        if not any(stored.rows.values()):
            await notify(interaction, renderer.text("privacy.nothing"))
            return
        if not permissions_of(interaction).attach_files:
            await notify(interaction, renderer.text("privacy.no_file"))
            return
        whole = json.dumps({"opted_out": stored.is_opted_out, **stored.rows}, ensure_ascii=False, indent=2)
        file = discord.File(BytesIO(whole.encode()), EXPORT, description=renderer.text("privacy.alt"))
        await respond(interaction, Draft(renderer.text("privacy.export"), files=(file,)), ephemeral=True)

    @app_commands.command(description="Delete your questions, votes, reports and awaited answers")
    async def forget(self, interaction: discord.Interaction) -> None:
        """Delete everything that is stored, and the user's conversations."""
        self._assistant.forget(interaction.user.id)
        parts_of(interaction).locales.forget(interaction.user.id)
        number = await defer_if_slow(interaction, self._privacy.forget(interaction.user.id), ephemeral=True)
        await notify(interaction, renderer_of(interaction).count("privacy.forgotten", number))

    @app_commands.command(name="opt-out", description="Stop me keeping your questions and votes")
    @app_commands.describe(undo="Take back an earlier opt-out")
    async def opt_out(self, interaction: discord.Interaction, undo: bool = False) -> None:
        """Stop storing the user's data, or start again."""
        opted = self._privacy.opt_out(interaction.user.id, self._clock.now(), out=not undo)
        await defer_if_slow(interaction, opted, ephemeral=True)
        await notify(interaction, renderer_of(interaction).text("privacy.opted_in" if undo else "privacy.opted_out"))


def _stored_lines(stored: StoredData, renderer: Renderer) -> list[str]:
    """Return how many rows of each table are stored, for how long, and how."""
    state = renderer.text("privacy.is_out") if stored.is_opted_out else renderer.text("privacy.is_in")
    counts = [f"• {renderer.count(f'privacy.{name}', len(rows))}" for name, rows in stored.rows.items()]
    days = stored.retention_days
    limit = renderer.count("privacy.retention", days) if days else renderer.text("privacy.retention.always")
    return [state, *counts, limit, renderer.text("privacy.how")]
