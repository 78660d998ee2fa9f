"""Choose which of a gap's wordings to add to a fact, and which to try instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.answering.editions import Edition
from bot.answering.redaction import without_labels
from bot.matching.deciding.decide import Decider
from bot.matching.fold import fold, words
from bot.story.model import Fact, Story

WhyLeftOut = Literal[
    "language",  # the story is not in it
    "other_fact",  # it is already an utterance of another fact
    "question",  # the story has it as a question with another answer
]


@dataclass(frozen=True)
class Wording:
    """A wording of a gap, as it would be written, and its language; None if the story is not in it."""

    text: str
    language: str | None


@dataclass(frozen=True)
class LeftOut:
    """A wording that cannot be an utterance of the fact, and why; `detail` is the fact or the language, if known."""

    text: str
    why: WhyLeftOut
    detail: str = ""


@dataclass(frozen=True)
class SortedWordings:
    """What becomes of the wordings: one in each language is added, the others are tried."""

    added: Mapping[str, str] = field(default_factory=dict)  # by language
    others: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def wordings(decider: Decider, story: Story, texts: Iterable[str]) -> tuple[Wording, ...]:
    """Return the texts as they would be written, each once, in the same order."""
    found: dict[str, Wording] = {}
    for text in texts:
        written = decider.as_utterance(without_labels(text))
        if words(written):
            found.setdefault(fold(written), Wording(written, _language(decider, story, written)))
    return tuple(found.values())


def choose(edition: Edition, fact: Fact, texts: Iterable[str]) -> SortedWordings:
    """Choose the most frequent wording in each language; `texts` are the most frequent first.

    A language in which the fact has one of the wordings already gets no other.
    """
    story, added, others, left_out = edition.story, dict[str, str](), list[str](), list[LeftOut]()
    own = {(code, *sorted(words(text))) for code, text in fact.asked.values()}
    rows = wordings(edition.decider, story, texts)
    there = {row.language for row in rows if row.language and (row.language, *sorted(words(row.text))) in own}
    for row in rows:
        why = _why_left_out(edition, fact, row)
        if why:
            left_out.append(why)
        elif row.language is None or row.language in added or row.language in there or _is_asked(story, row.text):
            others.append(row.text)
        else:
            added[row.language] = row.text
    return SortedWordings(added, tuple(others), tuple(left_out))


def _language(decider: Decider, story: Story, text: str) -> str | None:
    """Return the language of a text; if it is unclear, the story's first."""
    question = decider.read(text)
    return None if question.is_foreign else question.language or story.languages[0]


def _why_left_out(edition: Edition, fact: Fact, row: Wording) -> LeftOut | None:
    folded = fold(row.text)
    for other in edition.story.facts:
        if other.id != fact.id and any(fold(text) == folded for _, text in other.asked.values()):
            return LeftOut(row.text, "other_fact", other.id)
    for question in edition.story.questions:
        if fold(question.ask) == folded and fact.id not in expected(question.expect):
            return LeftOut(row.text, "question", ", ".join(expected(question.expect)))
    if row.language is None:
        return LeftOut(row.text, "language", edition.decider.read(row.text).language or "")
    return None


def expected(expect: tuple[str, ...] | str) -> tuple[str, ...]:
    """Return the ids that a question expects; `abstain` if it expects none."""
    return (expect,) if isinstance(expect, str) else expect


def _is_asked(story: Story, text: str) -> bool:
    return any(fold(question.ask) == fold(text) for question in story.questions)
