"""Keep French punctuation on the line of its word, as a newspaper does."""

import discord

NO_BREAK = "\u00a0"
NARROW = "\u202f"  # a no-break space too, of the width that goes before ; ? and !

_UNBROKEN = {
    "« ": f"«{NO_BREAK}",
    " »": f"{NO_BREAK}»",
    " :": f"{NO_BREAK}:",
    " ;": f"{NARROW};",
    " ?": f"{NARROW}?",
    " !": f"{NARROW}!",
    " %": f"{NARROW}%",
}


def unbroken(text: str) -> str:
    """Put no-break spaces where French punctuation has a space; any other language has none there."""
    for written, kept in _UNBROKEN.items():
        text = text.replace(written, kept)
    return text


def unbroken_embed(embed: discord.Embed) -> discord.Embed:
    """Do the same for all that a reader sees of an embed."""
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
