"""The pages of `docs/how-to-add` list all that must be touched: a copy of the repository is changed as they say.

Each file of a page's table is changed in turn: with all of them the page's tests pass, and without any one of them the
test that the page names beside it fails.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.docs.tables import rows_of

FOLDER = ROOT / "docs" / "how-to-add"
LEFT_OUT = shutil.ignore_patterns(".*cache*", ".git", ".venv", ".hypothesis", "__pycache__", "build", "*.egg-info")

Edit = Callable[[Path], object]


def put(old: str, new: str) -> Edit:
    """Put something in the place of the first occurrence of a text."""

    def edit(file: Path) -> None:
        text = file.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        file.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def made(content: str) -> Edit:
    """Write a new file."""
    return lambda file: file.write_text(content, "utf-8")


def copied(name: str) -> Edit:
    """Copy a file that stands beside the new one."""
    return lambda file: shutil.copy(file.with_name(name), file)


def appended(content: str) -> Edit:
    """Add something at the end of a file."""
    return lambda file: file.write_text(file.read_text("utf-8") + content, "utf-8")


def sentence(key: str, text: str) -> Edit:
    """Add a sentence to a catalogue."""
    return appended(f'\nmsgid "{key}"\nmsgstr "{text}"\n')


def translated(key: str, text: str) -> Edit:
    """Add a sentence to a catalogue and to those beside it, except the English one."""
    return lambda file: [sentence(key, text)(one) for one in file.parent.glob("*.po") if one.name != "en.po"]


def both(*edits: Edit) -> Edit:
    """Make several edits of one file."""
    return lambda file: [edit(file) for edit in edits]


def run(command: str) -> Edit:
    """Run a module of the copy, whose output is the file if it has any."""

    def edit(file: Path) -> None:
        tree = next(parent for parent in file.parents if (parent / "pyproject.toml").exists())
        told = python(tree, *command.split())
        assert told.returncode == 0, told.stderr
        if told.stdout:
            file.write_text(told.stdout, "utf-8")

    return edit


MIGRATION = '''"""Store how a question was spelled."""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("exchanges", sa.Column("spelled", sa.Text))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("exchanges", "spelled")
'''
VERSIONS = sorted(path.name[:4] for path in (ROOT / "bot/journal/migrations/versions").glob("0*.py"))
NEXT = f"{int(VERSIONS[-1]) + 1:04}"
BUTTON = '''

class EchoButton(ExchangeButton, template=exchange_pattern("z")):
    """A button that says that it was pressed."""

    async def press(self, interaction: discord.Interaction) -> None:
        """Say so."""
        await self.notify(interaction, "echo.pressed")
'''
COMMAND = '''    @app_commands.command(description="Say that I am here")
    async def ping(self, interaction: discord.Interaction) -> None:
        """Say so."""
        await notify(interaction, renderer_of(interaction).text("ping.here"))

'''
CHECKED = """
LOUD = Rule("text.loud", "the text is in capitals", "write it in small letters", "Nobody likes to be shouted at.")
"""
EN, FR = (f"bot/answering/telling/catalogues/{code}.po" for code in ("en", "fr"))


STEPS: dict[str, dict[str, Edit]] = {
    "signal": {
        "bot/matching/deciding/signals.py": both(
            put('    "bare": Signal(', '    "length": Signal(0, "number of words"),\n    "bare": Signal('),
            put('        "names": [', '        "length": [len(question.tokens)] * number,\n        "names": ['),
        ),
        "tests/matching/deciding/test_signals.py": put(
            "BY_WORDS = [", 'BY_WORDS = [\n    ("length", "sued", "Who sued Nordline then?", "Who sued Nordline?"),'
        ),
        "docs/matching.md": run("-m tests.docs"),
    },
    "column": {
        "bot/journal/tables.py": put('    Column("cause"', '    Column("spelled", Text),\n    Column("cause"'),
        f"bot/journal/migrations/versions/{NEXT}_spelled.py": made(MIGRATION.format(number=NEXT, before=VERSIONS[-1])),
        "bot/journal/journal.py": put('"cause":', '"spelled": exchange.understood,\n            "cause":'),
    },
    "language": {
        "bot/matching/languages/ca.toml": copied("it.toml"),
        "tests/matching/reading/test_each_language.py": both(
            put(
                "QUESTIONS = [",
                'QUESTIONS = [\n    ("ca", "Quando ha licenziato gli operai?", "when", ["dismiss", "worker"]),',
            ),
            put("COURTESIES = [", 'COURTESIES = [\n    ("ca", "grazie mille"),'),
        ),
        "bot/matching/reading/spelling/foreign.py": put(
            "COMMON_WORDS = {", 'COMMON_WORDS = {\n    "ca": "aquest amb",'
        ),
        "bot/answering/telling/catalogues/ca.po": copied("en.po"),
        "tests/answering/telling/test_catalogue.py": both(
            put("QUOTATION_MARKS = {", 'QUOTATION_MARKS = {"ca": ("«", "»"), '),
            put("WORDS_IN_COMMON = {", 'WORDS_IN_COMMON = {"ca": set[str](), '),
        ),
    },
    "fact-kind": {
        "bot/story/model.py": put("FactKind = Literal[", 'FactKind = Literal[\n    "guess",'),
        "knowledge/story.schema.json": run("-m bot schema story"),
        EN: both(sentence("by.guess", "Guess: {name}"), sentence("attach.kind.guess", "Guess")),
        FR: both(translated("by.guess", "Supposition : {name}"), translated("attach.kind.guess", "Supposition")),
        "bot/surface/platform/render.py": put(
            '"quote": discord', '"guess": discord.Colour.teal(),\n    "quote": discord'
        ),
        "docs/writing-facts.md": put("`report`:", "`guess`: somebody supposes it. `report`:"),
    },
    "rule": {
        "bot/checking/facts.py": appended(CHECKED),
        "tests/checking/broken.py": put(
            "BROKEN = [", 'BROKEN = [\n    edited("text.loud", FACTS, "fermé le pont en", "FERMÉ LE PONT EN"),'
        ),
        "bot/matching/deciding/decision.py": put("Rule = Literal[", 'Rule = Literal["hearsay", '),
        "bot/matching/deciding/rules.py": put(
            "| `far` |", "| `hearsay` | it asks what others say | abstain |\n| `far` |"
        ),
        "docs/matching.md": run("-m tests.docs"),
    },
    "command": {
        "bot/surface/lookups/cog.py": put("    async def check(", f"{COMMAND}    async def check("),
        EN: both(
            sentence("command.ping", "ping"),
            sentence("command.ping.description", "Say that I am here"),
            sentence("ping.here", "I am here."),
        ),
        FR: both(
            translated("command.ping", "présent"),
            translated("command.ping.description", "Dire que je suis là"),
            translated("ping.here", "Je suis là."),
        ),
        "bot/surface/lookups/help.py": put('"privacy", "help"', '"privacy", "ping", "help"'),
        "docs/commands.md": run("-m tests.docs"),
    },
    "button": {
        "bot/surface/feedback/votes.py": appended(BUTTON),
        "bot/surface/client.py": both(
            put("import HelpfulButton", "import EchoButton, HelpfulButton"),
            put("BUTTONS = (", "BUTTONS = (\n    EchoButton,"),
        ),
        EN: sentence("echo.pressed", "You pressed."),
        FR: translated("echo.pressed", "Vous avez appuyé."),
    },
}


def listed(page: str) -> list[list[str]]:
    """Return the rows of a page's tables: file, change, the test that fails until then."""
    return [row for row in rows_of((FOLDER / f"{page}.md").read_text("utf-8")) if row[0].startswith("`")]


