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
    return [str(child["label"]) for child in children(message) if child.get("label")]


def menus(message: Any) -> dict[str, tuple[str, ...]]:
    """Return the labels of the menus' options, by what is written on the menu."""
    return {
        child["placeholder"]: tuple(option["label"] for option in child["options"])
        for child in children(message)
        if child.get("placeholder")
    }


def children(message: Any) -> list[dict[str, Any]]:
    """Return the buttons and menus."""
    rows = [row if isinstance(row, dict) else row.to_dict() for row in message.components]
    return [child for row in rows for child in row["components"]]


VOTES = {"fr": ["Utile", "Pas utile"], "en": ["Helpful", "Not helpful"]}
ANSWERED = {  # the buttons under an answer
    "fr": [*VOTES["fr"], "Plus…"],
    "en": [*VOTES["en"], "More…"],
}
MENU = {  # what the last of them opens
    "fr": ("Sources", "Pourquoi cette réponse ?", "Faits liés", "Signaler une erreur"),
    "en": ("Sources", "Why this answer?", "Related facts", "Report a mistake"),
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
