"""Scene files: reading the steps, finding the line that differs, rewriting what is seen."""

from pathlib import Path

import pytest

from tests.surface.evening.script import difference, read_steps, write_seen

SCENE = """\
# Thanks.

lou in questions: merci
  everybody sees:
    À votre service.

    [Utile]

# --- and later

[late] mia privately, to first: /help topic=asking
bot restarts
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "scene.txt"
    path.write_text(SCENE, "utf-8")
    return path


def test_a_step_is_read_with_its_line_and_what_is_seen_then(path: Path) -> None:
    first, second, third = read_steps(path)
    assert (first.line, first.who, first.verb, first.what, first.text) == (3, "lou", "in", "questions", "merci")
    assert first.seen == ("  everybody sees:", "    À votre service.", "", "    [Utile]")
    assert (second.line, second.name, second.to, second.text) == (11, "late", "first", "/help topic=asking")
    assert (second.seen, third.seen) == ((), ())


def test_a_line_that_is_no_step_is_told_with_its_place(path: Path) -> None:
    path.write_text("lou\n", "utf-8")
    with pytest.raises(AssertionError, match=r"scene\.txt:1: no step: lou"):
        read_steps(path)


@pytest.mark.parametrize(
    ("seen", "line", "expected", "got"),
    [
        (("  everybody sees:", "    De rien.", "", "    [Utile]"), 5, "À votre service.", "De rien."),
        (("  everybody sees:", "    À votre service."), 6, "", "nothing more"),
        (("  everybody sees:", "    À votre service.", "", "    [Utile]", "    x"), 8, "nothing more", "x"),
        ((), 4, "everybody sees:", "nothing more"),
    ],
)
def test_the_first_line_that_differs_is_told_with_its_place(
    path: Path, seen: tuple[str, ...], line: int, expected: str, got: str
) -> None:
    told = difference(path, read_steps(path)[0], seen)
    assert told.splitlines()[0] == f"{path}:{line}: expected {expected!r}, got {got!r}"


def test_what_is_seen_is_written_and_all_else_stays(path: Path) -> None:
    first, second, third = read_steps(path)
    write_seen(path, {first: ("  lou alone sees:", "    De rien."), second: ("  the answer goes too",), third: ()})
    assert path.read_text("utf-8") == SCENE.replace(
        "  everybody sees:\n    À votre service.\n\n    [Utile]\n", "  lou alone sees:\n    De rien.\n"
    ).replace("topic=asking\n", "topic=asking\n  the answer goes too\n")
    write_seen(path, {step: step.seen for step in read_steps(path)})
    assert [step.who for step in read_steps(path)] == ["lou", "mia", "bot"]
