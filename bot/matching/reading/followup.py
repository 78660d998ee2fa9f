"""Read a question that depends on the previous one: the readings that it may have, as typed or completed."""

from dataclasses import dataclass
from typing import Literal

from bot.matching.fold import words
from bot.matching.reading.completion import (
    asks_for_another_role,
    complete,
    parse_without_connectives,
    tokens_except,
    without_connectives,
)
from bot.matching.reading.dialogue_state import DialogueState, of_kind, referents
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.participants import SPEECH_ACTS
from bot.matching.reading.question import ParsedQuestion, parse
from bot.story.model import Story

MAX_DEPENDENT_WORDS = 3  # names and content words of a dependent question


ReadingKind = Literal[
    "typed",  # as typed
    "completed",  # completed by rule
    "joined",  # completed with words of the last question, or with names that the shown fact is about
]


@dataclass(frozen=True)
class FollowUp:
    """A question that depends on the last one, and its possible readings."""

    own: ParsedQuestion  # as typed, without connectives such as "and"
    readings: tuple[tuple[ReadingKind, ParsedQuestion], ...]
    whole: ParsedQuestion  # the reading that the next question may depend on: as typed if that says enough
    referents: frozenset[str]  # entities its pronoun may refer to; empty if it has none, or nobody was named


def without_return(typed: ParsedQuestion, lexicon: Lexicon) -> ParsedQuestion | None:
    """Return a question without the phrase that returns to an earlier subject ("back to the trial"), else None."""
    tokens = without_connectives(list(typed.tokens), typed.spoken)
    size = typed.spoken.returns.length_at(tokens, 0)
    return parse(" ".join(tokens[size:]), lexicon, typed.language) if size else None


def asks_for_counterpart(typed: ParsedQuestion) -> bool:
    """Return whether a question asks only what the other side says: "and the other side?"."""
    sizes = typed.spoken.counterparts.lengths(typed.tokens)
    found = {at + step for at, size in sizes.items() for step in range(size)}
    return bool(found) and all(unit.key in SPEECH_ACTS or unit.at in found for unit in typed.units)


def asks_for_statement(typed: ParsedQuestion) -> bool:
    """Return whether a question asks only what somebody says, or whether they agree: "and what does she answer?"."""
    acts = typed.content_words
    return bool(acts) and typed.slot in {"what", "how", "yes-no", None} and all(act.key in SPEECH_ACTS for act in acts)


def follow_up(typed: ParsedQuestion, before: DialogueState, lexicon: Lexicon, story: Story) -> FollowUp | None:
    """Combine a question with the one it depends on; None if it does not depend on it."""
    own = parse_without_connectives(typed, lexicon)
    if not _depends(own, is_joined=own is not typed):
        return None
    last = parse_without_connectives(before.question, lexicon)
    if own.slot == "who" and not own.units and asks_for_another_role(own, last, own.spoken):
        return None
    words_left = [token for token in own.tokens if token not in own.spoken.persons | own.spoken.things]
    completed = complete(typed, before, lexicon, story)
    readings: list[tuple[ReadingKind, ParsedQuestion]] = [
        ("completed", each) for each in (completed.questions if completed else ())
    ]
    asked = (
        [] if own.slot else [last.tokens[at] for at in sorted(last.question_words)]
    )  # "and Altman?" repeats the last question
    wordings = (
        tokens_except(last, last.question_words),
        [unit.surface for unit in last.units],
        _names_of(before.shown, own, story),
    )
    readings += [
        ("joined", parse(" ".join([*asked, *words_left, *added]), lexicon, own.language)) for added in wordings
    ]
    if own.slot or own.content_words:
        readings.append(("typed", own))
    says_enough = own.content_words and (own.slot or own is typed)
    return FollowUp(
        own, tuple(readings), own if says_enough else readings[0][1], _possible_referents(own, before, story)
    )


def _possible_referents(own: ParsedQuestion, before: DialogueState, story: Story) -> frozenset[str]:
    """Return the entities a pronoun may refer to, in the last question or the shown fact."""
    if own.pronoun is None or own.tokens[own.pronoun] in own.spoken.demonstratives:
        return frozenset()
    pronoun, language = own.tokens[own.pronoun], own.spoken
    shown = story.shown_facts.get(before.shown or "")
    mentioned = [*([shown.by] if shown and shown.by else []), *(shown.about if shown else ())]
    kinds = {kind for kind, words in ((True, language.persons), (False, language.things)) if pronoun in words}
    return frozenset(referents(pronoun, before, language, story)).union(
        *(of_kind(mentioned, story, person=kind) for kind in kinds)
    )


def _names_of(shown: str | None, own: ParsedQuestion, story: Story) -> list[str]:
    """Return the names of those the shown fact is about, without those that the question names."""
    fact = story.shown_facts.get(shown or "")
    about = [story.entity[each].name for each in (fact.about if fact else ()) if each not in own.keys]
    return [word for name in about for word in words(name.get(own.spoken.code))]


def _depends(own: ParsedQuestion, *, is_joined: bool) -> bool:
    """Return whether a question says too little on its own, or refers back."""
    if not own.units and not own.question_words and own.pronoun is None:
        return False  # "and now?"
    if own.spoken.small_talk.issuperset(own.tokens):
        return False
    points = not own.spoken.demonstratives.isdisjoint((own.tokens[0], own.tokens[-1]))
    is_short = len(own.units) <= MAX_DEPENDENT_WORDS
    return is_joined or points or is_short or own.pronoun is not None
