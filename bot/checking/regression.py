"""Ask a story its own questions, in `onrecord check` and before every reload."""

from dataclasses import dataclass

from bot.checking.findings import Finding, Rule
from bot.matching.deciding.decide import Decider
from bot.story.model import Story, StoryQuestion

ANSWERED = Rule(
    "question.answered",
    "{ask!r} is answered with {given!r} but should not be answered",
    "make the fact's utterances more specific",
    "If the answer is not on record, the bot must say that it does not know.",
)
WRONG = Rule(
    "question.wrong",
    "{ask!r} is answered with {given!r} instead of {wanted}",
    "add utterances that distinguish the two facts",
    "A wrong answer is worse than no answer.",
)
MISSED = Rule(
    "question.missed",
    "{ask!r} gives {outcome} instead of {wanted}",
    "add a similar utterance to the fact",
    "A reader who asks this gets no answer, although the story has one.",
    "warning",
)

NO_QUESTIONS = Rule(
    "questions.none",
    "no question expects a fact",
    "write questions in words that no utterance has, and some to abstain on",
    "Without them, nobody knows whether readers find the facts, nor notices when a change breaks that.",
    "warning",
)


@dataclass(frozen=True)
class Regression:
    """The results of the story's own questions."""

    findings: tuple[Finding, ...]
    in_scope: int
    answered: int

    @property
    def share(self) -> float | None:
        """The share of questions in scope that were answered correctly; None if there are none."""
        return self.answered / self.in_scope if self.in_scope else None


def run_questions(story: Story, decider: Decider) -> Regression:
    """Ask each question; a wrong or unwanted answer is an error, a missing one a warning."""
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
    if story.shown_facts and not in_scope:
        findings.append(NO_QUESTIONS.at("questions" if story.questions else "story"))
    return Regression(tuple(findings), in_scope, answered)


def _judged(index: int, question: StoryQuestion, given: str | None, outcome: str) -> Finding | None:
    place, ask = ("questions", index, "ask"), question.ask
    if question.expect == "abstain":
        return ANSWERED.at(*place, ask=ask, given=given) if given else None
    wanted = " or ".join(map(repr, question.expect))
    if given is None:
        return MISSED.at(*place, ask=ask, outcome=outcome, wanted=wanted)
    return None if given in question.expect else WRONG.at(*place, ask=ask, given=given, wanted=wanted)
