"""Group questions that ask the same, in any language of the story.

Two questions ask the same if they have the same names, figures and question word, and are near by meaning and words.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

import numpy as np

from bot.matching.deciding.opposites import OPPOSITES
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rows import Floats, Rows, products_by_block
from bot.matching.ranking.semantic import encode_texts
from bot.matching.reading.participants import participants_by_act
from bot.matching.reading.question import SPECIFIC_SLOTS, ParsedQuestion
from bot.matching.reading.roles import reverses

# Chosen on the questions of tests/stories (`python -m tests.benchmarks.same`): a pair that is wrongly in one group may
# tell a reader a wrong answer, a pair that is in two groups costs an editor a moment. 95.2 % of the pairs are right at
# 0.9 (1,214 pairs), 93.7 % at 0.85 (1,351); without an encoder 97.1 % (1,122), and 88.3 % at 0.5.
SHARED_WORDS_WEIGHT = 0.5  # of the share of content words in common, added to the cosine
OTHER_LANGUAGE_BONUS = 0.1  # questions in two languages have few words in common
MIN_SIMILARITY = 0.9
MIN_SHARED_WORDS = 0.6  # without an encoder
MAX_ENCODED_QUESTIONS = 1_000  # the first ones, at 1 to 2 ms each; the others are compared by words
BLOCK_ROWS = 512  # compared at a time

Row = dict[int, float]  # similar earlier questions -> similarity, relative to the least that is enough


def group_same(questions: Sequence[ParsedQuestion], encoder: Encoder | None, mean: Floats) -> list[int]:
    """Return for each question the number of the first one that asks the same: its own if none before it does.

    `mean` is subtracted from the vectors, since all questions on a story have a direction in common.
    """
    first = list(range(len(questions)))
    alike: dict[Hashable, list[int]] = defaultdict(list)
    for number, question in enumerate(questions):
        alike[_kind(question)].append(number)
    for numbers in alike.values():
        members = [questions[number] for number in numbers]
        if len(members) == 1:
            continue
        encoded = [questions[number].text for number in numbers if encoder and number < MAX_ENCODED_QUESTIONS]
        vectors = _normalised(encode_texts(encoded, encoder) - mean) if encoded else np.empty((0, 0), np.float32)
        joined = _joined(members, vectors) if members[0].content_words else [0] * len(members)
        for number, leader in zip(numbers, joined, strict=True):
            first[number] = numbers[leader]
    return first


def _kind(question: ParsedQuestion) -> Hashable:
    """Return what two questions must have in common to ask the same; a text without a name or a word is on its own."""
    if not question.units:
        return question.text
    heavy = question.spoken.heavy
    particular = (
        unit.key for unit in question.content_words if unit.is_capitalised or not heavy.isdisjoint(unit.surface.split())
    )
    numerals = (part for unit in question.units for part in unit.surface.split() if part in question.numerals)
    return (
        frozenset(unit.key for unit in question.names),
        frozenset(particular),
        question.figures.union(numerals),
        question.slot if question.slot in SPECIFIC_SLOTS else None,
        question.measure,
        question.is_negated,
        bool(question.content_words),
    )


def _joined(questions: Sequence[ParsedQuestion], vectors: Floats) -> list[int]:
    """Return for each question of one kind the number of the most similar one that leads a group: its own if none."""
    leaders: list[int] = []
    for number, near in enumerate(_similar(questions, vectors)):
        nearest = sorted((other for other in near if leaders[other] == other), key=lambda other: -near[other])
        same = (other for other in nearest if _is_compatible(questions[number], questions[other]))
        leaders.append(next(same, number))
    return leaders


def _similar(questions: Sequence[ParsedQuestion], vectors: Floats) -> Iterator[Row]:
    """Yield for each question the earlier ones that are similar enough; only the first ones have vectors."""
    words, sizes = _incidence(questions)
    languages = np.array([question.language or "" for question in questions])
    for start, shared in products_by_block(words, BLOCK_ROWS):
        end = start + len(shared)
        shared /= sizes[start:end, None] + sizes[None, :end] - shared
        similarity = shared / MIN_SHARED_WORDS
        last = min(end, len(vectors))
        if start < last:
            is_other = languages[start:last, None] != languages[None, :last]
            meaning = vectors[start:last] @ vectors[:last].T + OTHER_LANGUAGE_BONUS * is_other
            meaning += SHARED_WORDS_WEIGHT * shared[: last - start, :last]
            similarity[: last - start, :last] = meaning / MIN_SIMILARITY
        for number in range(start, end):
            row = similarity[number - start, :number]
            yield {int(other): float(row[other]) for other in np.flatnonzero(row >= 1)}


def _incidence(questions: Sequence[ParsedQuestion]) -> tuple[Rows, Floats]:
    """Return which content words each question has, (questions, words), and how many it has."""
    column: dict[str, int] = {}
    keys = [{unit.key for unit in question.content_words} for question in questions]
    columns = [column.setdefault(key, len(column)) for each in keys for key in each]
    sizes = np.array([len(each) for each in keys])
    rows = np.repeat(np.arange(len(questions)), sizes)
    matrix = Rows.counting(rows, np.array(columns, np.int64), len(questions), len(column))
    return matrix, sizes.astype(np.float32)


def _is_compatible(one: ParsedQuestion, other: ParsedQuestion) -> bool:
    """Return whether neither question is the other turned round, nor has the opposite of one of its words."""
    if any(not OPPOSITES.get(key, frozenset()).isdisjoint(other.keys - one.keys) for key in one.keys - other.keys):
        return False
    return len(one.names) < 2 or not reverses(participants_by_act(one), participants_by_act(other))


def _normalised(rows: Floats) -> Floats:
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
    unit: Floats = (rows / lengths).astype(np.float32)
    return unit
