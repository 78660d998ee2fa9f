"""Discord's limits, each with the page that documents it, and functions that fit text into them."""

from collections.abc import Iterable

# https://discord.com/developers/docs/resources/channel#create-message
MESSAGE = 2000  # characters

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json: gone, or closed to the bot
ARCHIVED_THREAD = 50083
LOCKED_THREAD = 160005
ALREADY_ACKNOWLEDGED = 40060
GONE_CODES = {
    10003,  # unknown channel
    10004,  # unknown server
    10008,  # unknown message
    10013,  # unknown user
    10015,  # unknown webhook: an interaction must be answered within 15 minutes
    10062,  # unknown interaction: it must be acknowledged within 3 seconds
    ALREADY_ACKNOWLEDGED,  # the interaction has already been acknowledged
    50001,  # no access
    50007,  # the user does not accept direct messages
    50013,  # no permission
    ARCHIVED_THREAD,
    LOCKED_THREAD,
    50027,  # the interaction's token has expired
    50278,  # no server in common with the user
    160002,  # a reply needs the permission to read the message history
}
CLOSED_CODES = {ARCHIVED_THREAD, LOCKED_THREAD}  # a moderator may open the thread again
PERMANENT_CODES = {10003, 10004, 10008}  # a retry cannot succeed
UNAUTHORIZED = 401  # HTTP status of a refused token
TOO_MANY_REQUESTS = 429  # HTTP status of a rate limit
SERVER_ERROR = 500  # the lowest HTTP status of an error that is not ours
INVALID_FORM_BODY = 50035  # invalid form body; the error's text names the invalid field

# https://discord.com/developers/docs/resources/message#embed-object-embed-limits
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_AUTHOR = 256
EMBED_FIELDS = 25
EMBED_FIELD_NAME = 256
EMBED_FIELD_VALUE = 1024
EMBED_TOTAL = 6000  # all embeds of a message together

RESERVED_EMBED_CHARACTERS = 1500  # for an embed's title, description and footer
Field = tuple[str, list[str]]  # its name and its lines

# https://discord.com/developers/docs/resources/message#attachment-object
ALT_TEXT = 1024

# https://discord.com/developers/docs/components/reference
CUSTOM_ID = 100
BUTTON_LABEL = 80
MENU_OPTIONS = 25
MENU_OPTION_TEXT = 100  # a label or a description
MENU_PLACEHOLDER = 150
MODAL_TITLE = 45
MODAL_LABEL = 45
MODAL_DESCRIPTION = 100
MODAL_TEXT = 1000  # our own limit; Discord allows 4,000

# https://discord.com/developers/docs/interactions/receiving-and-responding
FOLLOWUPS = 5  # per interaction, for an app installed by a user
INTERACTION_SECONDS = 900  # how long an interaction can be answered; a form times out then too

# https://discord.com/developers/docs/interactions/application-commands
CHOICES = 25
CHOICE_NAME = 100
COMMAND_NAME = 32  # also for context menus and options
COMMAND_DESCRIPTION = 100


def clip(text: str, limit: int) -> str:
    """Cut a text that is longer than `limit` characters after a whole word, and add an ellipsis.

    A backslash whose mark is cut off goes too.
    """
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    whole = cut.rpartition(" ")[0] or cut
    return whole.rstrip("\\") + "…"


def chunks(lines: list[str], limit: int) -> list[list[str]]:
    """Group lines into chunks of at most `limit` characters; cut only a line that is longer."""
    found: list[list[str]] = []
    for line in (clip(line, limit) for line in lines):
        if found and len("\n".join([*found[-1], line])) <= limit:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def paged(fields: Iterable[Field], fields_a_page: int) -> list[list[Field]]:
    """Group fields into as few pages as possible, within an embed's size and `fields_a_page`."""
    pages: list[list[Field]] = []
    room = 0
    for name, lines in fields:
        size = len(name) + min(sum(len(line) + 1 for line in lines), EMBED_FIELD_VALUE)
        if not pages or len(pages[-1]) == fields_a_page or size > room:
            pages.append([])
            room = EMBED_TOTAL - RESERVED_EMBED_CHARACTERS
        pages[-1].append((name, lines))
        room -= size
    return pages


def keep_together(lines: list[str]) -> list[str]:
    """Join lines into one block if a field can hold it, so that `chunks` does not split them."""
    block = "\n".join(lines)
    return [block] if len(block) < EMBED_FIELD_VALUE - 1 else lines


def join_lines(lines: list[str], limit: int) -> str:
    """Join the lines that fit in `limit` characters, with an ellipsis for the rest; cut only a line that is longer."""
    whole = "\n".join(lines)
    if len(whole) <= limit:
        return whole
    fitting: list[str] = []
    room = limit - len("\n…")
    for line in (clip(line, room) for line in lines):
        if len("\n".join([*fitting, line])) > room:
            return "\n".join([*fitting, "…"])
        fitting.append(line)
    return "\n".join(fitting)
