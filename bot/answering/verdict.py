"""Combine the decisions of several stories: the best answer, or the best suggestions."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.editions import Edition
from bot.answering.reply import Outcome
from bot.matching.deciding.decision import MAX_SUGGESTIONS, Candidate, Cause, Decision, Rule
from bot.matching.deciding.evidence import CLOSED_SLOTS
from bot.matching.deciding.rules import PROBABILITY_MARGIN

Row = tuple[Edition, Decision]  # a story and its decision

# If no story answers, the reply's cause is the first of these that a story gave: the most informative first.
CAUSES_BY_PRIORITY: tuple[Cause, ...] = ("small_talk", "no_fact", "after_story", "unknown_name", "too_vague")

IN_CONTEXT: tuple[Rule, ...] = ("completed", "context")  # what was said before names the story
LIKELY = 0.5  # probability of a fact that may answer an open question in words that nobody curated


@dataclass(frozen=True)
class Pick:
    """A candidate and the edition that it comes from."""

    edition: Edition
    candidate: Candidate


@dataclass(frozen=True)
class Verdict:
    """The combined decision of several stories: one pick for an answer, up to three for a suggestion."""

    edition: Edition  # the story that fits best
    decision: Decision  # of that story
    picks: tuple[Pick, ...]

    @property
    def outcome(self) -> Outcome:
        """The outcome; equally good answers from several stories become suggestions."""
        if not self.picks:
            return "abstain"
        return "answer" if self.decision.outcome == "answer" and len(self.picks) == 1 else "suggest"

    @property
    def is_tied(self) -> bool:
        """Whether there is no answer only because several facts fit equally well."""
        return self.outcome == "suggest" and (self.decision.rule == "tied" or self.decision.outcome == "answer")

    @property
    def is_unsaid(self) -> bool:
        """Whether the story surely does not say what is asked, and not only in other words.

        That is, the nearest fact cannot answer it, or lacks a word of it: of an open question only if it is not likely
        either. In a language that the story lacks, a word may be missing only because it is not translated.
        """
        if self.outcome != "suggest" or self.is_tied or self.decision.question.is_foreign:
            return False
        nearest = self.picks[0].candidate
        is_likely = nearest.probability >= LIKELY and self.decision.question.slot not in CLOSED_SLOTS
        return bool(nearest.evidence.vetoes) or (bool(nearest.evidence.unknown) and not is_likely)

    @property
    def answer(self) -> str | None:
        """The id of the fact that answers, if one does."""
        return self.picks[0].candidate.fact if self.outcome == "answer" else None

    @property
    def further(self) -> tuple[Candidate, ...]:
        """The answers of the same story to further questions in the text, most probable first."""
        return tuple(part.chosen[0] for part in self.decision.also) if self.answer else ()


def settle(decided: Sequence[Row]) -> Verdict:
    """Combine the decisions of several stories on one question.

    A story in which an utterance matches the question word for word takes precedence over paraphrases. One in which the
    question names somebody takes precedence over the others, unless it has nothing near. Nothing of the others is shown
    as the nearest beside it, nor of a story that lacks the question's language beside one that has it.
    """
    curated = [row for row in decided if row[1].rule == "curated"]
    meant = [row for row in decided if row[1].question.names or row[1].rule in IN_CONTEXT]
    is_near = any(decision.outcome != "abstain" for _, decision in meant)
    answers = _picks(curated or (meant if is_near else decided), "answer")
    if answers:
        best = answers[0].candidate.probability
        picks = [pick for pick in answers if best - pick.candidate.probability < PROBABILITY_MARGIN]
    else:
        understood = [row for row in decided if not row[1].question.is_foreign]
        picks = _picks(meant or understood or decided, "suggest")
    if not picks:
        silent = [row for row in decided if row[1].outcome == "abstain"]
        edition, decision = min(silent, key=lambda row: CAUSES_BY_PRIORITY.index(row[1].cause or "too_vague"))
        return Verdict(edition, decision, ())
    decision = next(decision for edition, decision in decided if edition is picks[0].edition)
    return Verdict(picks[0].edition, decision, tuple(picks[:MAX_SUGGESTIONS]))


def _picks(decided: Sequence[Row], outcome: str) -> list[Pick]:
    """Return the chosen facts of the decisions with that outcome, best first."""
    rows = [(edition, decision) for edition, decision in decided if decision.outcome == outcome]
    picks = [Pick(edition, candidate) for edition, decision in rows for candidate in decision.chosen]
    return sorted(picks, key=lambda pick: -pick.candidate.probability)
