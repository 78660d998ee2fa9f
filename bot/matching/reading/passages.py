"""Split a long text into the passages that ask something, each with the text before it.

Greetings, courtesy and what readers say about themselves ask nothing and are dropped. In a text without full stops, a
passage starts at a question word, or after "I would like to know", and ends at the next word that gives a reason or
changes the subject. Commas do not split: "Kwon, who sued, is he..." is one question.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.matching.fold import tokens
from bot.matching.reading.completion import correction_length
from bot.matching.reading.language import Language
from bot.matching.reading.question import ParsedQuestion
from bot.story.model import Slot

MIN_LONG_WORDS = 16  # a sentence of at least this many words is split too
MAX_STRETCH_WORDS = 18  # of a passage in a text without full stops
MIN_STRETCH_WORDS = 3
MIN_STATEMENT_WORDS = 7  # shorter texts without a question word are keywords, or questions by their tone
MAX_PASSAGES = 6  # per text; each costs a ranking
MAX_DECIDED = 8  # passages and stretches inside them
MAX_PARTS = 4  # of passages that ask two things

_MARKS = frozenset("?？¿؟")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…。？！])[\s\"»”’)]+|(?<=[。？！])(?=[^\s\"»”’)。？！])|\n+")
_TITLE = re.compile(r"(?:^|\s)(?:[A-Z]|Mr|Mrs|Ms|Dr|M|Mme|Mlle|St|Sr|Sra|Hr|Fr|Inc|Ltd|Co|vs|no|No)\.$")

_MAX_TITLE_CHARACTERS = 6  # with the space before it and the full stop


@dataclass(frozen=True)
class Passage:
    """A part of a text that asks something, and the text before it."""

    text: str
    before: str
    is_second: bool = False  # of two things that a sentence asks


def sentences(text: str) -> list[str]:
    """Split a text at full stops, question marks and line breaks, but not after a title or an initial."""
    found: list[str] = []
    for part in filter(None, map(str.strip, _SENTENCE_ENDS.split(text))):
        if found and _TITLE.search(found[-1], max(0, len(found[-1]) - _MAX_TITLE_CHARACTERS)):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def is_long(text: str) -> bool:
    """Return whether a text is more than one short sentence."""
    return len(sentences(text)) > 1 or len(text.split()) >= MIN_LONG_WORDS


def is_statement(question: ParsedQuestion) -> bool:
    """Return whether a text asks nothing: no question mark, no question word but those that join clauses, no lead.

    An auxiliary in the middle of an English sentence asks nothing either: "Kwon is the head of strategy".
    """
    tokens, language = question.tokens, question.spoken
    if len(tokens) < MIN_STATEMENT_WORDS or not _MARKS.isdisjoint(question.text):
        return False
    if not language.leads.isdisjoint(tokens) or correction_length(tokens, language):
        return False
    if question.slot == "yes-no":
        opening = language.stop | language.small_talk
        at = min(language.slots.lengths(tokens), default=0)
        return not language.inverts and not opening.issuperset(tokens[:at])
    asked = question.question_words
    return question.slot is None or (
        question.slot == "what" and min(asked) > 0 and language.weak.issuperset(tokens[at] for at in asked)
    )


def asking_passages(text: str, language: Language) -> list[Passage]:
    """Return the sentences that ask something; if there are none, the stretches of the text that do."""
    parts, before = sentences(text), ""
    found: list[Passage] = []
    for part in parts:
        if part.rstrip('"»”’) ').endswith(("?", "？")) or (len(parts) > 1 and _opens_with_question(part, language)):
            found.append(Passage(part, before))
        before = f"{before} {part}".strip()
    return found[:MAX_PASSAGES] or list(_stretches(text, language))[:MAX_PASSAGES]


def passages_inside(passage: Passage, language: Language) -> list[Passage]:
    """Return the stretches of a long sentence that ask something."""
    if len(passage.text.split()) < MIN_LONG_WORDS:
        return []
    return [
        Passage(part.text, f"{passage.before} {part.before}".strip()) for part in _stretches(passage.text, language)
    ]


def conjoined(text: str, language: Language) -> list[Passage]:
    """Split a sentence that asks two things at "and": "Who sued, and when?"; empty if it asks one.

    What follows "and" must ask: a question word, maybe after a preposition, or an auxiliary before its subject.
    """
    located = tokens(text)
    folded = [token.folded for token in located]
    for at in range(1, len(folded) - 1):
        if language.connectives.length_at(folded, at) == 1 and _asks_from(folded, at + 1, language):
            if not _has_question_word(folded[:at], language):
                break
            first, second = text[: located[at].start].rstrip(" ,"), text[located[at + 1].start :]
            return [Passage(first, ""), Passage(second, first, is_second=True)]
    return []


def _asks_from(folded: list[str], at: int, language: Language) -> bool:
    """Return whether a question starts at a position, or after the preposition there."""
    slot = _slot_at(folded, at, language)
    if slot is None:
        return folded[at] in language.stop and _slot_at(folded, at + 1, language) not in {None, "yes-no"}
    follows = folded[at + language.slots.length_at(folded, at) :][:1]
    subjects = language.persons | language.things | language.articles
    return slot != "yes-no" or not subjects.isdisjoint(follows)


def _slot_at(folded: list[str], at: int, language: Language) -> Slot | None:
    """Return the slot that a phrase at a position asks for; None if there is none."""
    size = language.slots.length_at(folded, at)
    return language.slots[tuple(folded[at : at + size])] if size else None


def _has_question_word(folded: list[str], language: Language) -> bool:
    return bool(language.slots.lengths(folded) or language.opening_slots.length_at(folded, 0))


def _opens_with_question(text: str, language: Language) -> bool:
    folded = [token.folded for token in tokens(text)]
    opens = language.slots.length_at(folded, 0) or language.opening_slots.length_at(folded, 0)
    return bool(opens) and folded[0] not in language.weak and _slot_at(folded, 0, language) != "yes-no"


def _stretches(text: str, language: Language) -> Iterator[Passage]:
    """Yield the stretches of a text that start like a question, each up to the next break."""
    located = tokens(text)
    folded = [token.folded for token in located]
    at = 0
    while at < len(located):
        start = _start(folded, at, language)
        if start is None:
            at += 1
            continue
        end = _end(folded, start, language)
        if end - start >= MIN_STRETCH_WORDS:
            yield Passage(text[located[start].start : located[end - 1].end], text[: located[start].start].strip())
        at = start + 1


def _start(folded: list[str], at: int, language: Language) -> int | None:
    """Return where a question starts if this is a question word, or follows a lead like "I would like to know"."""
    slot = _slot_at(folded, at, language)
    if slot not in {None, "yes-no", "what"}:
        return at
    opening = slot or language.opening_slots.length_at(folded, at)
    is_reason = at and language.because.length_at(folded, at - 1) > 1  # the "que" of "parce que" asks nothing
    if opening and not is_reason and (at == 0 or folded[at - 1] in language.breaks | language.leads):
        return at
    if not is_reason and folded[at] in language.clause_markers and _is_led(folded[max(0, at - 3) : at], language):
        return at + 1 if at + 1 < len(folded) else None
    return None


def _is_led(before: list[str], language: Language) -> bool:
    """Return whether the words before a clause make it a question: "I want to know", "what I wonder is"."""
    return any(word in language.leads and language.stop.issuperset(before[at:]) for at, word in enumerate(before))


def _end(folded: list[str], start: int, language: Language) -> int:
    """Return where a stretch ends: at a break, at the end of the text, or at its maximum length."""
    for at in range(start + 1, min(len(folded), start + MAX_STRETCH_WORDS)):
        if folded[at] in language.breaks:
            return at
    return min(len(folded), start + MAX_STRETCH_WORDS)
