"""Collect the signals of readers' questions on `tests/stories`, which the vote is fitted and measured on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.matching.deciding.decide import Decider
from bot.matching.deciding.evidence import GRADED, Veto
from bot.matching.deciding.rules import MIN_WITH_NEW_WORD, has_new_word
from bot.matching.ranking.encoder import Encoder
from tests.stories import OWN, ROOT, Asked, load_story, questions

READERS = ROOT / "tests" / "matching" / "readers.json"
SHORT = frozenset({"plain", "short", "typo", "near", "reversed", "out", "foreign", "readers"})


@dataclass(frozen=True)
class Sample:
    """One question with its candidates: `signals` is (candidates, signals), one row per fact in `facts`."""

    story: str
    asked: Asked
    facts: tuple[str, ...]
    vetoes: tuple[frozenset[Veto], ...]  # of each candidate
    signals: npt.NDArray[np.float64]
    new: npt.NDArray[np.bool_]  # whether each candidate lacks a word that no fact mentions, in a yes-no question
    shares: npt.NDArray[np.bool_]  # whether each candidate shares a word with the question
    is_decided: bool  # a rule before the vote decides: the question has no words, or is an utterance of a fact

    def forbidden(self, probabilities: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Return whether a veto forbids each candidate; a graded one, or a new word, does below a probability."""
        vetoed = np.array([bool(each) for each in self.vetoes], np.bool_)
        graded = np.array([GRADED.issuperset(each) for each in self.vetoes], np.bool_)
        return np.where(probabilities < MIN_WITH_NEW_WORD, vetoed | self.new, vetoed & ~graded)

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Whether each candidate answers."""
        return np.array([fact in self.asked.expect for fact in self.facts], np.bool_)


def samples_of(story: str, asked: Iterable[Asked], encoder: Encoder | None) -> list[Sample]:
    """Ask a story's questions, and collect the signals of their candidates."""
    decider = Decider(load_story(story), encoder)
    found = []
    for item in asked:
        question = decider.read(item.text)
        candidates, signals = decider.signals(question)
        vetoes = tuple(frozenset(candidate.evidence.vetoes) for candidate in candidates)
        new = np.array([has_new_word(candidate, question) for candidate in candidates], np.bool_)
        shares = np.array([bool(candidate.evidence.known) for candidate in candidates], np.bool_)
        facts = tuple(candidate.fact for candidate in candidates)
        is_decided = not question.units or decider.decide(item.text).rule in {
            "curated",
            "about_bot",
            "later",
            "nothing",
        }
        found.append(Sample(story, item, facts, vetoes, signals, new, shares, is_decided))
    return found


def own_readers() -> list[Asked]:
    """Return the older questions on the project's own story, which influenced its vocabulary."""
    rows = json.loads(Path(READERS).read_text("utf-8"))
    return [
        Asked(
            row["ask"],
            "out" if row["expect"] == "abstain" else "in",
            "readers",
            frozenset() if row["expect"] == "abstain" else frozenset(row["expect"]),
        )
        for row in rows
    ]


def all_samples(stories: Iterable[str], encoder: Encoder | None) -> list[Sample]:
    """Return the samples of the short questions of every story; long ones are split before the vote."""
    found = []
    for story in stories:
        asked = [item for item in questions(story) if item.register in SHORT]
        found += samples_of(story, [*asked, *(own_readers() if story == OWN else ())], encoder)
    return found
