"""Ask a story its own questions: the regression that runs in `onrecord check` and before every reload."""

from dataclasses import dataclass

from bot.checking.findings import Finding
from bot.matching.deciding.decide import Decider
from bot.story.model import Question, Story


@dataclass(frozen=True)
class Regression:
    """What the story's questions gave."""

    findings: tuple[Finding, ...]
    in_scope: int
    answered: int

    @property
    def share(self) -> float:
        """The share of the questions in scope that got their fact; 1 where there is none."""
        return self.answered / self.in_scope if self.in_scope else 1.0


def run_questions(story: Story, decider: Decider) -> Regression:
    """Ask each question: a wrong fact or an answer where none is expected is an error, a missed one a warning."""
    findings: list[Finding] = []
    in_scope = answered = 0
    for index, question in enumerate(story.questions):
        decision = decider.decide(question.ask)
        given = decision.chosen[0].fact if decision.outcome == "answer" else None
        if question.expect != "abstain":
            in_scope += 1
            answered += given in question.expect
        finding = _judged(index, question, given, decision.outcome)
        if finding:
            findings.append(finding)
    return Regression(tuple(findings), in_scope, answered)


def _judged(index: int, question: Question, given: str | None, outcome: str) -> Finding | None:
    place = ("questions", index, "ask")
    if question.expect == "abstain":
        if given is None:
            return None
        return Finding(place, "question.answered", f"{question.ask!r} is answered with {given!r}, and should not be")
    wanted = " or ".join(map(repr, question.expect))
    if given is None:
        return Finding(place, "question.missed", f"{question.ask!r} gives {outcome} instead of {wanted}", "warning")
    if given in question.expect:
        return None
    return Finding(place, "question.wrong", f"{question.ask!r} is answered with {given!r} instead of {wanted}")
