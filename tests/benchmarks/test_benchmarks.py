"""The measures, contestants, data and tables of the benchmarks."""

import json
import math
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from random import Random

import numpy as np
import pytest
from rapidfuzz.distance import DamerauLevenshtein
from typer.testing import CliRunner

from tests.benchmarks.__main__ import app
from tests.benchmarks.contestants import EVERY, OnRecordWords, Ratio, SortedRatio, is_installed
from tests.benchmarks.data import DataError, few, mistype, read
from tests.benchmarks.measures import Scores, accuracy, auroc, balanced
from tests.benchmarks.scaling import measured
from tests.benchmarks.synthetic import dictionary, questions, utterances

BALANCE = [
    ("how much money have i got", "balance"),
    ("show my balance", "balance"),
    ("what is in my account", "balance"),
]
WEATHER = [("will it rain tomorrow", "weather"), ("is it warm outside", "weather"), ("the weather please", "weather")]
DATA = {
    "train": BALANCE + WEATHER,
    "val": [("what is my balance", "balance")],
    "test": [("how much money do i own", "balance"), ("will it be warm", "weather")] * 2,
    "oos_val": [("who painted this", "oos")],
    "oos_test": [("sing a song", "oos"), ("who won the cup", "oos")],
}


def ranked(inside: list[float], outside: list[float], right: list[bool] | None = None) -> Scores:
    return Scores(np.array(inside), np.array(right or [True] * len(inside)), np.array(outside))


def written(folder: Path, data: object) -> Path:
    path = folder / "data.json"
    path.write_text(json.dumps(data), "utf-8")
    return path


@pytest.mark.parametrize(
    ("inside", "outside", "expected"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1, 0.2], [0.9, 0.8], 0.0),
        ([0.5, 0.5], [0.5], 0.5),
        ([0.9, 0.3], [0.5], 0.5),
        ([0.9, 0.5, 0.1], [0.5, 0.2], 3.5 / 6),
        ([0.9], [], None),
    ],
)
def test_auroc_is_the_share_of_pairs_in_order_and_a_tie_counts_half(
    inside: list[float], outside: list[float], expected: float | None
) -> None:
    assert auroc(ranked(inside, outside)) == (None if expected is None else pytest.approx(expected))


def test_accuracy_counts_right_guesses_whatever_their_score() -> None:
    assert accuracy(ranked([0.1, 0.9, 0.9, 0.9], [], [True, True, False, True])) == 0.75


@pytest.mark.parametrize(
    ("inside", "right", "outside", "expected"),
    [
        ([0.9, 0.8, 0.8, 0.9], [True] * 4, [0.1, 0.2], 1.0),
        ([0.9, 0.8, 0.8, 0.9], [True, True, False, False], [0.1, 0.2], 0.75),
        ([0.9, 0.8], [True, True], [0.1], None),
    ],
)
def test_balance_is_measured_with_a_threshold_tuned_on_the_other_half(
    inside: list[float], right: list[bool], outside: list[float], expected: float | None
) -> None:
    assert balanced(ranked(inside, outside, right)) == expected


def test_a_threshold_that_suits_one_half_does_not_flatter_the_other() -> None:
    assert balanced(ranked([0.9, 0.4], [0.6, 0.1])) == 0.5  # 1.0 if tuned on the same half


@pytest.mark.parametrize("text", ["a", "balance", "how much money have i got", "what do i own and owe " * 4])
def test_one_mistake_is_made_per_eight_letters_and_at_least_one(text: str) -> None:
    chance = Random(0)
    edits = [DamerauLevenshtein.distance(text, mistype(text, chance)) for _ in range(100)]
    allowed = max(1, round(len(text) / 8))
    assert max(edits) == allowed
    assert sum(edits) / len(edits) > allowed * 0.9


def test_nothing_can_be_mistyped_in_an_empty_text() -> None:
    assert mistype("", Random(0)) == ""


def test_the_drawn_utterances_are_as_many_per_label_as_asked_and_depend_on_the_seed_only() -> None:
    drawn = few(BALANCE + WEATHER, 2, seed=1)
    assert Counter(label for _, label in drawn) == {"balance": 2, "weather": 2}
    assert set(drawn) <= set(BALANCE + WEATHER)
    assert drawn == few(BALANCE + WEATHER, 2, seed=1)
    assert len({tuple(few(BALANCE + WEATHER, 2, seed)) for seed in range(9)}) > 1
    assert sorted(few(BALANCE + WEATHER, 10, seed=1)) == sorted(BALANCE + WEATHER)


def test_the_test_parts_are_asked_or_else_the_validation_parts(tmp_path: Path) -> None:
    assert len(read(written(tmp_path, DATA)).questions) == 6
    validation = {name: part for name, part in DATA.items() if "test" not in name}
    assert read(written(tmp_path, validation)).questions == [
        ("what is my balance", "balance"),
        ("who painted this", None),
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ([], "an object of parts"),
        ({"train": [["a", "b"]]}, '"test" or "val"'),
        ({"train": [["a", "b"], ["a"]], "val": []}, '"train"[1]'),
        ({"train": 3, "val": []}, '"train"'),
    ],
)
def test_an_ill_formed_file_is_reported_in_a_sentence(tmp_path: Path, data: object, says: str) -> None:
    with pytest.raises(DataError) as told:
        read(written(tmp_path, data))
    assert says in str(told.value)


