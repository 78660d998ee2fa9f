"""Find the known word that a misspelt one was probably meant to be."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_SIMILARITY = 0.6  # one edit in three letters is near enough


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word with the fewest edits; None if none is near."""
    found = process.extractOne(
        word.lower(), sorted(known), scorer=OSA.normalized_similarity, score_cutoff=MIN_SIMILARITY
    )
    return found[0] if found else None
