"""Questions by readers who had not seen the utterances of the facts: shares of right and wrong answers."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.matching.deciding.decide import Decider

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


@pytest.mark.parametrize(("name", "right"), [("decider", 0.79), ("decider_by_words", 0.77)])
def test_readers_get_the_right_fact_or_none(name: str, right: float, request: pytest.FixtureRequest) -> None:
    shares = outcomes(request.getfixturevalue(name))
    assert shares["right"] >= right, shares
    assert shares["wrong"] <= 0.008, shares
    assert shares["suggested"] >= 0.97, shares
    assert shares["answered"] <= 0.04, shares


CONVERSATIONS: list[list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "conversations.json").read_text("utf-8")
)


def test_follow_ups_are_answered_and_seldom_wrong(decider: Decider) -> None:
    """Count the turns after the first: follow-ups are answered, and other questions are not."""
    counts = Counter[str]()
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
    assert counts["right"] / counts["inside"] >= 0.77, counts
    assert counts["wrong"] / counts["inside"] <= 0.04, counts
    assert counts["answered"] / counts["outside"] <= 0.09, counts
