"""A resource is left out, or another one is used, until the block ends."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from bot.matching.reading import detection
from bot.matching.reading.language import language
from bot.matching.reading.spelling import vocabulary
from tests.benchmarks.resources import with_common_words, without_lists, without_stems


def seen() -> tuple[str, bool, int]:
    """Return what the matcher sees: a stem, whether a word is in the list, and the number of stop words."""
    spanish = vars(detection)["language"]("es")
    return spanish.stem("apertura"), "apertura" in vars(vocabulary)["word_list"]("es"), len(spanish.stop)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (without_stems, ("apertura", True, len(language("es").stop))),
        (without_lists, ("apertur", False, len(language("es").stop))),
        (lambda: with_common_words(150), ("apertur", True, 150)),
    ],
    ids=["without stems", "without lists", "with common words"],
)
def test_the_matcher_sees_the_change_until_the_block_ends(
    change: Callable[[], AbstractContextManager[None]], expected: tuple[str, bool, int]
) -> None:
    before = seen()
    with change():
        assert seen() == expected
    assert seen() == before != expected
