"""Decide what becomes of a text: of each question in it, by itself or after what was said before.

`rules.py` has the rules for one question, `dialogue.py` how one goes on from the last; long texts are taken apart here.
"""

from dataclasses import replace

from bot.matching.deciding.calibrate import Thresholds
from bot.matching.deciding.context import LEAST_IN_CONTEXT
from bot.matching.deciding.decision import Candidate, Decision
from bot.matching.deciding.dialogue import Dialogue
from bot.matching.deciding.index import FactIndex
from bot.matching.deciding.rules import judge
from bot.matching.deciding.vote import Doubles, Vote
from bot.matching.fold import words
from bot.matching.ranking.encoder import Encoder
from bot.matching.reading.followup import DialogueState, dialogue_state
from bot.matching.reading.passages import MAX_PASSAGES, Passage, asking_passages, is_long, passages_inside
from bot.matching.reading.question import ParsedQuestion
from bot.story.model import Story

MAX_ANSWERS = 3  # to one text that asks several things
MAX_CONTEXT_WORDS = 40  # before a part of a long text, from which it may be completed


class Decider:
    """Answers for one story: immutable, so that a question sees one story from start to end."""

    def __init__(
        self,
        story: Story,
        encoder: Encoder | None = None,
        previous: "Decider | None" = None,
        thresholds: Thresholds | None = None,
        vote: Vote | None = None,
    ) -> None:
        self._index: FactIndex = FactIndex(story, encoder, previous._index if previous else None, thresholds, vote)
        self._dialogue = Dialogue(self._index)

    @property
    def thresholds(self) -> Thresholds:
        """What the story tells of its own scores."""
        return self._index.thresholds

    @property
    def min_probability(self) -> float:
        """The least probability of an answer."""
        return self._index.vote.answer

    def min_probability_for(self, decision: Decision) -> float:
        """Return the least probability of an answer by the rule that decided: less if the context speaks for a fact."""
        return LEAST_IN_CONTEXT if decision.rule == "context" else self.min_probability

    @property
    def is_semantic(self) -> bool:
        """Return whether meaning is compared, and not words and letters alone."""
        return self._index.is_semantic

    def read(self, text: str, locale: str | None = None) -> ParsedQuestion:
        """Read what a reader typed; `locale` is the language to assume if the words do not tell.

        An utterance of a fact is read as it was written.
        """
        reader = self._index.reader
        return reader.read_curated(text, None) if self._index.fact_of(text) else reader.read(text, locale)

    def statement_ranking(self, statement: str, locale: str | None = None) -> tuple[Candidate, ...]:
        """Return the facts nearest to a statement, which is read as a whole, the most probable first."""
        return self.ranking(self.read(statement, locale))

    def ranking(self, question: ParsedQuestion) -> tuple[Candidate, ...]:
        """Return the facts nearest to a question, the most probable answer first."""
        return self._index.ranking(question)

    def signals(self, question: ParsedQuestion) -> tuple[list[Candidate], Doubles]:
        """Return the facts that rank highest, and the signals of each: (candidates, signals)."""
        return self._index.signals(question)

    def decide(self, text: str, locale: str | None = None, before: DialogueState | None = None) -> Decision:
        """Read, rank, vote and choose.

        A question that goes on from `before` is completed first; of a long text, the parts that ask decide.
        """
        question = self.read(text, locale)
        if not question.tokens and words(text):
            return Decision("abstain", "nothing", question, cause="small_talk")  # courtesy alone
        if is_long(text) and self._index.fact_of(text) is None:
            return self._taken_apart(text, question, locale)
        return self._dialogue.decide(question, before)

    def _taken_apart(self, text: str, whole: ParsedQuestion, locale: str | None) -> Decision:
        """Decide each part of a long text that asks; a statement is never answered."""
        parts = asking_passages(text, whole.spoken)
        decisions = [self._part(part, locale) for part in parts]
        if not any(decision.outcome == "answer" for decision in decisions):
            deeper = [stretch for part in parts for stretch in passages_inside(part, whole.spoken)]
            decisions += [self._part(part, locale) for part in deeper[:MAX_PASSAGES]]
        answers: dict[str, Decision] = {}
        for decision in sorted(decisions, key=lambda decision: decision.strength, reverse=True):
            if decision.outcome == "answer":
                answers.setdefault(decision.chosen[0].fact, decision)
        if answers:
            first, *others = answers.values()
            return replace(first, also=tuple(others[: MAX_ANSWERS - 1]))
        if decisions:
            return max(decisions, key=lambda decision: decision.strength)
        decision = judge(whole, self._index)
        return replace(decision, outcome="suggest", rule="statement") if decision.outcome == "answer" else decision

    def _part(self, part: Passage, locale: str | None) -> Decision:
        """Decide a part of a text alone, and if that gives no answer, with what was said before it."""
        question = self.read(part.text, locale)
        alone = judge(question, self._index)
        if alone.outcome == "answer" or not part.before:
            return alone
        context = self.dialogue_state(self.read(" ".join(part.before.split()[-MAX_CONTEXT_WORDS:]), locale), None)
        with_context = self._dialogue.complete(question, context) if context else alone
        return max(alone, with_context, key=lambda decision: decision.strength)

    def dialogue_state(
        self, question: ParsedQuestion, fact: str | None, shown: str | None = None
    ) -> DialogueState | None:
        """Keep of a question, and of the fact that answered it, what the next may refer to; None of an empty one.

        `shown` is the nearest fact that was shown if none answered.
        """
        story = self._index.story
        return dialogue_state(question, story.shown_facts.get(fact or ""), story, shown) if question.units else None

    def recalled_state(self, asked: str, fact: str) -> DialogueState | None:
        """Keep what an utterance of a fact refers to, as if a reader had asked it and been answered."""
        return self.dialogue_state(self.read(asked), fact)
