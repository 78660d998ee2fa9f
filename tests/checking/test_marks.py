"""Words are a person's own only if the article has them between quotation marks."""

import pytest

from bot.checking.marks import is_quoted


@pytest.mark.parametrize(
    ("paragraph", "words", "expected"),
    [
        ("Elle dit « le pont est dangereux », sans plus.", "pont est dangereux", True),
        ("Elle dit « le pont est dangereux », sans plus.", "« le pont est dangereux »", True),
        ("Elle dit « le pont est dangereux », sans plus.", "dit « le pont", False),
        ("Elle dit « le pont est dangereux », sans plus.", "sans plus", False),
        ("“The bridge is closed,” he said. “It stays so.”", "he said", False),
        ("“The bridge is closed,” he said. “It stays so.”", "It stays so", True),
        ("„Die Brücke bleibt zu“, sagte sie.", "bleibt zu", True),
        ('"The bridge is closed," he said, "and stays so."', "and stays so", True),
        ('"The bridge is closed," he said, "and stays so."', "he said", False),
        ("‘The mayor’s bridge is closed’, he said.", "bridge is closed", True),
        ("The mayor’s bridge is closed, the residents’ is not.", "bridge is closed", False),
        ("« La suite au prochain paragraphe", "au prochain paragraphe", True),
        ("l'eau et l'air", "eau et l", False),
    ],
)
def test_words_between_quotation_marks_are_found(paragraph: str, words: str, expected: bool) -> None:
    assert is_quoted(paragraph, words, paragraph.index(words)) is expected
