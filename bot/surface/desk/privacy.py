"""The commands by which users see, take away and forbid what is kept of them."""

import json
from io import BytesIO

import discord
from discord import app_commands

from bot.answering.records import Kept
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import Draft, in_time, permissions_of, respond, say
from bot.surface.platform.services import Services
from bot.surface.platform.translator import Words

EXPORT = "onrecord.json"


def privacy_commands(services: Services, words: Words) -> app_commands.Group:
    """Build `/privacy`; all that it answers is for its user alone."""
    group = app_commands.Group(name=words("command.privacy"), description=words("command.privacy.description"))
    _reading(group, services, words)
    _changing(group, services, words)
    return group


def _reading(group: app_commands.Group, services: Services, words: Words) -> None:
    @group.command(name=words("command.privacy.show"), description=words("command.privacy.show.description"))
    async def show(interaction: discord.Interaction) -> None:
        kept = await in_time(interaction, services.privacy.kept(interaction.user.id), alone=True)
        renderer = services.renderer(str(interaction.locale))
        await say(interaction, "\n".join(_kept_lines(kept, renderer)), services)

    @group.command(name=words("command.privacy.export"), description=words("command.privacy.export.description"))
    async def export(interaction: discord.Interaction) -> None:
        kept = await in_time(interaction, services.privacy.kept(interaction.user.id), alone=True)
        renderer = services.renderer(str(interaction.locale))
        if not any(kept.rows.values()):
            await say(interaction, renderer.say("privacy.nothing"), services)
            return
        if not permissions_of(interaction).attach_files:
            await say(interaction, renderer.say("privacy.no_file"), services)
            return
        whole = json.dumps({"opted_out": kept.is_opted_out, **kept.rows}, ensure_ascii=False, indent=2)
        file = discord.File(BytesIO(whole.encode()), EXPORT, description=renderer.say("privacy.alt"))
        await respond(interaction, Draft(renderer.say("privacy.export"), files=(file,)), services, alone=True)


def _changing(group: app_commands.Group, services: Services, words: Words) -> None:
    @group.command(name=words("command.privacy.forget"), description=words("command.privacy.forget.description"))
    async def forget(interaction: discord.Interaction) -> None:
        user = interaction.user.id
        services.assistant.forget(user)
        count = await in_time(interaction, services.privacy.forget(user), alone=True)
        locale = services.renderer(str(interaction.locale)).locale
        await say(interaction, services.catalogue.count(locale, "privacy.forgotten", count), services)

    @group.command(name=words("command.privacy.opt_out"), description=words("command.privacy.opt_out.description"))
    @app_commands.rename(undo=words("command.privacy.undo"))
    @app_commands.describe(undo=words("command.privacy.undo.description"))
    async def opt_out(interaction: discord.Interaction, undo: bool = False) -> None:
        user, renderer = interaction.user.id, services.renderer(str(interaction.locale))
        out = services.privacy.opt_out(user, services.clock.now(), out=not undo)
        await in_time(interaction, out, alone=True)
        await say(interaction, renderer.say("privacy.opted_in" if undo else "privacy.opted_out"), services)


def _kept_lines(kept: Kept, renderer: Renderer) -> list[str]:
    """Say how many rows of each kind are kept, and how."""
    state = renderer.say("privacy.is_out") if kept.is_opted_out else renderer.say("privacy.is_in")
    counts = [
        f"• {renderer.catalogue.count(renderer.locale, f'privacy.{name}', len(rows))}"
        for name, rows in kept.rows.items()
    ]
    return [state, *counts, renderer.say("privacy.how")]
