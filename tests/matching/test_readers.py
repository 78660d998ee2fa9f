"""Questions by readers who had not seen the utterances of the facts: shares of right and wrong answers."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.matching.deciding.decide import Decider
from bot.story.model import Story
from tests.quick_stories import decider_of

READERS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "readers.json").read_text("utf-8"))


def outcomes(decider: Decider) -> dict[str, float]:
    """Return the shares `right`, `wrong` and `suggested` of the questions in scope, and `answered` of the others."""
    counts = Counter[str]()
    for row in READERS:
        decision = decider.decide(row["ask"])
        given = [candidate.fact for candidate in decision.chosen]
        if row["expect"] == "abstain":
            counts["outside"] += 1
            counts["answered"] += decision.outcome == "answer"
            continue
        counts["inside"] += 1
        counts["suggested"] += not set(given).isdisjoint(row["expect"])
        if decision.outcome == "answer":
            counts["right" if given[0] in row["expect"] else "wrong"] += 1
    inside, outside = counts["inside"], counts["outside"]
    shares = {name: counts[name] / inside for name in ("right", "wrong", "suggested")}
    return {**shares, "answered": counts["answered"] / outside}


@pytest.mark.slow
def test_readers_get_the_right_fact_or_none(first_decider: Decider) -> None:
    check(outcomes(first_decider), right=0.84, answered=0.04)


@pytest.mark.slow
def test_readers_get_the_right_fact_or_none_without_the_encoder(first_story: Story) -> None:
    check(outcomes(decider_of(first_story)), right=0.84, answered=0.05)


def check(shares: dict[str, float], right: float, answered: float) -> None:
    """Compare shares with their limits, of which two depend on the encoder."""
    assert shares["right"] >= right, shares
    assert shares["wrong"] <= 0.008, shares
    assert shares["suggested"] >= 0.965, shares
    assert shares["answered"] <= answered, shares


CONVERSATIONS: list[list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "conversations.json").read_text("utf-8")
)


@pytest.mark.slow
def test_follow_ups_are_answered_and_seldom_wrong(first_decider: Decider) -> None:
    """Count the turns after the first: follow-ups are answered, and other questions are not."""
    decider, counts = first_decider, Counter[str]()
    for turns in CONVERSATIONS:
        before = None
        for number, turn in enumerate(turns):
            decision = decider.decide(turn["ask"], None, before)
            nearest = decision.chosen[0].fact if decision.chosen else None
            given = nearest if decision.outcome == "answer" else None
            before = decider.dialogue_state(decision.question, given, nearest) or before
            if number and turn["expect"] == "abstain":
                counts["outside"] += 1
                counts["answered"] += given is not None
            elif number:
                counts["inside"] += 1
                counts["right"] += given in turn["expect"]
                counts["wrong"] += given is not None and given not in turn["expect"]
    assert counts["right"] / counts["inside"] >= 0.73, counts
    assert counts["wrong"] / counts["inside"] <= 0.045, counts
    assert counts["answered"] / counts["outside"] <= 0.07, counts
