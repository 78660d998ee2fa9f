"""Find a named thing from what was typed of its name."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.matching.fold import fold, words
from bot.matching.reading.language import articles_of
from bot.matching.reading.lexicon import name_key

MIN_NAME_SIMILARITY = 70.0  # of rapidfuzz's 100: below it, two names have nothing to do with each other


@dataclass(frozen=True)
class NameIndex:
    """Names and aliases of things, folded; each row is (folded name, id)."""

    rows: tuple[tuple[str, str], ...]
    articles: frozenset[str]

    @classmethod
    def build(cls, named: Iterable[tuple[str, Iterable[str]]], languages: Iterable[str]) -> "NameIndex":
        """Index (id, names) pairs, in the order in which completions are offered; the names are in `languages`."""
        rows = tuple((fold(name), identity) for identity, names in named for name in names)
        return cls(rows, articles_of(languages))

    def knows(self, identity: str) -> bool:
        """Tell whether a thing of that id is indexed."""
        return any(known == identity for _, known in self.rows)

    def find(self, text: str) -> str | None:
        """Return the thing of exactly that name, spacing, accents and a leading article apart."""
        wanted = name_key(words(text), self.articles)
        same = (identity for name, identity in self.rows if name_key(name.split(), self.articles) == wanted)
        return next(same, None) if wanted else None

    def complete(self, text: str, limit: int) -> list[str]:
        """Return the ids whose names go with what was typed, best first: openings, then parts, then near spellings."""
        typed = fold(text)
        if not typed:
            return list(dict.fromkeys(identity for _, identity in self.rows))[:limit]
        openings = [identity for name, identity in self.rows if name.startswith(typed)]
        parts = [identity for name, identity in self.rows if any(word.startswith(typed) for word in name.split())]
        near = process.extract(
            typed, [name for name, _ in self.rows], scorer=fuzz.ratio, score_cutoff=MIN_NAME_SIMILARITY, limit=None
        )
        spellings = [self.rows[index][1] for _, _, index in near]
        return list(dict.fromkeys([*openings, *parts, *spellings]))[:limit]
