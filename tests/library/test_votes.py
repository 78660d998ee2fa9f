"""The votes beside a model are used if they were fitted for this version of it; otherwise a warning says so."""

import logging
from importlib import resources
from pathlib import Path

import pytest

from bot.library.votes import UNFITTED, VOTES_FILE, read_votes
from bot.settings import SettingsError

DECIDING = resources.files("bot.matching.deciding")


def fitted(encoder: str) -> str:
    """Return a file as `fit` writes it: the shipped votes for words alone, under the names of the parts."""
    parts = [
        (DECIDING / f"{name}.toml").read_text("utf-8").partition("[words]")[2].replace("[words.", f"[{name}.")
        for name in ("vote", "context")
    ]
    return f'encoder = "{encoder}"\n[vote]{parts[0]}\n[context]{parts[1]}'


@pytest.mark.parametrize("name", ["tiny/1f2e", "a-copy/1f2e"])
def test_votes_for_this_version_of_a_model_are_used_in_a_copy_too(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    (tmp_path / VOTES_FILE).write_text(fitted("tiny/1f2e"), "utf-8")
    assert read_votes(tmp_path, name) == fitted("tiny/1f2e")
    assert not caplog.records


@pytest.mark.parametrize("other", [None, fitted("tiny/0000")])
def test_without_votes_for_this_version_a_warning_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, other: str | None
) -> None:
    if other:
        (tmp_path / VOTES_FILE).write_text(other, "utf-8")
    with caplog.at_level(logging.WARNING):
        assert read_votes(tmp_path, "tiny/1f2e") == ""
    (record,) = caplog.records
    assert record.getMessage().startswith(UNFITTED)
    assert ("fitted for another version" in record.getMessage()) == bool(other)


@pytest.mark.parametrize(
    "text",
    [
        "no table",
        'encoder = "tiny/1f2e"',
        fitted("tiny/1f2e").replace("encoder", "name"),
        fitted("tiny/1f2e").replace("weight", "size"),
        fitted("tiny/1f2e").replace("answer = 0", "reply = 0"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / VOTES_FILE).write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=rf"ONRECORD_ENCODER: .*{VOTES_FILE} cannot be used .*fit it again"):
        read_votes(tmp_path, "tiny/1f2e")
