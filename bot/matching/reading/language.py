"""Load the data of a language: function words, question words and everyday synonyms."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache, reduce
from importlib import resources
from typing import Any

import snowballstemmer

from bot.matching.fold import words
from bot.matching.reading.phrases import Meaning, Phrase, PhraseTable, phrase_list, phrase_of
from bot.story.model import Slot

MAX_CACHED_STEMS = 50_000  # 10,000 facts in two languages have 30,000 words; each takes 200 bytes
PHRASE_LISTS = (
    "later",
    "identity",
    "about_bot",
    "chatter",
    "alternatives",
    "connectives",
    "corrections",
    "returns",
    "counterparts",
    "impersonal",
    "courtesy",
    "amounts",
    "because",
    "naming",
    "hours",
    "days",
)
WORD_LISTS = (
    "stop",
    "small_talk",
    "articles",
    "noun_articles",
    "contracted",
    "weak",
    "agent_markers",
    "according",
    "patient_markers",
    "passive_markers",
    "copulas",
    "agentive_endings",
    "experiencer_acts",
    "datives",
    "possessives",
    "others",
    "progressive_endings",
    "intransitive",
    "clause_markers",
    "of_markers",
    "topic_markers",
    "nouns",
    "predicates",
    "negations",
    "negation_starts",
    "heavy",
    "breaks",
    "leads",
    "persons",
    "things",
    "demonstratives",
    "times_of_day",
    "currencies",
)


@dataclass(frozen=True)
class Language:
    """The data of one language, which its file explains; every phrase is folded into words."""

    code: str
    stemmer: str | None  # name of the Snowball algorithm
    marks: frozenset[str]  # punctuation that no other language has
    inverts: bool  # the subject follows the verb in a question
    verb_final: bool  # participles and infinitives follow the object: "Wer hat X verklagt?"
    slots: PhraseTable[Slot]
    opening_slots: PhraseTable[Slot]  # only at the start of the question
    closing_slots: PhraseTable[Slot]  # only at its end
    slot_nouns: Mapping[str, Slot]
    measures: PhraseTable[str]  # "how old" -> what is measured
    concepts: PhraseTable[str]  # phrase without stop words -> concept
    stems: PhraseTable[str]  # stems of such a phrase -> concept, if only one concept has them
    chat: PhraseTable[Phrase]  # chat spelling -> plain spelling
    accented: frozenset[str]  # the function words that are written with accents, unfolded
    later: PhraseTable[None]
    identity: PhraseTable[None]
    about_bot: PhraseTable[None]
    chatter: PhraseTable[None]  # questions that are complete without a story: "what time is it"
    alternatives: PhraseTable[None]  # "or", "or rather"
    connectives: PhraseTable[None]
    corrections: PhraseTable[None]  # before a correction of the last question: "I meant"
    returns: PhraseTable[None]  # before an earlier subject: "back to"
    counterparts: PhraseTable[None]  # who is against what was just said: "the other side"
    impersonal: PhraseTable[None]
    courtesy: PhraseTable[None]  # polite phrases that ask nothing
    naming: PhraseTable[None]  # asks for a name: "what is the name of"
    hours: PhraseTable[None]  # asks for a time of day: "at what time"
    days: PhraseTable[None]  # asks for a day: "on what day"
    amounts: PhraseTable[None]  # asks for an amount of money, of a price: "how much", but not "how many"
    because: PhraseTable[None]  # before what explains the rest: "because", "owing to"
    stop: frozenset[str]
    small_talk: frozenset[str]
    articles: frozenset[str]
    noun_articles: frozenset[str]  # articles that are no pronouns too: "un" but not "la"
    contracted: frozenset[str]
    weak: frozenset[str]
    agent_markers: frozenset[str]
    according: frozenset[str]
    patient_markers: frozenset[str]
    passive_markers: frozenset[str]
    copulas: frozenset[str]
    agentive_endings: frozenset[str]  # of nouns for whoever does something: "founder"
    experiencer_acts: frozenset[str]  # whose object feels them: "X manque à Y"
    datives: frozenset[str]  # before that object, if it needs a preposition
    possessives: frozenset[str]  # after an owner: "X's"
    others: frozenset[str]  # "who else"
    progressive_endings: frozenset[str]
    intransitive: frozenset[str]
    clause_markers: frozenset[str]
    of_markers: frozenset[str]
    topic_markers: frozenset[str]
    nouns: frozenset[str]
    predicates: frozenset[str]
    negations: frozenset[str]
    negation_starts: frozenset[str]  # before what they deny
    heavy: frozenset[str]
    breaks: frozenset[str]
    leads: frozenset[str]
    persons: frozenset[str]
    things: frozenset[str]
    demonstratives: frozenset[str]
    times_of_day: frozenset[str]  # "noon", "p.m."
    currencies: frozenset[str]  # "euros", "free" and "percent"

    @cached_property
    def doer_markers(self) -> frozenset[str]:
        """The words before whoever does an act that is not one of speech."""
        return self.agent_markers - self.according

    @cached_property
    def complement_markers(self) -> frozenset[str]:
        """The words before a name that is part of a longer phrase: "the board of X", "about X", "according to X"."""
        return self.of_markers | self.topic_markers | self.according

    @cached_property
    def bare_articles(self) -> frozenset[str]:
        """The articles without a preposition."""
        return self.articles - self.contracted

    @cached_property
    def beside_acts(self) -> frozenset[str]:
        """What may be between an act and its patient."""
        return self.articles | self.persons | self.things | self.patient_markers | self.datives | {"t"}

    @cached_property
    def endings_of_progressive(self) -> tuple[str, ...]:
        """The endings of progressive forms, as `endswith` takes them."""
        return tuple(self.progressive_endings)

    @cached_property
    def endings_of_agentive(self) -> tuple[str, ...]:
        """The endings of nouns for whoever does something, as `endswith` takes them."""
        return tuple(self.agentive_endings)

    def opens_concept(self, word: str) -> bool:
        """Return whether a phrase of several words that stands for a concept can begin with a folded word."""
        return self.concepts.openings.get(word, 0) > 1 or self.stems.openings.get(self.stem(word), 0) > 1

    def stem(self, word: str) -> str:
        """Return the stem of a folded word (Snowball)."""
        return _stem(self.stemmer, word)

    def stem_and_concept(self, word: str) -> tuple[str, str | None]:
        """Return the stem of a folded word, and its concept."""
        stem = _stem(self.stemmer, word)
        return stem, self.concepts.meanings.get((word,)) or self.stems.meanings.get((stem,))

    def concept(self, part: Iterable[str]) -> str | None:
        """Return the concept of folded content words, by the words themselves or by their stems."""
        phrase = tuple(part)
        found = self.concepts.meanings.get(phrase)  # each content word is looked up: a `get` in Python is too slow
        return found or self.stems.meanings.get(tuple([_stem(self.stemmer, word) for word in phrase]))

    def with_concepts(self, groups: Iterable[tuple[str, Iterable[str]]]) -> "Language":
        """Return the language with more (concept, phrases) pairs, which override its own."""
        own = _phrases(groups, self.stop)
        others = PhraseTable({phrase: concept for phrase, concept in self.concepts.items() if phrase not in own})
        stems = {**_unambiguous_stems(self.stemmer, others), **_unambiguous_stems(self.stemmer, own)}
        return replace(self, concepts=PhraseTable({**others, **own}), stems=PhraseTable(stems))

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every single word in the data, to distinguish words from typos."""
        phrases = [*self.slots, *self.opening_slots, *self.chat, *self.chat.values(), *self.later, *self.concepts]
        markers = (
            self.nouns | frozenset(self.slot_nouns) | self.agent_markers | self.patient_markers | self.passive_markers
        )
        return self.stop | self.small_talk | markers | {word for phrase in phrases for word in phrase}


