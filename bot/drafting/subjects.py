"""Find the subject of a verb of saying or denying; None rather than a guess."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.drafting.grammar import Verb
from bot.drafting.names import is_role
from bot.drafting.speakers import Past, Speaker, is_name, pronoun, speaker_of
from bot.drafting.units import COORDINATED, NOUN_PHRASE, SHORT_PHRASE, ClauseUnits

_CLAUSE_ENDS = frozenset(",;:.QkrbPxeno")
_RELATIVE_CLAUSE = re.compile(r",r[^,]*,")


@dataclass(frozen=True)
class VerbSubject:
    """The subject of a verb, with the place of the first unit that belongs to either."""

    speaker: Speaker | None
    start: int


def subject(
    units: ClauseUnits, at: int, verb: Verb, earlier: Sequence[tuple[int, Speaker | None]], past: Sequence[Past]
) -> VerbSubject:
    """Return the subject of the verb at a place; `earlier` are the verbs before it in this sentence with theirs."""
    first = _group_start(units, at)
    places = range(first, min(at + 3, len(units.items)))
    inverted = next((place for place in places if units.items[place].is_inverted and units.letter(place) == "P"), None)
    if inverted is not None:
        return VerbSubject(pronoun(units, inverted, past), first)
    if "finite" not in verb.forms and units.letter(first) not in ("x", "e") and not _has_auxiliary(units, first, at):
        return VerbSubject(_of_main_clause(units, at, earlier, past), first)
    left = _left(units, first, earlier, past)
    if left and left.speaker and not _agrees(units, first, at, left.speaker):
        left = VerbSubject(None, left.start)
    right = _right(units, at + 1)
    is_after_quotation = units.letter(first - 1) == "Q" or units.letters[max(0, first - 2) : first] == "Q,"
    if right and (is_after_quotation or (left is None and _is_parenthesis(units, first, right))):
        return VerbSubject(_with_apposition(units, *right), first)
    if (
        right
        and units.letter(first - 1) == ","
        and verb.kind != "accuse"
        and (is_name(units, right) or _can_speak_alone(units, right, left))
        and _is_parenthesis(units, first, right)
    ):
        return VerbSubject(speaker_of(units, *right), first)
    return left or VerbSubject(None, first)


def _can_speak_alone(units: ClauseUnits, right: tuple[int, int], left: VerbSubject | None) -> bool:
    """Return whether the phrase after a verb can speak and the one before it cannot: "Le pont tient, dit la mairie"."""
    before = left.speaker if left else None
    return speaker_of(units, *right).kind is not None and not (before and (before.kind or before.name))


def _with_apposition(units: ClauseUnits, start: int, end: int) -> Speaker:
    """Return the speaker after a verb, by name if a name follows: "said the mayor, Tom Price"."""
    is_named = not is_name(units, (start, end)) and units.letters[end : end + 2] == ",N"
    return speaker_of(units, end + 1, end + 2) if is_named else speaker_of(units, start, end)


def _agrees(units: ClauseUnits, first: int, at: int, speaker: Speaker) -> bool:
    """Return False if the auxiliary is plural and the subject is one: then another noun is the subject."""
    return speaker.is_plural or not any(units.has("plural_auxiliaries", place) for place in range(first, at))


def _has_auxiliary(units: ClauseUnits, first: int, at: int) -> bool:
    return any(units.letter(place) in ("x", "e") for place in range(first, at))


def _group_start(units: ClauseUnits, at: int) -> int:
    """Return where the verb's group starts: its auxiliaries, negations, object pronouns and adverbs before it."""
    first = at
    while first > 0:
        before = units.items[first - 1]
        is_clitic = (
            units.has("clitics", first - 1) and (first < at or units.letter(first) != "w") and before.letter != "N"
        )
        if before.letter in "xean" or is_clitic or (before.is_inverted and before.letter == "P"):
            first -= 1
        else:
            break
    while first < at and units.letter(first) == "a":
        first += 1
    return first


