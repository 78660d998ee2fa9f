"""The languages' data files have words of the language, and none of a single story."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from bot.library.yamlfile import parse
from bot.matching.fold import words
from bot.matching.reading.language import language, without_stop_words
from bot.matching.reading.spelling.wordlist import word_list
from tests import spanish_story

ROOT = Path(__file__).parents[3]
FOLDER = resources.files("bot.matching") / "languages"
CODES = sorted(file.name.removesuffix(".toml") for file in FOLDER.iterdir())
ABBREVIATIONS = {"CEO", "PDG", "DG", "AD"}
ORDINARY = {"alliance", "consumer", "fair", "sir"}  # words that are part of a name, and rarer than the everyday ones
CAPITALISED = {"de"}  # nouns are written with a capital
EVERYDAY_SHARE = (
    1e-4  # of running text: a word of a name that is at least this frequent is ordinary ("Les Amis du Musée")
)
SPEECH = frozenset(
    words(
        "say announce think inform answer deny confirm admit accuse criticise praise promise warn threaten demand "
        "refuse allow agree disagree support protest apologise call promote expect hope fear regret"
    )
)
# Concepts that any news story may need, although no two stories here do; their words must be useful to every story.
EVERYDAY = frozenset(
    words(
        "accident aid arrive ban blaze born breach budget cancel child collapse compete cooperate crime customer "
        "danger decide decrease delay destroy dismiss doctor elect employ escape evacuate expert explode fail family "
        "fine free government help hide hire hospital ill join lawyer leak lie lose main marry meet member minister "
        "move negotiate offer passenger prison profit receive rescue resident rich safety school sell sentence "
        "shareholder steal strike success suspect tax travel wage win witness world"
    )
)


def data(code: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))


def strings(value: Any) -> Iterator[str]:
    """Yield every string of some data, including the keys of chat spellings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)


def entries(code: str) -> list[str]:
    found = data(code)
    return [text for key, value in found.items() if key != "stemmer" for text in strings(value)] + list(found["chat"])


@cache
def stories() -> dict[str, list[dict[str, Any]]]:
    """Return the files of each story in the repository, by folder."""
    folders = [*(ROOT / "knowledge").glob("*/"), *(ROOT / "tests" / "stories").glob("*/knowledge/*/")]
    found = {folder.name: [parse(path.read_text("utf-8")).data for path in folder.glob("*.yml")] for folder in folders}
    found["puerto"] = [parse(text).data for text in (spanish_story.STORY, spanish_story.FACTS)]
    return found


def texts(files: Iterable[dict[str, Any]], code: str) -> Iterator[str]:
    """Yield the texts and utterances of a story's facts and events in a language."""
    for file in files:
        for record in (*(file.get("facts") or ()), *(file.get("events") or ())):
            for field in ("text", "asked", "name", "aliases"):
                value = record.get(field) or {}
                yield from strings(value.get(code, []) if isinstance(value, dict) else value)


def proper_words(code: str) -> set[str]:
    """Return the folded words of names in the stories of a language that are not ordinary words of it.

    A word is ordinary if a story writes it in lower case or it is frequent; in a language that capitalises nouns, if a
    dictionary has it.
    """
    dictionary = word_list(code) if code in CAPITALISED else ()
    names: set[str] = set()
    small: set[str] = set()
    for files in stories().values():
        if not any(code in (file.get("story") or {}).get("languages", ()) for file in files):
            continue
        for entity in (entity for file in files for entity in file.get("entities") or ()):
            written = [*strings(entity["name"]), *strings(entity.get("aliases") or {})]
            names |= {word for text in written for word in re.findall(r"\w+", text) if word[0].isupper()}
            small |= {word for text in [*written, *strings(entity["role"])] for word in re.findall(r"\w+", text)}
        small |= {word for spoken in CODES for text in texts(files, spoken) for word in re.findall(r"\w+", text)}
    ordinary = {folded for word in small if word[0].islower() for folded in words(word)}
    proper = {folded for name in names if len(name) > 2 and name not in ABBREVIATIONS for folded in words(name)}
    return {word for word in proper - ordinary - ORDINARY if word not in dictionary and not _is_everyday(word)}


def _is_everyday(word: str) -> bool:
    return any(word_list(code).share(word) >= EVERYDAY_SHARE for code in CODES)


def concepts_of(files: list[dict[str, Any]], code: str) -> set[str]:
    """Return the concepts of a language in a story's texts."""
    item = language(code)
    found: set[str | None] = set()
    for text in texts(files, code):
        kept = [word for word in words(text) if word not in item.stop]
        found |= {item.concept(kept[at : at + size]) for at in range(len(kept)) for size in (1, 2, 3)}
    return {concept for concept in found if concept}


@pytest.mark.parametrize("code", CODES)
def test_no_entry_is_a_name_or_a_year(code: str) -> None:
    names = proper_words(code)
    written = entries(code)
    capitals = set() if code in CAPITALISED else {text for text in written if text != text.lower()} - ABBREVIATIONS
    assert capitals == set()
    assert {text for text in written if not names.isdisjoint(words(text))} == set()
    assert {text for text in written if re.search(r"\b(1[5-9]|20)\d\d\b", text)} == set()


def test_a_concept_is_everyday_or_used_by_two_stories() -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for name, files in stories().items():
        for code in CODES:
            for concept in concepts_of(files, code):
                used[concept].add(name)
    concepts = {concept for code in CODES for concept in language(code).concepts.values()}
    lonely = {concept for concept in concepts if len(used[concept]) < 2}
    assert sorted(lonely - SPEECH - EVERYDAY) == []


@pytest.mark.parametrize("code", CODES)
def test_a_word_is_listed_once(code: str) -> None:
    owners: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for concept, listed in data(code)["concepts"].items():
        for text in listed:
            phrase = without_stop_words(text, language(code).stop)
            assert phrase, f"{text!r} under {concept!r} has too few words that carry meaning"
            owners[phrase].append(concept)
    assert {phrase: names for phrase, names in owners.items() if len(set(names)) > 1} == {}
