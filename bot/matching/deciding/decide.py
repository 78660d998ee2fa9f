"""Decide what becomes of a question: an answer, up to three suggestions, or an abstention with its cause."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from bot.matching.deciding.calibrate import Sample, Thresholds, calibrate
from bot.matching.deciding.evidence import Evidence, Facts
from bot.matching.deciding.light import is_light
from bot.matching.fold import fold, without_links, words
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rank import Match, Matcher
from bot.matching.reading.courtesy import without_courtesy
from bot.matching.reading.followup import Said, complete, said
from bot.matching.reading.language import Language, Phrase
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import Question, phrase_at, read
from bot.story.dates import ImpreciseDate
from bot.story.model import Story

Cause = Literal["unknown_name", "no_fact", "too_vague", "after_story", "small_talk"]

MARGIN = 0.02  # how far the next fact that could answer must be behind
BEHIND = 0.05  # how far an answer may be behind a fact that cannot answer
CANDIDATES = 12  # facts looked at, from the top of the ranking
LEFT_OUT = 250  # utterances at most that the thresholds are calibrated on, the same in every run
LOOKED_AT = 4  # facts that could answer in place of one that is left out
MOST_SUGGESTIONS = 3


_OUTCOMES = ("abstain", "suggest", "answer")


@dataclass(frozen=True)
class Candidate:
    """A fact with its score, the utterance nearest to the question, and the evidence for and against it.

    The score is the mean of two rankings: of the question as it was typed, and of its names, concepts and slot.
    """

    fact: str
    score: float
    as_typed: float
    as_read: float
    utterance: str
    lexical: float  # cosine of the question as typed and that utterance, by words and letters
    semantic: float | None  # the same by meaning
    evidence: Evidence


@dataclass(frozen=True)
class Decision:
    """What becomes of a question, with the ranking that led to it."""

    outcome: Literal["answer", "suggest", "abstain"]
    language: str | None  # None where the words do not tell
    chosen: tuple[Candidate, ...] = ()  # one on answer, up to three on suggest
    cause: Cause | None = None
    ranking: tuple[Candidate, ...] = ()
    understood: str = ""  # the question, completed where it went on from the one before


class Decider:
    """Answers for one story: immutable, so that a question sees one story from start to end."""

    def __init__(
        self,
        story: Story,
        encoder: Encoder | None = None,
        before: "Decider | None" = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        self._story = story
        self._encoder = encoder
        self._lexicon = Lexicon.of(story, encoder.is_word if encoder else None)
        rows = [(fact.id, code, text) for fact in story.shown_facts.values() for code, text in fact.asked.values()]
        self._asked = {fold(text): fact for fact, _, text in rows}
        asked: dict[str, list[Question]] = defaultdict(list)
        questions = [read(text, self._lexicon, code) for _, code, text in rows]
        for (fact, _, _), question in zip(rows, questions, strict=True):
            asked[fact].append(question)
        self._facts = Facts(story, self._lexicon, asked)
        self._typed: Matcher[str] = Matcher(
            [(text, fact) for fact, _, text in rows], encoder, before._typed if before else None
        )
        self._read = Matcher(
            [(question.canonical, row[0]) for row, question in zip(rows, questions, strict=True)], None
        )
        self.thresholds = thresholds or calibrate(self._samples(rows, questions))

    def _samples(self, rows: Sequence[tuple[str, str, str]], questions: Sequence[Question]) -> list[Sample]:
        """Ask utterances again, each left out and then with its whole fact left out."""
        facts = np.array([fact for fact, _, _ in rows])
        samples = []
        for number in range(0, len(rows), 1 + len(rows) // LEFT_OUT):
            (fact, code, text), question = rows[number], questions[number]
            left_out = [np.array([number]), np.flatnonzero(facts == fact)]
            typed = self._typed.rank_without(text, left_out, 2 * CANDIDATES)
            as_read = self._read.rank_without(question.canonical, left_out, 2 * CANDIDATES)
            inside, outside = (_joined(*pair) for pair in zip(typed, as_read, strict=True))
            language = self._lexicon.language(code)
            able = (row for row in outside[:LOOKED_AT] if not self._facts.weigh(question, row[0], language).vetoes)
            found = inside[0] if inside else ("", 0.0)
            samples.append(Sample(found[1] if found[0] == fact else 0.0, next(able, ("", 0.0))[1]))
        return samples

    @property
    def is_semantic(self) -> bool:
        """Tell whether meaning is compared, and not words and letters alone."""
        return self._typed.is_semantic

    def decide(self, text: str, locale: str | None = None, before: Said | None = None) -> Decision:
        """Read, rank, veto and choose; `locale` is the language to read in where the words do not tell.

        A question that goes on from `before` is completed first, where it says too little as it was typed.
        """
        if fold(text) not in self._asked:
            asked = without_courtesy(without_links(text), self._lexicon.together.courtesy)
            if words(text) and not words(asked):
                language = read(text, self._lexicon).language
                return Decision("abstain", language, cause="small_talk", understood=text)
            text = asked
        completed = complete(text, before, self._lexicon, self._story) if before else None
        if completed is None:
            return self._understood(text, locale)
        if len(completed.texts) > 1:
            return self._clearest(text, completed.texts, locale)
        readings = {
            "completed": completed.texts,
            "completed else typed": (*completed.texts, text),
            "typed else completed": (text, *completed.texts),
        }[completed.preference]
        decisions: list[Decision] = []
        for reading in readings:
            decisions.append(self._understood(reading, locale))
            if decisions[-1].outcome == "answer":
                break
        return max(decisions, key=lambda decision: _OUTCOMES.index(decision.outcome))  # the first of the best

    def _clearest(self, text: str, readings: Sequence[str], locale: str | None) -> Decision:
        """Answer where one reading alone does; suggest where several answer, and differ."""
        answers = {
            decision.chosen[0].fact: decision
            for decision in (self._understood(reading, locale) for reading in readings)
            if decision.outcome == "answer"
        }
        if len(answers) == 1:
            return next(iter(answers.values()))
        decision = self._understood(text, locale)
        chosen = tuple(found.chosen[0] for found in answers.values())[:MOST_SUGGESTIONS]
        if chosen or decision.outcome == "answer":
            return replace(decision, outcome="suggest", cause=None, chosen=chosen or decision.chosen)
        return decision

    def _understood(self, text: str, locale: str | None) -> Decision:
        return replace(self._decided(text, locale), understood=text)

    def said(self, text: str, fact: str | None) -> Said | None:
        """Keep of a question, and of the fact that answered it, what the next may refer to; None of an empty one."""
        question = read(text, self._lexicon)
        fact_said = self._story.shown_facts.get(fact or "")
        return said(question, fact_said, self._lexicon, self._story) if question.units else None

    def _decided(self, text: str, locale: str | None) -> Decision:
        question = read(text, self._lexicon)
        language = self._lexicon.language(question.language or locale)
        own = self._asked.get(fold(text))
        if own:  # an utterance that a curator wrote asks for the fact that it stands under
            ranking = self._ranking(text, question, language)
            curated = tuple(candidate for candidate in ranking if candidate.fact == own)
            return Decision("answer", question.language, curated, ranking=ranking)
        if not question.units:
            return Decision("abstain", question.language, cause=_cause_of_nothing(question, language))
        if _asks_the_bot(question, language):
            return Decision("abstain", question.language, cause="small_talk")
        if self._is_after_story(question, language):
            return Decision("abstain", question.language, cause="after_story")
        ranking = self._ranking(text, question, language)
        limits = self.thresholds
        able = [item for item in ranking if not item.evidence.vetoes and item.score >= limits.suggest]
        if able and able[0].score >= limits.answer and ranking[0].score - able[0].score < BEHIND and not _is_tied(able):
            return Decision("answer", question.language, (able[0],), ranking=ranking)
        if not able and self._is_sure(ranking, question, language):
            return Decision("answer", question.language, ranking[:1], ranking=ranking)
        near = able or [item for item in ranking if item.score >= limits.suggest and _is_near(item)]
        knows = any(self._facts.know(unit) for unit in question.units)
        if near and knows:
            return Decision("suggest", question.language, tuple(near[:MOST_SUGGESTIONS]), ranking=ranking)
        cause: Cause = "no_fact" if knows else "unknown_name"
        return Decision("abstain", question.language, cause=cause, ranking=ranking)

    def _is_sure(self, ranking: tuple[Candidate, ...], question: Question, language: Language) -> bool:
        """Tell whether the best fact is far ahead, and all that it does not know is one light word."""
        if self._encoder is None or not ranking or ranking[0].evidence.vetoes != ("word",):
            return False
        best, behind = ranking[0], max((candidate.score for candidate in ranking[1:]), default=0.0)
        unknown = [unit for unit in question.words if unit.surface in best.evidence.unknown]
        if best.score < self.thresholds.sure or best.score - behind < BEHIND or len(unknown) != 1:
            return False
        return is_light(unknown[0], question, language, self._encoder)

    def _ranking(self, text: str, question: Question, language: Language) -> tuple[Candidate, ...]:
        typed = {match.label: match for match in self._typed.rank(text, 2 * CANDIDATES)}
        as_read = {match.label: match for match in self._read.rank(question.canonical, 2 * CANDIDATES)}
        scored = [fact for fact, _ in _joined(typed.values(), as_read.values())]
        return tuple(
            Candidate(
                fact=fact,
                score=(_score(typed, fact) + _score(as_read, fact)) / 2,
                as_typed=_score(typed, fact),
                as_read=_score(as_read, fact),
                utterance=typed[fact].utterance if fact in typed else "",
                lexical=typed[fact].lexical if fact in typed else 0.0,
                semantic=typed[fact].semantic if fact in typed else None,
                evidence=self._facts.weigh(question, fact, language),
            )
            for fact in scored[:CANDIDATES]
        )

    def _is_after_story(self, question: Question, language: Language) -> bool:
        """Tell whether the question names a year after the story's which no fact tells, or a time always later."""
        last = ImpreciseDate.parse(self._story.story.as_of).latest.year
        untold = question.figures - self._facts.figures
        years = (int(figure) for figure in untold if figure.isdecimal() and len(figure) == 4)
        return any(last < year < 2200 for year in years) or _holds(question, language.later)


