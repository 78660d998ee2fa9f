"""A story at the edge of every limit that the checker allows, written as files."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.checking.citations import MAX_QUOTATION_WORDS
from bot.checking.facts import MAX_TEXT_CHARACTERS, MAX_UTTERANCES
from bot.story.model import Slot

ID, SOURCE_ID, ARTICLE_FIELD, URL, TEXT = 40, 60, 200, 300, 1000  # characters, as the records allow
SOURCES, PARAGRAPHS, PEOPLE, EVENTS, CLAIMS, DENIALS, REPORTS = 60, 25, 26, 45, 12, 14, 6
# The events are more than a picture shows: one of such long names takes a quarter of a minute to draw.
LONGEST, SHORT = 3, 150  # how many names and utterances of a kind are as long as they may be; the others' characters
MARKED = "*_~`|<>[]" * 2 + " "  # every mark takes a second character once it is escaped, and none is read as a word
LANGUAGES = "fr", "en"
SAID = {"fr": "Le pont a été traversé par", "en": "The bridge was crossed by"}
SLOTS: list[Slot] = ["who", "what", "when", "where", "why", "how", "how-many", "yes-no"]

Record = dict[str, Any]


def write_edge_story(root: Path) -> None:
    """Write the story, the records of its articles."""
    (root / "seeds").mkdir(parents=True)
    for number in range(SOURCES):
        source = _source(number)
        (root / "seeds" / f"{source['id']}.yml").write_text(json.dumps(source, ensure_ascii=False), "utf-8")
    folder = root / "knowledge" / "edge"
    folder.mkdir(parents=True)
    for name, section in _sections().items():
        (folder / f"{name}.yml").write_text(json.dumps(section, ensure_ascii=False), "utf-8")


def _sections() -> Record:
    """Return what each file contains, by its name."""
    facts = {"claims": [*_claims()], "denials": [*_denials()], "reports": [*_reports()]}
    ids = [fact["id"] for rows in facts.values() for fact in rows]
    head = {"id": _id("edge", 0), "title": _both(TEXT, 0), "languages": [*LANGUAGES], "as_of": "2024-06-01"}
    return {
        "story": {"story": head},
        "people": {"entities": [_entity(number) for number in range(PEOPLE)]},
        "events": {"events": [_event(number, ids) for number in range(EVENTS)]},
        **{name: {"facts": rows} for name, rows in facts.items()},
    }


def _id(kind: str, number: int, most: int = ID) -> str:
    return f"{kind}-{number:03}-".ljust(most, "x")


def _text(most: int, number: int, lead: str = "") -> str:
    """Return a text of exactly so many characters, most of them marks."""
    return f"{lead}{number} {MARKED * most}"[: most - 1] + "."


def _length(number: int) -> int:
    """Return how long the name or utterance with this number is; reading many that are longest takes minutes."""
    return TEXT if number < LONGEST else SHORT


def _both(most: int, number: int) -> Record:
    return {"fr": _text(most, number, "Le "), "en": _text(most, number, "The ")}


def _source(number: int) -> Record:
    return {
        "id": _id("article", number, SOURCE_ID),
        "language": "fr",
        "published": "2024-06-01",
        "title": _text(ARTICLE_FIELD, number, "Article "),
        "publisher": _text(ARTICLE_FIELD, number, "Journal "),
        "author": _text(ARTICLE_FIELD, number, "Auteur "),
        "url": f"https://example.org/{number}/".ljust(URL, "a"),
        "sha256": "0" * 64,
        "length": 10_000_000,  # of which the quotations are a small part
        "paragraphs": [{"paragraph": one, "digest": _both(TEXT, one)} for one in range(1, PARAGRAPHS + 1)],
    }


def _citations(number: int, count: int) -> list[Record]:
    """Return citations of as many articles, each of as many words and characters as are allowed."""
    word = TEXT // MAX_QUOTATION_WORDS - 1
    exact = " ".join(f"*mot{number}_{one}".ljust(word, "o") for one in range(MAX_QUOTATION_WORDS))
    places = ((one % SOURCES, one % PARAGRAPHS + 1) for one in range(number, number + count))
    return [{"source": _id("article", one, SOURCE_ID), "paragraph": place, "exact": exact} for one, place in places]


def _entity(number: int) -> Record:
    most = MAX_UTTERANCES if number == 0 else 1
    aliases = {code: [f"personne {code} p{number}a{one}" for one in range(most)] for code in LANGUAGES}
    return {
        "id": _id("person", number),
        "kind": "person",
        "name": _both(_length(number), number),
        "aliases": aliases,
        "role": _both(TEXT, number),
        "citations": _citations(number, PARAGRAPHS),
    }


def _event(number: int, facts: list[str]) -> Record:
    return {
        "id": _id("event", number),
        "when": _when(number),
        "name": _both(_length(number), number),
        "aliases": {"fr": [f"étape {number}"], "en": [f"step {number}"]},
        "facts": facts if number == 0 else [facts[number % len(facts)]],
    }


def _when(number: int) -> Record:
    return {"edtf": f"20{number % 9:02}~/2023-12-{number % 28 + 1:02}~", "stated": _both(_length(number), number)}


def _fact(kind: str, number: int, **more: Any) -> Record:
    return {
        "id": _id(kind, number),
        "kind": kind,
        "about": [_id("person", one) for one in range(PEOPLE)],
        "answers": SLOTS,
        "when": _when(number),
        "text": {code: _text(MAX_TEXT_CHARACTERS, number, f"{SAID[code]} {kind}{number} ") for code in LANGUAGES},
        "asked": {code: [*_asked(kind, number, code)] for code in LANGUAGES},
        "citations": _citations(number, PARAGRAPHS if number < LONGEST else 1),
        **more,
    }


def _asked(kind: str, number: int, code: str) -> Iterator[str]:
    """Yield utterances of their own words: the first, which buttons show, is the longest."""
    yield _text(_length(number), number, f"{kind}{number}{code} ")
    ask = "Que sait-on de" if code == "fr" else "What is known about"
    yield f"{ask} {kind}{number} ?"
    yield f"{ask} {kind}{number} {code} ?"
    if number == 0:
        yield from (f"{ask} {kind}{number} {code} {one} ?" for one in range(MAX_UTTERANCES - 3))


def _claims() -> Iterator[Record]:
    """Yield the claims of one person, the first of which many deny."""
    return (_fact("claim", number, by=_id("person", 0)) for number in range(CLAIMS))


def _denials() -> Iterator[Record]:
    first = _id("claim", 0)
    return (_fact("denial", number, by=_id("person", number), replies_to=first) for number in range(1, DENIALS))


def _reports() -> Iterator[Record]:
    for number in range(REPORTS):
        amended = {"date": "2024-05-01", "was": _both(TEXT, number), "note": _both(TEXT, number)}
        yield _fact("report", number, status="corrected", correction=amended)
