"""Complete a question with the last one: "and when?", "and Altman?", "what did he say?".

Rules resolve ellipsis and pronouns from the last question and its answer only (Carbonell, Discourse pragmatics and
ellipsis resolution in task-oriented natural language interfaces, 1983): what is missing is taken from them, and what is
new replaces its counterpart. If a pronoun may refer to several entities, there is a reading for each.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from bot.matching.fold import words
from bot.matching.reading.dialogue_state import DialogueState, referents
from bot.matching.reading.language import Language
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.participants import SPEECH_ACTS, participants
from bot.matching.reading.question import ParsedQuestion, Unit, parse, pauses
from bot.story.model import Story

MAX_WORDS_BEFORE_CORRECTION = 2  # before "I meant": "no, sorry"

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


def complete(typed: ParsedQuestion, before: DialogueState, lexicon: Lexicon, story: Story) -> Completed | None:
    """Complete a question with the last one; None if it is already complete."""
    found = _completed_texts(typed, before, lexicon, story)
    if found is None:
        return None
    texts, preference = found
    return Completed(tuple(parse(text, lexicon, typed.language) for text in texts), preference)


def _completed_texts(
    typed: ParsedQuestion, before: DialogueState, lexicon: Lexicon, story: Story
) -> _Completion | None:
    language = typed.spoken
    tokens = without_connectives(list(typed.tokens), language)
    goes_on = len(tokens) < len(typed.tokens)
    question = parse_without_connectives(typed, lexicon)
    last = parse_without_connectives(before.question, lexicon)
    if not last.units:
        return None
    if not question.units and (question.slot not in {"who", "what"} or not _refers_to_name(question)):
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
    if question.content_words and goes_on and correction_length(typed.tokens, language):
        asked = [token for at, token in enumerate(last.tokens) if at in last.question_words]
        return _completion(" ".join([*asked, *tokens]), preference="completed else typed")
    if question.content_words:
        rest = _without_topic(last) if tokens[0] in language.topic_markers else list(last.tokens)
        return _completion(" ".join([*rest, *question.tokens]), preference="typed else completed")
    return _with_name(question, last, story, "completed" if goes_on else "completed else typed")


def _refers_to_name(question: ParsedQuestion) -> bool:
    """Return whether a pronoun stands for a name: nobody is named by "who is that?"."""
    if question.pronoun is None:
        return False
    return question.slot == "what" or question.tokens[question.pronoun] not in question.spoken.demonstratives


def parse_without_connectives(typed: ParsedQuestion, lexicon: Lexicon) -> ParsedQuestion:
    """Parse a question again without the opening words that link it to the one before.

    Only its commas show that "the siren, why was it silent?" names what "it" stands for, and they are lost.
    """
    tokens = without_connectives(list(typed.tokens), typed.spoken)
    if len(tokens) == len(typed.tokens):
        return typed
    found = parse(" ".join(tokens), lexicon, typed.language)
    at = found.pronoun or 0
    follows_topic = any(unit.end == at for unit in found.units) and found.tokens[at - 1 : at + 1] in pauses(typed.text)
    return replace(found, pronoun=None) if follows_topic else found


def without_connectives(tokens: list[str], language: Language) -> list[str]:
    """Remove the opening words that only link a question to the last one: "and", "but what about", "no, I meant"."""
    while opening := language.connectives.length_at(tokens, 0):
        tokens = tokens[opening:]
    return tokens[correction_length(tokens, language) :]


def correction_length(tokens: Sequence[str], language: Language) -> int:
    """Return the length in words of the opening that corrects the last question, such as "no, I meant"; else 0."""
    refusals = language.small_talk | language.stop | language.negations | language.breaks
    for at in range(min(len(tokens), MAX_WORDS_BEFORE_CORRECTION + 1)):
        size = language.corrections.length_at(tokens, at)
        if size and refusals.issuperset(tokens[:at]):
            return at + size
    return 0


def _completion(*texts: str, preference: Preference = "completed") -> _Completion | None:
    return (texts, preference) if texts else None


def _with_question_word(question: ParsedQuestion, last: ParsedQuestion, language: Language) -> _Completion | None:
    """Replace the question word of the last question: "and when?"; "why not?" denies its answer, not its words."""
    if not question.question_words or asks_for_another_role(question, last, language):
        return None
    is_denied = question.tokens[-1] in language.negations and not last.is_negated
    asked = question.tokens[:-1] if is_denied else question.tokens
    return _completion(" ".join([*asked, *tokens_except(last, last.question_words)]))


def asks_for_another_role(question: ParsedQuestion, last: ParsedQuestion, language: Language) -> bool:
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
        for each in referents(question.tokens[at], before, language, story)
    )
    texts = (" ".join([*question.tokens[:at], *name, *question.tokens[at + 1 :]]) for name in names)
    return _completion(*texts)


def _proposition(last: ParsedQuestion) -> list[str]:
    """Return the words of a question without its question words and its speaker."""
    acts = [unit for unit in last.content_words if unit.key in SPEECH_ACTS]
    speakers = {participants(last, unit.key, last.spoken).agent for unit in acts}
    speaker_units = [unit for unit in last.names if unit.before in last.spoken.according or unit.key in speakers]
    return tokens_except(last, last.question_words | _positions([*acts, *speaker_units]))


def _without_topic(last: ParsedQuestion) -> list[str]:
    """Return the words of a question without its topic: "what did he say about the mission"."""
    topics = [unit for unit in last.units if unit.before in last.spoken.topic_markers]
    return tokens_except(last, _positions(topics))


def _positions(units: Iterable[Unit]) -> Set[int]:
    return {unit.at + step for unit in units for step in range(len(unit.surface.split()))}


def tokens_except(last: ParsedQuestion, positions: Set[int]) -> list[str]:
    """Return the words of a question that are not at these positions."""
    return [token for at, token in enumerate(last.tokens) if at not in positions]
