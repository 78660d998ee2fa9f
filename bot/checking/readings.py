"""The rules that need a story to be read as questions are: names, roles, and utterances that are too alike."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from bot.checking.findings import Finding, Rule, did_you_mean
from bot.matching.deciding.decide import Decider
from bot.matching.fold import fold, words
from bot.matching.reading.participants import SPEECH_ACTS, participants
from bot.matching.reading.question import ParsedQuestion
from bot.matching.reading.reader import Reader
from bot.matching.reading.roles import act_keys
from bot.story.model import Entity, Fact, Story
from bot.story.texts import Text

MIN_ROLE_WORDINGS = 4  # of a fact that say who does what to whom; fewer may be misread
MIN_CONFUSED = 4  # utterances of two facts that get the other fact if they are left out
MIN_CONFUSED_SHARE = 0.3  # of the utterances of both
MAX_LEAD = 0.2  # of the other fact's score, for both to be nearly equal

OTHER_NAMES = Rule(
    "text.name",
    "the text in {language!r} does not name {name!r}, as the one in {other!r} does",
    "name the same people and things in both",
    "Readers in each language must be told the same.",
    "warning",
)
CITED_NAME = Rule(
    "citation.name",
    "the cited words name {name!r}, and nobody whom the fact mentions",
    "correct the text, or cite the words that it rests on",
    "A name that differs from its source is a wrong attribution, or the citation is about something else.",
    "warning",
)
SAME_WITH_ALIASES = Rule(
    "asked.alias",
    "{text!r} asks the same as {twin!r} of the fact {owner!r}, with another name for {entities}",
    "keep it in only one of the two, or add what distinguishes them",
    "Names of one entity are the same to the bot, so it cannot tell which fact is meant.",
    "warning",
)
ALIKE = Rule(
    "asked.alike",
    "{count} utterances of this fact and of {other!r} are as near to the other fact as to their own, such as {texts}",
    "add utterances that only one of them answers, or make them one fact",
    "Readers who ask in other words would get either of them.",
    "warning",
)
NO_ROLES = Rule(
    "roles.missing",
    "{agent!r} and {patient!r} have different parts in this, but it has no roles",
    "add roles: {{agent: {agent}, act: {act}, patient: {patient}}}, or correct who does what",
    "Without roles, a question that swaps the two may get this fact.",
    "warning",
)
UNKNOWN_ACT = Rule(
    "roles.act",
    "the act {act!r} is no concept, and no text or utterance of the fact has that word",
    "{hint}write a concept, or a word that readers use",
    "A misspelt act is never found in a question, so it protects nothing.",
    "warning",
)


BOTH_WAYS = Rule(
    "roles.both",
    "{names} are both who does {act} and to whom",
    "keep in each part only those who have it, or leave out the patient if they do it together",
    "Roles that are the same both ways protect nothing: a question that swaps the two gets this fact.",
    "warning",
)


class Looked(NamedTuple):
    """What looking at one fact found, wherever it is in the story and whatever the other facts are."""

    asked: tuple[tuple[str, str], ...]  # of each utterance: its words with entities instead of names, and the entities
    findings: tuple[Finding, ...]  # at locations that begin with ("facts", 0)


class ReadingsCheck:
    """Checks the facts that are shown one by one, while they are indexed, by how their wordings are read."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._at = {fact.id: index for index, fact in enumerate(story.facts)}
        self._asked: dict[str, tuple[str, str]] = {}
        self._found: list[Finding] = []

    def look(
        self, fact: Fact, asked: Sequence[ParsedQuestion], texts: Mapping[str, ParsedQuestion], reader: Reader
    ) -> Looked:
        """Check a fact, by its utterances and its texts as they were read."""
        wordings = [*texts.values(), *asked]
        found = [
            *_names(self._story, fact, texts),
            *_cited_names(self._story, reader, fact, texts.values()),
            *_roles(fact, wordings),
            *_acts(self._story, fact, wordings),
        ]
        looked = Looked(tuple((_with_entities(each), _entities(each)) for each in asked), tuple(found))
        self.add(fact, looked)
        return looked

    def add(self, fact: Fact, looked: Looked) -> None:
        """Take what looking at a fact found, now or before; the facts come in the order of the story."""
        index = self._at[fact.id]
        self._found += _twins(self._asked, index, fact, looked)
        self._found += [replace(one, location=("facts", index, *one.location[2:])) for one in looked.findings]

    def findings(self, decider: Decider) -> list[Finding]:
        """Return what was found in the facts that the decider was built from, and the facts that are too alike."""
        return [*self._found, *_alike(self._story, decider)]


def _twins(seen: dict[str, tuple[str, str]], index: int, fact: Fact, looked: Looked) -> Iterator[Finding]:
    """Check that no other fact has the same utterance once names are replaced by their entities."""
    written = ((code, number, text) for code, texts in fact.asked.root.items() for number, text in enumerate(texts))
    for (code, number, text), (words_asked, entities) in zip(written, looked.asked, strict=True):
        owner, twin = seen.setdefault(words_asked, (fact.id, text))
        if owner != fact.id and fold(twin) != fold(text):
            place = ("facts", index, "asked", code, number)
            yield SAME_WITH_ALIASES.at(*place, text=text, twin=twin, owner=owner, entities=entities)


def _entities(question: ParsedQuestion) -> str:
    return ", ".join(dict.fromkeys(unit.key for unit in question.names))


def _with_entities(question: ParsedQuestion) -> str:
    """Return the words of an utterance, with entities instead of names and without the articles before them."""
    named = {unit.at: unit for unit in question.names}
    result: list[str] = []
    at = 0
    while at < len(question.tokens):
        unit = named.get(at)
        if unit and result and result[-1] in question.spoken.articles:
            result.pop()
        result.append(f"@{unit.key}" if unit else question.tokens[at])
        at += len(unit.surface.split()) if unit else 1
    return " ".join(result)


