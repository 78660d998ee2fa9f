"""Measure the effect of the constants of the ranking: how often the right fact of a story comes first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType

from bot.matching.deciding.index import MAX_CANDIDATE_FACTS
from bot.matching.ranking import rank, retrieve, semantic
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rank import Match, Matcher
from bot.matching.reading.question import ParsedQuestion
from bot.matching.reading.reader import Reader
from tests.benchmarks.ablate import named
from tests.benchmarks.progress import Tick
from tests.benchmarks.samples import SHORT
from tests.benchmarks.settings import changed
from tests.stories import load_story, questions

DEPTH = 2 * MAX_CANDIDATE_FACTS  # facts of each ranking that are combined, as in the decision
SWEPT: tuple[tuple[ModuleType, str, tuple[float, ...]], ...] = (  # all are read when a question is ranked
    (rank, "LEXICAL_WEIGHT", (0.1, 0.25, 0.5, 1.0, 2.0)),
    (rank, "SEMANTIC_RIDGE", (0.1, 0.2, 0.3, 0.5, 1.0)),
    (rank, "CENTROID_WEIGHT", (0.0, 0.25, 0.5, 1.0, 2.0)),
    (rank, "RIDGE", (0.3, 0.5, 1.0, 2.0)),
    (rank, "BEST_COSINE_WEIGHT", (0.0, 0.15, 0.3, 0.6)),
    (semantic, "SHARPNESS", (1.0, 2.0, 4.0, 8.0)),
    (semantic, "MAX_NEAREST_UTTERANCES", (16, 32, 64, 128)),
    (retrieve, "MAX_CANDIDATE_UTTERANCES", (12, 24, 48, 96)),
)
STEPS = sum(len(values) for _, _, values in SWEPT)


@dataclass(frozen=True)
class Board:
    """The two rankings of one story, with readers' questions in scope and the facts that answer each."""

    typed: Matcher[str]
    read: Matcher[str]
    asked: tuple[tuple[ParsedQuestion, frozenset[str]], ...]

    @classmethod
    def of(cls, name: str, encoder: Encoder | None, *, repairs: bool = False) -> "Board":
        """Read a story and its short questions; with `repairs`, the ranking corrects spelling on its own."""
        story = load_story(name)
        reader = Reader(story, encoder.is_word if encoder else None)
        rows = [(fact.id, code, text) for fact in story.shown_facts.values() for code, text in fact.asked.values()]
        asked = tuple(
            (reader.read(item.text), item.expect)
            for item in questions(name)
            if item.kind == "in" and item.expect and item.register in SHORT
        )
        return cls(
            Matcher([(text, fact) for fact, _, text in rows], encoder, repairs=repairs),
            Matcher(
                [(reader.read_curated(text, code).canonical, fact) for fact, code, text in rows], None, repairs=False
            ),
            asked,
        )


@dataclass(frozen=True)
class First:
    """How often the right fact comes first: by the question as typed, as read, and by both."""

    change: str
    typed: float
    read: float
    joined: float


def right_first(change: str, boards: Sequence[Board]) -> First:
    """Rank every question of some stories."""
    found = [
        (_first(typed) in expect, _first(read) in expect, _first([*typed, *read]) in expect)
        for board in boards
        for question, expect in board.asked
        for typed, read in [(board.typed.rank(question.text, DEPTH), board.read.rank(question.canonical, DEPTH))]
    ]
    typed, read, joined = (sum(column) / max(1, len(found)) for column in zip(*found, strict=True))
    return First(change, typed, read, joined)


def sweep(boards: Sequence[Board], tick: Tick) -> Iterator[First]:
    """Vary each constant of the ranking."""
    for module, name, values in SWEPT:
        for value in values:
            tick(f"{name} = {value}", 1)
            change = named(name, value, getattr(module, name))
            with changed(module, name, value):
                yield right_first(change, boards)


def _first(matches: Iterable[Match[str]]) -> str | None:
    """Return the fact with the highest sum of scores."""
    sums: dict[str, float] = defaultdict(float)
    for match in matches:
        sums[match.label] += match.score
    return max(sums, key=sums.__getitem__, default=None)
