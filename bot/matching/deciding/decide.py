"""Decide what becomes of a question: an answer, the nearest facts on record, or an abstention with its cause.

The rules, in order; the first that applies decides, and `Decision.rule` is its name:

| rule | applies if | outcome |
|---|---|---|
| `nothing` | the question holds no name and no content word, or small talk alone | abstain: small talk, or too vague |
| `curated` | it is an utterance of a fact, word for word | answer |
| `about_bot` | it is about the bot | abstain: small talk |
| `later` | it asks for what came after the story | abstain: after the story |
| `tied` | two facts that could answer are equally probable | the nearest facts |
| `probable` | the most probable fact has no veto, and is probable enough | answer |
| `context` | the question depends on the last one, and a fact is probable after it | answer, or the nearest facts |
| `near` | a fact shares a name or an act with it, and is probable enough to be told | the nearest facts |
| `unknown` | no fact knows any of its words | abstain: unknown name |
| `far` | none of these | abstain: no fact |

A long text is taken apart first, and the part that asks decides; one that asks nothing is a `statement`, which is never
answered.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from bot.matching.deciding.calibrate import Sample, Thresholds, calibrate
from bot.matching.deciding.context import AHEAD_IN_CONTEXT, LEAST_IN_CONTEXT, Votes, fills, probability, relation
from bot.matching.deciding.evidence import Evidence, Facts, Veto
from bot.matching.deciding.profiles import build_profiles
from bot.matching.deciding.signals import Ranked, SignalReader
from bot.matching.deciding.vote import Doubles, Vote, fitted
from bot.matching.fold import fold, words
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rank import Match, Matcher
from bot.matching.reading.followup import Continued, Reading, Said, complete, continued, said, without_return
from bot.matching.reading.language import Language, Phrase
from bot.matching.reading.passages import MOST_PARTS, Passage, asking, inside, is_long
from bot.matching.reading.question import Question, phrase_at
from bot.matching.reading.reader import Reader
from bot.matching.reading.roles import acted, acting
from bot.matching.reading.spelling.frequencies import rarity
from bot.story.dates import ImpreciseDate
from bot.story.model import Story

Cause = Literal["unknown_name", "no_fact", "too_vague", "after_story", "small_talk"]
Rule = Literal[
    "nothing", "curated", "about_bot", "later", "tied", "probable", "context", "near", "unknown", "far", "statement"
]
Outcome = Literal["abstain", "suggest", "answer"]

MARGIN = 0.02  # of probability to the next fact that could answer; ablate: 0.6 % wrong, 0.7 % at 0, as many right
CANDIDATES = 12  # facts looked at, from the top of the rankings; ablate: 44.6 % right, as at 6, 44.0 % at 3
LEFT_OUT = 250  # utterances at most that the thresholds are calibrated on, the same in every run
LOOKED_AT = 4  # facts that could answer in place of one that is left out
MOST_SUGGESTIONS = 3
MOST_ANSWERS = 3  # to one text that asks several things
EXPLAINED, STRONGEST = 3, 4  # candidates whose vote can be explained, and the signals that are told
CONTEXT_WORDS = 40  # before a part of a long text, from which it may be completed

LASTING: frozenset[Veto] = frozenset({"name", "word", "figure", "role"})  # which no completion takes away
SETTLED: tuple[Rule, ...] = ("about_bot", "later", "tied")  # what the context changes nothing of

_OUTCOMES: tuple[Outcome, ...] = ("abstain", "suggest", "answer")


@dataclass(frozen=True)
class Candidate:
    """A fact with its score, the utterance nearest to the question, and what speaks for and against it.

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
    probability: float = 0.0  # that it answers, by the fitted vote
    strongest: tuple[tuple[str, float], ...] = ()  # the signals that moved the vote most, with what each added


@dataclass(frozen=True)
class Decision:
    """What becomes of a question, with the ranking that led to it."""

    outcome: Outcome
    rule: Rule
    question: Question  # as it was read, completed if it went on from the one before
    chosen: tuple[Candidate, ...] = ()  # one on answer, up to three on suggest
    cause: Cause | None = None
    ranking: tuple[Candidate, ...] = ()
    also: tuple["Decision", ...] = ()  # the answers to what else a long text asks

    @property
    def language(self) -> str | None:
        """The language of the question; None if its words do not tell."""
        return self.question.language

    @property
    def understood(self) -> str:
        """The question in words, completed if it went on from the one before."""
        return self.question.text


