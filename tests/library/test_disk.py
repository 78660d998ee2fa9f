"""Whatever lies in the folders of the stories is passed over or told at once, and loading grows as the files do."""

import asyncio
import gc
import os
import socket
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from bot.library.disk import MAX_BYTES, read_small
from bot.library.library import FileLibrary, LibraryError, read_knowledge
from bot.library.read import read_story

SECONDS = 1.0
Placing = Callable[[Path], object]


def _socket(path: Path) -> None:
    previous = Path.cwd()
    os.chdir(path.parent)  # the path of a socket may have 108 characters
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(previous)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


def _bomb(path: Path) -> None:
    letters = "abcdefghijklmnop"
    rows = (f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in pairwise(letters))
    path.write_text("\n".join(["a: &a [x]", *rows]), "utf-8")


TOLD: dict[str, tuple[Placing, str]] = {
    "a named pipe": (os.mkfifo, "file.special"),
    "a socket": (_socket, "file.special"),
    "a folder": (Path.mkdir, "file.special"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "file.special"),
    "a terminal": (lambda path: path.symlink_to("/dev/tty"), "file."),
    "a link to nowhere": (lambda path: path.symlink_to("nowhere"), "file.unreadable"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "file.unreadable"),
    "50 MB": (_sparse, "yaml.large"),
    "what the kernel writes": (lambda path: path.symlink_to("/proc/self/mem"), "file.unreadable"),
    "deep nesting": (lambda path: path.write_text("facts: " + "[" * 200_000, "utf-8"), "yaml."),
    "deep keys": (lambda path: path.write_text("a: {" * 200_000, "utf-8"), "yaml."),
    "deep lists": (lambda path: path.write_text("- " * 200_000 + "a", "utf-8"), "yaml."),
    "an alias bomb": (_bomb, "yaml.alias"),
    "no text": (lambda path: path.write_bytes(os.urandom(10_000)), "file.encoding"),
}


@pytest.mark.parametrize("folder", ["knowledge/bridge", "seeds"])
@pytest.mark.parametrize("name", TOLD)
def test_what_cannot_be_read_as_a_story_is_told_at_once(small_story: Path, name: str, folder: str) -> None:
    place, rule = TOLD[name]
    place(small_story / folder / "more.yml")
    started = time.process_time()
    result = read_knowledge(small_story / "knowledge", small_story / "seeds")
    assert time.process_time() - started < SECONDS
    assert result.shelf is None
    (problem,) = [problem for problem in result.problems if problem.level == "error"]
    assert problem.path == small_story / folder / "more.yml"
    assert problem.rule.id.startswith(rule)


HIDDEN: dict[str, Placing] = {
    ".#facts.yml": lambda path: path.symlink_to("somebody@machine.1234:1700000000"),  # Emacs
    "#facts.yml#": lambda path: path.write_text("facts: [", "utf-8"),
    "facts.yml~": lambda path: path.write_text("facts: [", "utf-8"),
    ".facts.yml.swp": lambda path: path.write_bytes(b"b0VIM\xff"),
    ".facts.yml": lambda path: path.write_text("facts: [", "utf-8"),
    "facts.yml.bak": lambda path: path.write_text("facts: [", "utf-8"),
    "4913": lambda path: path.write_text("", "utf-8"),  # Vim, to try whether it may write
    ".git": Path.mkdir,
}


@pytest.mark.parametrize("folder", ["knowledge/bridge", "knowledge", "seeds"])
@pytest.mark.parametrize("name", HIDDEN)
def test_the_files_that_editors_keep_beside_a_story_are_passed_over(small_story: Path, name: str, folder: str) -> None:
    HIDDEN[name](small_story / folder / name)
    assert read_knowledge(small_story / "knowledge", small_story / "seeds", small_story / "articles").problems == ()


def test_a_name_that_is_no_text_is_told_in_a_line_that_can_be_printed(small_story: Path) -> None:
    name = os.fsdecode(b"caf\xe9\n.yml")
    (small_story / "knowledge" / "bridge" / name).write_text("facts: []", "utf-8")
    (small_story / "knowledge" / os.fsdecode(b"caf\xe9")).mkdir()
    lines = [str(problem) for problem in read_knowledge(small_story / "knowledge", small_story / "seeds").problems]
    assert [line.encode() for line in lines if "\n" in line] == []
    assert sum("[file.name]" in line for line in lines) == 2


@pytest.mark.parametrize("folder", ["knowledge", "knowledge/bridge"])
def test_a_file_in_place_of_a_folder_is_told(small_story: Path, folder: str) -> None:
    path = small_story / folder
    path.rename(small_story / "before")
    path.write_text("", "utf-8")
    result = read_knowledge(small_story / "knowledge", small_story / "seeds")
    assert [problem.rule.id for problem in result.problems] == ["knowledge.folder"]


