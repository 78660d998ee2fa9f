"""Decide what becomes of a question: an answer, up to three suggestions, or an abstention with its cause."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.matching.language import Language
from bot.matching.lexicon import Lexicon
from bot.matching.question import Question, Unit, read
from bot.matching.rank import Matcher
from bot.matching.roles import SAY, THINK, contradicts
from bot.story.dates import ImpreciseDate
from bot.story.model import Fact, Slot, Story

Cause = Literal["unknown_name", "no_fact", "too_vague", "after_story", "small_talk"]
Veto = Literal["name", "word", "slot", "role", "bare", "guess"]

# Measured on the story's own questions; see tests/benchmarks and the README.
ANSWER = 0.42  # the least score of an answer
MARGIN = 0.04  # how far the next fact that could answer must be behind
SUGGEST = 0.45  # the least score of a suggestion
CANDIDATES = 12  # facts looked at, from the top of the ranking
MOST_SUGGESTIONS = 3
OPEN_SLOTS: frozenset[Slot] = frozenset({"what", "how", "yes-no"})  # any fact may fill them


@dataclass(frozen=True)
class Candidate:
    """A fact with its score and what stands against it; the words are those of the question."""

    fact: str
    score: float
    utterance: str
    language: str
    vetoes: tuple[Veto, ...]
    known: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """What becomes of a question, with the ranking that led to it."""

    outcome: Literal["answer", "suggest", "abstain"]
    language: str | None  # None where the words do not tell
    chosen: tuple[Candidate, ...] = ()  # one on answer, up to three on suggest
    cause: Cause | None = None
    ranking: tuple[Candidate, ...] = ()


class Decider:
    """Answers for one story: immutable, so that a question sees one story from start to end."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._lexicon = Lexicon.of(story)
        rows: list[tuple[str, tuple[str, str]]] = []
        self._known: dict[str, frozenset[str]] = {}
        self._words_of: dict[tuple[str, str, str], int] = {}
        self._utterance: dict[tuple[str, str, str], str] = {}
        for fact in story.shown_facts.values():
            asked = [(code, text, read(text, self._lexicon, code)) for code, text in fact.asked.values()]
            for code, text, question in asked:
                rows.append((question.canonical, (fact.id, code)))
                self._utterance.setdefault((fact.id, code, question.canonical), text)
                self._words_of[fact.id, code, text] = len(question.words)
            self._known[fact.id] = self._known_to(fact, (question for _, _, question in asked))
        self._anywhere = frozenset().union(*self._known.values())
        self._matcher = Matcher.build(rows)

    def _known_to(self, fact: Fact, asked: Iterable[Question]) -> frozenset[str]:
        """Every name and content word that stands in a fact: what it is asked, its text, its events, its people."""
        texts = [(code, text) for code, text in fact.text.root.items()]
        for event in self._story.events:
            if fact.id in event.facts:
                texts += [*event.name.root.items(), *event.aliases.values()]
        questions = [*asked, *(read(text, self._lexicon, code) for code, text in texts)]
        voice = {fact.by, SAY, THINK} if fact.by else set()
        return frozenset(unit.key for question in questions for unit in question.units).union(fact.about, voice)

    def decide(self, text: str, locale: str | None = None) -> Decision:
        """Read, rank, veto and choose; `locale` is the language to read in where the words do not tell."""
        question = read(text, self._lexicon)
        language = self._lexicon.language(question.language or locale)
        if not question.units:
            return Decision("abstain", question.language, cause=self._cause_of_nothing(question, language))
        if self._is_after_story(question, language):
            return Decision("abstain", question.language, cause="after_story")
        ranking = self._candidates(question, language)
        spoken = question.language
        able = [candidate for candidate in ranking if not candidate.vetoes and candidate.score >= SUGGEST]
        if able and able[0].score >= ANSWER and not _is_tied(able) and ranking[0].score - able[0].score < MARGIN:
            return Decision("answer", spoken, (able[0],), ranking=ranking)
        near = able or [item for item in ranking if item.score >= SUGGEST and _is_near(item)]
        if near and self._may_suggest(question):
            return Decision("suggest", spoken, tuple(near[:MOST_SUGGESTIONS]), ranking=ranking)
        return Decision("abstain", spoken, cause=self._cause(question), ranking=ranking)

    def _candidates(self, question: Question, language: Language) -> tuple[Candidate, ...]:
        best: dict[str, Candidate] = {}
        for match in self._matcher.rank(question.canonical, limit=2 * CANDIDATES):
            fact_id, code = match.label
            if fact_id not in best:
                utterance = self._utterance[fact_id, code, match.utterance]
                best[fact_id] = self._candidate(question, language, fact_id, match.score, utterance, code)
        return tuple(sorted(best.values(), key=lambda item: -item.score)[:CANDIDATES])

    def _candidate(
        self, question: Question, language: Language, fact_id: str, score: float, utterance: str, code: str
    ) -> Candidate:
        fact, known = self._story.shown_facts[fact_id], self._known[fact_id]
        held = [unit for unit in question.units if unit.key in known]
        missing = [unit for unit in question.units if unit.key not in known]
        vetoes: list[Veto] = []
        if any(unit.kind == "name" for unit in missing):
            vetoes.append("name")
        if any(unit.kind == "word" for unit in missing):
            vetoes.append("word")
        if question.slot and question.slot not in OPEN_SLOTS and question.slot not in fact.answers:
            vetoes.append("slot")
        if contradicts(question, fact, self._story, language):
            vetoes.append("role")
        if not question.words and self._words_of[fact_id, code, utterance]:
            vetoes.append("bare")
        if held and all(unit.repaired and unit.kind == "word" for unit in held):
            vetoes.append("guess")
        coverage = _weight(held) / _weight(question.units)
        return Candidate(
            fact=fact_id,
            score=(score + coverage) / 2,
            utterance=utterance,
            language=code,
            vetoes=tuple(vetoes),
            known=tuple(unit.surface for unit in held),
            unknown=tuple(unit.surface for unit in missing),
        )

    def _may_suggest(self, question: Question) -> bool:
        """Tell whether the story knows anything of the question: a suggestion needs that."""
        return any(unit.key in self._anywhere for unit in question.units)

    def _cause(self, question: Question) -> Cause:
        return "no_fact" if any(unit.key in self._anywhere for unit in question.units) else "unknown_name"

    def _cause_of_nothing(self, question: Question, language: Language) -> Cause:
        tokens = set(question.tokens)
        return "small_talk" if tokens & language.small_talk and question.slot is None else "too_vague"

    def _is_after_story(self, question: Question, language: Language) -> bool:
        """Tell whether the question names a year after the story's, or a time that is always later."""
        last = ImpreciseDate.parse(self._story.story.as_of).latest.year
        years = (int(token) for token in question.tokens if token.isdecimal() and len(token) == 4)
        text = f" {' '.join(question.tokens)} "
        return any(last < year < 2200 for year in years) or any(
            f" {' '.join(phrase)} " in text for phrase in language.later
        )


def _weight(units: Iterable[Unit]) -> float:
    """Names weigh twice as much as words."""
    return sum(2.0 if unit.kind == "name" else 1.0 for unit in units)


def _is_tied(able: list[Candidate]) -> bool:
    return len(able) > 1 and able[0].score - able[1].score < MARGIN


def _is_near(candidate: Candidate) -> bool:
    """Tell a near miss: one thing stands against the fact, and it knows something of the question."""
    return len(candidate.vetoes) == 1 and bool(candidate.known)
