"""What a reader sees of a message."""

from typing import Any

import discord


def seen(message: Any) -> str:
    """Return the text, the embeds and the buttons as lines, with plain spaces."""
    assert message is not None
    lines = [message.content] if message.content else []
    for embed in message.embeds:
        lines += [part for part in (embed.author.name, embed.title, embed.description) if part]
        for field in embed.fields:
            lines += [str(field.name), str(field.value)]
        if embed.footer.text:
            lines.append(embed.footer.text)
    text = "\n".join([*lines, *(f"[{label}]" for label in buttons(message))])
    return text.replace("\u00a0", " ").replace("\u202f", " ")  # as a reader takes them


def buttons(message: Any) -> list[str]:
    """Return the labels of the buttons."""
    labels = []
    for row in message.components:
        for child in row["components"] if isinstance(row, dict) else row.children:
            label = child.get("label") if isinstance(child, dict) else getattr(child, "label", None)
            labels += [str(label)] if label else []  # a menu has none
    return labels


VOTES = {"fr": ["Utile", "Pas utile"], "en": ["Helpful", "Not helpful"]}
ANSWERED = {  # the buttons under an answer
    "fr": ["Pourquoi cette réponse ?", "Sources", "Faits liés", "Signaler une erreur", *VOTES["fr"]],
    "en": ["Why this answer?", "Sources", "Related facts", "Report a mistake", *VOTES["en"]],
}
UNANSWERED = {"fr": ["Me prévenir d'une réponse", *VOTES["fr"]], "en": ["Tell me when you know", *VOTES["en"]]}


def told(message: Any) -> str:
    """Return what a reader sees except the buttons."""
    labels = buttons(message)
    return "\n".join(seen(message).splitlines()[: -len(labels) or None])


def colour(message: Any) -> discord.Colour | None:
    """Return the colour of the embed."""
    found: discord.Colour | None = message.embeds[0].colour
    return found
