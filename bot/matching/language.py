"""What is known of a language: function words, question words and everyday synonyms, read from its data file."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import snowballstemmer

from bot.matching.fold import words
from bot.story.model import Slot

Phrase = tuple[str, ...]
_STEMMERS = {"fr": "french", "en": "english"}


@dataclass(frozen=True)
class Language:
    """One language's data; every phrase is folded into words."""

    code: str
    stop: frozenset[str]
    slots: Mapping[Phrase, Slot]
    opening_slots: Mapping[Phrase, Slot]  # only where they open the question
    slot_nouns: Mapping[str, Slot]
    concepts: Mapping[Phrase, str]  # phrase without stop words -> the concept it names
    stems: Mapping[Phrase, str]  # the same by stems, where one concept alone has them
    chat: Mapping[Phrase, Phrase]  # chat spelling -> plain spelling
    small_talk: frozenset[str]
    later: frozenset[Phrase]  # asks for what comes after any story
    agent_markers: frozenset[str]
    patient_markers: frozenset[str]
    passive_markers: frozenset[str]
    nouns: frozenset[str]  # words of acts that are nouns
    predicates: frozenset[str]  # nouns whose "of" names the one that is acted on
    about_bot: frozenset[Phrase]
    negations: frozenset[str]

    def stem(self, word: str) -> str:
        """Cut a folded word to its stem (Snowball)."""
        return _stem(self.code, word)

    def concept(self, part: Iterable[str]) -> str | None:
        """Return the concept that folded content words name: as they stand, else by their stems."""
        phrase = tuple(part)
        return self.concepts.get(phrase) or self.stems.get(tuple(map(self.stem, phrase)))

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every single word the data names, so that a typo can be told from a word."""
        phrases = [*self.slots, *self.opening_slots, *self.chat, *self.chat.values(), *self.later, *self.concepts]
        markers = (
            self.nouns | frozenset(self.slot_nouns) | self.agent_markers | self.patient_markers | self.passive_markers
        )
        return self.stop | self.small_talk | markers | {word for phrase in phrases for word in phrase}


@lru_cache(maxsize=20_000)
def _stem(code: str, word: str) -> str:
    algorithm = _STEMMERS.get(code)
    return str(snowballstemmer.stemmer(algorithm).stemWord(word)) if algorithm else word


@lru_cache
def language(code: str) -> Language:
    """Read a language's data file; a language with none has empty data, and everything else still works."""
    file = resources.files("bot.matching") / "languages" / f"{code}.toml"
    data: dict[str, Any] = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    slots = [(text, slot) for slot, texts in data.get("slots", {}).items() for text in texts]
    stop = _single_words(data.get("stop", []))
    concepts = {
        phrase: concept
        for concept, texts in data.get("concepts", {}).items()
        for phrase in (_content(text, stop) for text in texts)
        if phrase
    }
    return Language(
        code=code,
        stop=stop,
        slots={_phrase(text): slot for text, slot in slots if not text.startswith("^")},
        opening_slots={_phrase(text): slot for text, slot in slots if text.startswith("^")},
        slot_nouns={word: slot for slot, nouns in data.get("slot_nouns", {}).items() for word in _single_words(nouns)},
        concepts=concepts,
        stems=_unambiguous_stems(code, concepts),
        chat={_phrase(short): _phrase(plain) for short, plain in data.get("chat", {}).items()},
        small_talk=_single_words(data.get("small_talk", [])),
        later=frozenset(map(_phrase, data.get("later", []))),
        agent_markers=_single_words(data.get("agent_markers", [])),
        patient_markers=_single_words(data.get("patient_markers", [])),
        nouns=_single_words(data.get("nouns", [])),
        predicates=_single_words(data.get("predicates", [])),
        about_bot=frozenset(map(_phrase, data.get("about_bot", []))),
        negations=_single_words(data.get("negations", [])),
        passive_markers=_single_words(data.get("passive_markers", [])),
    )


def _phrase(text: str) -> Phrase:
    return tuple(words(text))


def _content(text: str, stop: frozenset[str]) -> Phrase | None:
    """Take the stop words out of a phrase; one that keeps a single word of several says too little to be used."""
    phrase = _phrase(text)
    kept = tuple(word for word in phrase if word not in stop)
    return phrase if len(phrase) == 1 else kept if len(kept) > 1 else None


def _unambiguous_stems(code: str, concepts: Mapping[Phrase, str]) -> dict[Phrase, str]:
    owners: dict[Phrase, set[str]] = {}
    for phrase, concept in concepts.items():
        owners.setdefault(tuple(_stem(code, word) for word in phrase), set()).add(concept)
    return {stems: next(iter(names)) for stems, names in owners.items() if len(names) == 1}


def _single_words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(text))


def merged(languages: tuple[Language, ...]) -> Language:
    """Join the data of several languages, for a text whose language is not known; the first one is the strongest."""
    joined = languages[0]
    for item in languages[1:]:
        joined = Language(
            code=joined.code,
            stop=joined.stop | item.stop,
            slots={**item.slots, **joined.slots},
            opening_slots={**item.opening_slots, **joined.opening_slots},
            slot_nouns={**item.slot_nouns, **joined.slot_nouns},
            concepts={**item.concepts, **joined.concepts},
            stems={**item.stems, **joined.stems},
            chat={**item.chat, **joined.chat},
            small_talk=joined.small_talk | item.small_talk,
            later=joined.later | item.later,
            agent_markers=joined.agent_markers | item.agent_markers,
            patient_markers=joined.patient_markers | item.patient_markers,
            passive_markers=joined.passive_markers | item.passive_markers,
            nouns=joined.nouns | item.nouns,
            predicates=joined.predicates | item.predicates,
            about_bot=joined.about_bot | item.about_bot,
            negations=joined.negations | item.negations,
        )
    return joined


def function_words(languages: Iterable[Language]) -> dict[str, frozenset[str]]:
    """Return the words of each language that say nothing but that it is spoken."""
    return {
        item.code: item.stop | item.small_talk | {word for phrase in (*item.slots, *item.chat) for word in phrase}
        for item in languages
    }


def detect(tokens: Iterable[str], vocabularies: Mapping[str, frozenset[str]]) -> str | None:
    """Tell the language that most words of a text belong to; None on a tie.

    A word that several languages share counts for none of them.
    """
    counts = dict.fromkeys(vocabularies, 0)
    for token in tokens:
        holders = [code for code, vocabulary in vocabularies.items() if token in vocabulary]
        if len(holders) == 1:
            counts[holders[0]] += 1
    best = max(counts.values(), default=0)
    leaders = [code for code, count in counts.items() if count == best]
    return leaders[0] if best and len(leaders) == 1 else None
