"""The editors' commands: reload the fact base, see how it does; only in the editors' servers."""

from io import BytesIO

import discord
from discord import app_commands

from bot.answering.ports import Edition
from bot.answering.records import ReportedMistake
from bot.answering.telling.text import percent
from bot.surface.platform import limits
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.sending import Draft, in_time, respond, say
from bot.surface.platform.services import Services
from bot.surface.platform.translator import Words

REPORTS_A_PAGE, MOST_READ = 5, 1000  # mistakes in the queue that are shown, and counted
SHOWN = 200  # characters of a question, of the facts, of a link
ROOM = 100  # characters of a field for the words around what is reported


def editor_commands(services: Services) -> app_commands.Group:
    """Build `/facts`; who may use it is checked again in code, since a server can change its own permissions."""
    words = Words(services.catalogue)
    group = app_commands.Group(
        name=words("command.facts"),
        description=words("command.facts.description"),
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
    )

    @group.command(name=words("command.facts.reload"), description=words("command.facts.reload.description"))
    async def reload(interaction: discord.Interaction) -> None:
        if not await _admit(interaction, services):
            return
        report = await in_time(interaction, services.library.reload(), alone=True)
        renderer = services.renderer(str(interaction.locale))
        if report.loaded:
            versions = (f"{edition.story.id} {edition.version}" for edition in report.shelf.editions)
            heading = renderer.say("facts.loaded", versions=", ".join(versions))
        else:
            heading = services.catalogue.count(renderer.locale, "facts.kept", len(report.problems))
        problems = [discord.utils.escape_markdown(problem) for problem in report.problems]
        text = limits.whole_lines([heading, *problems], limits.MESSAGE)
        whole = BytesIO("\n".join(report.problems).encode())
        files = (discord.File(whole, "problems.txt"),) if text.endswith("…") else ()
        await respond(interaction, Draft(text, files=files), services, alone=True)

    @group.command(name=words("command.facts.status"), description=words("command.facts.status.description"))
    async def status(interaction: discord.Interaction) -> None:
        if not await _admit(interaction, services):
            return
        renderer = services.renderer(str(interaction.locale))
        sentences = [_state(edition, renderer) for edition in services.library.current.editions]
        await say(interaction, limits.whole_lines(sentences, limits.MESSAGE), services)

    _queue(group, services, words)
    return group


def _queue(group: app_commands.Group, services: Services, words: Words) -> None:
    """Add the commands about mistakes that readers report."""

    @group.command(name=words("command.facts.queue"), description=words("command.facts.queue.description"))
    async def queue(interaction: discord.Interaction) -> None:
        if not await _admit(interaction, services):
            return
        renderer = services.renderer(str(interaction.locale))
        reported = await in_time(interaction, services.feedback.mistakes(MOST_READ), alone=True)
        if not reported:
            await say(interaction, renderer.say("queue.empty"), services)
            return
        embed = discord.Embed(title=renderer.say("queue.title"), colour=COLOURS["report"])
        for row in reported[:REPORTS_A_PAGE]:
            renderer.field(embed, renderer.say("queue.number", number=row.number), _report_lines(row, renderer))
        if len(reported) > REPORTS_A_PAGE:
            more = len(reported) - REPORTS_A_PAGE
            embed.set_footer(text=services.catalogue.count(renderer.locale, "list.more", more))
        await respond(interaction, Draft(embeds=(embed,)), services, alone=True)

    @group.command(name=words("command.facts.settle"), description=words("command.facts.settle.description"))
    @app_commands.rename(number=words("command.facts.settle.number"))
    @app_commands.describe(number=words("command.facts.settle.number.description"))
    async def settle(interaction: discord.Interaction, number: app_commands.Range[int, 1]) -> None:
        if not await _admit(interaction, services):
            return
        renderer = services.renderer(str(interaction.locale))
        settled = await in_time(interaction, services.feedback.settle(number, services.clock.now()), alone=True)
        await say(interaction, renderer.say("queue.settled" if settled else "queue.unknown", number=number), services)


def _report_lines(row: ReportedMistake, renderer: Renderer) -> list[str]:
    """Say what is reported; what is too long for a field is cut, and says so."""
    mistake, escape = row.mistake, discord.utils.escape_markdown
    lines = [renderer.say("queue.question", question=limits.clip(escape(row.question or "—"), SHOWN))]
    if row.facts:
        lines.append(renderer.say("queue.facts", facts=limits.clip(", ".join(row.facts), SHOWN)))
    if mistake.written:
        lines.append(renderer.say("queue.written", text=limits.clip(escape(mistake.written), SHOWN)))
    room = limits.EMBED_FIELD_VALUE - sum(map(len, lines)) - ROOM
    return [*lines, renderer.say("queue.wrong", text=limits.clip(escape(mistake.wrong).replace("\n", " "), room))]


def _state(edition: Edition, renderer: Renderer) -> str:
    """Say how one story does."""
    return renderer.say(
        "facts.status",
        title=edition.story.story.title.get(renderer.locale),
        facts=len(edition.story.shown_facts),
        entities=len(edition.story.entities),
        version=edition.version,
        matching=renderer.say("facts.semantic" if edition.decider.is_semantic else "facts.lexical"),
        answered=percent(edition.answered, renderer.locale),
    )


async def _admit(interaction: discord.Interaction, services: Services) -> bool:
    """Admit the managers of an editors' server and the bot's owners, in such a server; refuse anybody else."""
    at_home = interaction.guild_id in services.editor_guilds
    trusted = interaction.permissions.manage_guild or interaction.user.id in services.owners
    if at_home and trusted:
        return True
    await say(interaction, services.renderer(str(interaction.locale)).say("facts.forbidden"), services)
    return False