def _left(
    units: ClauseUnits, first: int, earlier: Sequence[tuple[int, Speaker | None]], past: Sequence[Past]
) -> VerbSubject | None:
    """Return the subject before a verb's group."""
    last = first - 1
    letter = units.letter(last)
    if letter == "P":
        return VerbSubject(pronoun(units, last, past), last)
    if letter == "r":
        who = _antecedent(units, last) if units.has("relative_subjects", last) else None
        return VerbSubject(who, last)
    if letter in ("N", "w", "v", "a"):
        start = _phrase_before(units, first)
        if start is not None:
            return VerbSubject(speaker_of(units, start, first), start)
        return VerbSubject(None, last)
    if letter == ",":
        found = _chain(units, last)
        return VerbSubject(*found) if found else None
    if letter in ("c", "b"):
        return VerbSubject(_shared(units, last, earlier, past), last)
    return None


def _phrase_before(units: ClauseUnits, end: int) -> int | None:
    """Return where the noun phrase that ends before `end` starts; None if there is none."""
    lowest = end
    while lowest > 0 and units.letter(lowest - 1) not in _CLAUSE_ENDS:
        lowest -= 1
    part = units.letters[lowest:end]
    if COORDINATED.fullmatch(part.replace("v", "w").replace("a", "w")):
        return lowest
    low = max(lowest, lowest + part.rfind("c") + 1)
    for start in range(low, end):
        text = units.letters[start:end].replace("v", "w").replace("a", "w")
        is_free = start == lowest or units.letter(start - 1) not in ("p", "d", "D")
        if is_free and NOUN_PHRASE.fullmatch(text) and (text[0] in "DdN"):
            return start
    return None


def _segments(units: ClauseUnits, comma: int) -> Iterator[tuple[int, int]]:
    """Yield the parts between commas before a comma, from right to left."""
    end = comma
    while end > 0:
        start = end
        while start > 0 and units.letter(start - 1) not in (",", ";", ":", ".", "Q"):
            start -= 1
        yield start, end
        if units.letter(start - 1) != ",":
            return
        end = start - 1


def _chain(units: ClauseUnits, comma: int, *, ends_with_name: bool = False) -> tuple[Speaker, int] | None:
    """Return whom the phrases between commas before a verb describe: "Its director, Rowan Ashpell, said".

    A phrase with a verb ends the chain; with `ends_with_name`, a name at its very end still counts.
    """
    found: list[tuple[int, int]] = []
    for start, end in _segments(units, comma):
        first = start
        while first < end and units.letter(first) in ("c", "b", "k", "a"):
            first += 1
        letters = units.letters[first:end]
        head = letters.split("r")[0]
        if any(letter in head for letter in "xevoPn") and not (head and letters[0] == "r"):
            if ends_with_name and letters.endswith("N"):
                return speaker_of(units, end - 1, end), end - 1
            break
        text = letters.replace("a", "w")
        if letters and letters[0] in "DdN" and (NOUN_PHRASE.fullmatch(text) or COORDINATED.fullmatch(text)):
            found.append((first, end))
        elif found:
            break
        if first > start and letters:
            break
    if not found:
        return None
    head_start, head_end = found[-1]
    if len(found) > 1 and not is_name(units, found[-1]) and is_name(units, found[-2]):
        return speaker_of(units, *found[-2]), head_start
    return speaker_of(units, head_start, head_end), head_start


def _antecedent(units: ClauseUnits, relative: int) -> Speaker | None:
    """Return whom "qui" or "who" means."""
    last = relative - 1
    letter = units.letter(last)
    if letter == ",":
        found = _chain(units, last, ends_with_name=True)
        return found[0] if found else None
    if letter == "N":
        owner = units.letter(last - 1) in ("p", "d") and any(
            is_role(units.items[place].low, units.grammar) or units.has("organisation_nouns", place)
            for place in range(max(0, last - 3), last - 1)
        )
        return None if owner else speaker_of(units, last, relative)
    if letter == "w" and not units.has("not_a_speaker_before_relative", last):
        start = next((place for place in range(last - 1, max(-1, last - 4), -1) if units.letter(place) in "Dd"), None)
        return speaker_of(units, start, relative) if start is not None else None
    return None


