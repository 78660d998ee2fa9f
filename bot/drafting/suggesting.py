"""Propose what readers may ask to get a fact, from its slots, roles, names and vocabulary, and try each proposal."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.drafting.grammar import Grammar, grammar, lower
from bot.matching.deciding.decide import Decider
from bot.matching.fold import fold, words
from bot.matching.ranking.encoder import Encoder
from bot.matching.reading.language import language
from bot.story.model import Entity, Event, Fact, Story
from bot.story.texts import EVERY_LANGUAGE, Texts

Effect = Literal[
    "new",  # no fact answers it yet
    "found",  # the fact answers it already
    "taken",  # another fact answers it
]
MAX_VARIANTS = 40  # tried per language
MAX_PER_TEMPLATE = 2
MAX_FACTS_MEANT = 3  # by a proposal: one that could mean more is too vague for any of them
MAX_NAMES = 3  # of an entity or event, and words of a concept
_FIELD = re.compile(r"\{(\w+)\}")
_VOWEL = "aeiouàâéèêëîïôûœ"


@dataclass(frozen=True)
class Variant:
    """A proposed utterance with what happens to it today; `taken_by` is the fact that answers it instead."""

    language: str
    text: str
    effect: Effect
    taken_by: str | None = None


@dataclass(frozen=True)
class Proposals:
    """The proposals for a fact, and the story's own questions whose answer changes if the new ones are added."""

    variants: tuple[Variant, ...]
    changed: tuple[tuple[str, str | None, str | None], ...]  # question, answer before, answer after


def suggest(story: Story, fact: Fact, encoder: Encoder | None = None) -> Proposals:
    """Propose utterances in each language that has templates; a draft is tried as if it were published."""
    shown = fact if fact.is_shown else fact.model_copy(update={"status": "published"})
    before = _with(story, shown)
    is_asked = any(True for one in before.shown_facts.values() for _ in one.asked.values())
    decider = Decider(before, encoder) if is_asked else None  # nothing to compare a question with
    variants = tuple(
        _tried(code, text, shown, decider) for code in story.languages for text in _variants(before, shown, code)
    )
    added = [variant for variant in variants if variant.effect == "new"]
    after = Decider(_with(before, _asking(shown, added)), encoder, decider) if added else decider
    answers = (
        (question.ask, _answer(decider, question.ask), _answer(after, question.ask)) for question in story.questions
    )
    return Proposals(variants, tuple(row for row in answers if row[1] != row[2]))


def _with(story: Story, fact: Fact) -> Story:
    facts = tuple(fact if one.id == fact.id else one for one in story.facts)
    return Story(**{name: getattr(story, name) for name in Story.model_fields} | {"facts": facts})


def _asking(fact: Fact, added: list[Variant]) -> Fact:
    asked = dict(fact.asked.root)
    for variant in added:
        asked[variant.language] = (*asked.get(variant.language, ()), variant.text)
    return fact.model_copy(update={"asked": Texts(asked)})


def _answer(decider: Decider | None, text: str) -> str | None:
    if decider is None:
        return None
    decision = decider.decide(text)
    return decision.chosen[0].fact if decision.outcome == "answer" else None


def _tried(code: str, text: str, fact: Fact, decider: Decider | None) -> Variant:
    answer = _answer(decider, text)
    if answer is None:
        return Variant(code, text, "new")
    return Variant(code, text, "found") if answer == fact.id else Variant(code, text, "taken", answer)


def _variants(story: Story, fact: Fact, code: str) -> list[str]:
    """Return the proposals in a language that the fact does not have, each with other words."""
    rules = grammar(code)
    seen = {tuple(sorted(words(text))) for text in fact.asked.get(code)}
    found: list[str] = []
    for text in (*_from_asked(story, fact, code, rules), *_from_templates(story, fact, code, rules)):
        key = tuple(sorted(words(text)))
        if key and key not in seen:
            seen.add(key)
            found.append(text)
    return found[:MAX_VARIANTS]


def _from_templates(story: Story, fact: Fact, code: str, rules: Grammar) -> Iterator[str]:
    """Yield the templates of the fact's slots and kind, filled; one that could mean many facts is left out."""
    values = _values(story, fact, code, rules)
    for kind in (fact.kind, *fact.answers, "any"):
        meant = [one for one in story.facts if one.status != "withdrawn" and (kind != fact.kind or one.kind == kind)]
        for template in rules.ask.get(kind, ()):
            names = _FIELD.findall(template)
            for chosen in itertools.islice(_choices(values, names), MAX_PER_TEMPLATE):
                keys = {value.key for value in chosen}
                if len(keys) == len(names) and sum(keys <= _keys(story, one) for one in meant) <= MAX_FACTS_MEANT:
                    yield fluent(
                        template.format(**{name: value.text for name, value in zip(names, chosen, strict=True)}), rules
                    )


def _choices(values: Mapping[str, list["_Value"]], names: list[str]) -> Iterator[tuple["_Value", ...]]:
    return itertools.product(*(values[name] for name in names))


@dataclass(frozen=True)
class _Value:
    """A text for a field of a template, and what it stands for: an entity, an event, an act or a concept."""

    text: str
    key: str


