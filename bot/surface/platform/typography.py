"""No-break spaces, so that French punctuation stays on the line of its word, and "§" on that of its number."""

import discord

NO_BREAK = "\u00a0"
NARROW = "\u202f"  # the narrow no-break space that French puts before ; ? and !

_UNBROKEN = {
    "« ": f"«{NO_BREAK}",
    " »": f"{NO_BREAK}»",
    " :": f"{NO_BREAK}:",
    " ;": f"{NARROW};",
    " ?": f"{NARROW}?",
    " !": f"{NARROW}!",
    " %": f"{NARROW}%",
    "§ ": f"§{NO_BREAK}",
}


def unbroken(text: str) -> str:
    """Replace spaces around French punctuation, where other languages have none, and after "§" with no-break spaces."""
    for breaking, unbreaking in _UNBROKEN.items():
        text = text.replace(breaking, unbreaking)
    return text


def unbroken_embed(embed: discord.Embed) -> discord.Embed:
    """Apply `unbroken` to all text in an embed, and return the embed."""
    embed.title = unbroken(embed.title) if embed.title else None
    embed.description = unbroken(embed.description) if embed.description else None
    if embed.author.name:
        embed.set_author(name=unbroken(embed.author.name))
    if embed.footer.text:
        embed.set_footer(text=unbroken(embed.footer.text))
    for number, field in enumerate(embed.fields):
        embed.set_field_at(
            number, name=unbroken(field.name or ""), value=unbroken(field.value or ""), inline=field.inline
        )
    return embed