def _shared(
    units: ClauseUnits, conjunction: int, earlier: Sequence[tuple[int, Speaker | None]], past: Sequence[Past]
) -> Speaker | None:
    """Return the subject that a verb after "et" or "and" shares with the one before."""
    if earlier:
        place, speaker = earlier[-1]
        between = _RELATIVE_CLAUSE.sub(",", units.letters[place + 1 : conjunction].replace("kQ", "Q"))
        is_same = not any(letter in between for letter in "kxerPob;")
        return speaker if is_same or _ends_thing(units, place + 1, conjunction) else None
    if any(letter in units.letters[:conjunction] for letter in "krb;"):
        return None
    return main_subject(units, past)


def _ends_thing(units: ClauseUnits, start: int, conjunction: int) -> bool:
    """Return whether a clause on a thing, which cannot speak, ends with a comma: "said that it stood, and called"."""
    letters = units.letters[start:conjunction]
    could_speak = any(
        is_role(units.items[place].low, units.grammar) or units.has("organisation_nouns", place)
        for place in range(start, conjunction)
    )
    is_one_clause = (
        letters[:2] in ("kD", "kd") and letters.endswith(",") and not any(one in letters[1:] for one in "NPQvrkbo;")
    )
    return is_one_clause and not could_speak


def _of_main_clause(
    units: ClauseUnits, at: int, earlier: Sequence[tuple[int, Speaker | None]], past: Sequence[Past]
) -> Speaker | None:
    """Return the subject that a participle or an infinitive shares."""
    if earlier:
        return earlier[-1][1]
    return main_subject(units, past) if units.letter(at - 1) in (",", "p") else None


def _right(units: ClauseUnits, start: int) -> tuple[int, int] | None:
    """Return the noun phrase right after a verb."""
    while units.letter(start) == "a":
        start += 1
    if units.letter(start) not in ("N", "D", "d"):
        return None
    match = NOUN_PHRASE.match(units.letters.replace("v", "w"), start)
    if not match or match.end() == start:
        return None
    end = match.end()
    if units.letter(start) == "N":
        end = start + 1
    return (start, end) if end > start + (units.letter(start) != "N") else None


def _is_parenthesis(units: ClauseUnits, first: int, right: tuple[int, int]) -> bool:
    """Return whether a verb and the phrase after it are between commas or at the end: ", assure Paul Roux."."""
    end = right[1]
    while units.letter(end) == "a":
        end += 1
    return units.letter(first - 1) == "," and units.letter(end) in (",", ".", ";", "")


def main_subject(units: ClauseUnits, past: Sequence[Past]) -> Speaker | None:
    """Return the subject that a sentence starts with, after what may come before it; None if that is not clear."""
    start = 0
    while start < len(units.items):
        end = next(
            (place for place in range(start, len(units.items)) if units.letter(place) in ",;:Q."), len(units.items)
        )
        first = start
        while first < end and units.letter(first) in ("a", "c", "b"):
            first += 1
        letter = units.letter(first)
        if letter == "P":
            return pronoun(units, first, past)
        if letter in ("N", "D", "d"):
            return _opening(units, first, end)
        if letter not in ("p", "a", "w", "") or units.letter(end) != ",":
            return None
        start = end + 1
    return None


def _opening(units: ClauseUnits, first: int, end: int) -> Speaker | None:
    """Return the speaker at the start of a clause, or the name in apposition to it."""
    whole = units.letters[first:end]
    if SHORT_PHRASE.fullmatch(whole) and units.letter(end) == ",":
        after = (end + 1, end + 2)
        if not is_name(units, (first, end)) and units.letter(end + 1) == "N" and units.letter(end + 2) == ",":
            return speaker_of(units, *after)
        return speaker_of(units, first, end)
    if units.letter(first) == "N":
        several = COORDINATED.match(units.letters, first, end)
        return speaker_of(units, first, several.end() if several else first + 1)
    match = NOUN_PHRASE.match(units.letters, first)
    if match and units.letter(match.end()) in ("x", "e", "v", "n"):
        return speaker_of(units, first, match.end())
    return speaker_of(units, first, min(first + 2, end)) if units.letter(first + 1) == "w" else None
