"""Invent stories of any number of facts, and questions on them, reproducibly from a seed.

Words are those of French and English, drawn by Zipf's law from a dictionary that grows by Heaps' law (`synthetic`
explains both); names are made of syllables. The sentences mean nothing, but they have the shape of an editor's: names,
question words, function words and content words in the usual proportions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any

from bot.matching.reading.spelling.wordlist import word_list
from tests.benchmarks.data import mistype
from tests.benchmarks.synthetic import HEAPS_EXPONENT, HEAPS_FACTOR, SYLLABLES, ZIPF_SHIFT

LANGUAGES = ("fr", "en")
FACTS_PER_ENTITY = 10
WORDS_PER_FACT = 40  # that an editor writes in one language
SKIPPED_WORDS = 300  # of a language, mostly function words
MIN_WORD_LETTERS = 4
YEARS = range(1950, 2020)
QUESTION_KINDS = ("changed", "changed", "mistyped", "exact", "outside")  # in turn
ARTICLE = "invented-article"

TEXTS = {
    "fr": "{name} a décidé de {act} le {thing} du {place} en {year}.",
    "en": "{name} decided to {act} the {thing} of the {place} in {year}.",
}
ASKED = {
    "fr": (
        "Quand {name} a-t-il voulu {act} le {thing} ?",
        "Qui a voulu {act} le {thing} du {place} ?",
        "Que voulait faire {name} avec le {thing} du {place} ?",
    ),
    "en": (
        "When did {name} want to {act} the {thing}?",
        "Who wanted to {act} the {thing} of the {place}?",
        "What did {name} want to do with the {thing} of the {place}?",
    ),
}


@dataclass(frozen=True)
class Invented:
    """The data of a story, as in its YAML file, with that of its article and questions on it."""

    data: dict[str, Any]
    source: dict[str, Any]
    questions: tuple[str, ...]

    @property
    def id(self) -> str:
        """The story's id."""
        return str(self.data["story"]["id"])


def invent(number: int, facts: int, questions: int, seed: int = 0) -> Invented:
    """Invent a story; stories with other numbers have other names, and draw from the same dictionary."""
    chance = Random(f"{seed} {number} {facts}")
    names = _names(max(1, facts // FACTS_PER_ENTITY), chance)
    told = _told(facts, names, chance)
    head = {
        "id": f"invented-{number}",
        "title": {"fr": f"Histoire inventée {number}", "en": f"Invented story {number}"},
        "languages": list(LANGUAGES),
        "as_of": "2024",
    }
    data = {
        "story": head,
        "entities": [_entity(at, name) for at, name in enumerate(names)],
        "facts": [_fact(at, each) for at, each in enumerate(told)],
    }
    return Invented(data, _source(), tuple(_questions(told, questions, chance)))


def _names(count: int, chance: Random) -> list[str]:
    def part() -> str:
        return "".join(chance.choices(SYLLABLES, k=2)).capitalize()

    names: dict[str, None] = {}
    while len(names) < count:
        names[f"{part()} {part()}"] = None
    return list(names)


def _told(facts: int, names: Sequence[str], chance: Random) -> list[dict[str, dict[str, str]]]:
    """Return for each fact, by language, what its sentences are made of."""
    size = round(HEAPS_FACTOR * (facts * WORDS_PER_FACT) ** HEAPS_EXPONENT)
    dictionaries = {code: _dictionary(code, size) for code in LANGUAGES}
    size = min(map(len, dictionaries.values()))
    cumulative = list(accumulate(1 / (rank + ZIPF_SHIFT) for rank in range(1, size + 1)))
    told: list[dict[str, dict[str, str]]] = []
    known: set[str] = set()
    while len(told) < facts:
        ranks = chance.choices(range(size), cum_weights=cumulative, k=3)
        common = {"name": names[len(told) % len(names)], "year": str(chance.choice(YEARS))}
        drawn = {
            code: common | dict(zip(("act", "thing", "place"), (words[rank] for rank in ranks), strict=True))
            for code, words in dictionaries.items()
        }
        asked = {text for code in LANGUAGES for text in _asked(drawn[code], code)}
        if known.isdisjoint(asked):  # an utterance of two facts is an error
            known |= asked
            told.append(drawn)
    return told


def _asked(told: dict[str, str], code: str) -> list[str]:
    return [text.format(**told) for text in ASKED[code]]


def _dictionary(code: str, size: int) -> list[str]:
    counted = [word for word in word_list(code).counts if len(word) >= MIN_WORD_LETTERS and word.isalpha()]
    return counted[SKIPPED_WORDS : SKIPPED_WORDS + size]


def _entity(number: int, name: str) -> dict[str, Any]:
    return {
        "id": f"entity-{number}",
        "kind": "person",
        "name": name,
        "aliases": {code: [name.split()[1]] for code in LANGUAGES} if number % 2 else {},
        "role": {"fr": "une personne", "en": "a person"},
    }


def _fact(number: int, told: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "id": f"fact-{number}",
        "kind": "report",
        "answers": ["who", "what", "when"],
        "when": {"edtf": told["en"]["year"]},
        "text": {code: TEXTS[code].format(**told[code]) for code in LANGUAGES},
        "asked": {code: _asked(told[code], code) for code in LANGUAGES},
        "citations": [{"source": ARTICLE, "paragraph": 1, "exact": told["fr"]["thing"]}],
    }


def _source() -> dict[str, Any]:
    return {
        "id": ARTICLE,
        "language": "fr",
        "published": "2024",
        "title": None,
        "publisher": None,
        "author": None,
        "url": None,
        "sha256": "0" * 64,
        "length": 10_000_000,  # of which the quotations are a small part
        "paragraphs": [{"paragraph": 1, "digest": {"fr": "Tout.", "en": "Everything."}}],
    }


def _questions(told: Sequence[dict[str, dict[str, str]]], count: int, chance: Random) -> list[str]:
    """Return questions: with a word of another fact, misspelt, exactly as the editor's, or about nothing in it."""
    asked = []
    for number in range(count):
        code, kind = LANGUAGES[number % 2], QUESTION_KINDS[number % len(QUESTION_KINDS)]
        own, other = (chance.choice(told)[code] for _ in range(2))
        if kind == "changed":
            own = own | {"act": other["act"]}
        elif kind == "outside":
            own = other | {"name": _names(1, chance)[0], "thing": own["thing"]}
        text = chance.choice(ASKED[code]).format(**own)
        asked.append(mistype(text, chance) if kind == "mistyped" else text)
    return asked
