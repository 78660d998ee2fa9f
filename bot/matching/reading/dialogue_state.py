"""What the next question may refer to: the last question, and the entities of it and of the fact that answered it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.matching.reading.language import Language
from bot.matching.reading.question import ParsedQuestion
from bot.story.model import Fact, Story


@dataclass(frozen=True)
class DialogueState:
    """The last question and the entities that pronouns may refer to next; several if it is unclear."""

    question: ParsedQuestion  # completed
    persons: tuple[str, ...]  # "he", "she"
    things: tuple[str, ...]  # "it", "they"
    either: tuple[str, ...]  # for pronouns of persons and things, such as the French "il"
    shown: str | None = None  # the fact that answered, or the nearest one that was shown


def dialogue_state(
    question: ParsedQuestion, fact: Fact | None, story: Story, shown: str | None = None
) -> DialogueState:
    """Return what the next question may refer to after a completed question and the fact that answered it.

    `shown` is the nearest fact that was shown if none answered.
    """
    named = [unit.key for unit in question.names]
    voices = [] if fact is None else [fact.by] if fact.by else [agent for roles in fact.roles for agent in roles.agent]
    mentioned = [*voices, *(fact.about if fact else ())]
    persons, things = of_kind(named, story, person=True), of_kind(named, story, person=False)
    persons_meant = (
        persons or _only_one(of_kind(voices, story, person=True)) or _only_one(of_kind(mentioned, story, person=True))
    )
    things_meant = things or _only_one(of_kind(mentioned, story, person=False))
    is_person = bool(persons) or question.slot == "who"
    either = (persons_meant or things_meant) if is_person else (things_meant or persons_meant)
    return DialogueState(question, persons_meant, things_meant, either, fact.id if fact else shown)


def referents(pronoun: str, before: DialogueState, language: Language, story: Story) -> tuple[str, ...]:
    """Return the entities a pronoun may refer to, without those that a reload removed."""
    either = pronoun in language.persons and pronoun in language.things
    ids = before.either if either else before.persons if pronoun in language.persons else before.things
    return tuple(each for each in ids if each in story.entity)


def of_kind(ids: Iterable[str], story: Story, *, person: bool) -> tuple[str, ...]:
    """Return the ids of persons, or of all that are none, each once."""
    return tuple(each for each in dict.fromkeys(ids) if (story.entity[each].kind == "person") == person)


def _only_one(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids if there is one only: an answer about several entities does not show which one is meant."""
    return ids if len(ids) == 1 else ()
