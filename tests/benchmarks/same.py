"""Measure how well questions that ask the same are grouped: `python -m tests.benchmarks.same`.

The questions on each story of `tests/stories` are grouped. Two of a group are right if their expected facts are the
same, wrong if they have none in common or only one of them has any; pairs of two near misses do not count.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from bot.matching.deciding import same
from bot.matching.deciding.decide import Decider
from bot.matching.ranking.encoder import Encoder, installed
from tests.benchmarks.settings import changed
from tests.stories import STORIES, load_story, questions

STEPS = {"MIN_SIMILARITY": (0.8, 0.85, 0.9, 0.95), "MIN_SHARED_WORDS": (0.5, 0.6, 0.7)}


@dataclass(frozen=True)
class Grouped:
    """Pairs of questions that are in one group."""

    right: int
    wrong: int

    @property
    def precision(self) -> float:
        """The share of the pairs that ask for the same fact."""
        return self.right / max(1, self.right + self.wrong)


def measure(story: str, encoder: Encoder | None) -> Grouped:
    """Group the questions on a story and its facts' own, each text once."""
    shown, decider = load_story(story).shown_facts, Decider(load_story(story), encoder)
    asked = {decider.read(item.text).text: item.expect for item in questions(story) if item.kind != "out"}
    asked |= {text: frozenset({fact.id}) for fact in shown.values() for _, text in fact.asked.values()}
    groups = defaultdict(list)
    for number, expect in zip(decider.group_same(list(asked)), asked.values(), strict=True):
        groups[number].append(expect)
    pairs = [pair for group in groups.values() for pair in combinations(group, 2) if any(pair)]
    right = sum(one == other for one, other in pairs)
    return Grouped(right, sum(one.isdisjoint(other) for one, other in pairs))


def summed(stories: Iterable[str], encoder: Encoder | None) -> Grouped:
    """Measure several stories."""
    each = [measure(story, encoder) for story in stories]
    return Grouped(sum(one.right for one in each), sum(one.wrong for one in each))


def main() -> None:
    """Print the pairs with each value of the constants."""
    for name, encoder in (("MIN_SIMILARITY", installed()), ("MIN_SHARED_WORDS", None)):
        for value in STEPS[name]:
            with changed(same, name, value):
                found = summed(STORIES, encoder)
            sys.stdout.write(f"{name} = {value}: {found.right} right, {found.wrong} wrong, {found.precision:.3f}\n")


if __name__ == "__main__":
    main()
