"""Complete a question that depends on the previous one: "and when?", "and Altman?", "what did he say?".

Rules resolve ellipsis and pronouns from the last question and its answer only (Carbonell, Discourse pragmatics and
ellipsis resolution in task-oriented natural language interfaces, 1983): what is missing is taken from them, and what is
new replaces its counterpart. If a pronoun may refer to several entities, there is a reading for each.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Literal

from bot.matching.fold import words
from bot.matching.reading.language import Language
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import ParsedQuestion, Unit, parse, phrase_length_at
from bot.matching.reading.roles import SPEECH_ACTS, participants
from bot.story.model import Fact, Story

MAX_DEPENDENT_WORDS = 3  # names and content words of a dependent question
MAX_WORDS_BEFORE_CORRECTION = 2  # before "I meant": "no, sorry"


@dataclass(frozen=True)
class DialogueState:
    """The last question and the entities that pronouns may refer to next; several if it is unclear."""

    question: ParsedQuestion  # completed
    persons: tuple[str, ...]  # "he", "she"
    things: tuple[str, ...]  # "it", "they"
    either: tuple[str, ...]  # for pronouns of persons and things, such as the French "il"
    shown: str | None = None  # the fact that answered, or the nearest one that was shown


Preference = Literal[
    "completed",  # the typed question says too little
    "completed else typed",  # it may also be meant as typed: "Altman?"
    "typed else completed",  # it may be complete already: "and the investigations?"
]


_Completion = tuple[tuple[str, ...], Preference]  # the completed texts


@dataclass(frozen=True)
class Completed:
    """A question completed with the last one, and whether it or the typed question is tried first.

    There are several questions if a pronoun may refer to several entities.
    """

    questions: tuple[ParsedQuestion, ...]
    preference: Preference = "completed"


ReadingKind = Literal[
    "typed",  # as typed
    "joined",  # completed by rule, with words of the last question, or with names that the shown fact is about
]


@dataclass(frozen=True)
class FollowUp:
    """A question that depends on the last one, and its possible readings."""

    own: ParsedQuestion  # as typed, without connectives such as "and"
    readings: tuple[tuple[ReadingKind, ParsedQuestion], ...]
    whole: ParsedQuestion  # the reading that the next question may depend on: as typed if that says enough
    referents: frozenset[str]  # entities its pronoun may refer to; empty if it has none, or nobody was named


def dialogue_state(
    question: ParsedQuestion, fact: Fact | None, story: Story, shown: str | None = None
) -> DialogueState:
    """Return what the next question may refer to after a completed question and the fact that answered it.

    `shown` is the nearest fact that was shown if none answered.
    """
    named = [unit.key for unit in question.names]
    voices = [] if fact is None else [fact.by] if fact.by else [agent for roles in fact.roles for agent in roles.agent]
    mentioned = [*voices, *(fact.about if fact else ())]
    persons, things = _of_kind(named, story, person=True), _of_kind(named, story, person=False)
    persons_meant = (
        persons or _only_one(_of_kind(voices, story, person=True)) or _only_one(_of_kind(mentioned, story, person=True))
    )
    things_meant = things or _only_one(_of_kind(mentioned, story, person=False))
    is_person = bool(persons) or question.slot == "who"
    either = (persons_meant or things_meant) if is_person else (things_meant or persons_meant)
    return DialogueState(question, persons_meant, things_meant, either, fact.id if fact else shown)


def complete(typed: ParsedQuestion, before: DialogueState, lexicon: Lexicon, story: Story) -> Completed | None:
    """Complete a question with the last one; None if it is already complete."""
    found = _completed_texts(typed, before, lexicon, story)
    if found is None:
        return None
    texts, preference = found
    return Completed(tuple(parse(text, lexicon, typed.language) for text in texts), preference)


def without_return(typed: ParsedQuestion, lexicon: Lexicon) -> ParsedQuestion | None:
    """Return a question without the phrase that returns to an earlier subject ("back to the trial"), else None."""
    tokens = _without_connectives(list(typed.tokens), typed.spoken)
    size = phrase_length_at(tokens, 0, typed.spoken.returns)
    return parse(" ".join(tokens[size:]), lexicon, typed.language) if size else None


def follow_up(typed: ParsedQuestion, before: DialogueState, lexicon: Lexicon, story: Story) -> FollowUp | None:
    """Combine a question with the one it depends on; None if it does not depend on it."""
    tokens = _without_connectives(list(typed.tokens), typed.spoken)
    own = typed if len(tokens) == len(typed.tokens) else parse(" ".join(tokens), lexicon, typed.language)
    if not _depends(own, is_joined=own is not typed):
        return None
    last = _parse_without_connectives(before.question, lexicon)
    if own.slot == "who" and not own.units and _asks_for_another_role(own, last, own.spoken):
        return None
    words_left = [token for token in own.tokens if token not in own.spoken.persons | own.spoken.things]
    completed = complete(typed, before, lexicon, story)
    readings: list[tuple[ReadingKind, ParsedQuestion]] = [
        ("joined", each) for each in (completed.questions if completed else ())
    ]
    asked = (
        [] if own.slot else [last.tokens[at] for at in sorted(last.question_words)]
    )  # "and Altman?" repeats the last question
    wordings = (
        _tokens_except(last, last.question_words),
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
    return frozenset(_referents(pronoun, before, language, story)).union(
        *(_of_kind(mentioned, story, person=kind) for kind in kinds)
    )


def _names_of(shown: str | None, own: ParsedQuestion, story: Story) -> list[str]:
    """Return the names of those the shown fact is about, without those that the question names."""
    fact = story.shown_facts.get(shown or "")
    about = [story.entity[each].name for each in (fact.about if fact else ()) if each not in own.keys]
    return [word for name in about for word in words(name.get(own.spoken.code))]


def _depends(own: ParsedQuestion, *, is_joined: bool) -> bool:
    """Return whether a question says too little on its own, or refers back."""
    if not own.tokens or (not own.units and not own.question_words and own.pronoun is None and not is_joined):
        return False
    if own.spoken.small_talk.issuperset(own.tokens):
        return False
    points = not own.spoken.demonstratives.isdisjoint((own.tokens[0], own.tokens[-1]))
    is_short = len(own.units) <= (1 if own.names else MAX_DEPENDENT_WORDS)
    return is_joined or points or is_short or own.pronoun is not None


def _completed_texts(
    typed: ParsedQuestion, before: DialogueState, lexicon: Lexicon, story: Story
) -> _Completion | None:
    language = typed.spoken
    tokens = _without_connectives(list(typed.tokens), language)
    goes_on = len(tokens) < len(typed.tokens)
    question = parse(" ".join(tokens), lexicon, typed.language) if goes_on else typed
    last = _parse_without_connectives(before.question, lexicon)
    if not last.units:
        return None
    if not question.units and (question.pronoun is None or question.slot not in {"who", "what"}):
        return _with_question_word(question, last, language)
    if language.small_talk.issuperset(tokens):
        return None
    speech = all(unit.key in SPEECH_ACTS for unit in question.content_words) and bool(question.content_words)
    if speech and not question.names:
        return _completion(_with_proposition(question, _proposition(last)))
    if question.pronoun is not None:
        return _with_name_for_pronoun(question, question.pronoun, before, language, story)
    if speech and goes_on and len(question.names) == 1:
        return _completion(_with_proposition(question, _proposition(last)), preference="typed else completed")
    if question.slot or not (goes_on or not question.content_words):
        return None
    if question.content_words:
        rest = _without_topic(last) if tokens[0] in language.topic_markers else list(last.tokens)
        return _completion(" ".join([*rest, *question.tokens]), preference="typed else completed")
    return _with_name(question, last, story, "completed" if goes_on else "completed else typed")


def _parse_without_connectives(last: ParsedQuestion, lexicon: Lexicon) -> ParsedQuestion:
    tokens = _without_connectives(list(last.tokens), last.spoken)
    return last if len(tokens) == len(last.tokens) else parse(" ".join(tokens), lexicon, last.language)


def _without_connectives(tokens: list[str], language: Language) -> list[str]:
    """Remove the opening words that only link a question to the last one: "and", "but what about", "no, I meant"."""
    while opening := phrase_length_at(tokens, 0, language.connectives):
        tokens = tokens[opening:]
    refusals = language.small_talk | language.stop | language.negations | language.breaks
    for at in range(min(len(tokens), MAX_WORDS_BEFORE_CORRECTION + 1)):
        correction = phrase_length_at(tokens, at, language.corrections)
        if correction and refusals.issuperset(tokens[:at]):
            return tokens[at + correction :]
    return tokens


def _completion(*texts: str, preference: Preference = "completed") -> _Completion | None:
    return (texts, preference) if texts else None


def _with_question_word(question: ParsedQuestion, last: ParsedQuestion, language: Language) -> _Completion | None:
    """Replace the question word of the last question: "and when?"."""
    if not question.question_words or _asks_for_another_role(question, last, language):
        return None
    return _completion(" ".join([*question.tokens, *_tokens_except(last, last.question_words)]))


def _asks_for_another_role(question: ParsedQuestion, last: ParsedQuestion, language: Language) -> bool:
    """Return whether it asks for another role of the same slot by an unknown preposition: "to whom?" after "who?"."""
    first = question.tokens[min(question.question_words)]
    known = language.agent_markers | language.patient_markers
    return (
        question.slot == last.slot
        and len(question.question_words) > 1
        and first in language.stop
        and first not in known
    )


def _with_proposition(question: ParsedQuestion, proposition: list[str]) -> str:
    """Replace the pronoun by the whole proposition asked before: "who denies it?"."""
    return " ".join([*(token for at, token in enumerate(question.tokens) if at != question.pronoun), *proposition])


def _with_name(
    question: ParsedQuestion, last: ParsedQuestion, story: Story, preference: Preference
) -> _Completion | None:
    """Replace the first name of the same kind, or the only name, of the last question: "and Altman?"."""
    if len(question.names) != 1 or question.names[0].key in {unit.key for unit in last.names}:
        return None
    kind = story.entity[question.names[0].key].kind
    same = [unit for unit in last.names if story.entity[unit.key].kind == kind]
    replaced = same[0] if same else last.names[0] if len(last.names) == 1 else None
    if replaced is None:  # there is none: no fact has both, so nothing is answered
        return _completion(" ".join([*last.tokens, *question.tokens]), preference=preference)
    end = replaced.at + len(replaced.surface.split())
    tokens = [*last.tokens[: replaced.at], *question.names[0].surface.split(), *last.tokens[end:]]
    return _completion(" ".join(tokens), preference=preference)


def _with_name_for_pronoun(
    question: ParsedQuestion, at: int, before: DialogueState, language: Language, story: Story
) -> _Completion | None:
    """Replace a pronoun by each name it may refer to: "what did he say about the mission?"."""
    names = (
        words(story.entity[each].name.get(language.code))
        for each in _referents(question.tokens[at], before, language, story)
    )
    texts = (" ".join([*question.tokens[:at], *name, *question.tokens[at + 1 :]]) for name in names)
    return _completion(*texts)


def _proposition(last: ParsedQuestion) -> list[str]:
    """Return the words of a question without its question words and its speaker."""
    acts = [unit for unit in last.content_words if unit.key in SPEECH_ACTS]
    speakers = {participants(last, unit.key, last.spoken).agent for unit in acts}
    speaker_units = [unit for unit in last.names if unit.before in last.spoken.according or unit.key in speakers]
    return _tokens_except(last, last.question_words | _positions([*acts, *speaker_units]))


def _without_topic(last: ParsedQuestion) -> list[str]:
    """Return the words of a question without its topic: "what did he say about the mission"."""
    topics = [unit for unit in last.units if unit.before in last.spoken.topic_markers]
    return _tokens_except(last, _positions(topics))


def _positions(units: Iterable[Unit]) -> Set[int]:
    return {unit.at + step for unit in units for step in range(len(unit.surface.split()))}


def _tokens_except(last: ParsedQuestion, positions: Set[int]) -> list[str]:
    return [token for at, token in enumerate(last.tokens) if at not in positions]


def _referents(pronoun: str, before: DialogueState, language: Language, story: Story) -> tuple[str, ...]:
    """Return the entities a pronoun may refer to, without those that a reload removed."""
    either = pronoun in language.persons and pronoun in language.things
    ids = before.either if either else before.persons if pronoun in language.persons else before.things
    return tuple(each for each in ids if each in story.entity)


def _of_kind(ids: Iterable[str], story: Story, *, person: bool) -> tuple[str, ...]:
    return tuple(each for each in dict.fromkeys(ids) if (story.entity[each].kind == "person") == person)


def _only_one(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids if there is one only: an answer about several entities does not show which one is meant."""
    return ids if len(ids) == 1 else ()
