"""Split a long text into the passages that ask something, each with the text before it.

Greetings, courtesy and what readers say about themselves ask nothing and are dropped. In a text without question marks,
a passage is the clause of a question word, or starts after "I would like to know", and ends at the next word that gives
a reason or changes the subject. Commas do not split a sentence that asks: "Kwon, who sued, is he..." is one question.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from bot.matching.fold import Token, tokens, words
from bot.matching.reading.completion import correction_length
from bot.matching.reading.language import Language
from bot.matching.reading.question import ParsedQuestion
from bot.story.model import Slot

MIN_LONG_WORDS = 16  # a sentence of at least this many words is split too
MAX_STRETCH_WORDS = 18  # of a passage in a text without full stops
MIN_STRETCH_WORDS = 3
MIN_STATEMENT_WORDS = 7  # shorter texts without a question word are keywords, or questions by their tone
MIN_TOLD_WORDS = 3  # the same with a full stop
MAX_PASSAGES = 6  # per text; each costs a ranking
MAX_DECIDED = 8  # passages and stretches inside them
MAX_PARTS = 4  # of passages that ask two things

_MARKS = frozenset("?？¿؟")
_STOPS = frozenset(".!。！")
_CLOSING = '"»”’) '
_SENTENCE_ENDS = re.compile(
    r"(?<=[.!?…。？！])[\s\"»”’)]+|(?<=[。？！])(?=[^\s\"»”’)。？！])|\n+|(?<!\s)\s+(?=\(?\d\)\s)"
)
_NUMBER = r"\(?(?:\d{1,2}|[a-z])\)|[-•*–]"
_LABEL = re.compile(rf"(?:(?P<number>{_NUMBER})|(?:\w+\s+){{0,2}}\w+\s?:)\s+(?=\S)")
_BETWEEN_CLAUSES = re.compile(r"[,;:–—(]")
_TITLE = re.compile(r"(?:^|\s)(?:[A-HJ-Z]|Mr|Mrs|Ms|Dr|M|Mme|Mlle|St|Sr|Sra|Hr|Fr|Inc|Ltd|Co|vs|no|No)\.$")

_MAX_TITLE_CHARACTERS = 6  # with the space before it and the full stop


@dataclass(frozen=True)
class Passage:
    """A part of a text that asks something, and the text before it."""

    text: str
    before: str
    is_part: bool = False  # of a sentence that asks, so that a pronoun in it may stand for somebody in the rest


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
    is_told = question.text.rstrip(_CLOSING)[-1:] in _STOPS
    if len(tokens) < (MIN_TOLD_WORDS if is_told else MIN_STATEMENT_WORDS) or not _MARKS.isdisjoint(question.text):
        return False
    if not language.leads.isdisjoint((*tokens, *words(question.text))) or correction_length(tokens, language):
        return False
    if question.slot == "yes-no":
        opening = language.stop | language.small_talk
        at = min(language.slots.lengths(tokens), default=0)
        return not language.inverts and not opening.issuperset(tokens[:at])
    asked = question.question_words
    joins = min(asked, default=0) > 0 and language.weak.issuperset(tokens[at] for at in asked)
    return question.slot is None or (joins and (is_told or question.slot == "what"))


def asking_passages(text: str, language: Language) -> list[Passage]:
    """Return the sentences that ask something; if there are none, the stretches of sentences that do."""
    parts, before = sentences(text), ""
    found: list[Passage] = []
    stretches: list[Passage] = []
    for part in parts:
        asked = _without_label(part, language)
        is_listed = asked is not part
        if asked.rstrip(_CLOSING).endswith(("?", "？")) or (
            len(parts) > 1 and _opens_with_question(asked, language, is_listed)
        ):
            found.append(Passage(asked, before))
        elif not found:
            stretches += _stretches(Passage(part, before), language)
        before = f"{before} {part}".strip()
    return (found or stretches)[:MAX_PASSAGES]


def _without_label(text: str, language: Language) -> str:
    """Return a sentence without its number in a list, or what announces a question: "2) ", "my question: "."""
    label = _LABEL.match(text)
    if label and (label["number"] or not language.leads.isdisjoint(words(label[0]))):
        return text[label.end() :]
    return text


def passages_inside(passage: Passage, language: Language) -> list[Passage]:
    """Return the stretches of a long sentence that ask something."""
    if len(passage.text.split()) < MIN_LONG_WORDS:
        return []
    return [replace(part, is_part=True) for part in _stretches(passage, language)]


def conjoined(text: str, language: Language) -> list[Passage]:
    """Split a sentence that asks two things at "and": "Who sued, and when?"; empty if it asks one.

    What follows "and" must ask: a question word, maybe after a preposition, or an auxiliary before its subject.
    """
    located = tokens(text)
    folded = [token.folded for token in located]
    cuts = _cuts(text, located, folded, language)
    if not cuts or not _has_question_word(folded[: cuts[0][0]], language):
        return []
    ends = [located[end].start for end, _ in cuts[1:]] + [len(text)]
    starts = [located[start].start for _, start in cuts]
    first = text[: located[cuts[0][0]].start].rstrip(" ,")
    others = [(text[start:end].rstrip(" ,"), text[:start]) for start, end in zip(starts, ends, strict=True)]
    before = [first, *(text for _, text in others[1:])]
    parts = [Passage(part, told, is_part=True) for (part, _), told in zip(others, before, strict=True)]
    return [Passage(first, ""), *parts]


def _cuts(text: str, located: list[Token], folded: list[str], language: Language) -> list[tuple[int, int]]:
    """Return where each further question of a sentence starts, as the end of what is before it and its first word.

    After a comma, "who" or "when" starts one only in a list that ends with "and": "Who sued, who fell, and why?".
    """
    cuts: list[tuple[int, int]] = []
    firm = 0
    for at in range(1, len(folded)):
        if at + 1 < len(folded) and language.connectives.length_at(folded, at) == 1:
            start = at + 1
        elif _BETWEEN_CLAUSES.search(text, located[at - 1].end, located[at].start):
            if not _has_question_word(folded[:at], language):
                continue
            start = at
        else:
            continue
        if _asks_from(folded, start, language):
            cuts.append((at, start))
            firm = len(cuts) if start > at or folded[at] not in language.weak else firm
    return cuts[:firm]


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


def _opens_with_question(text: str, language: Language, is_listed: bool) -> bool:
    """Return whether a sentence starts like a question; "who" may go on from the line before, but not in a list."""
    folded = [token.folded for token in tokens(text)]
    opens = language.slots.length_at(folded, 0) or language.opening_slots.length_at(folded, 0)
    is_clear = folded[:1] and folded[0] not in language.weak and _slot_at(folded, 0, language) != "yes-no"
    return bool(opens and (is_listed or is_clear))


@dataclass(frozen=True)
class _Words:
    """The words of a sentence, and where its clauses start."""

    passage: Passage
    located: list[Token]
    folded: list[str]
    language: Language

    @classmethod
    def of(cls, passage: Passage, language: Language) -> "_Words":
        located = tokens(passage.text)
        return cls(passage, located, [token.folded for token in located], language)

    @cached_property
    def end_mark(self) -> str:
        """The mark at the end of the sentence, or its last letter."""
        return self.passage.text.rstrip(_CLOSING)[-1:]

    def stretch(self, start: int, end: int) -> Passage:
        """Return the words from one position to another, with all the text before them."""
        first, last = self.located[start].start, self.located[end - 1].end
        return Passage(self.passage.text[first:last], f"{self.passage.before} {self.passage.text[:first]}".strip())

    def follows_mark(self, at: int) -> bool:
        """Return whether a clause starts after a comma or another mark.

        In a sentence that asks it may depend on the rest, and in a statement it may describe a name.
        """
        depends = self.end_mark in _MARKS or (self.end_mark in _STOPS and self.folded[at] in self.language.weak)
        marked = _BETWEEN_CLAUSES.search(self.passage.text, self.located[at - 1].end, self.located[at].start)
        return not depends and marked is not None

    def starts_clause(self, at: int) -> bool:
        """Return whether a word starts the sentence, or follows a break, a lead, "and" or a mark."""
        if at == 0 or self.folded[at - 1] in self.language.breaks | self.language.leads:
            return True
        return (self.folded[at - 1],) in self.language.connectives or self.follows_mark(at)

    def is_led(self, at: int) -> bool:
        """Return whether the words before a clause make it a question: "I want to know", "what I wonder is"."""
        before = self.folded[max(0, at - 3) : at]
        leads, stop = self.language.leads, self.language.stop
        return any(word in leads and stop.issuperset(before[to:]) for to, word in enumerate(before))

    def clause_before(self, at: int) -> int:
        """Return where the clause starts that a word is in."""
        return next(start for start in range(at, -1, -1) if self.starts_clause(start))


def _stretches(passage: Passage, language: Language) -> Iterator[Passage]:
    """Yield the stretches of a sentence that start like a question, each up to the next break."""
    read, at = _Words.of(passage, language), 0
    while at < len(read.located):
        start = _start(read, at)
        if start is not None:
            end = _end(read, start)
            if end - start >= MIN_STRETCH_WORDS:
                yield read.stretch(start, end)
        at += max(1, language.slots.length_at(read.folded, at))


def _start(read: _Words, at: int) -> int | None:
    """Return where a question starts if its question word, or what a lead introduces, is at a position."""
    folded, language = read.folded, read.language
    if at and language.because.length_at(folded, at - 1) > 1:
        return None  # the "que" of "parce que" asks nothing
    slot, is_led = _slot_at(folded, at, language), read.is_led(at)
    if folded[at] in language.clause_markers and is_led:
        return at + 1 if at + 1 < len(folded) else None
    may_join = slot == "yes-no" or folded[at] in language.clause_markers  # "... and had", "... et que"
    opens = slot not in {None, "yes-no"} and (is_led or (not may_join and read.starts_clause(at)))
    if opens or (_follows_break(folded, at, language) and (slot or language.opening_slots.length_at(folded, at))):
        return at
    if slot in {None, "yes-no"}:
        return None
    if folded[at] in language.weak:
        return at if _may_ask(folded, at, slot, language) else None
    return read.clause_before(at) if slot != "what" or language.inverts else None


def _follows_break(folded: list[str], at: int, language: Language) -> bool:
    return at == 0 or folded[at - 1] in language.breaks | language.leads


def _may_ask(folded: list[str], at: int, slot: Slot, language: Language) -> bool:
    """Return whether a word that also joins clauses can ask: "where are they", "I do not see who", not "those who"."""
    if slot == "who":
        return folded[at - 1] in language.copulas | language.negations
    follows = at + language.slots.length_at(folded, at)
    return not language.inverts and follows < len(folded) and _slot_at(folded, follows, language) == "yes-no"


def _end(read: _Words, start: int) -> int:
    """Return where a stretch ends: at a break, a further question, the end of the text, or its maximum length."""
    last = min(len(read.folded), start + MAX_STRETCH_WORDS)
    for at in range(start + MIN_STRETCH_WORDS, last):
        if read.folded[at] in read.language.breaks:
            return at
        if _slot_at(read.folded, at, read.language) not in {None, "yes-no"} and read.follows_mark(at):
            return at
    return last