def test_the_folder_of_one_story_is_told_from_one_without_stories(small_story: Path) -> None:
    folders = [small_story / "knowledge" / "bridge", small_story / "articles"]
    told = [str(read_knowledge(folder, small_story / "seeds").problems[0]) for folder in folders]
    assert ["name the folder around it" in line for line in told] == [True, False]


@pytest.mark.parametrize("place", [os.mkfifo, _sparse, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
async def test_a_reload_that_fails_ends_and_keeps_the_stories(small_story: Path, place: Placing) -> None:
    library = await FileLibrary.open(small_story / "knowledge", small_story / "seeds")
    served = library.current
    place(small_story / "knowledge" / "bridge" / "more.yml")
    report = await asyncio.wait_for(library.reload(), 10)
    assert not report.loaded
    assert library.current is served


async def test_a_start_that_fails_lists_the_problem(small_story: Path) -> None:
    os.mkfifo(small_story / "knowledge" / "bridge" / "more.yml")
    with pytest.raises(LibraryError, match=r"file\.special"):
        await FileLibrary.open(small_story / "knowledge", small_story / "seeds")


def test_an_article_that_is_a_pipe_is_told(small_story: Path) -> None:
    article = small_story / "articles" / "bridge-article.txt"
    article.unlink()
    os.mkfifo(article)
    result = read_knowledge(small_story / "knowledge", small_story / "seeds", small_story / "articles")
    assert "file.special" in {problem.rule.id for problem in result.problems}


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES)
    assert len(read_small(path)) == MAX_BYTES
    with path.open("ab") as file:
        file.write(b"x")
    with pytest.raises(OSError, match="bytes"):
        read_small(path)


FACT = """  - id: fact-{0}
    kind: {1}
    about: [town-hall]
    answers: [who]
    text: {{fr: "La mairie a posé la pierre {0}.", en: "The town hall laid stone {0}."}}
    asked: {{fr: ["Qui a posé la pierre {0} ?"], en: ["Who laid stone {0}?"]}}
    citations: [{{source: bridge-article, paragraph: 1, exact: fermé le pont}}]
"""
LONG: dict[str, Callable[[int], str]] = {
    "facts": lambda count: "facts:\n" + "".join(FACT.format(number, "reprt") for number in range(count)),
    "nothing": lambda count: "facts: [" + "{}, " * count + "]",
    "keys": lambda count: "".join(f"key{number}: 1\n" for number in range(count)),
    "numbers": lambda count: "facts: [" + "1, " * count + "]",
    "commas": lambda count: "facts: [{text: {fr: " + ", ".join(f"word{number}" for number in range(count)) + "}}]",
}

BROKEN: dict[str, Callable[[int], str]] = LONG | {  # of a number of characters
    "facts": lambda size: LONG["facts"](size // len(FACT)),
    "citations": lambda size: "facts: [{citations: [" + "{}, " * (size // 4) + "]}]",
    "citations of many": lambda size: "facts: [" + f"{{citations: [{'{}, ' * 500}]}}, " * (size // 2_020) + "]",
    "dates": lambda size: "".join(
        ["events:\n", *(f"  - {{id: a, when: {{edtf: {1000 + number}-13}}}}\n" for number in range(size // 40))]
    ),
    "days": lambda size: "".join(
        ["events:\n", *(f"  - {{id: a, when: {{edtf: {1000 + number}-0X}}}}\n" for number in range(4_900))]
    ),
    "keys of a record": lambda size: (
        "vocabulary:\n"
        + "".join(
            f"  - {{id: c-{number}, words: {{fr: [m{number}], en: [w{number}]}}}}\n" for number in range(size // 60)
        )
    ),
}


def _seconds_to_refuse(root: Path) -> float:
    gc.collect()
    gc.disable()  # a collection takes as long as what earlier tests left in memory
    try:
        started = time.thread_time()
        result = read_story(root / "knowledge" / "bridge", root / "seeds")
        seconds = time.thread_time() - started
    finally:
        gc.enable()
    assert result.edition is None
    return seconds


@pytest.mark.clock
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_of_256_kb_is_told_within_a_second(small_story: Path, name: str) -> None:
    text = BROKEN[name](256_000)[:256_000]
    (small_story / "knowledge" / "bridge" / "more.yml").write_text(text, "utf-8")
    seconds = _seconds_to_refuse(small_story)
    assert seconds < SECONDS


@pytest.mark.clock
@pytest.mark.parametrize("name", LONG)
def test_four_times_as_long_a_file_takes_about_four_times_as_long(small_story: Path, name: str) -> None:
    seconds = []
    for count in (1_000, 4_000):
        (small_story / "knowledge" / "bridge" / "more.yml").write_text(LONG[name](count), "utf-8")
        seconds.append(_seconds_to_refuse(small_story))
    assert seconds[1] < 8 * seconds[0] + 0.1
