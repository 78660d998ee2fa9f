"""The wrong and the right example of each rule of the checker, from its broken case."""

import shutil
import tempfile
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from bot.library.library import read_knowledge
from bot.library.problems import printable
from tests.checking.broken import BROKEN, Broken
from tests.small_story import write_small_story

MAX_LINES = 12
MAX_CHARACTERS = 130
FIRST = {case.rule: case for case in reversed(BROKEN)}
Files = dict[str, str | None]  # the text of each file by its path; of a folder, None


class Example(NamedTuple):
    """What an editor wrote, and what the editor should have written; each has a few lines of a file."""

    wrong: str
    right: str


def example_of(rule: str) -> Example:
    """Return the example of a rule: its first broken case, and the small story, which breaks no rule."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_small_story(root)
        before = _read(root)
        FIRST[rule].act(root)
        wrong = _read(root)
        mend = FIRST[rule].mend
        if mend is not None:
            shutil.rmtree(root)
            write_small_story(root)
            mend(root)
        return _compared(_read(root) if mend else before, wrong, FIRST[rule])


def message_of(rule: str) -> str:
    """Return the message of a rule about its wrong example."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_small_story(root)
        FIRST[rule].act(root)
        found = read_knowledge(root / "knowledge", root / "seeds", root / "articles").problems
        return next(problem.message for problem in found if problem.rule.id == rule)


def _read(root: Path) -> Files:
    return {
        printable(path.relative_to(root).as_posix()): path.read_bytes()
        .decode("utf-8", "backslashreplace")
        .replace("\0", "\\0")
        if path.is_file()
        else None
        for path in sorted(root.rglob("*"))
    }


def _compared(before: Files, after: Files, case: Broken) -> Example:
    """Compare the file that the case changes, or else the names of the files and folders."""
    for name, text in after.items():
        if text is not None and name in before and text != before[name]:
            wrong, right = _changed(before[name] or "", text)
            return Example(f"# {name}\n{wrong}", f"# {name}\n{right}")
    added, gone = after.keys() - before.keys(), before.keys() - after.keys()
    if gone:
        return Example(*(f"{min(gone)}{('', '/')[before[min(gone)] is None]}{state}" for state in (" is missing", "")))
    name = min(added, key=lambda name: (name.count("/"), name))
    name = min(added - {name}, default=name) if case.file in added and name != case.file else name
    text = after[name]
    if text is None:
        inside = "".join(f"\n{other}" for other in sorted(added) if other.startswith(f"{name}/"))
        return Example(f"{name}/{inside or '  # an empty folder'}", f"no folder {name}/")
    return Example(f"# {name}\n{_shortened(text.split(chr(10)))}", f"no file {name}")


def _changed(before: str, after: str) -> tuple[str, str]:
    """Return the lines that differ: those written wrong, and those that they replace."""
    old, new = before.split("\n"), after.split("\n")
    same = SequenceMatcher(None, old, new, autojunk=False) if len(new) < 1_000 else None
    if same is None:
        return _shortened(new), _shortened(old)
    if len(new) <= MAX_LINES and len(old) <= MAX_LINES:
        return _shortened(new), _shortened(old)
    changes = [code for code in same.get_opcodes() if code[0] != "equal"]
    first, last = changes[0], changes[-1]
    start_old, end_old, start_new, end_new = first[1], last[2], first[3], last[4]
    if start_old == end_old or start_new == end_new:  # show what is beside it, too
        start_old, start_new = max(0, start_old - 1), max(0, start_new - 1)
        end_old, end_new = min(len(old), end_old + 1), min(len(new), end_new + 1)
    return _shortened(new[start_new:end_new]), _shortened(old[start_old:end_old])


def _shortened(lines: list[str]) -> str:
    """Return a few lines without their common indentation; what is too long ends with three dots."""
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    kept = [line[indent:] for line in lines[:MAX_LINES]]
    cut = [line if len(line) <= MAX_CHARACTERS else f"{line[:MAX_CHARACTERS]}..." for line in kept]
    return "\n".join([*cut, *(["..."] if len(lines) > MAX_LINES else [])]).rstrip("\n")