def test_a_missing_file_ends_the_command_with_code_2() -> None:
    ended = CliRunner().invoke(app, ["accuracy", "nowhere.json"])
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr == "nowhere.json cannot be read: No such file or directory.\n"


@pytest.mark.parametrize("options", [["accuracy", "data.json", "--shots", "5,some"], ["scaling", "--sizes", "0"]])
def test_an_invalid_number_ends_the_command_with_code_2(options: list[str], tmp_path: Path) -> None:
    path = written(tmp_path, DATA)
    ended = CliRunner().invoke(app, [str(path) if each == "data.json" else each for each in options])
    assert ended.exit_code == 2
    assert "is not a number above 0" in ended.stderr


@pytest.mark.parametrize("contestant", EVERY, ids=lambda each: each.name)
def test_every_contestant_finds_its_utterances_and_accepts_unknown_words(
    contestant: type[OnRecordWords],
) -> None:
    if not is_installed(contestant):
        pytest.skip(f"{contestant.needs} is not installed")
    index = contestant(BALANCE + WEATHER)
    assert index.rank("show my balance").label == "balance"
    assert index.rank("will it rain tomorrow").score > index.rank("?").score


def test_sorted_words_find_an_utterance_in_any_order() -> None:
    assert SortedRatio(WEATHER).rank("tomorrow it will rain").score == 100
    assert Ratio(WEATHER).rank("tomorrow it will rain").score < 100


def test_synthetic_utterances_have_the_given_number_and_depend_on_the_seed_only() -> None:
    pairs = utterances(1_000, seed=3)
    assert (len(pairs), len({label for _, label in pairs})) == (1_000, 100)
    assert {len(text.split()) for text, _ in pairs} == {5, 6, 7, 8, 9, 10}
    assert pairs == utterances(1_000, seed=3)
    assert pairs != utterances(1_000, seed=4)


def test_the_synthetic_dictionary_grows_by_heaps_law_and_its_words_are_distinct() -> None:
    sizes = [len(dictionary(size, Random(0))) for size in (1_000, 10_000)]
    assert math.log10(sizes[1] / sizes[0]) == pytest.approx(0.52, abs=0.01)
    assert len(set(dictionary(10_000, Random(0)))) == sizes[1]


def test_synthetic_word_counts_fall_by_zipfs_law() -> None:
    counts = Counter(word for text, _ in utterances(5_000, seed=0) for word in text.split()).most_common()
    assert counts[9][1] / counts[99][1] == pytest.approx((100 + 2.7) / (10 + 2.7), rel=0.25)


def test_a_synthetic_question_is_an_utterance_without_a_word_and_with_typos() -> None:
    pairs = utterances(200, seed=0)
    asked = questions(pairs, 50, seed=0)
    assert asked == questions(pairs, 50, seed=0)
    assert not {text for text, _ in asked} & {text for text, _ in pairs}
    assert sum(Ratio(pairs).rank(text).label == label for text, label in asked) >= 49


@pytest.mark.slow
def test_a_scaling_row_has_time_memory_and_labels_found() -> None:
    pairs = utterances(2_000, seed=0)
    row = measured(OnRecordWords, pairs, questions(pairs, 20, seed=0))
    assert (row.size, row.method) == (2_000, "OnRecord, words alone")
    assert row.build_seconds > 0
    assert 0 < row.median_us <= row.p95_us
    assert row.found > 0.8


@pytest.mark.slow
def test_the_table_is_printed_and_written_and_the_plot_drawn_if_possible(tmp_path: Path) -> None:
    options = ["--shots", "2,full", "--seeds", "2", "--out", str(tmp_path / "new"), "--sample", "5"]
    ended = CliRunner().invoke(app, ["accuracy", str(written(tmp_path, DATA)), *options])
    assert ended.exit_code == 0, ended.output
    kept = (tmp_path / "new" / "accuracy.md").read_text("utf-8")
    assert kept.strip() == ended.stdout.strip()
    assert (tmp_path / "new" / "accuracy.png").exists() == bool(find_spec("matplotlib"))
    lines = [line for line in kept.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {11}
    assert [line.split(" | ")[:2] for line in lines if Ratio.name in line] == [
        ["| 2", Ratio.name],
        ["| full", Ratio.name],
    ]
    assert all(line.endswith(" 1.00 |") for line in lines if Ratio.name in line)


@pytest.mark.slow
def test_the_accuracy_plot_is_drawn_without_typos_too(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    options = ["--shots", "2", "--seeds", "1", "--no-typos", "--out", str(tmp_path)]
    assert CliRunner().invoke(app, ["accuracy", str(written(tmp_path, DATA)), *options]).exit_code == 0
    assert (tmp_path / "accuracy.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_the_scaling_run_writes_a_table_and_a_plot(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    pytest.importorskip("bm25s")
    ended = CliRunner().invoke(app, ["scaling", "--sizes", "200,400", "--out", str(tmp_path)])
    assert ended.exit_code == 0, ended.output
    assert (tmp_path / "scaling.md").read_text("utf-8").count("\n| ") == 8
    assert (tmp_path / "scaling.png").read_bytes().startswith(b"\x89PNG")
