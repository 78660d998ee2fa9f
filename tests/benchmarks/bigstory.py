"""Generate the files of a story with any number of facts, in French and English, reproducibly from a seed."""

import json
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from tests.benchmarks.synthetic import ZIPF_SHIFT, dictionary

FACTS_PER_FILE = 2_000
FACTS_PER_RECORD = 20  # an entity, an event and an article each
FACTS_PER_QUESTION = 10  # of the story's own
PARAGRAPHS = 10  # of an article
MONTHS_PER_YEAR = 12
OPENINGS = {
    "fr": ("Quand {}", "Pourquoi {}", "Que sait-on : {}", "Comment {}"),
    "en": ("When did {}", "Why did {}", "What is known: {}", "How did {}"),
}
Row = dict[str, Any]


def write_story(root: Path, size: int, seed: int = 0) -> None:
    """Write the folders `knowledge` and `seeds` with a story of this number of facts."""
    story, seeds = root / "knowledge" / "big", root / "seeds"
    story.mkdir(parents=True)
    seeds.mkdir()
    facts = list(_facts(size, Random(seed)))
    for start in range(0, size, FACTS_PER_FILE):
        _write(story / f"facts-{start:06}.yml", {"facts": facts[start : start + FACTS_PER_FILE]})
    _write(story / "story.yml", _story(facts))
    for number in range(1 + size // FACTS_PER_RECORD):
        _write(seeds / f"article-{number}.yml", _source(number))


def _write(path: Path, data: Row) -> None:
    """Write a file as JSON with one record a line, which is YAML too."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")


def _facts(size: int, chance: Random) -> Iterator[Row]:
    """Yield facts: each has four words of its own, and an entity that its utterances name."""
    words = dictionary(size, chance)
    cumulative = list(accumulate(1 / (rank + ZIPF_SHIFT) for rank in range(1, len(words) + 1)))
    for number in range(size):
        core, record = chance.choices(words, cum_weights=cumulative, k=4), number // FACTS_PER_RECORD
        name, when = f"Person{record}a Name{record}b", number % 3 == 0
        yield {
            "id": f"fact-{number}",
            "kind": "claim" if number % 2 else "report",
            **({"by": f"entity-{record}"} if number % 2 else {}),
            "about": [f"entity-{record}"],
            "answers": ["when", "why"] if when else ["why"],
            **({"when": {"edtf": _date(number)}} if when else {}),
            "text": {code: f"{name} {' '.join(_phrase(core, words, cumulative, chance))}." for code in OPENINGS},
            "asked": {
                code: [
                    opening.format(f"{name} {' '.join(_phrase(core, words, cumulative, chance))} ?")
                    for opening in openings
                ]
                for code, openings in OPENINGS.items()
            },
            "citations": [
                {
                    "source": f"article-{record}",
                    "paragraph": 1 + number % PARAGRAPHS,
                    "exact": " ".join(core),
                }
            ],
        }


def _phrase(core: Sequence[str], words: Sequence[str], cumulative: Sequence[float], chance: Random) -> list[str]:
    """Return three of the four words of a fact with one to three others."""
    kept = chance.sample(core, 3)
    return kept + chance.choices(words, cum_weights=cumulative, k=chance.randint(1, 3))


def _date(number: int) -> str:
    return f"20{number % 23:02}-{1 + number % MONTHS_PER_YEAR:02}-{1 + number % 28:02}"


def _story(facts: Sequence[Row]) -> Row:
    """Return the head, entities, events and questions of a story with these facts."""
    records = range(1 + len(facts) // FACTS_PER_RECORD)
    return {
        "story": {"id": "big", "title": "Big", "languages": list(OPENINGS), "as_of": "2024-03"},
        "entities": [
            {
                "id": f"entity-{number}",
                "kind": "person",
                "name": f"Person{number}a Name{number}b",
                "aliases": {code: [f"Name{number}b"] for code in OPENINGS},
                "role": {"fr": "un rôle", "en": "a role"},
            }
            for number in records
        ],
        "events": [
            {
                "id": f"event-{number}",
                "when": {"edtf": _date(number)},
                "name": {"fr": f"Événement Event{number}", "en": f"Happening Event{number}"},
                "facts": [fact["id"] for fact in facts[number * FACTS_PER_RECORD :][:FACTS_PER_RECORD]],
            }
            for number in records
        ],
        "questions": [
            {"ask": f"{fact['asked']['en'][0]} then", "expect": fact["id"]} for fact in facts[::FACTS_PER_QUESTION]
        ],
    }


def _source(number: int) -> Row:
    """Return the record of an article."""
    return {
        "id": f"article-{number}",
        "language": "en",
        "published": _date(number),
        "title": f"Article {number}",
        "publisher": "A paper",
        "author": None,
        "url": None,
        "sha256": "0" * 64,
        "length": 100_000,
        "paragraphs": [
            {"paragraph": at, "digest": {"fr": f"Paragraphe {at}", "en": f"Paragraph {at}"}}
            for at in range(1, PARAGRAPHS + 1)
        ],
    }