def _holds(question: Question, phrases: Iterable[Phrase]) -> bool:
    text = f" {' '.join(question.tokens)} "
    return any(f" {' '.join(phrase)} " in text for phrase in phrases)


def _asks_the_bot(question: Question, language: Language) -> bool:
    """Tell a question to the bot about itself: it opens so, or names nobody of the story and turns to the bot."""
    opens = phrase_at(question.tokens, 0, language.identity)
    return bool(opens) or (not question.names and _holds(question, language.about_bot))


def _score(matches: dict[str, Match[str]], fact: str) -> float:
    return matches[fact].score if fact in matches else 0.0


def _joined(typed: Iterable[Match[str]], as_read: Iterable[Match[str]]) -> list[tuple[str, float]]:
    """Join two rankings: each fact with the mean of its scores, best first."""
    sums: dict[str, float] = defaultdict(float)
    for match in (*typed, *as_read):
        sums[match.label] += match.score / 2
    return sorted(sums.items(), key=lambda row: -row[1])


def _cause_of_nothing(question: Question, language: Language) -> Cause:
    chatter = not language.small_talk.isdisjoint(question.tokens)
    return "small_talk" if chatter and question.slot is None else "too_vague"


def _is_tied(able: list[Candidate]) -> bool:
    return len(able) > 1 and able[0].score - able[1].score < MARGIN


def _is_near(candidate: Candidate) -> bool:
    """Tell a near miss: one thing stands against the fact, and it knows something of the question."""
    return len(candidate.evidence.vetoes) == 1 and bool(candidate.evidence.known)
