"""Read the votes that were fitted for an encoder, a file beside its model."""

import logging
import tomllib
from pathlib import Path

from bot.matching.deciding.context import parse_context_vote
from bot.matching.deciding.vote import parse_vote
from bot.settings import SettingsError

VOTES_FILE = "votes.toml"
UNFITTED = (
    "ONRECORD_ENCODER: no vote was fitted for this encoder, so the more careful vote for words alone decides; "
    "`python -m tests.benchmarks fit` fits one."
)

logger = logging.getLogger(__name__)


def read_votes(folder: Path, encoder: str) -> str:
    """Return the votes beside a model, or an empty text if there are none for this version of it.

    `encoder` is its name. Raises SettingsError if the file is not one that `python -m tests.benchmarks fit` writes.
    """
    path = folder / VOTES_FILE
    if not path.is_file():
        logger.warning(UNFITTED)
        return ""
    try:
        text = path.read_text("utf-8")
        data = tomllib.loads(text)
        parse_vote(data["vote"])
        parse_context_vote(data["context"])
        fitted_on = str(data["encoder"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"ONRECORD_ENCODER: {path} cannot be used ({error}); fit it again, or delete it."
        ) from error
    if _checksum(fitted_on) != _checksum(encoder):
        logger.warning("%s The votes in %s were fitted for another version.", UNFITTED, path)
        return ""
    return text


def _checksum(encoder: str) -> str:
    """Return the checksum in the name of an encoder: the folder of a copy may have another name."""
    return encoder.rpartition("/")[2]
