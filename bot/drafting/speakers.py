"""Say whom a phrase or a pronoun means; None rather than a guess."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.drafting.names import Gender, Name, is_role
from bot.drafting.sentences import text_of
from bot.drafting.units import ClauseUnit, ClauseUnits, kind_of_phrase
from bot.story.model import EntityKind

MAX_SENTENCES_BACK = 4  # to the person whom a pronoun means


@dataclass(frozen=True)
class Speaker:
    """Who says something: a name, or a phrase such as "the council"."""

    text: str
    name: Name | None = None
    kind: EntityKind | None = None
    gender: Gender | None = None
    is_plural: bool = False
    is_one: bool = True  # one entity: neither several names, nor somebody named only by whose they are

    @property
    def key(self) -> str:
        """What tells speakers apart."""
        return self.name.text if self.name else self.text.lower()


@dataclass(frozen=True)
class Past:
    """What a sentence leaves for the pronouns of the next ones: its subject, and who else is in it, in order."""

    subject: Speaker | None
    mentioned: tuple[Speaker, ...] = ()


def speaker_of(units: ClauseUnits, start: int, end: int) -> Speaker:
    """Return the speaker whom the noun phrase in units[start:end] names."""
    run = units.items[start:end]
    name = person_in(units, start, end)
    if name:
        return Speaker(name.text, name, name.kind, name.gender)
    text = _text(run)
    several = "c" in units.letters[start:end]
    determiner = run[0].low
    plural = several or units.has("plural_determiners", start)
    gender: Gender | None = None
    if units.has("feminine_determiners", start):
        gender = "feminine"
    elif units.has("masculine_determiners", start):
        gender = "masculine"
    owned = units.grammar.has("possessive", determiner)
    return Speaker(text, None, kind_of_phrase(run, units.grammar), gender, plural, not several and not owned)


def _text(run: Sequence[ClauseUnit]) -> str:
    return text_of([piece for unit in run for piece in unit.pieces])


def person_in(units: ClauseUnits, start: int, end: int) -> Name | None:
    """Return the name that a noun phrase is: alone, or at its end after a position ("la maire Hélène Castagnet")."""
    letters = units.letters[start:end]
    last = units.items[end - 1]
    if last.name is None or "c" in letters:
        return None
    if letters in ("N", "DN"):
        return last.name
    before = units.items[end - 2]
    if not letters.endswith("wN") or "N" in letters[:-1]:
        return None
    may_be = _may_be_person(last.name) and kind_of_phrase(units.items[start:end], units.grammar) != "organisation"
    return last.name if may_be or is_role(before.low, units.grammar) else None


def is_name(units: ClauseUnits, span: tuple[int, int]) -> bool:
    """Return whether a noun phrase names somebody."""
    return units.letters[span[0] : span[1]] in ("N", "DN") or person_in(units, *span) is not None


def mentions(units: ClauseUnits) -> Iterator[Speaker]:
    """Yield the persons in a sentence whom a pronoun may mean: by name, or by a position with an article."""
    for at, unit in enumerate(units.items):
        if unit.letter == "N" and unit.name and _may_be_person(unit.name):
            yield speaker_of(units, at, at + 1)
        elif (
            unit.letter in ("D", "d", "p")
            and units.letter(at + 1) in ("w", "v")
            and is_role(units.items[at + 1].low, units.grammar)
        ):
            after = units.letters[at + 2 :].lstrip("pdDw")
            is_beside_name = (
                units.letter(at + 2) == "N" or after.startswith(",N") or units.letters[max(0, at - 2) : at] == "N,"
            )
            if not is_beside_name:
                yield speaker_of(units, at, at + 2)


def _may_be_person(name: Name) -> bool:
    return name.kind == "person" or (name.kind is None and " " in name.text)


def pronoun(units: ClauseUnits, at: int, past: Sequence[Past]) -> Speaker | None:
    """Return whom a pronoun means: the only person who fits, or the subject who was also named last; else None."""
    if units.has("plural_pronouns", at):
        subject = past[-1].subject if past else None
        return subject if subject and subject.is_plural else None
    gender: Gender | None = None
    if units.has("masculine_pronouns", at) or units.has("masculine_objects", at):
        gender = "masculine"
    elif units.has("feminine_pronouns", at) or units.has("feminine_objects", at):
        gender = "feminine"
    if gender is None:
        return None
    is_natural = not units.grammar.words.get("feminine_determiners")  # "he" and "she" are people, "il" may be a club
    here = tuple(mentions(_before(units, at)))
    same = (f"{gender}_pronouns", f"{gender}_objects")
    first = next((place for place in range(at) if any(units.has(words, place) for words in same)), None)
    if first is not None:  # the same person as the first such pronoun, unless another one is named between
        found = pronoun(units, first, past)
        others = {speaker.key for speaker in here if speaker.kind and _fits(speaker, gender, is_natural)}
        return found if found and others <= {found.key} else None
    return person(gender, past, here, is_natural=is_natural)


def _before(units: ClauseUnits, at: int) -> ClauseUnits:
    """Return the part of a sentence before a place, without its quotations."""
    return ClauseUnits(units.items[:at], units.letters[:at], units.grammar)


def person(
    gender: Gender, past: Sequence[Past], here: tuple[Speaker, ...] = (), *, is_natural: bool = True
) -> Speaker | None:
    """Return the person of this gender whom the sentences before speak of; None if it could be two."""
    near = [*past[-MAX_SENTENCES_BACK:], *([Past(None, here)] if here else [])]
    for sentence in reversed(near):
        subject = sentence.subject if sentence.subject and _fits(sentence.subject, gender, is_natural) else None
        people = [speaker for speaker in sentence.mentioned if _fits(speaker, gender, is_natural)]
        keys = {speaker.key for speaker in people} | ({subject.key} if subject else set())
        if not keys:
            continue
        found = subject or people[0]
        is_one = len(keys) == 1 or (subject and people and people[-1].key == subject.key)
        return found if is_one and (found.name or found.kind) else None
    return None


def _fits(speaker: Speaker, gender: Gender, is_natural: bool) -> bool:
    is_person = speaker.kind in ("person", "role") or (speaker.name is not None and speaker.kind is None)
    return not speaker.is_plural and speaker.gender in (None, gender) and (is_person or not is_natural)
