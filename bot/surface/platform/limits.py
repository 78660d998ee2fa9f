"""Discord's numbers, each with the page that gives it."""

from collections.abc import Iterable

# https://discord.com/developers/docs/resources/channel#create-message
MESSAGE = 2000  # characters

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json: what is gone, or closed to the bot
GONE = {
    10003,  # unknown channel
    10004,  # unknown server
    10008,  # unknown message
    10013,  # unknown user
    10015,  # unknown webhook: an interaction is answered within 15 minutes
    10062,  # unknown interaction: it is acknowledged within 3 seconds
    40060,  # the interaction has been acknowledged already
    50001,  # no access
    50007,  # the user takes no direct messages
    50013,  # no permission
    50083,  # an archived thread
    50027,  # the interaction's token is over
    50278,  # no server in common with the user
    160002,  # no reply without the permission to read the message history
}
REMOVED = {10003, 10004, 10008}  # of those, what will not come back
TOO_MANY_REQUESTS = 429  # the status of a rate limit
FORM_INVALID = 50035  # an invalid form; its text names the invalid part

# https://discord.com/developers/docs/resources/message#embed-object-embed-limits
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_AUTHOR = 256
EMBED_FOOTER = 2048
EMBED_FIELDS = 25
EMBED_FIELD_NAME = 256
EMBED_FIELD_VALUE = 1024
EMBED_TOTAL = 6000  # of all the embeds of a message

AROUND = 1500  # characters of an embed kept for its title, its description and its footer
Field = tuple[str, list[str]]  # a name, and lines

# https://discord.com/developers/docs/resources/message#attachment-object
ALT_TEXT = 1024

# https://discord.com/developers/docs/components/reference
CUSTOM_ID = 100
BUTTON_LABEL = 80
MODAL_TITLE = 45
MODAL_LABEL = 45
MODAL_TEXT = 1000  # characters that we ask for at most; Discord takes 4,000

# https://discord.com/developers/docs/interactions/receiving-and-responding
FOLLOWUPS = 5  # of one interaction, by an app that a user installed
TOKEN = 900  # seconds that an interaction can be answered in, and a form is worth to wait for

# https://discord.com/developers/docs/interactions/application-commands
CHOICES = 25
CHOICE_NAME = 100
COMMAND_NAME = 32  # of a menu and of an option too
COMMAND_DESCRIPTION = 100


def clip(text: str, limit: int) -> str:
    """Shorten a text at a word's end, with an ellipsis, where it is longer than the limit."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def chunks(lines: list[str], limit: int) -> list[list[str]]:
    """Split lines into runs that fit a limit each, none of them cut but one that is longer than it."""
    runs: list[list[str]] = []
    for line in (clip(line, limit - 2) for line in lines):
        if runs and len("\n".join([*runs[-1], line])) <= limit - 2:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def paged(fields: Iterable[Field], most: int) -> list[list[Field]]:
    """Put fields on as few pages as they fit: so many a page at most, and as much as an embed holds."""
    pages: list[list[Field]] = []
    room = 0
    for name, lines in fields:
        size = len(name) + min(sum(len(line) + 1 for line in lines), EMBED_FIELD_VALUE)
        if not pages or len(pages[-1]) == most or size > room:
            pages.append([])
            room = EMBED_TOTAL - AROUND
        pages[-1].append((name, lines))
        room -= size
    return pages


def blocks(lines: list[str]) -> list[str]:
    """Return lines as one block where a field holds it, so that they are not parted; else as they are."""
    block = "\n".join(lines)
    return [block] if len(block) < EMBED_FIELD_VALUE - 1 else lines


def whole_lines(lines: list[str], limit: int) -> str:
    """Join as many lines as fit, none cut but one that is longer than the limit; an ellipsis stands for the rest."""
    kept: list[str] = []
    for line in (clip(line, limit - 2) for line in lines):
        if len("\n".join([*kept, line])) > limit - 2:
            return "\n".join([*kept, "…"])
        kept.append(line)
    return "\n".join(kept)
