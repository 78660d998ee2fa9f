"""Suggest related facts: about the same people, things or event; the same time adds to the score."""

import math

from bot.answering.languages import told_in
from bot.answering.reply import Suggestion
from bot.answering.stories import Stories
from bot.story.dates import ImpreciseDate
from bot.story.model import Fact, Story

MAX_RELATED = 4
SAME_EVENT_WEIGHT = 1.5
SAME_TIME_WEIGHT = 0.5


def suggest_related(stories: Stories, mark: str, fact: str, locale: str) -> tuple[Suggestion, ...]:
    """Suggest facts related to one, given by its story's mark and its id."""
    found = stories.library.current.find(mark, fact)
    if found is None:
        return ()
    edition, shown = found
    language = told_in(edition.story.languages, locale)
    return tuple(
        Suggestion(edition.story.id, other.id, utterance_for(other, language), 0.0)
        for other in related(edition.story, shown)
    )


def utterance_for(fact: Fact, language: str) -> str:
    """Return an utterance that asks for a fact, in this language if it has one."""
    return (fact.asked.get(language) or next(iter(fact.asked.root.values())))[0]


def related(story: Story, fact: Fact) -> list[Fact]:
    """Return up to four facts about the same people, things or event, the nearest first.

    Facts that are always shown with the fact are excluded. A name that few facts share counts for more.
    """
    beside = {fact.id, *(other.id for other in story.beside(fact))}
    others = [other for other in story.shown_facts.values() if other.id not in beside]
    shared = {name: sum(name in _names(other) for other in story.shown_facts.values()) for name in _names(fact)}
    events = [set(event.facts) for event in story.events if fact.id in event.facts]

    def nearness(other: Fact) -> float:
        common = sum(math.log(1 + len(story.shown_facts) / shared[name]) for name in _names(fact) & _names(other))
        near = common + SAME_EVENT_WEIGHT * any(other.id in event for event in events)
        return near + SAME_TIME_WEIGHT * _may_be_simultaneous(fact, other) if near else 0.0

    ranked = sorted(((nearness(other), other) for other in others), key=lambda row: -row[0])
    return [other for near, other in ranked[:MAX_RELATED] if near > 0]


def _names(fact: Fact) -> set[str]:
    return {*fact.about, *((fact.by,) if fact.by else ())}


def _may_be_simultaneous(one: Fact, other: Fact) -> bool:
    if not one.when or not other.when:
        return False
    first, second = ImpreciseDate.parse(one.when.edtf), ImpreciseDate.parse(other.when.edtf)
    return first.earliest <= second.latest and second.earliest <= first.latest
