"""Find the facts that an editor means by some words or by the beginning of an id."""

from bot.answering.editions import Edition
from bot.story.model import Fact


def search_facts(edition: Edition, text: str, limit: int) -> tuple[Fact, ...]:
    """Return the shown facts with the text in their id, then those nearest to it, each once."""
    shown = edition.story.shown_facts
    wanted = "-".join(text.casefold().split())
    named = [fact for fact in shown if wanted and wanted in fact]
    near = [item.fact for item in edition.decider.ranking(edition.decider.read(text))] if text.strip() else []
    return tuple(shown[fact] for fact in dict.fromkeys((*named, *near)))[:limit]
