"""Find what readers asked in vain: the journal's questions without a good answer, grouped by meaning."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Literal, TypeVar

from bot.answering.editions import Edition, Shelf
from bot.answering.exchange import GapQuestion
from bot.answering.languages import told_in
from bot.answering.limits import MAX_GAPS
from bot.answering.ports import Library, QuestionLog
from bot.answering.redaction import redacted
from bot.matching.deciding.decision import Cause, Decision
from bot.matching.deciding.evidence import Reason
from bot.matching.fold import fold

__all__ = ["Gap", "GapCause", "GapQuestion", "Gaps", "NearestFact", "find_gap", "gaps", "group_gaps"]

Value = TypeVar("Value")

MAX_QUESTIONS = 5_000  # the last ones
MAX_TRIED_WORDINGS = 3  # of a group; if all have an answer today, the others are taken to have one too
MAX_TRIED_GROUPS = 300  # deciding takes about 5 ms for each wording
MAX_NEAREST_FACTS = 3

GapCause = Cause | Literal["suggest", "answer"]  # why there is no answer; `answer` if there was one that did not help


@dataclass(frozen=True)
class NearestFact:
    """A fact near a question, and the reasons against it as the answer today."""

    fact: str
    probability: float  # that it answers the question
    against: tuple[Reason, ...]
    unknown: tuple[str, ...]  # words of the question that it does not have


@dataclass(frozen=True)
class Gap:
    """Questions without a good answer that ask the same; nothing in it says who asked, or where."""

    id: str  # of its earliest exchange
    story: str
    questions: tuple[str, ...]  # the wordings, the most frequent first
    asked: int  # how many times
    readers: int  # how many different readers asked
    since: datetime
    last: datetime
    languages: tuple[str, ...]
    causes: tuple[GapCause, ...]  # the most frequent first
    nearest: tuple[NearestFact, ...]  # to the first wording, today
    picked: tuple[tuple[str, int], ...]  # the facts that readers chose afterwards, and how many times
    waiting: int  # how many readers wait for an answer
    unhelpful: int  # how many answers did not help
    answered_by: str | None  # the fact that answers the first wording today
    exchanges: tuple[str, ...]  # the ids of all of its exchanges, the earliest first


async def gaps(
    shelf: Shelf,
    question_log: QuestionLog,
    *,
    since: datetime | None = None,
    story: str | None = None,
    limit: int = MAX_GAPS,
) -> tuple[Gap, ...]:
    """Return the gaps of all stories, or of one: those that most readers asked first."""
    questions = await question_log.gap_questions(since, MAX_QUESTIONS)
    return await asyncio.to_thread(group_gaps, shelf, questions, story, limit)


class Gaps:
    """The gaps of all stories, grouped again only if the journal or the stories have changed."""

    def __init__(self, library: Library, question_log: QuestionLog) -> None:
        self._library = library
        self._question_log = question_log
        self._seen: tuple[Shelf, list[GapQuestion]] = Shelf(()), []
        self._found: tuple[Gap, ...] = ()

    async def current(self) -> tuple[Gap, ...]:
        """Return the gaps: those that most readers asked first."""
        seen = self._library.current, await self._question_log.gap_questions(None, MAX_QUESTIONS)
        if seen != self._seen:
            self._found = await asyncio.to_thread(group_gaps, *seen)
            self._seen = seen
        return self._found


def group_gaps(
    shelf: Shelf, questions: Iterable[GapQuestion], story: str | None = None, limit: int = MAX_GAPS
) -> tuple[Gap, ...]:
    """Group questions into gaps. It takes up to 2 ms for each different question: call it in a thread.

    Left out are groups that a story expects to abstain on, and those that are answered today and nobody waits for.
    """
    asked: dict[str, list[GapQuestion]] = defaultdict(list)
    for question in questions:
        if story in {None, question.story}:
            asked[question.story].append(question)
    editions = shelf.by_id
    loaded = asked.keys() & editions.keys()
    groups = [(editions[name], group) for name in loaded for group in _groups(editions[name], asked[name])]
    groups.sort(key=lambda row: _order(row[1]))
    tried = (_open_gap(edition, group) for edition, group in groups[:MAX_TRIED_GROUPS])
    found = islice((gap for gap in tried if gap), limit)
    return tuple(sorted(found, key=lambda gap: (-gap.readers, -gap.asked, -gap.last.timestamp(), gap.id)))


def find_gap(found: Iterable[Gap], text: str) -> Gap | None:
    """Return the gap with an exchange whose id is the text or begins with it; None if there is none or several."""
    wanted = text.strip().lower()
    named = [gap for gap in found if wanted and any(exchange.startswith(wanted) for exchange in gap.exchanges)]
    return named[0] if len(named) == 1 else None


def _groups(edition: Edition, questions: Iterable[GapQuestion]) -> Iterator[list[GapQuestion]]:
    """Group the questions on a story that ask the same, without what the story expects to abstain on."""
    wordings = _wordings(questions)
    seeds = [question.ask for question in edition.story.questions if question.expect == "abstain"]
    numbers = edition.decider.group_same([*seeds, *(rows[0].understood for rows in wordings)])
    groups: dict[int, list[GapQuestion]] = defaultdict(list)
    for number, rows in zip(numbers[len(seeds) :], wordings, strict=True):
        groups[number] += rows
    not_ours = set(numbers[: len(seeds)])
    yield from (group for number, group in groups.items() if number not in not_ours)


def _wordings(questions: Iterable[GapQuestion]) -> list[list[GapQuestion]]:
    """Collect the questions by wording, each in order of time: the wording that most readers used first."""
    rows: dict[str, list[GapQuestion]] = defaultdict(list)
    for question in sorted(questions, key=lambda question: (question.at, question.exchange)):
        rows[fold(question.understood)].append(question)
    return sorted(rows.values(), key=_order)


def _order(group: Sequence[GapQuestion]) -> tuple[int, int, float, str]:
    """Return the sort key of questions that ask the same: by readers, then how often, then the latest."""
    latest = max(group, key=lambda question: question.at)
    return -_count_readers(group), -len(group), -latest.at.timestamp(), latest.exchange


def _count_readers(group: Iterable[GapQuestion]) -> int:
    return len({question.reader for question in group})


def _open_gap(edition: Edition, group: Sequence[GapQuestion]) -> Gap | None:
    """Return what is still open of a group today; None if nothing is."""
    wordings, answered = _wordings(group), False
    still: list[tuple[list[GapQuestion], Decision | None]] = []
    for number, rows in enumerate(wordings):
        decision = _decided(rows[0], edition) if number < MAX_TRIED_WORDINGS else None
        fact = _answer(decision)
        answered = fact is not None if decision else answered
        if not answered or any(_is_owed(question, fact) for question in rows):
            still.append((rows, decision))
    if not still:
        return None
    first, decision = still[0]
    if decision is None:
        decision = _decided(first[0], edition)
    return _gap(edition, [rows for rows, _ in still], decision)


def _decided(question: GapQuestion, edition: Edition) -> Decision:
    return edition.decider.decide(question.understood, told_in(edition.story.languages, question.locale))


def _is_owed(question: GapQuestion, fact: str | None) -> bool:
    """Return whether a reader waits for the answer `fact`, or found it unhelpful."""
    return question.waiting > 0 or (question.is_unhelpful and fact is not None and question.facts[:1] == (fact,))


def _gap(edition: Edition, wordings: Sequence[Sequence[GapQuestion]], decision: Decision) -> Gap:
    group = sorted((question for rows in wordings for question in rows), key=lambda one: (one.at, one.exchange))
    ranking = decision.ranking or edition.decider.ranking(decision.question)
    nearest = (
        NearestFact(item.fact, item.probability, item.evidence.against, item.evidence.unknown)
        for item in ranking[:MAX_NEAREST_FACTS]
    )
    picked = Counter(fact for question in group for fact in question.picked)
    return Gap(
        id=group[0].exchange,
        story=edition.story.id,
        questions=tuple(redacted(rows[-1].wording) for rows in wordings),
        asked=len(group),
        readers=_count_readers(group),
        since=group[0].at,
        last=group[-1].at,
        languages=_by_frequency(question.locale for question in group),
        causes=_by_frequency(question.cause or _shown(question) for question in group),
        nearest=tuple(nearest),
        picked=tuple(picked.most_common()),
        waiting=sum(question.waiting for question in group),
        unhelpful=sum(question.is_unhelpful for question in group),
        answered_by=_answer(decision),
        exchanges=tuple(question.exchange for question in group),
    )


def _shown(question: GapQuestion) -> GapCause:
    return "answer" if question.outcome == "answer" else "suggest"


def _by_frequency(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(value for value, _ in Counter(values).most_common())


def _answer(decision: Decision | None) -> str | None:
    return decision.chosen[0].fact if decision and decision.outcome == "answer" else None
