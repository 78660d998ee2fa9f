"""Decide whether and how to answer a text, alone or after an earlier question.

`rules.py` decides a single question, `dialogue.py` one that depends on the last; long texts are split here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from bot.matching.deciding.calibrate import Thresholds
from bot.matching.deciding.context import ContextVote, context_vote_for
from bot.matching.deciding.decision import Candidate, Decision, Rule
from bot.matching.deciding.dialogue import Dialogue
from bot.matching.deciding.factreading import FactReadings
from bot.matching.deciding.index import Confusion, FactIndex
from bot.matching.deciding.lead_in import votes_for
from bot.matching.deciding.rules import judge
from bot.matching.deciding.shortlist import Traces
from bot.matching.deciding.vote import Doubles, Vote, kind_for
from bot.matching.fold import words
from bot.matching.ranking.encoder import Encoder
from bot.matching.reading.alternatives import alternatives
from bot.matching.reading.dialogue_state import DialogueState, dialogue_state
from bot.matching.reading.passages import (
    MAX_DECIDED,
    MAX_PARTS,
    Passage,
    asking_passages,
    conjoined,
    is_long,
    is_statement,
    passages_inside,
)
from bot.matching.reading.question import ParsedQuestion
from bot.story.model import Story

MAX_ANSWERS = 3  # to a text that asks several things
MAX_CONTEXT_WORDS = 40  # before a passage of a long text, from which it may be completed


class Decider:
    """Decides questions about one story; immutable, so a question sees the same story throughout."""

    def __init__(
        self,
        story: Story,
        encoder: Encoder | None = None,
        previous: "Decider | None" = None,
        thresholds: Thresholds | None = None,
        vote: Vote | None = None,
        context: ContextVote | None = None,
        readings: FactReadings | None = None,
    ) -> None:
        """Index the story; `readings` remembers how facts are read."""
        before = previous._index if previous else None
        self._index: FactIndex = FactIndex(story, encoder, before, thresholds, vote, readings)
        self.dialogue = Dialogue(self._index, context or context_vote_for(encoder))
        self.is_fitted = vote is not None or kind_for(encoder) != "unfitted"  # the vote, for the encoder

    @cached_property
    def traces(self) -> Traces:
        """What to find the story by among others, computed on first use: 0.1 ms a fact."""
        return Traces.of(self._index.story, self._index.centres())

    @property
    def encoder(self) -> Encoder | None:
        """What compares meaning."""
        return self._index.encoder

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds calibrated for the story."""
        return self._index.thresholds

    @property
    def found_without(self) -> dict[str, tuple[int, int]]:
        """By fact: how many of its utterances, left out and asked, found it by the others; and how many were tried."""
        return self._index.found_without

    @property
    def min_probability(self) -> float:
        """The minimum probability of an answer."""
        return self._index.vote.answer

    def min_probability_for(self, decision: Decision) -> float:
        """Return the minimum probability of an answer by the rule that decided."""
        context = self.dialogue.vote
        return {"completed": context.completed, "context": context.answer}.get(decision.rule, self.min_probability)

    @property
    def confusions(self) -> Sequence[Confusion]:
        """The utterances that would get another fact if they were left out; of a long story, of a sample."""
        return self._index.confusions

    @property
    def calibrated(self) -> Mapping[str, int]:
        """The number of utterances of each fact that were left out in turn."""
        return self._index.calibrated

    def read_curated(self, text: str, code: str) -> ParsedQuestion:
        """Read what an editor wrote in a language, without correcting it."""
        return self._index.reader.read_curated(text, code)

    @property
    def is_semantic(self) -> bool:
        """Return whether meaning is compared, and not only words and letters."""
        return self._index.is_semantic

    def language_of(self, text: str) -> str | None:
        """Return the language of a text, by its function words; None if it is unclear."""
        return self._index.reader.language_of(text)

    def read(self, text: str, locale: str | None = None) -> ParsedQuestion:
        """Read what a reader typed; `locale` is the language to assume if none is detected.

        A text equal to an utterance of a fact is not corrected.
        """
        reader = self._index.reader
        return reader.read_curated(text, None) if self._index.fact_of(text) else reader.read(text, locale)

    def as_utterance(self, text: str) -> str:
        """Return what a reader typed on one line, without courtesy, links and the bot's name."""
        return self._index.reader.as_utterance(text)

    def statement_ranking(self, statement: str, locale: str | None = None) -> tuple[Candidate, ...]:
        """Return the facts nearest to a statement, read as a whole, the most probable first."""
        return self.ranking(self.read(statement, locale))

    def ranking(self, question: ParsedQuestion) -> tuple[Candidate, ...]:
        """Return the facts nearest to a question, the most probable answer first."""
        return self._index.ranking(question)

    def group_same(self, texts: Sequence[str]) -> list[int]:
        """Return for each text, as it was understood, the number of the first one that asks the same.

        That is its own number if none before it does. A text takes 1 to 2 ms: call it in a thread. Of more than 1,000
        texts, the first are compared by meaning and the others by words.
        """
        return self._index.group_same(texts)

    def signals(self, question: ParsedQuestion) -> tuple[list[Candidate], Doubles]:
        """Return the highest-ranked facts, and their signals: (candidates, signals)."""
        return self._index.signals(question)

    def decide(self, text: str, locale: str | None = None, before: DialogueState | None = None) -> Decision:
        """Read a text, rank the facts and decide.

        A question that depends on `before` is completed first; a long text is decided by its passages.
        """
        question = self.read(text, locale)
        if not question.tokens and words(text):
            return Decision("abstain", "nothing", question, cause="small_talk")  # only courtesy
        if is_long(text) and self._index.fact_of(text) is None:
            return self._decide_passages(text, question, locale)
        decision = self.dialogue.decide(question, before)
        if decision.rule != "curated" and decision.question is question and is_statement(question):
            return _shown_only(decision)
        return self._each_of(question, self._one_of(question, decision, locale), locale)

    def _each_of(self, question: ParsedQuestion, decision: Decision, locale: str | None) -> Decision:
        """Decide alone each part of a question that asks two things, and has no answer as a whole: "who, and when?"."""
        if decision.outcome == "answer":
            return decision
        parts = conjoined(question.text, question.spoken)
        return _all_answers([self._decide_passage(part, locale) for part in parts]) or decision

    def _one_of(self, question: ParsedQuestion, decision: Decision, locale: str | None) -> Decision:
        """Try the alternatives of a question without an answer alone; answer if those that answer agree on a fact."""
        if decision.outcome == "answer":
            return decision
        tried = [judge(self.read(text, locale), self._index) for text in alternatives(question)]
        answers = {each.chosen[0].fact: each for each in tried if each.outcome == "answer"}
        return next(iter(answers.values())) if len(answers) == 1 else decision

    def _decide_passages(self, text: str, whole: ParsedQuestion, locale: str | None) -> Decision:
        """Decide each passage of a long text that asks something; a statement is never answered."""
        passages = asking_passages(text, whole.spoken)
        decisions = [self._decide_passage(passage, locale) for passage in passages]
        answered = _all_answers(decisions)
        if answered is None:
            deeper = [stretch for passage in passages for stretch in passages_inside(passage, whole.spoken)]
            parts = [part for passage in passages for part in conjoined(passage.text, whole.spoken)]
            decisions += [self._decide_passage(passage, locale) for passage in deeper[: MAX_DECIDED - len(passages)]]
            answered = _all_answers([*decisions, *(self._decide_passage(part, locale) for part in parts[:MAX_PARTS])])
        if answered or decisions:
            return answered or max(decisions, key=lambda decision: decision.strength)
        return _shown_only(judge(whole, self._index))

    def _decide_passage(self, passage: Passage, locale: str | None) -> Decision:
        """Decide a passage alone and, if that gives no answer or it is of somebody named before, with that text."""
        question = self.read(passage.text, locale)
        if not passage.before:
            return self._one_of(question, judge(question, self._index), locale)
        before = self.read(" ".join(passage.before.split()[-MAX_CONTEXT_WORDS:]), locale)
        votes = votes_for(self._index.ranking(before)) if before.units else None
        alone = self._one_of(question, judge(question, self._index, votes), locale)
        refers_back = passage.is_part and question.pronoun is not None
        if alone.outcome == "answer" and question.pronoun is None:
            return alone
        context = self.dialogue_state(before, None)
        with_context = self.dialogue.complete(question, context) if context else alone
        if refers_back:
            return _shown_only(with_context, "near") if with_context.question is question else with_context
        if with_context.outcome == "answer" and with_context.question is not question:
            return with_context  # a name stands for the pronoun
        return max(alone, with_context, key=lambda decision: decision.strength)

    def dialogue_state(
        self, question: ParsedQuestion, fact: str | None, shown: str | None = None
    ) -> DialogueState | None:
        """Return what the next question may refer to after this one and the fact that answered it; None if it is empty.

        `shown` is the nearest fact that was shown if none answered.
        """
        story = self._index.story
        return dialogue_state(question, story.shown_facts.get(fact or ""), story, shown) if question.units else None

    def recalled_state(self, asked: str, fact: str) -> DialogueState | None:
        """Return the state after an utterance of a fact, as if a reader had asked it and got that fact."""
        return self.dialogue_state(self.read(asked), fact)


def _all_answers(decisions: Iterable[Decision]) -> Decision | None:
    """Return the strongest answer, with the other facts that answer; None if there is no answer."""
    answers: dict[str, Decision] = {}
    for decision in sorted(decisions, key=lambda decision: decision.strength, reverse=True):
        if decision.outcome == "answer":
            answers.setdefault(decision.chosen[0].fact, decision)
    if not answers:
        return None
    first, *others = answers.values()
    return replace(first, also=tuple(others[: MAX_ANSWERS - 1]))


def _shown_only(decision: Decision, rule: Rule = "statement") -> Decision:
    """Return a decision on a statement, or on somebody unknown: what would answer it is shown, but not as an answer."""
    return replace(decision, outcome="suggest", rule=rule) if decision.outcome == "answer" else decision
