"""Equal texts are found by their hashes."""

import pytest

from bot.matching.fold import fold, words
from bot.matching.ranking import equal
from bot.matching.ranking.equal import EqualTexts

TEXTS = ["Who closed the bridge?", "When was it closed?", "¿Who closed the BRIDGE", "..."]


@pytest.mark.parametrize("is_same_hash", [False, True])
@pytest.mark.parametrize(
    ("text", "number"), [("who closed the bridge", 0), ("When was it closed", 1), ("who closed it", None), ("?!", 3)]
)
def test_the_first_text_that_is_folded_alike_is_found(
    text: str, number: int | None, is_same_hash: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if all texts have the same hash."""
    if is_same_hash:
        monkeypatch.setattr(equal, "hash", lambda _: 7, raising=False)
    assert EqualTexts(TEXTS, [words(each) for each in TEXTS]).find(fold(text)) == number
