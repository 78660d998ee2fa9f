"""Find a named thing by its name, or complete a partly typed name."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from bot.matching.fold import fold, words
from bot.matching.reading.language import articles_of
from bot.matching.reading.lexicon import name_key

MIN_NAME_SIMILARITY = 70.0  # of 100, by rapidfuzz's ratio: below it, two names are unrelated


@dataclass(frozen=True)
class NameIndex:
    """The folded names and aliases of some things; each row is (folded name, id)."""

    rows: tuple[tuple[str, str], ...]
    articles: frozenset[str]

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(identity for _, identity in self.rows)

    @cached_property
    def _id_of(self) -> dict[str, str]:
        """The id of each name without spaces and article; the first thing with a name has it."""
        return {name_key(name.split(), self.articles): identity for name, identity in reversed(self.rows)}

    @classmethod
    def build(cls, named: Iterable[tuple[str, Iterable[str]]], languages: Iterable[str]) -> "NameIndex":
        """Index (id, names) pairs, in the order of completions; `languages` are those of the names."""
        rows = tuple((fold(name), identity) for identity, names in named for name in names)
        return cls(rows, articles_of(languages))

    def knows(self, identity: str) -> bool:
        """Return whether a thing with this id is indexed."""
        return identity in self._ids

    def find(self, text: str) -> str | None:
        """Return the id of the thing with this name; spacing, accents and a leading article do not matter."""
        wanted = name_key(words(text), self.articles)
        return self._id_of.get(wanted) if wanted else None

    def complete(self, text: str, limit: int) -> list[str]:
        """Return the matching ids, best first: by the start of the name, then of a word in it, then by similarity."""
        typed = fold(text)
        if not typed:
            return list(dict.fromkeys(identity for _, identity in self.rows))[:limit]
        openings, parts = self._openings(typed), self._parts(typed)
        near = process.extract(
            typed, [name for name, _ in self.rows], scorer=fuzz.ratio, score_cutoff=MIN_NAME_SIMILARITY, limit=None
        )
        spellings = [self.rows[index][1] for _, _, index in near]
        return list(dict.fromkeys([*openings, *parts, *spellings]))[:limit]

    def begun(self, text: str) -> list[str]:
        """Return the ids of the things with a name, or a word of one, that begins with a text."""
        typed = fold(text)
        return list(dict.fromkeys([*self._openings(typed), *self._parts(typed)])) if typed else []

    def _openings(self, typed: str) -> list[str]:
        return [identity for name, identity in self.rows if name.startswith(typed)]

    def _parts(self, typed: str) -> list[str]:
        return [identity for name, identity in self.rows if any(word.startswith(typed) for word in name.split())]
