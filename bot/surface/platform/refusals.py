"""What Discord refuses for good: the sentence that tells the admin what to correct, and the exit status."""

from bot import RefusedError

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway: close codes after which no new connection
# can succeed. The exit status is the last two digits.
TOKEN_REFUSED, SHARDS_NEEDED = 4004, 4011
SENTENCES = {
    TOKEN_REFUSED: "DISCORD_TOKEN: Discord no longer takes this token: it was probably reset. Copy the new one from "
    "the developer portal.",
    4010: "Discord refuses this connection (4010, invalid shard). Look at ONRECORD_SHARD_COUNT and ONRECORD_SHARD_IDS: "
    "each id is less than the count, and all processes have the same count.",
    SHARDS_NEEDED: "Discord refuses this connection (4011, sharding required): the bot is in too many servers for "
    "ONRECORD_SHARD_COUNT. Set a larger one for all processes, or none, and Discord is asked for it.",
    4012: "Discord refuses this connection (4012, invalid API version): it no longer speaks with this release of "
    "discord.py. Update OnRecord.",
    4013: "Discord refuses this connection (4013, invalid intents): it does not know an intent that this release asks "
    "for. Update OnRecord.",
    4014: "Discord refuses this connection (4014, disallowed intents): this bot is not allowed an intent that it asks "
    "for. OnRecord needs none of the privileged ones; check its page in the developer portal, and update OnRecord.",
}
LOGIN_REFUSED = "DISCORD_TOKEN: Discord rejects this token; copy it again from the developer portal."


def refusal_of(code: int) -> RefusedError:
    """Return the error of a close code that cannot heal."""
    return RefusedError(SENTENCES[code], code % 100)


def login_refusal() -> RefusedError:
    """Return the error of a token that Discord does not take at the start."""
    return RefusedError(LOGIN_REFUSED, TOKEN_REFUSED % 100)
