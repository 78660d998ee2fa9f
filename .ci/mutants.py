"""Change a package in a few random places, one at a time, and print which of the changes its tests do not notice.

mutmut itself runs only the tests that it saw call a function; what a fixture of many tests calls, it sees in the first.
Here each change meets all tests of its package, in a process of its own.
"""

import os
import random
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from multiprocessing import cpu_count, get_context
from pathlib import Path

import pytest
from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.trampoline import set_mutant_under_test

JOURNAL = ("counts", "forgetting", "privacy", "uses")
TESTS = {
    "bot/checking": ("tests/checking",),
    "bot/matching/deciding": ("tests/matching/deciding",),
    "bot/journal/privacy.py": tuple(f"tests/journal/test_{name}.py" for name in JOURNAL),
}
SEED = 1
MAX_SECONDS = 300.0  # for the tests of one change, on a busy machine
IMPORTED = "ignore::pytest.PytestAssertRewriteWarning"  # a plugin that the warm-up has imported
MARKS = "not slow and not clock and not soak"
FAST = ("-x", "-q", "-W", IMPORTED, "-p", "no:xdist", "-p", "no:cacheprovider", "-m", MARKS)


def changes(package: Path) -> list[str]:
    """Write the package with all its changes into `mutants`, and return their names."""
    set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    with redirect_stdout(StringIO()):
        copy_src_dir()
        copy_also_copy_files()
        create_mutants(cpu_count())
    names: list[str] = []
    for path in [package] if package.suffix else sorted(package.rglob("*.py")):
        if config().should_mutate(path):
            data = SourceFileMutationData(path=path)
            data.load()
            names += data.exit_code_by_key
    return names


def warm_up() -> None:
    """Load what each process would, and nothing that the package computes."""
    sys.path[:0] = [str(Path("mutants").absolute())]
    set_mutant_under_test("")
    from bot import app  # noqa: F401
    from bot.matching.ranking.encoder import installed
    from bot.matching.ranking.rank import limit_blas_threads

    limit_blas_threads()
    if encoder := installed():
        encoder.encode(["a text"])


def run_tests(change: str, tests: Sequence[str]) -> None:
    """Run tests with a change, or with none, "", and end with pytest's code."""
    os.chdir("mutants")
    set_mutant_under_test(change)
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115
    os._exit(pytest.main([*FAST, *tests]))


def is_noticed(change: str, tests: Sequence[str]) -> bool:
    """Return whether a test fails with a change, or never ends."""
    process = get_context("fork").Process(target=run_tests, args=(change, tests))
    process.start()
    process.join(MAX_SECONDS)
    process.kill()
    return process.exitcode != 0


def main(package: str, count: int) -> None:
    """Try a sample of the changes to a package, the same one each time; print what no test notices, and the score."""
    names, tests = changes(Path(package)), TESTS[package]
    warm_up()
    if is_noticed("", tests):
        sys.exit("The tests fail without any change.")
    tried = random.Random(SEED).sample(names, min(count, len(names)))  # noqa: S311
    unnoticed = 0
    for number, change in enumerate(tried, 1):
        print(number, end=" ", file=sys.stderr, flush=True)
        if not is_noticed(change, tests):
            unnoticed += 1
            print(f"\n{number}/{len(tried)} {change}\n{get_diff_for_mutant(change)}", flush=True)
    noticed = len(tried) - unnoticed
    share = f"{noticed} of {len(tried)} changes ({noticed / len(tried):.0%})"
    print(f"\n{package}: the tests notice {share} out of {len(names)} that can be made.")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), int(sys.argv[2]))
