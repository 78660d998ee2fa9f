"""Tell which stories answer in a place, in which language each is told there, and how a thing in one is named."""

from bot.answering.context import Utterance
from bot.answering.editions import Edition, mark_of
from bot.answering.ports import Bindings, Library
from bot.answering.telling.catalogue import code_of, first_of, language_of


def asked_at(utterance: Utterance, library: Library, bindings: Bindings) -> tuple[Edition, ...]:
    """Return the story that a place is bound to, else all of them."""
    return library.current.of(bindings.story_of(utterance.guild, utterance.channel, utterance.parent))


def told_at(utterance: Utterance, library: Library, bindings: Bindings) -> list[tuple[Edition, str]]:
    """Return the stories of a place, each with the language that it is told in."""
    user = utterance.locale
    return [
        (edition, first_of(edition.story.languages, code_of(user), language_of(user)))
        for edition in asked_at(utterance, library, bindings)
    ]


def thing_of(story: str, identity: str) -> str:
    """Name a thing of a story by the mark of that and its own id: short enough for a button."""
    return f"{mark_of(story)}:{identity}"
