"""No text of a reader or an editor is formatted, live or a mention where it is shown."""

import ast
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.surface.platform.escaping import escaped
from tests.conftest import ROOT
from tests.matching.hostile import INJECTIONS, PIECES, generated

ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
LIVE = re.compile(
    r"[*_~`|<>\[\]\\]"  # no mark is left without a backslash
    r"|https?://|@everyone|@here|@[!&]?\d|\w\.\w{1,24}/"
    r"|^[ \t]*(?:[-+]\s|#{1,3}\s|-#|\d{1,9}[.)]\s)",
    re.MULTILINE,
)


def live(text: str) -> str | None:
    """Return what Discord would not show as it is written, in a text from which each escaped mark is taken."""
    found = LIVE.search(ESCAPE.sub("\0", text))
    return found[0] if found else None


@pytest.mark.parametrize("texts", [INJECTIONS, PIECES, [*generated(300, 500, seed=1)]], ids=["live", "pieces", "made"])
def test_nothing_that_readers_write_is_live(texts: Sequence[str]) -> None:
    assert texts
    assert {text: found for text in texts if (found := live(escaped(text)))} == {}


@given(st.text(alphabet="[]()<>*_`|~\\#-+>.:/@ \n1aéh", max_size=60))
def test_no_text_is_live(text: str) -> None:
    assert live(escaped(text)) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[a](b) [c](https://evil.example)", r"\[a\](b) \[c\](https\://evil.example)"),
        ("c'est quoi cette m***", r"c'est quoi cette m\*\*\*"),
        ("||La fermeture|| du `pont`", r"\|\|La fermeture\|\| du \`pont\`"),
        ("discord.gg/abc", r"discord\.gg/abc"),
        ("# titre\n- un\n12. deux\n-# petit", "\\# titre\n\\- un\n12\\. deux\n\\-# petit"),
        ("@everyone <@1>", "@\u200beveryone \\<@\u200b1\\>"),
        ("-12 °C, 2.5 %, « M. Musk » (2024) : 1er/2e", "-12 °C, 2.5 %, « M. Musk » (2024) : 1er/2e"),
    ],
)
def test_only_what_discord_would_read_is_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_there_is_one_way_to_escape() -> None:
    others = {"escape_markdown", "escape_mentions", "remove_markdown"}
    code = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py")}
    told = {path: ast.parse(text) for path, text in code.items() if any(name in text for name in others)}
    used = {
        path
        for path, tree in told.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name | ast.alias)
        if {getattr(node, "attr", ""), getattr(node, "id", ""), getattr(node, "name", "")} & others
    }
    assert told, "the comment that says why"
    assert used == set()
