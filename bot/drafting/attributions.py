"""Find who says what in an article: the speaker of each quotation, and who says or denies something without one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.drafting.grammar import Grammar, VerbKind
from bot.drafting.names import ArticleNames
from bot.drafting.quotations import Quotation
from bot.drafting.sentences import Sentence
from bot.drafting.speakers import Past, Speaker, mentions, pronoun, speaker_of
from bot.drafting.subjects import VerbSubject, main_subject, subject
from bot.drafting.units import NOUN_PHRASE, ClauseUnits, units_of

MIN_SPEECH_WORDS = 4  # from which a quotation that no verb introduces is still somebody's words


@dataclass(frozen=True)
class Saying:
    """A verb, or a word such as "selon", by which somebody says or denies something."""

    verb: str  # as written
    kind: VerbKind
    speaker: Speaker | None
    span: tuple[int, int]  # from the subject to the verb, in characters of the paragraph


@dataclass(frozen=True)
class Spoken:
    """A quotation with who says it, if that is found; a title or a word set apart is nobody's speech."""

    quotation: Quotation
    saying: Saying | None
    is_speech: bool


@dataclass(frozen=True)
class ReadSentence:
    """A sentence with its quotations and with what is said in it without quotation marks."""

    sentence: Sentence
    spoken: tuple[Spoken, ...]
    sayings: tuple[Saying, ...]
    subject: Speaker | None


@dataclass(frozen=True)
class _Verb:
    """A saying with its places among the units: of the first that belongs to it, and of the verb."""

    saying: Saying
    start: int
    at: int
    is_finite: bool


def read_sentences(sentences: Sequence[Sentence], names: ArticleNames, grammar: Grammar) -> list[ReadSentence]:
    """Read the sentences of an article in order; a pronoun means somebody in the sentences before it."""
    past: list[Past] = []
    found: list[ReadSentence] = []
    for sentence in sentences:
        units = units_of(sentence, names, grammar)
        read = _read(sentence, units, past, found[-1] if found else None)
        found.append(read)
        past.append(Past(read.subject, tuple(mentions(units))))
    return _joined(found)


def _read(sentence: Sentence, units: ClauseUnits, past: Sequence[Past], before: ReadSentence | None) -> ReadSentence:
    verbs = list(_verbs(units, past))
    spoken = []
    used: set[int] = set()
    for place, unit in enumerate(units.items):
        if unit.quotation:
            verb = _governing(units, place, unit.quotation, verbs)
            if verb:
                used.add(verb.at)
            spoken.append(_spoken(units, place, unit.quotation, verb, before))
    sayings = tuple(verb.saying for verb in verbs if verb.at not in used)
    first = main_subject(units, past)
    if units.letter(0) == "Q":
        first = next((verb.saying.speaker for verb in verbs if verb.is_finite), first)
        first = first or (spoken[0].saying.speaker if spoken and spoken[0].saying else None)
    elif first is None or (first.name is None and verbs and verbs[0].start == 0):
        first = (verbs[0].saying.speaker if verbs and verbs[0].start <= 1 else None) or first
    return ReadSentence(sentence, tuple(spoken), sayings, first)


def _verbs(units: ClauseUnits, past: Sequence[Past]) -> Iterator[_Verb]:
    """Yield the verbs and sources of a sentence that are not negated, in order."""
    earlier: list[tuple[int, Speaker | None]] = []
    for at, unit in enumerate(units.items):
        size = _source_length(units, at)
        if size:
            speaker, end = _source(units, at + size, past)
            yield _Verb(
                Saying(_words(units, at, size), "say", speaker, (unit.start, units.items[end - 1].end)),
                at,
                end - 1,
                False,
            )
        elif unit.verb:
            found = subject(units, at, unit.verb, earlier, past)
            earlier.append((at, found.speaker))
            if not _is_negated(units, found, at):
                span = (units.items[found.start].start, unit.end)
                is_finite = "finite" in unit.verb.forms or any(
                    letter in "xe" for letter in units.letters[found.start : at]
                )
                yield _Verb(
                    Saying(unit.pieces[0].text, unit.verb.kind, found.speaker, span), found.start, at, is_finite
                )


def _words(units: ClauseUnits, start: int, count: int) -> str:
    return " ".join(piece.text for unit in units.items[start : start + count] for piece in unit.pieces).replace(
        "' ", "'"
    )


def _is_negated(units: ClauseUnits, found: VerbSubject, at: int) -> bool:
    near = units.letters[max(found.start - 1, at - 4, 0) : at + 1]
    return "n" in near or units.letter(at - 1) == "o" or units.letters[max(0, at - 2) : at] == "oa"


def _source_length(units: ClauseUnits, at: int) -> int:
    """Return how many units a word such as "selon" or "according to" has here; 0 if there is none."""
    for text in units.grammar.phrases["sources"]:
        words = text.split()
        if [unit.low for unit in units.items[at : at + len(words)]] == words:
            return len(words)
    return 0