@lru_cache(maxsize=MAX_CACHED_STEMS)
def _stem(algorithm: str | None, word: str) -> str:
    return str(snowballstemmer.stemmer(algorithm).stemWord(word)) if algorithm else word


@lru_cache
def languages_with_data() -> tuple[str, ...]:
    """Return the codes of the languages that have a data file."""
    folder = resources.files("bot.matching") / "languages"
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


@lru_cache
def language(code: str) -> Language:
    """Read a language's data file; if there is none, the data is empty."""
    file = resources.files("bot.matching") / "languages" / f"{code}.toml"
    data: dict[str, Any] = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    slots: list[tuple[str, Slot]] = [(text, slot) for slot, texts in data.get("slots", {}).items() for text in texts]
    stop = _single_words(data.get("stop", []))
    concepts = _phrases(data.get("concepts", {}).items(), stop)
    stemmer = data.get("stemmer")
    lists: dict[str, Any] = {name: phrase_list(data.get(name, [])) for name in PHRASE_LISTS}
    lists |= {name: _single_words(data.get(name, [])) for name in WORD_LISTS}
    return Language(
        code=code,
        stemmer=stemmer,
        marks=frozenset(data.get("marks", "")),
        inverts=data.get("inverts", False),
        verb_final=data.get("verb_final", False),
        slots=_table((text, slot) for text, slot in slots if not text.startswith("^") and not text.endswith("$")),
        opening_slots=_table((text, slot) for text, slot in slots if text.startswith("^")),
        closing_slots=_table((text, slot) for text, slot in slots if text.endswith("$")),
        measures=_table((text, key) for key, texts in data.get("measures", {}).items() for text in texts),
        slot_nouns={word: slot for slot, nouns in data.get("slot_nouns", {}).items() for word in _single_words(nouns)},
        concepts=concepts,
        stems=_unambiguous_stems(stemmer, concepts),
        chat=_table((short, phrase_of(plain)) for short, plain in data.get("chat", {}).items()),
        accented=_accented([*data.get("stop", []), *data.get("small_talk", []), *(text for text, _ in slots)]),
        **lists,
    )


