"""Rank the facts of a story for a question, by two rankings, the evidence and the fitted vote."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bot.matching.deciding.calibrate import Sample, Thresholds, calibrate
from bot.matching.deciding.decision import Candidate
from bot.matching.deciding.evidence import Evidence, FactContents
from bot.matching.deciding.factreading import FactReading, FactReadings, Wordings
from bot.matching.deciding.profiles import ProfileBuilder
from bot.matching.deciding.same import group_same
from bot.matching.deciding.signals import RankedFact, SignalExtractor
from bot.matching.deciding.vote import Doubles, LogisticRegression, Vote, vote_for
from bot.matching.fold import fold
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rank import Match, Matcher
from bot.matching.ranking.rows import Floats
from bot.matching.reading.participants import ParticipantsByAct, participants_by_act
from bot.matching.reading.question import ParsedQuestion
from bot.matching.reading.reader import Reader
from bot.matching.reading.roles import KnownParticipants
from bot.matching.reading.spelling.wordlist import rarity
from bot.story.model import Fact, Story


class Confusion(NamedTuple):
    """An utterance that would get another fact if it were left out."""

    fact: str
    text: str
    rival: str
    lead: float  # of the other fact's score


MAX_CANDIDATE_FACTS = 12  # from the top of the rankings
MAX_CALIBRATION_UTTERANCES = 250  # the same ones in every run
MAX_RIVALS = 4  # facts considered as answers in place of one that is left out
MAX_EXPLAINED_CANDIDATES = 3  # whose vote can be explained
MAX_EXPLAINED_SIGNALS = 4  # per candidate


class FactIndex:
    """The facts of one story, indexed for questions; immutable once built."""

    def __init__(
        self,
        story: Story,
        encoder: Encoder | None = None,
        previous: "FactIndex | None" = None,
        thresholds: Thresholds | None = None,
        vote: Vote | None = None,
        readings: FactReadings | None = None,
    ) -> None:
        """Read and index the facts; those that `readings` recalls are not read again."""
        self.story = story
        self.encoder = encoder
        self.reader = Reader(story, encoder.is_word if encoder else None)
        rows = [(fact.id, code, text) for fact in story.shown_facts.values() for code, text in fact.asked.values()]
        self.facts, builder = FactContents(story, self.reader), ProfileBuilder()
        step = 1 + len(rows) // MAX_CALIBRATION_UTTERANCES
        sampled: dict[int, ParsedQuestion | None] = {}  # by the number of its row; None if it was not read now
        canonical: list[str] = []
        same: dict[KnownParticipants, KnownParticipants] = {}
        for fact in story.shown_facts.values():
            read, asked = _read(fact, self.reader, readings, same)
            self.facts.add(fact, read)
            builder.add(fact, read)
            for at, each in enumerate(read.asked):
                if len(canonical) % step == 0:
                    sampled[len(canonical)] = asked[at] if asked else None
                canonical.append(each.canonical)
        self.facts.close()
        self._typed: Matcher[str] = Matcher(
            [(text, fact) for fact, _, text in rows], encoder, previous._typed if previous else None, repairs=False
        )
        as_read = [(text, fact) for text, (fact, _, _) in zip(canonical, rows, strict=True)]
        self._read = Matcher(as_read, None, repairs=False)
        self._profiles, words = builder.build(encoder, self._typed.vectors)
        rarities = np.array([min(rarity(word, code) for code in story.languages) for word in words.row_of], np.float32)
        self._signals = SignalExtractor(words, encoder, rarities)
        self.vote = vote or vote_for(encoder)
        self.confusions: list[Confusion] = []  # found while calibrating
        self.calibrated = Counter[str]()  # utterances of each fact that were asked again
        samples = [] if thresholds else self._samples(rows, sampled)
        self.thresholds = thresholds or calibrate(samples)
        self.found_without = _found_without(samples)

    def _samples(
        self, rows: Sequence[tuple[str, str, str]], sampled: Mapping[int, ParsedQuestion | None]
    ) -> list[Sample]:
        """Ask utterances again, each left out alone and with its whole fact; those that get another fact are kept."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, (fact, _, _) in enumerate(rows):
            numbers[fact].append(number)
        samples = []
        for number, parsed in sampled.items():
            fact, code, text = rows[number]
            question = parsed or self.reader.read_curated(text, code)
            left_out = [np.array([number]), np.array(numbers[fact])]
            typed = self._typed.rank_without(text, left_out, 2 * MAX_CANDIDATE_FACTS)
            as_read = self._read.rank_without(question.canonical, left_out, 2 * MAX_CANDIDATE_FACTS)
            inside, outside = (_mean_scores(*pair) for pair in zip(typed, as_read, strict=True))
            self.calibrated[fact] += 1
            participants = participants_by_act(question)
            rival = self._rival(inside, fact, question, participants)
            if rival:
                self.confusions.append(Confusion(fact, text, *rival))
            able = (row for row in outside[:MAX_RIVALS] if not self.facts.weigh(question, row[0], participants).vetoes)
            best = inside[0] if inside else ("", 0.0)
            samples.append(Sample(fact, best[1] if best[0] == fact else 0.0, next(able, ("", 0.0))[1]))
        return samples

    def _rival(
        self,
        scored: Sequence[tuple[str, float]],
        fact: str,
        question: ParsedQuestion,
        participants: ParticipantsByAct,
    ) -> tuple[str, float] | None:
        """Return the best other fact without a veto, and its lead, if it scores above the question's own fact."""
        own = dict(scored).get(fact, 0.0)
        above = ((other, score - own) for other, score in scored[:MAX_RIVALS] if other != fact and score > own)
        return next((row for row in above if not self.facts.weigh(question, row[0], participants).vetoes), None)

    @property
    def is_semantic(self) -> bool:
        """Return whether meaning is compared, and not only words and letters."""
        return self._typed.is_semantic

    def fact_of(self, text: str) -> str | None:
        """Return the fact with an utterance equal to the text, once folded."""
        return self._typed.label_of(fold(text))

    def curated(self, question: ParsedQuestion) -> str | None:
        """Return the fact that has a question as an utterance."""
        return self._typed.label_of(question.folded)

    def group_same(self, texts: Sequence[str]) -> list[int]:
        """Return for each text, spelled correctly, the number of the first one that asks the same."""
        questions = [self.reader.read_curated(text, None) for text in texts]
        vectors = self._typed.vectors
        mean: Floats = vectors.mean(axis=0) if len(vectors) else np.zeros(1, np.float32)
        return group_same(questions, self.encoder, mean)

    def centres(self) -> Floats:
        """Return the centroid of each shown fact's utterances: (facts, dimensions); no columns without an encoder."""
        centres = [self._profiles[fact].centre for fact in self.story.shown_facts]
        return np.stack(centres) if centres else np.empty((0, 0), np.float32)

    def ranking(self, question: ParsedQuestion) -> tuple[Candidate, ...]:
        """Return the facts nearest to a question, the most probable answer first."""
        return ranked(*self.signals(question), self.vote)

    def signals(self, question: ParsedQuestion) -> tuple[list[Candidate], Doubles]:
        """Return the highest-ranked facts, and their signals: (candidates, signals).

        The fact that has the question as an utterance is always one of them.
        """
        typed = {match.label: match for match in self._typed.rank(question.text, 2 * MAX_CANDIDATE_FACTS)}
        as_read = {match.label: match for match in self._read.rank(question.canonical, 2 * MAX_CANDIDATE_FACTS)}
        scored = [fact for fact, _ in _mean_scores(typed.values(), as_read.values())][:MAX_CANDIDATE_FACTS]
        curated = self.curated(question)
        if curated and curated not in scored:
            scored.append(curated)
        participants = participants_by_act(question)
        evidence = zip(scored, self.facts.weigh_all(question, scored, participants), strict=True)
        candidates = [self._candidate(fact, typed, as_read, found) for fact, found in evidence]
        ranked = [
            RankedFact(self._profiles[item.fact], item.evidence, item.as_typed, item.as_read, item.lexical)
            for item in candidates
        ]
        return candidates, self._signals.of(question, ranked, self.thresholds.answer, participants)

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