def _values(story: Story, fact: Fact, code: str, rules: Grammar) -> Mapping[str, list[_Value]]:
    """Return what each field of a template may be; the language's file says what each is."""
    replied = next((one for one in story.facts if one.id == fact.replies_to), None)

    def named(ids: Iterable[str]) -> list[_Value]:
        return [
            _Value(name, own) for own in ids if own in story.entity for name in _names(story.entity[own], code, rules)
        ]

    events = [event for event in story.events if event.facts[:1] == (fact.id,)]
    return {
        "by": named([fact.by or ""]),
        "about": named(own for own in fact.about if own != fact.by),
        "agent": named(own for roles in fact.roles for own in roles.agent),
        "patient": named(own for roles in fact.roles for own in roles.patient),
        "other": named([replied.by or ""] if replied else []),
        "event": [_Value(_inside(event.name.get(code), rules), f"event {event.id}") for event in events],
        "label": [_Value(alias, f"event {event.id}") for event in events for alias in event.aliases.get(code)],
        "act": [_Value(word, act) for roles in fact.roles for act in roles.act for word in _words_of(story, act, code)],
        "topic": [_Value(word, act) for act in _concepts(story, fact) for word in _words_of(story, act, code)],
    }


def _concepts(story: Story, fact: Fact) -> list[str]:
    """Return the concepts of the story's vocabulary that the text of a fact has."""
    texts = {code: f" {fold(fact.text.get(code))} " for code in story.languages}
    return [
        row.concept
        for row in story.vocabulary
        if any(f" {fold(word)} " in texts.get(code, "") for code, word in row.words.values())
    ]


def _keys(story: Story, fact: Fact) -> set[str]:
    """Return everything that a value of a template may stand for in a fact."""
    replied = next((one for one in story.facts if one.id == fact.replies_to), None)
    events = {f"event {event.id}" for event in story.events if fact.id in event.facts[:1]}
    roles = {name for row in fact.roles for name in (*row.agent, *row.act, *row.patient)}
    by = {one.by for one in (fact, replied) if one and one.by}
    return {*by, *fact.about, *roles, *events, *_concepts(story, fact)}


def _names(named: Entity | Event, code: str, rules: Grammar) -> list[str]:
    """Return the names of an entity or event in a language, the shortest aliases first after its name.

    A part of the name, such as a surname, is left out: it is read as the same.
    """
    aliases = (*named.aliases.get(code), *named.aliases.get(EVERY_LANGUAGE))
    name = named.name.get(code)
    others = (alias for alias in sorted(aliases, key=len) if not set(words(alias)) < set(words(name)))
    texts = dict.fromkeys((name, *others))
    return [_inside(text, rules) for text in texts][:MAX_NAMES]


def _inside(text: str, rules: Grammar) -> str:
    """Return a name as it is written inside a sentence: its article in lower case."""
    return text[:1].lower() + text[1:] if _starts_with_article(text, rules) else text


def _starts_with_article(text: str, rules: Grammar) -> bool:
    first = re.match(r"l['’]|\w+", text, re.IGNORECASE)
    return first is not None and lower(first[0]) in rules.ask.get("articles", "").split()


def _words_of(story: Story, act: str, code: str) -> list[str]:
    """Return the words of a concept, the story's own first."""
    own = [word for row in story.vocabulary if row.concept == act for word in row.words.get(code)]
    everyday = [" ".join(phrase) for phrase, concept in language(code).concepts.items() if concept == act]
    return (own or everyday or [act])[:MAX_NAMES]


def _from_asked(story: Story, fact: Fact, code: str, rules: Grammar) -> Iterator[str]:
    """Yield the fact's own utterances with another name of somebody in it."""
    entities = {
        own
        for own in (fact.by, *fact.about, *(own for roles in fact.roles for own in (*roles.agent, *roles.patient)))
        if own
    }
    groups = [_names(story.entity[own], code, rules) for own in sorted(entities) if own in story.entity]
    if not rules.words.get("feminine_determiners"):  # another noun may need another article
        groups += [[word for word in row.words.get(code) if " " not in word] for row in story.vocabulary]
    for text in fact.asked.get(code):
        for names in groups:
            yield from _replaced(text, names, rules)


def _replaced(text: str, names: list[str], rules: Grammar) -> Iterator[str]:
    for name in sorted(names, key=len, reverse=True):
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
        if match:
            has_article = _starts_with_article((text[: match.start()].split() or [""])[-1], rules)
            others = [other for other in names if fold(other) != fold(name)]
            others = [other for other in others if not has_article or not _starts_with_article(other, rules)]
            yield from (fluent(text[: match.start()] + other + text[match.end() :], rules) for other in others)
            return


def fluent(text: str, rules: Grammar) -> str:
    """Return a filled template with the contractions and elisions of its language: "de le" becomes "du"."""
    for apart, joined in rules.ask.get("contractions", {}).items():
        text = re.sub(rf"\b{apart}\b", joined, text)
    for word in rules.ask.get("elisions", ()):
        text = re.sub(rf"\b({word[:-1]}){word[-1]} (?=[{_VOWEL}])", r"\1'", text, flags=re.IGNORECASE)
    text = " ".join(text.split())
    return text[:1].upper() + text[1:]