def _names(story: Story, fact: Fact, texts: Mapping[str, ParsedQuestion]) -> Iterator[Finding]:
    """Check that texts name the same entities; proper names must be in both, but the other text may use an alias."""
    spoken = [code for code in story.languages if code in texts]
    for first, other in pairwise(spoken):
        for one, two in ((first, other), (other, first)):
            for key in dict.fromkeys(unit.key for unit in texts[one].names):
                entity = story.entity[key]
                if _has_proper_name(fact.text, one, entity) and not _mentions(fact.text, two, entity, texts[two]):
                    place = ("facts", 0, "text", two)
                    yield OTHER_NAMES.at(*place, language=two, name=entity.name.get(two), other=one)


def _has_proper_name(text: Text, code: str, entity: Entity) -> bool:
    """Return whether a text has the entity's name as it is written, with a capital."""
    name = entity.name.get(code)
    return entity.kind != "role" and name[:1].isupper() and name in text.get(code)


def _mentions(text: Text, code: str, entity: Entity, read: ParsedQuestion) -> bool:
    """Return whether a text names the entity: by a word of its name, or any alias, even inside another word."""
    parts = words(entity.name.get(code))
    if any(unit.key == entity.id for unit in read.names) or not set(parts).isdisjoint(
        set(read.tokens) - read.spoken.stop
    ):
        return True
    inside = fold(text.get(code)).replace(" ", "")
    names = [*entity.name.values(), *(alias for _, alias in entity.aliases.values())]
    return any(fold(name).replace(" ", "") in inside for name in names)


def _cited_names(story: Story, reader: Reader, fact: Fact, texts: Collection[ParsedQuestion]) -> Iterator[Finding]:
    mentioned = {fact.by, *fact.about, *(unit.key for text in texts for unit in text.names)}
    mentioned |= {one for roles in fact.roles for one in (*roles.agent, *roles.patient)}
    mentioned |= {story.entity[one].speaks_for for one in mentioned if one}
    for number, citation in enumerate(fact.citations):
        read = reader.read_curated(citation.exact, story.source[citation.source].language)
        named = [unit for unit in read.names if len(read.tokens) > len(unit.surface.split())]
        if named and mentioned.isdisjoint(unit.key for unit in named):
            name = story.entity[named[0].key].name.get(story.languages[0])
            yield CITED_NAME.at("facts", 0, "citations", number, "exact", name=name)


def _roles(fact: Fact, wordings: Sequence[ParsedQuestion]) -> Iterator[Finding]:
    """Check that a fact has roles if enough of its wordings say that one of its parties does something to another."""
    if fact.roles:
        return
    found = Counter[tuple[str, str, str]]()
    for question in wordings:
        for unit in question.content_words:
            if unit.is_concept and unit.key not in SPEECH_ACTS:
                who = participants(question, unit.key, question.spoken)
                if who.agent and who.patient and who.agent != who.patient:
                    found[unit.key, who.agent, who.patient] += 1
    for (act, agent, patient), count in found.most_common(1):
        if count >= MIN_ROLE_WORDINGS:
            yield NO_ROLES.at("facts", 0, agent=agent, act=act, patient=patient)


def _acts(story: Story, fact: Fact, wordings: Sequence[ParsedQuestion]) -> Iterator[Finding]:
    """Check that roles protect the fact.

    They must not be the same both ways, and no act may be a misspelt concept; any other word is allowed, but the fact
    itself should use it.
    """
    if not fact.roles:
        return
    spoken = {question.spoken.code: question.spoken for question in wordings}
    concepts = {row.concept for row in story.vocabulary}.union(
        *(set(each.concepts.values()) for each in spoken.values())
    )
    used = frozenset[str]().union(*(question.keys for question in wordings))
    for roles in fact.roles:
        if len(roles.agent) > 1 and set(roles.agent) == set(roles.patient):
            names, done = (", ".join(map(repr, part)) for part in (roles.agent, roles.act))
            yield BOTH_WAYS.at("facts", 0, "roles", names=names, act=done)
        for act in roles.act:
            keys = frozenset[str]().union(*(act_keys(act, each) for each in spoken.values()))
            is_used = bool(keys & (used | concepts)) or any(set(words(act)) & set(each.tokens) for each in wordings)
            hint = "" if is_used else did_you_mean(act, concepts)
            if hint:
                yield UNKNOWN_ACT.at("facts", 0, "roles", act=act, hint=hint)


def _alike(story: Story, decider: Decider) -> Iterator[Finding]:
    """Check that two facts can be told apart: each utterance, left out, should be nearest to its own fact."""
    confused: dict[frozenset[str], list[tuple[str, str]]] = {}
    for item in decider.confusions:
        if item.lead <= MAX_LEAD:
            confused.setdefault(frozenset((item.fact, item.rival)), []).append((item.fact, item.text))
    at = {fact.id: index for index, fact in enumerate(story.facts)}
    for pair, rows in confused.items():
        first, second = sorted(pair, key=at.__getitem__)
        total = decider.calibrated[first] + decider.calibrated[second]
        is_reply = story.facts[at[second]] in story.beside(story.facts[at[first]])
        if len(rows) >= max(MIN_CONFUSED, MIN_CONFUSED_SHARE * total) and len(dict(rows)) > 1 and not is_reply:
            texts = ", ".join(repr(text) for text in dict(rows).values())
            yield ALIKE.at("facts", at[second], "asked", count=len(rows), other=first, texts=texts)
