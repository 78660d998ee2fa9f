"""Ask a story its own questions: the regression that runs in `onrecord check` and before every reload."""

from dataclasses import dataclass

from bot.checking.findings import Finding, Rule
from bot.matching.deciding.decide import Decider
from bot.story.model import Story, StoryQuestion

ANSWERED = Rule(
    "question.answered",
    "{ask!r} is answered with {given!r}, and should not be",
    "make the fact's utterances narrower, or add the words that tell them apart",
    "The bot says what is on record, and otherwise that it does not know.",
)
WRONG = Rule(
    "question.wrong",
    "{ask!r} is answered with {given!r} instead of {wanted}",
    "add utterances that tell the two facts apart",
    "A wrong answer is worse than none.",
)
MISSED = Rule(
    "question.missed",
    "{ask!r} gives {outcome} instead of {wanted}",
    "add an utterance in such words to the fact",
    "Somebody who asks so is not answered, though the story knows.",
    "warning",
)


@dataclass(frozen=True)
class Regression:
    """What the story's questions gave."""

    findings: tuple[Finding, ...]
    in_scope: int
    answered: int

    @property
    def share(self) -> float:
        """The share of the questions in scope that got their fact; 1 if there is none."""
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


def _judged(index: int, question: StoryQuestion, given: str | None, outcome: str) -> Finding | None:
    place, ask = ("questions", index, "ask"), question.ask
    if question.expect == "abstain":
        return ANSWERED.at(*place, ask=ask, given=given) if given else None
    wanted = " or ".join(map(repr, question.expect))
    if given is None:
        return MISSED.at(*place, ask=ask, outcome=outcome, wanted=wanted)
    return None if given in question.expect else WRONG.at(*place, ask=ask, given=given, wanted=wanted)