def _read(
    fact: Fact,
    reader: Reader,
    readings: FactReadings | None,
    same: dict[KnownParticipants, KnownParticipants],
) -> tuple[FactReading, Sequence[ParsedQuestion]]:
    """Return how a fact is read, and its utterances as they were read; none if it was recalled."""
    recalled = readings.recall(fact, reader.lexicon) if readings else None
    if recalled:
        return recalled, ()
    wordings = Wordings.of(fact, reader)
    read = FactReading.of(wordings, same)
    if readings:
        readings.remember(fact, read, wordings, reader)
    return read, wordings.asked


def ranked(candidates: Sequence[Candidate], signals: Doubles, vote: LogisticRegression) -> tuple[Candidate, ...]:
    """Return candidates with their probability, the most probable first; `signals` is (candidates, signals)."""
    probabilities = vote.probabilities(signals)
    order = np.argsort(-probabilities, kind="stable").tolist()
    explained = vote.strongest(signals[order[:MAX_EXPLAINED_CANDIDATES]], MAX_EXPLAINED_SIGNALS)
    explained += [()] * (len(order) - len(explained))
    return tuple(
        candidates[at]._replace(probability=float(probabilities[at]), strongest=why)
        for at, why in zip(order, explained, strict=True)
    )


def _found_without(samples: Iterable[Sample]) -> dict[str, tuple[int, int]]:
    """Return by fact how many of its utterances found it by the others when left out, and how many were tried."""
    found: dict[str, tuple[int, int]] = {}
    for sample in samples:
        before = found.get(sample.fact, (0, 0))
        found[sample.fact] = before[0] + (sample.left_out > 0), before[1] + 1
    return found


def _score(matches: dict[str, Match[str]], fact: str) -> float:
    return matches[fact].score if fact in matches else 0.0


def _mean_scores(typed: Iterable[Match[str]], as_read: Iterable[Match[str]]) -> list[tuple[str, float]]:
    """Return each fact of two rankings with the mean of its scores, best first."""
    sums: dict[str, float] = defaultdict(float)
    for match in (*typed, *as_read):
        sums[match.label] += match.score / 2
    return sorted(sums.items(), key=lambda row: -row[1])