def guard(row: list[str]) -> str:
    return row[2].strip("`")


def python(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(  # noqa: S603
        [sys.executable, *arguments], cwd=tree, env=environment, capture_output=True, text=True, check=False
    )


def passes(tree: Path, *tests: str) -> bool:
    return python(tree, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *dict.fromkeys(tests)).returncode == 0


@contextmanager
def undone(tree: Path, name: str) -> Iterator[None]:
    """Leave one file of a copy as it is in the repository, until the block ends."""
    before, changed = ROOT / name, (tree / name).read_text("utf-8")
    if before.exists():
        shutil.copy(before, tree / name)
    else:
        (tree / name).unlink()
    yield
    (tree / name).write_text(changed, "utf-8")


@pytest.mark.parametrize("page", STEPS)
def test_the_files_that_are_changed_are_those_that_the_page_lists(page: str) -> None:
    patterns = [re.sub(r"<\w+>", r"[\\w-]+", re.escape(row[0].strip("`")).replace("\\<", "<")) for row in listed(page)]
    assert len(patterns) == len(STEPS[page])
    for pattern, file in zip(patterns, STEPS[page], strict=True):
        assert re.fullmatch(pattern, file), (pattern, file)


@pytest.mark.parametrize("page", sorted(path.stem for path in FOLDER.glob("*.md")))
def test_a_page_names_beside_each_file_the_test_that_fails_without_it(page: str) -> None:
    assert listed(page)
    assert [row for row in listed(page) if not re.fullmatch(r"`tests/[\w/]+\.py::\w+`", row[2])] == []


@pytest.mark.slow
@pytest.mark.parametrize("page", STEPS)
def test_a_page_is_complete_and_each_of_its_steps_is_missed(page: str, tmp_path: Path) -> None:
    steps, rows = STEPS[page], listed(page)
    tree = shutil.copytree(ROOT, tmp_path / "tree", ignore=LEFT_OUT)
    for file, edit in steps.items():
        edit(tree / file)
    assert passes(tree, *map(guard, rows))
    for file, row in zip(steps, rows, strict=True):
        with undone(tree, file):
            assert not passes(tree, guard(row)), file