class Decider:
    """Answers for one story: immutable, so that a question sees one story from start to end."""

    def __init__(
        self,
        story: Story,
        encoder: Encoder | None = None,
        before: "Decider | None" = None,
        thresholds: Thresholds | None = None,
        vote: Vote | None = None,
    ) -> None:
        self._story = story
        self._reader = Reader(story, encoder.is_word if encoder else None)
        rows = [(fact.id, code, text) for fact in story.shown_facts.values() for code, text in fact.asked.values()]
        self._curated = {fold(text): fact for fact, _, text in rows}
        asked: dict[str, list[Question]] = defaultdict(list)
        questions = [self._reader.read_curated(text, code) for _, code, text in rows]
        for (fact, _, _), question in zip(rows, questions, strict=True):
            asked[fact].append(question)
        told = {
            fact.id: [self._reader.read_curated(text, code) for code, text in fact.text.root.items()]
            for fact in story.shown_facts.values()
        }
        done = {fact: acting([*asked[fact], *told[fact]]) for fact in told}
        self._facts = Facts(story, self._reader, asked, done)
        self._typed: Matcher[str] = Matcher(
            [(text, fact) for fact, _, text in rows], encoder, before._typed if before else None
        )
        self._read = Matcher(
            [(question.canonical, row[0]) for row, question in zip(rows, questions, strict=True)], None
        )
        self._profiles, words = build_profiles(asked, told, done, encoder)
        rarities = np.array([min(rarity(word, code) for code in story.languages) for word in words.row_of], np.float32)
        self._signals = SignalReader(words, encoder, rarities)
        self._vote = vote or fitted(is_semantic=encoder is not None)
        self.thresholds = thresholds or calibrate(self._samples(rows, questions))

    def _samples(self, rows: Sequence[tuple[str, str, str]], questions: Sequence[Question]) -> list[Sample]:
        """Ask utterances again, each left out and then with its whole fact left out."""
        facts = np.array([fact for fact, _, _ in rows])
        samples = []
        for number in range(0, len(rows), 1 + len(rows) // LEFT_OUT):
            (fact, _, text), question = rows[number], questions[number]
            left_out = [np.array([number]), np.flatnonzero(facts == fact)]
            typed = self._typed.rank_without(text, left_out, 2 * CANDIDATES)
            as_read = self._read.rank_without(question.canonical, left_out, 2 * CANDIDATES)
            inside, outside = (_joined(*pair) for pair in zip(typed, as_read, strict=True))
            found = acted(question)
            able = (row for row in outside[:LOOKED_AT] if not self._facts.weigh(question, row[0], found).vetoes)
            best = inside[0] if inside else ("", 0.0)
            samples.append(Sample(best[1] if best[0] == fact else 0.0, next(able, ("", 0.0))[1]))
        return samples

    @property
    def least(self) -> float:
        """The least probability of an answer."""
        return self._vote.answer

    def least_for(self, decision: Decision) -> float:
        """Return the least probability of an answer by the rule that decided: less if the context speaks for a fact."""
        return LEAST_IN_CONTEXT if decision.rule == "context" else self.least

    @property
    def is_semantic(self) -> bool:
        """Return whether meaning is compared, and not words and letters alone."""
        return self._typed.is_semantic

    def read(self, text: str, locale: str | None = None) -> Question:
        """Read what a reader typed; `locale` is the language to assume if the words do not tell."""
        return self._reader.read(text, locale)

    def ranked(self, statement: str, locale: str | None = None) -> tuple[Candidate, ...]:
        """Return the facts nearest to a statement, which is read as a whole, the most probable first."""
        return self.ranking(self.read(statement, locale))

    def decide(self, text: str, locale: str | None = None, before: Said | None = None) -> Decision:
        """Read, rank, vote and choose.

        A question that goes on from `before` is completed first; of a long text, the parts that ask decide.
        """
        question = self.read(text, locale)
        if not question.tokens and words(text):
            return Decision("abstain", "nothing", question, cause="small_talk")  # courtesy alone
        if is_long(text) and fold(text) not in self._curated:
            return self._taken_apart(text, question, locale)
        return self._gone_on(question, before)

    def _taken_apart(self, text: str, whole: Question, locale: str | None) -> Decision:
        """Decide each part of a long text that asks; a statement is never answered."""
        parts = asking(text, whole.spoken)
        decisions = [self._part(part, locale) for part in parts]
        if not any(decision.outcome == "answer" for decision in decisions):
            deeper = [stretch for part in parts for stretch in inside(part, whole.spoken)]
            decisions += [self._part(part, locale) for part in deeper[:MOST_PARTS]]
        answers: dict[str, Decision] = {}
        for decision in sorted(decisions, key=_probability, reverse=True):
            if decision.outcome == "answer":
                answers.setdefault(decision.chosen[0].fact, decision)
        if answers:
            first, *others = answers.values()
            return replace(first, also=tuple(others[: MOST_ANSWERS - 1]))
        if decisions:
            return max(decisions, key=_worth)
        decision = self._decided(whole)
        return replace(decision, outcome="suggest", rule="statement") if decision.outcome == "answer" else decision

    def _part(self, part: Passage, locale: str | None) -> Decision:
        """Decide a part of a text alone, and if that gives no answer, with what was said before it."""
        question = self.read(part.text, locale)
        alone = self._decided(question)
        if alone.outcome == "answer" or not part.before:
            return alone
        context = self.said(self.read(" ".join(part.before.split()[-CONTEXT_WORDS:]), locale), None)
        with_context = self._completed(question, context) if context else alone
        return max(alone, with_context, key=_worth)

    def _gone_on(self, question: Question, before: Said | None) -> Decision:
        """Decide a question: completed by rule if it goes on from the last one, else by what that one was about."""
        if before is None:
            return self._decided(question)
        returned = without_return(question, self._reader.lexicon)
        if returned is not None:
            return self._decided(returned)
        decision = self._completed(question, before)
        if decision.outcome == "answer" or decision.rule in SETTLED:
            return decision
        is_completed = decision.rule == "near" and decision.question is not question and before.shown
        if is_completed and self._is_plain(decision) and not self._forbids(question, decision.chosen[0].fact):
            return replace(decision, outcome="answer", rule="context", chosen=decision.chosen[:1])
        joined = continued(question, before, self._reader.lexicon, self._story)
        return self._in_context(question, joined, before, decision) if joined else decision

    @staticmethod
    def _is_plain(decision: Decision) -> bool:
        """Return whether a completed question is answered well enough: its context narrows what it can mean."""
        best, *others = decision.chosen
        is_ahead = all(best.probability - other.probability >= AHEAD_IN_CONTEXT for other in others)
        return not best.evidence.vetoes and best.probability >= LEAST_IN_CONTEXT and is_ahead

    def _in_context(self, typed: Question, joined: Continued, before: Said, alone: Decision) -> Decision:
        """Answer a dependent question with the fact that is most probable after the last one, if no veto forbids it."""
        shown = self._story.shown_facts.get(before.shown or "")
        found = {fact: vote for fact, vote in self._voted(joined).items() if not self._forbids(typed, fact)}
        votes = {fact: vote for fact, (vote, _) in found.items()}
        weighed: list[Candidate] = []
        for fact_id, (vote, candidate) in found.items():
            fact, own = self._story.shown_facts[fact_id], self._facts.weigh(joined.own, fact_id)
            related = relation(self._story, shown, fact)
            is_filled = fills(joined.own, before.question, related, fact)
            others = [other for each, other in votes.items() if each != fact_id]
            likely = probability(vote, others, related, is_filled=is_filled, unknown=len(own.unknown))
            weighed.append(replace(candidate, probability=likely))
        ranking = tuple(sorted(weighed, key=lambda candidate: -candidate.probability))
        near = tuple(one for one in ranking if one.probability >= self._vote.nearest)[:MOST_SUGGESTIONS]
        if not near:
            return alone
        if near[0].probability >= LEAST_IN_CONTEXT and before.shown:
            return Decision("answer", "context", joined.whole, near[:1], ranking=ranking)
        if alone.rule == "unknown":
            return alone  # what no fact knows is not what the last one was about
        return Decision("suggest", "context", joined.whole, near, ranking=ranking)

    def _forbids(self, typed: Question, fact: str) -> bool:
        """Return whether a word of a question forbids a fact, whatever its completion says: "and Amazon?"."""
        return not LASTING.isdisjoint(self._facts.weigh(typed, fact).vetoes)

    def _tells_of(self, fact_id: str, meant: frozenset[str]) -> bool:
        """Return whether a fact is about, or by, one of those whom a pronoun may mean."""
        fact = self._story.shown_facts[fact_id]
        return not meant.isdisjoint((*fact.about, *filter(None, [fact.by])))

    def _voted(self, joined: Continued) -> dict[str, tuple[Votes, Candidate]]:
        """Return the votes of all readings for each fact that no veto forbids, with its best place in them."""
        rankings = [(kind, self.ranking(reading)) for kind, reading in joined.readings if reading.units]
        by_kind: dict[str, dict[Reading, float]] = defaultdict(dict)
        best: dict[str, Candidate] = {}
        for kind, ranking in rankings:
            for candidate in ranking:
                fact, chance = candidate.fact, candidate.probability
                if candidate.evidence.vetoes or self._facts.weigh(joined.own, fact).vetoes:
                    continue
                if joined.meant and not self._tells_of(fact, joined.meant):
                    continue
                by_kind[fact][kind] = max(chance, by_kind[fact].get(kind, 0.0))
                if fact not in best or chance > best[fact].probability:
                    best[fact] = candidate
        return {fact: (Votes(by_kind[fact]), place) for fact, place in best.items()}

    def _completed(self, question: Question, before: Said) -> Decision:
        """Decide a question, completed by rule from the last one if it goes on from it."""
        completed = complete(question, before, self._reader.lexicon, self._story)
        if completed is None:
            return self._decided(question)
        if len(completed.questions) > 1:
            return self._clearest(question, completed.questions)
        readings = {
            "completed": completed.questions,
            "completed else typed": (*completed.questions, question),
            "typed else completed": (question, *completed.questions),
        }[completed.preference]
        decisions: list[Decision] = []
        for reading in readings:
            decided = self._decided(reading)
            if decided.outcome == "answer" and self._forbids(question, decided.chosen[0].fact):
                decided = replace(decided, outcome="suggest", rule="near")
            decisions.append(decided)
            if decisions[-1].outcome == "answer":
                break
        return max(decisions, key=lambda decision: _OUTCOMES.index(decision.outcome))  # the first of the best

    def _clearest(self, typed: Question, readings: Sequence[Question]) -> Decision:
        """Answer if one reading alone does; tell the nearest if several answer, and differ."""
        answers = {
            decision.chosen[0].fact: decision
            for decision in map(self._decided, readings)
            if decision.outcome == "answer"
        }
        if len(answers) == 1:
            return next(iter(answers.values()))
        decision = self._decided(typed)
        chosen = tuple(found.chosen[0] for found in answers.values())[:MOST_SUGGESTIONS]
        if chosen or decision.outcome == "answer":
            return replace(decision, outcome="suggest", rule="tied", cause=None, chosen=chosen or decision.chosen)
        return decision

    def said(self, question: Question, fact: str | None, shown: str | None = None) -> Said | None:
        """Keep of a question, and of the fact that answered it, what the next may refer to; None of an empty one.

        `shown` is the nearest fact that was shown if none answered.
        """
        return said(question, self._story.shown_facts.get(fact or ""), self._story, shown) if question.units else None

    def recalled(self, asked: str, fact: str) -> Said | None:
        """Keep what an utterance of a fact refers to, as if a reader had asked it and been answered."""
        return self.said(self.read(asked), fact)

    def _decided(self, question: Question) -> Decision:
        language = question.spoken
        if not question.units:
            return Decision("abstain", "nothing", question, cause=_cause_of_nothing(question, language))
        curated = self._curated.get(fold(question.text))
        if curated is None and _is_small_talk(question, language):
            return Decision("abstain", "nothing", question, cause="small_talk")
        if curated is None and _asks_the_bot(question, language):
            return Decision("abstain", "about_bot", question, cause="small_talk")
        if curated is None and self._is_after_story(question, language):
            return Decision("abstain", "later", question, cause="after_story")
        ranking = self.ranking(question)
        own = tuple(candidate for candidate in ranking if candidate.fact == curated)
        if own:
            return Decision("answer", "curated", question, own, ranking=ranking)
        return self._judged(question, ranking)

    def _judged(self, question: Question, ranking: tuple[Candidate, ...]) -> Decision:
        vote = self._vote
        able = [item for item in ranking if not item.evidence.vetoes]
        best = ranking[0] if ranking else None
        is_sure = best is not None and able[:1] == [best] and best.probability >= vote.answer
        if best and is_sure and len(able) > 1 and best.probability - able[1].probability < MARGIN:
            return Decision("suggest", "tied", question, tuple(able[:MOST_SUGGESTIONS]), ranking=ranking)
        if best and is_sure:
            return Decision("answer", "probable", question, (best,), ranking=ranking)
        near = [item for item in ranking if item.probability >= vote.nearest and item.evidence.known]
        if near:
            return Decision("suggest", "near", question, tuple(near[:MOST_SUGGESTIONS]), ranking=ranking)
        if any(self._facts.know(unit) for unit in question.units):
            return Decision("abstain", "far", question, cause="no_fact", ranking=ranking)
        return Decision("abstain", "unknown", question, cause="unknown_name", ranking=ranking)

    def ranking(self, question: Question) -> tuple[Candidate, ...]:
        """Return the facts nearest to a question, the most probable answer first."""
        candidates, signals = self.signals(question)
        probabilities = self._vote.probabilities(signals)
        order = np.argsort(-probabilities, kind="stable").tolist()
        ranking = [replace(candidates[at], probability=float(probabilities[at])) for at in order]
        for at, number in enumerate(order[:EXPLAINED]):
            ranking[at] = replace(ranking[at], strongest=self._vote.strongest(signals[number], STRONGEST))
        return tuple(ranking)

    def signals(self, question: Question) -> tuple[list[Candidate], Doubles]:
        """Return the facts that rank highest, and the signals of each: (candidates, signals)."""
        typed = {match.label: match for match in self._typed.rank(question.text, 2 * CANDIDATES)}
        as_read = {match.label: match for match in self._read.rank(question.canonical, 2 * CANDIDATES)}
        scored = [fact for fact, _ in _joined(typed.values(), as_read.values())][:CANDIDATES]
        found = acted(question)
        candidates = [
            self._candidate(fact, typed, as_read, self._facts.weigh(question, fact, found)) for fact in scored
        ]
        ranked = [
            Ranked(self._profiles[item.fact], item.evidence, item.as_typed, item.as_read, item.lexical)
            for item in candidates
        ]
        return candidates, self._signals.of(question, ranked, self.thresholds.answer, found)

    def _candidate(
        self, fact: str, typed: dict[str, Match[str]], as_read: dict[str, Match[str]], evidence: Evidence
    ) -> Candidate:
        match = typed.get(fact)
        scores = _score(typed, fact), _score(as_read, fact)
        return Candidate(
            fact=fact,
            score=sum(scores) / 2,
            as_typed=scores[0],
            as_read=scores[1],
            utterance=match.utterance if match else "",
            lexical=match.lexical if match else 0.0,
            semantic=match.semantic if match else None,
            evidence=evidence,
        )

    def _is_after_story(self, question: Question, language: Language) -> bool:
        """Return whether the question names a year after the story's that no fact tells, or asks for later news."""
        last = ImpreciseDate.parse(self._story.story.as_of).latest.year
        untold = question.figures - self._facts.figures
        years = (int(figure) for figure in untold if figure.isdecimal() and len(figure) == 4)
        return any(last < year < 2200 for year in years) or _holds(question, language.later)


def _probability(decision: Decision) -> float:
    return decision.chosen[0].probability if decision.chosen else 0.0


def _worth(decision: Decision) -> tuple[int, float]:
    return _OUTCOMES.index(decision.outcome), _probability(decision)


def _holds(question: Question, phrases: Iterable[Phrase]) -> bool:
    text = f" {' '.join(question.tokens)} "
    return any(f" {' '.join(phrase)} " in text for phrase in phrases)


def _is_small_talk(question: Question, language: Language) -> bool:
    """Return whether a text greets or thanks and says nothing else, as "Good evening, bot"."""
    chatter = language.small_talk.intersection(question.tokens)
    return bool(chatter) and question.slot is None and (language.small_talk | language.stop).issuperset(question.tokens)


def _asks_the_bot(question: Question, language: Language) -> bool:
    """Return whether a question is about the bot: it opens so, or names nobody of the story and turns to the bot."""
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
