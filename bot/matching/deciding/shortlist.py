"""Find the few stories that a text may be about, by one retrieval over the facts of all of them.

Each fact is one row: the words of everything written about it, and their trigrams, which survive a typo. A feature
counts by how few stories have it. Features are hashed, so that a story's rows do not depend on the other stories and
are built once for each version of it (Weinberger et al., Feature Hashing for Large Scale Multitask Learning, 2009).
With an encoder the nearest fact by meaning counts as much. `python -m tests.benchmarks together` measures what is lost.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.matching.deciding.vote import Doubles
from bot.matching.fold import words
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.features import MAX_CACHED_WORDS
from bot.matching.ranking.rows import Floats, Ints
from bot.matching.ranking.semantic import CENTRING_SHARE, encode_texts, normalised
from bot.story.model import Fact, Story

# Chosen on the 1,542 questions of tests/stories, with its ten stories loaded together. By words and meaning, 470
# answers are right and 51 wrong if every story decides; 473 and 35 with these constants, and 2.5 stories decide. By
# words alone it is 414 and 57, then 412 and 42 (3.1 stories decide); with at most three stories 407 and 37.
MAX_SHORTLISTED = 4
MIN_SHARE_OF_BEST = 0.3  # of the score of the story that comes first, by words alone
MIN_SHARE_WITH_MEANING = 0.5
COMMON_WEIGHT = 0.3  # of a feature that every story has
LENGTH_EXPONENT = 0.5  # 1 would compare by cosine, 0 would not mind how much is written about a fact
FEATURES = 1 << 18  # hashed
GRAM_LETTERS = 3


@dataclass(frozen=True)
class Traces:
    """The features of each fact of one story."""

    features: Ints  # fact by fact, distinct within each
    ends: Ints  # of each fact in it
    centres: Floats  # (facts, dimensions): centroid of its utterances; no columns without an encoder

    @classmethod
    def of(cls, story: Story, centres: Floats) -> "Traces":
        """Collect the features of what is written about each shown fact; `centres` are in the same order."""
        rows = [_distinct(texts) for texts in _texts(story)]
        ends = np.cumsum([len(row) for row in rows], dtype=np.int32)
        return cls(np.concatenate(rows) if rows else np.empty(0, np.int32), ends, centres)


class Shortlist:
    """The facts of several stories, indexed by their features; immutable once built."""

    def __init__(self, stories: Sequence[Traces], encoder: Encoder | None) -> None:
        self._stories = len(stories)
        self._encoder = encoder
        counts = np.zeros(FEATURES, np.int32)
        for one in stories:
            counts[np.unique(one.features)] += 1
        self._weights: Floats = (np.log((1 + len(stories)) / (1 + counts)) + COMMON_WEIGHT).astype(np.float32)
        features = np.concatenate([np.empty(0, np.int32), *(one.features for one in stories)])
        sizes = np.concatenate([np.empty(0, np.int32), *(np.diff(one.ends, prepend=0) for one in stories)])
        self._story_of = np.repeat(np.arange(len(stories)), [len(one.ends) for one in stories])
        rows = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        squares = np.bincount(rows, self._weights[features] ** 2, minlength=len(sizes))
        self._lengths = np.maximum(squares, 1e-9) ** (LENGTH_EXPONENT / 2)
        order = np.argsort(features, kind="stable")
        self._rows: Ints = rows[order]  # feature by feature
        self._starts = np.searchsorted(features[order], np.arange(FEATURES + 1))

        centres = [one.centres for one in stories if encoder and len(one.centres)]
        self._centres: Floats = np.concatenate(centres) if centres else np.empty((0, 0), np.float32)
        self._mean: Floats = CENTRING_SHARE * self._centres.mean(axis=0) if centres else np.empty(0, np.float32)
        self._centres = normalised(self._centres - self._mean)

    def nearest(self, text: str) -> list[int]:
        """Return the numbers of the stories that a text may be about, nearest first; all if none has a word of it."""
        scores = _relative(self._by_words(text))
        if len(self._centres):
            scores += _relative(self._by_meaning(text))
        best = float(scores.max(initial=0))
        order = np.argsort(-scores, kind="stable").tolist()
        least = best * (MIN_SHARE_WITH_MEANING if len(self._centres) else MIN_SHARE_OF_BEST)
        return [number for number in order[:MAX_SHORTLISTED] if scores[number] >= least] if best else order

    def _by_words(self, text: str) -> Doubles:
        """Return the score of the nearest fact of each story, by words and letters."""
        asked = _distinct([text]).tolist()
        found = [self._rows[self._starts[each] : self._starts[each + 1]] for each in asked]
        weights = np.repeat(self._weights[asked] ** 2, [len(rows) for rows in found])
        sums = np.bincount(np.concatenate([np.empty(0, np.int32), *found]), weights, minlength=len(self._lengths))
        return self._best(sums / self._lengths)

    def _by_meaning(self, text: str) -> Doubles:
        """Return the cosine of the nearest fact of each story, at least 0."""
        (asked,) = normalised(encode_texts([text], self._encoder) - self._mean)
        return self._best(self._centres @ asked)

    def _best(self, scores: npt.NDArray[np.floating]) -> Doubles:
        """Return the score of each story's best fact, at least 0."""
        best = np.zeros(self._stories)
        np.maximum.at(best, self._story_of, scores)
        return best


def _relative(scores: Doubles) -> Doubles:
    """Return scores as shares of the best one."""
    return scores / max(float(scores.max(initial=0)), 1e-9)


def _texts(story: Story) -> Iterator[Iterable[str]]:
    """Yield what is written about each shown fact: its texts, and the names of those and of the events it is about."""
    events: dict[str, list[str]] = {}
    for event in story.events:
        for fact in event.facts:
            events.setdefault(fact, []).extend((*event.name.values(), *(alias for _, alias in event.aliases.values())))
    names = {
        entity.id: (*entity.name.values(), *(alias for _, alias in entity.aliases.values()))
        for entity in story.entities
    }
    for shown in story.shown_facts.values():
        yield chain(_written(shown), events.get(shown.id, ()), *(names[each] for each in _parties(shown)))


def _written(fact: Fact) -> Iterator[str]:
    yield from (text for _, text in fact.asked.values())
    yield from fact.text.values()


def _parties(fact: Fact) -> tuple[str, ...]:
    return (*fact.about, *filter(None, [fact.by]))


def _distinct(texts: Iterable[str]) -> Ints:
    """Return the distinct features of some texts."""
    spelled = {word for text in texts for word in words(text)}
    return np.array(sorted(set(chain.from_iterable(map(_features_of, spelled)))), np.int32)


@lru_cache(MAX_CACHED_WORDS)
def _features_of(word: str) -> tuple[int, ...]:
    """Return the hashes of a folded word and of its trigrams with a space at each end."""
    padded = f" {word} "
    grams = (padded[at : at + GRAM_LETTERS] for at in range(len(padded) - GRAM_LETTERS + 1))
    return tuple(crc32(each.encode()) % FEATURES for each in (f"={word}", *grams))