def _source(units: ClauseUnits, start: int, past: Sequence[Past]) -> tuple[Speaker | None, int]:
    """Return whom "selon" names, and where the name ends; nobody for a document, such as "minutes"."""
    letter = units.letter(start)
    if units.has("masculine_objects", start) or units.has("feminine_objects", start):
        return pronoun(units, start, past), start + 1
    if letter not in ("N", "D", "d"):
        return None, start
    match = NOUN_PHRASE.match(units.letters, start)
    end = start + 1 if letter == "N" else match.end() if match else start
    if end == start:
        return None, start
    is_apposed = (
        letter != "N"
        and units.letter(end) == ","
        and units.letter(end + 1) == "N"
        and units.letter(end + 2) in (",", ".")
    )
    return (speaker_of(units, end + 1, end + 2), end + 2) if is_apposed else (speaker_of(units, start, end), end)


def _governing(units: ClauseUnits, place: int, quotation: Quotation, verbs: Sequence[_Verb]) -> _Verb | None:
    """Return the verb that says who speaks in the quotation at a place.

    It is right before the quotation, or right after it, or else before it in the same sentence.
    """
    before = [verb for verb in verbs if verb.at < place]
    if before and _is_direct(units, before[-1].at, place):
        return before[-1]
    if _is_named_so(units, place):
        return None
    after = place + (2 if units.letter(place + 1) == "," else 1)
    tag = next(
        (
            verb
            for verb in verbs
            if verb.start == after and (verb.is_finite or units.items[verb.start].verb is None)  # a source: "selon"
        ),
        None,
    )
    if tag:
        return tag
    if _is_title(units, place, quotation) or not before:
        return None
    between = units.letters[before[-1].at : place]
    is_elsewhere = ";" in between or any(_is_contrast(units, at) for at in range(before[-1].at, place))
    is_before_main_clause = units.letter(0) in ("b", "k") and "," not in units.letters[: before[-1].at]
    is_elsewhere |= is_before_main_clause and "," in between
    return None if is_elsewhere else before[-1]


def _is_direct(units: ClauseUnits, verb: int, place: int) -> bool:
    return not units.letters[verb + 1 : place].strip(":k,apDdPe") and units.letters[verb + 1 : place].count(",") < 2


def _is_contrast(units: ClauseUnits, at: int) -> bool:
    """Return whether another clause starts here, with a subject of its own: "tandis que la maire"."""
    return units.letter(at) == "b" and units.letters[at + 1 :].lstrip("ka")[:1] in ("D", "d", "N", "P")


def _is_title(units: ClauseUnits, place: int, quotation: Quotation) -> bool:
    """Return whether a quotation is the title or the name of something: "le film « La Rivière »"."""
    if _is_named_so(units, place):
        return True
    return (
        quotation.text[:1].isupper()
        and units.letter(place - 1) in ("w", "D", "d", "p", "N")
        and units.letter(place - 1) != ""
    )


def _is_named_so(units: ClauseUnits, place: int) -> bool:
    """Return whether the word before a quotation, such as "film", says that it is a name."""
    return units.has("works", place - 1) or (units.letter(place - 1) in ("d", "p") and units.has("works", place - 2))


def _spoken(
    units: ClauseUnits, place: int, quotation: Quotation, verb: _Verb | None, before: ReadSentence | None
) -> Spoken:
    if verb:
        return Spoken(quotation, verb.saying, True)
    alone = not any(letter in "NwvPDdx" for letter in units.letters)
    if alone and before and before.sentence.paragraph == quotation.paragraph:
        saying = _last_saying(before)
        if saying:
            return Spoken(quotation, saying, True)
    is_speech = (
        alone
        or quotation.continues
        or (len(quotation.text.split()) >= MIN_SPEECH_WORDS and not _is_title(units, place, quotation))
    )
    return Spoken(quotation, None, is_speech)


def _last_saying(before: ReadSentence) -> Saying | None:
    """Return who speaks in the sentence before, if one person alone does."""
    found = [spoken.saying for spoken in before.spoken if spoken.saying] or list(before.sayings)
    keys = {saying.speaker.key if saying.speaker else "" for saying in found}
    return found[-1] if len(keys) == 1 and "" not in keys else None


def _joined(read: list[ReadSentence]) -> list[ReadSentence]:
    """Give each part of a quotation over several paragraphs the speaker who is named beside one of them."""
    rows = [(at, number) for at, sentence in enumerate(read) for number in range(len(sentence.spoken))]
    for (at, number), (next_at, next_number) in pairwise(rows):
        first, second = read[at].spoken[number], read[next_at].spoken[next_number]
        if second.quotation.continues and second.saying is None and first.saying:
            _set(read, next_at, next_number, first.saying)
    for (at, number), (next_at, next_number) in reversed(list(pairwise(rows))):
        first, second = read[at].spoken[number], read[next_at].spoken[next_number]
        if second.quotation.continues and first.saying is None and second.saying:
            _set(read, at, number, second.saying)
    return read


def _set(read: list[ReadSentence], at: int, number: int, saying: Saying) -> None:
    spoken = list(read[at].spoken)
    spoken[number] = Spoken(spoken[number].quotation, saying, True)
    read[at] = replace(read[at], spoken=tuple(spoken))