def _table(rows: Iterable[tuple[str, Meaning]]) -> PhraseTable[Meaning]:
    return PhraseTable({phrase_of(text): meaning for text, meaning in rows})


def _phrases(groups: Iterable[tuple[str, Iterable[str]]], stop: frozenset[str]) -> PhraseTable[str]:
    """Return the concept of each phrase; phrases are folded and have no stop words."""
    rows = ((without_stop_words(text, stop), concept) for concept, texts in groups for text in texts)
    return PhraseTable({phrase: concept for phrase, concept in rows if phrase})


def without_stop_words(text: str, stop: frozenset[str]) -> Phrase | None:
    """Return a phrase without its stop words; None if only one of several words, or none, is left."""
    phrase = phrase_of(text)
    content = tuple(word for word in phrase if word not in stop)
    return phrase if len(phrase) == 1 else content if len(content) > 1 else None


def _unambiguous_stems(stemmer: str | None, concepts: PhraseTable[str]) -> PhraseTable[str]:
    owners: dict[Phrase, set[str]] = {}
    for phrase, concept in concepts.items():
        owners.setdefault(tuple(_stem(stemmer, word) for word in phrase), set()).add(concept)
    return PhraseTable({stems: next(iter(names)) for stems, names in owners.items() if len(names) == 1})


def _single_words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(text))


def _accented(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.lower().split() if word.isalpha() and not word.isascii())


def merged(languages: tuple[Language, ...]) -> Language:
    """Merge the data of several languages, for a text of unknown language; the first one takes precedence."""
    first, *others = languages
    return reduce(_merge_pair, others, first)


def _merge_pair(strong: Language, weak: Language) -> Language:
    values: dict[str, Any] = {}
    for field in fields(Language):
        ours, theirs = getattr(strong, field.name), getattr(weak, field.name)
        if isinstance(ours, frozenset):
            values[field.name] = ours | theirs
        elif isinstance(ours, Mapping):
            merged = {**theirs, **ours}
            values[field.name] = PhraseTable(merged) if isinstance(ours, PhraseTable) else merged
    return replace(strong, **values)


def articles_of(codes: Iterable[str]) -> frozenset[str]:
    """Return the articles of some languages."""
    return frozenset[str]().union(*(language(code).articles for code in codes))


def grammatical(languages: Iterable[Language]) -> frozenset[str]:
    """Return the stop words and single question words of some languages."""
    slots = (phrase for item in languages for phrase in (*item.slots, *item.opening_slots) if len(phrase) == 1)
    return frozenset(word for (word,) in slots).union(*(item.stop for item in languages))


def function_words(languages: Iterable[Language]) -> dict[str, frozenset[str]]:
    """Return the words of each language that identify it and carry no content."""
    return {
        item.code: item.stop | item.small_talk | {word for phrase in (*item.slots, *item.chat) for word in phrase}
        for item in languages
    }


def detect(tokens: Iterable[str], vocabularies: Mapping[str, frozenset[str]]) -> str | None:
    """Return the language that most words of a text belong to; None if there is a tie or no such word.

    A word of several languages counts for none of them.
    """
    counts = dict.fromkeys(vocabularies, 0)
    for token in tokens:
        holders = [code for code, vocabulary in vocabularies.items() if token in vocabulary]
        if len(holders) == 1:
            counts[holders[0]] += 1
    best = max(counts.values(), default=0)
    leaders = [code for code, count in counts.items() if count == best]
    return leaders[0] if best and len(leaders) == 1 else None
