"""Ask several stories at once: the best answer, or the best suggestions of all."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.editions import Edition
from bot.answering.reply import Outcome
from bot.matching.deciding.decision import MAX_SUGGESTIONS, Candidate, Cause, Decision
from bot.matching.deciding.rules import PROBABILITY_MARGIN

# Where no story answers, the cause that tells the reader most: what any of them says first of this list.
TELLING: tuple[Cause, ...] = ("small_talk", "no_fact", "after_story", "unknown_name", "too_vague")


@dataclass(frozen=True)
class Pick:
    """A fact with the story that holds it."""

    edition: Edition
    candidate: Candidate


@dataclass(frozen=True)
class Verdict:
    """What several stories make of one question: one fact on answer, up to three on suggest."""

    edition: Edition  # the story that comes nearest
    decision: Decision  # of that story
    picks: tuple[Pick, ...]

    @property
    def outcome(self) -> Outcome:
        """What becomes of the question: equally good answers of two stories are suggestions."""
        if not self.picks:
            return "abstain"
        return "answer" if self.decision.outcome == "answer" and len(self.picks) == 1 else "suggest"

    @property
    def is_tied(self) -> bool:
        """Whether the nearest fact would be the answer if another one did not fit equally well."""
        return self.outcome == "suggest" and (self.decision.rule == "tied" or self.decision.outcome == "answer")

    @property
    def answer(self) -> str | None:
        """The fact that answers, where one does."""
        return self.picks[0].candidate.fact if self.outcome == "answer" else None

    @property
    def further(self) -> tuple[Candidate, ...]:
        """The facts of the same story that answer what else a text asks, the most probable first."""
        return tuple(part.chosen[0] for part in self.decision.also) if self.answer else ()


def settle(decided: Sequence[tuple[Edition, Decision]]) -> Verdict:
    """Choose among the decisions of stories on one question; equally good answers of two stories are suggestions.

    A story that has the question word for word goes before those to which it is a paraphrase.
    """
    curated = [row for row in decided if row[1].rule == "curated"]
    answers = _picks(curated or decided, "answer")
    if answers:
        best = answers[0].candidate.probability
        picks = [pick for pick in answers if best - pick.candidate.probability < PROBABILITY_MARGIN]
    else:
        picks = _picks(decided, "suggest")
    if not picks:
        edition, decision = min(decided, key=lambda row: TELLING.index(row[1].cause or "too_vague"))
        return Verdict(edition, decision, ())
    decision = next(decision for edition, decision in decided if edition is picks[0].edition)
    return Verdict(picks[0].edition, decision, tuple(picks[:MAX_SUGGESTIONS]))


def _picks(decided: Sequence[tuple[Edition, Decision]], outcome: str) -> list[Pick]:
    """Return the chosen facts of the decisions with that outcome, best first."""
    rows = [(edition, decision) for edition, decision in decided if decision.outcome == outcome]
    picks = [Pick(edition, candidate) for edition, decision in rows for candidate in decision.chosen]
    return sorted(picks, key=lambda pick: -pick.candidate.probability)
