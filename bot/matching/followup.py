"""Complete a question that goes on from the one before: "and when?", "and Altman?", "what did he say?".

Ellipsis and pronouns are completed by rules over the last question and its answer alone (Carbonell, Discourse
pragmatics and ellipsis resolution in task-oriented natural language interfaces, 1983): what is missing is taken from
them, and what is there takes the place of its like. Where two readings are possible, nothing is completed.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from bot.matching.fold import words
from bot.matching.language import Language
from bot.matching.lexicon import Lexicon
from bot.matching.question import Question, phrase_at, read
from bot.matching.roles import SPEECH
from bot.story.model import Fact, Story


@dataclass(frozen=True)
class Said:
    """The last question, complete, and the entities that pronouns mean after it; None where that is not clear."""

    text: str
    person: str | None  # "he", "she"
    thing: str | None  # "it", "they"
    either: str | None  # a pronoun for both, such as the French "il"


@dataclass(frozen=True)
class Completed:
    """A question made whole with what the last one said."""

    text: str
    stands_alone: bool  # it may also be meant as it was typed: "Altman?"


def said(question: Question, fact: Fact | None, lexicon: Lexicon, story: Story) -> Said:
    """Keep of a complete question, and of the fact that answered it, what the next question may refer to."""
    text = " ".join(_opened(list(question.tokens), lexicon.language(question.language)))
    named = [unit.key for unit in question.names]
    voice = [] if fact is None else [fact.by] if fact.by else list(fact.roles.agent if fact.roles else ())
    told = [*voice, *(fact.about if fact else ())]
    persons, things = _of_kind(named, story, person=True), _of_kind(named, story, person=False)
    tells_person = _sole(_of_kind(voice, story, person=True)) or _sole(_of_kind(told, story, person=True))
    person = _sole(persons) if persons else tells_person
    thing = _sole(things) if things else _sole(_of_kind(told, story, person=False))
    if persons or question.slot == "who":
        return Said(text, person, thing, either=person or thing)
    return Said(text, person, thing, either=thing or person)


def complete(text: str, before: Said, lexicon: Lexicon, story: Story) -> Completed | None:
    """Complete a question with the last one; None where it is complete by itself."""
    typed = read(text, lexicon)
    language = lexicon.language(typed.language)
    tokens = _opened(list(typed.tokens), language)
    goes_on = len(tokens) < len(typed.tokens)
    question, last = read(" ".join(tokens), lexicon, typed.language), read(before.text, lexicon)
    if not last.units:
        return None
    if not question.units:
        return _with_question_word(question, last)
    if all(unit.key in SPEECH for unit in question.units):
        return _with_what_is_said(question, last)
    if question.pronoun is not None:
        return _with_name_for_pronoun(question, question.pronoun, before, language, story)
    if question.slot or not (goes_on or not question.words):
        return None
    if all(unit.key in SPEECH for unit in question.words) and question.words:
        return Completed(" ".join([*question.tokens, *_unsaid(last, language)]), stands_alone=False)
    if question.words:
        return Completed(" ".join([*last.tokens, *question.tokens]), stands_alone=True)
    return _with_name(question, last, story, stands_alone=not goes_on)


def _opened(tokens: list[str], language: Language) -> list[str]:
    """Take off the words that only join a question to the one before: "and", "but what about"."""
    while opening := phrase_at(tokens, 0, language.connectives):
        tokens = tokens[opening:]
    return tokens


def _with_question_word(question: Question, last: Question) -> Completed | None:
    """Put the new question word in the place of the last one's: "and when?"."""
    if not question.asking:
        return None
    return Completed(" ".join([*question.tokens, *_unasked(last)]), stands_alone=False)


def _with_what_is_said(question: Question, last: Question) -> Completed:
    """Say what is said or denied, which is all that was asked before but for who says it: "who denies it?"."""
    tokens = [token for at, token in enumerate(question.tokens) if at != question.pronoun]
    speech = {unit.at for unit in last.units if unit.key in SPEECH}
    return Completed(" ".join([*tokens, *_unasked(last, speech)]), stands_alone=False)


def _with_name(question: Question, last: Question, story: Story, *, stands_alone: bool) -> Completed | None:
    """Put the name in the place of the first of its kind, or of the only one: "and Altman?"."""
    if len(question.names) != 1 or question.names[0].key in {unit.key for unit in last.names}:
        return None
    kind = story.entity[question.names[0].key].kind
    same = [unit for unit in last.names if story.entity[unit.key].kind == kind]
    replaced = same[0] if same else last.names[0] if len(last.names) == 1 else None
    if replaced is None:
        return None
    end = replaced.at + len(replaced.surface.split())
    tokens = [*last.tokens[: replaced.at], *question.names[0].surface.split(), *last.tokens[end:]]
    return Completed(" ".join(tokens), stands_alone=stands_alone)


def _with_name_for_pronoun(
    question: Question, at: int, before: Said, language: Language, story: Story
) -> Completed | None:
    """Put the name of whom or what a pronoun means in its place: "what did he say about the mission?"."""
    means = _meant(question.tokens[at], before, language)
    if means is None:
        return None
    name = words(story.entity[means].name.get(language.code))
    tokens = [*question.tokens[:at], *name, *question.tokens[at + 1 :]]
    return Completed(" ".join(tokens), stands_alone=False)


def _unsaid(last: Question, language: Language) -> list[str]:
    """Return the words of a question without who says so: "and according to Kwon?"."""
    voices = [unit for unit in last.names if unit.before in language.according]
    said = [unit for unit in last.words if unit.key in SPEECH]
    dropped = {unit.at + step for unit in (*voices, *said) for step in range(len(unit.surface.split()))}
    return [token for at, token in enumerate(last.tokens) if at not in dropped]


def _unasked(last: Question, but: Set[int] = frozenset()) -> list[str]:
    """Return the words of a question without its question words."""
    return [token for at, token in enumerate(last.tokens) if at not in last.asking | but]


def _meant(pronoun: str, before: Said, language: Language) -> str | None:
    if pronoun in language.persons and pronoun in language.things:
        return before.either
    return before.person if pronoun in language.persons else before.thing


def _of_kind(ids: Iterable[str], story: Story, *, person: bool) -> list[str]:
    return [identity for identity in dict.fromkeys(ids) if (story.entity[identity].kind == "person") == person]


def _sole(ids: list[str]) -> str | None:
    return ids[0] if len(ids) == 1 else None
