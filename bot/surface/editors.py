"""The editors' commands: reload the fact base, see how it does; only in the editors' servers."""

from io import BytesIO

import discord
from discord import app_commands

from bot.answering.catalogue import language_of
from bot.answering.ports import Edition
from bot.answering.text import percent
from bot.surface import limits
from bot.surface.services import Services
from bot.surface.translator import Words


def editor_commands(services: Services) -> app_commands.Group:
    """Build `/facts`; who may use it is checked again in code, since a server can change its own permissions."""
    words = Words(services.catalogue)
    group = app_commands.Group(
        name=words("command.facts"),
        description=words("command.facts.description"),
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
    )

    @group.command(name=words("command.facts.reload"), description=words("command.facts.reload.description"))
    async def reload(interaction: discord.Interaction) -> None:
        if not await _admit(interaction, services):
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        report = await services.library.reload()
        renderer = services.renderer(str(interaction.locale))
        if report.loaded:
            heading = renderer.say("facts.loaded", version=report.edition.version)
        else:
            heading = services.catalogue.count(renderer.locale, "facts.kept", len(report.problems))
        problems = [discord.utils.escape_markdown(problem) for problem in report.problems]
        text = limits.whole_lines([heading, *problems], limits.MESSAGE)
        whole = BytesIO("\n".join(report.problems).encode())
        files = [discord.File(whole, "problems.txt")] if text.endswith("…") else []
        await interaction.followup.send(text, files=files, ephemeral=True)

    @group.command(name=words("command.facts.status"), description=words("command.facts.status.description"))
    async def status(interaction: discord.Interaction) -> None:
        if not await _admit(interaction, services):
            return
        edition, locale = services.library.current, str(interaction.locale)
        sentence = services.renderer(locale).say(
            "facts.status",
            title=services.title(locale),
            facts=len(edition.story.shown_facts),
            entities=len(edition.story.entities),
            version=edition.version,
            matching=services.renderer(locale).say(f"facts.{_how(edition)}"),
            answered=percent(edition.answered, language_of(locale)),
        )
        await interaction.response.send_message(sentence, ephemeral=True)

    return group


def _how(edition: Edition) -> str:
    return "semantic" if edition.decider.is_semantic else "lexical"


async def _admit(interaction: discord.Interaction, services: Services) -> bool:
    """Admit the managers of an editors' server and the bot's owners, in such a server; refuse anybody else."""
    at_home = interaction.guild_id in services.editor_guilds
    trusted = interaction.permissions.manage_guild or interaction.user.id in services.owners
    if at_home and trusted:
        return True
    sentence = services.renderer(str(interaction.locale)).say("facts.forbidden")
    await interaction.response.send_message(sentence, ephemeral=True)
    return False
