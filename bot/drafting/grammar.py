"""Load the words of a language that attribute, date and name, with the forms of its verbs of saying and denying."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal, get_args

VerbKind = Literal["say", "deny", "accuse"]  # accuse: its object may be a person
VerbForm = Literal["finite", "past", "bare"]  # past: a participle; bare: an infinitive or a present participle

APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})


@dataclass(frozen=True)
class Verb:
    """One form of a verb of saying or denying; `after` are the words of which one must follow it, if any."""

    lemma: str
    kind: VerbKind
    forms: frozenset[VerbForm]
    after: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Grammar:
    """The data of one language, which its file explains; every word is in lower case, with its accents."""

    code: str
    verbs: Mapping[str, tuple[Verb, ...]]  # by form
    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[str, ...]]
    text: Mapping[str, str]
    dates: Mapping[str, tuple[str, ...]]
    ask: Mapping[str, Any]
    base_needs_clause: bool

    def has(self, name: str, word: str) -> bool:
        """Return whether a list of words has a word; a list that the language lacks is empty."""
        return word in self.words.get(name, ())

    def __bool__(self) -> bool:
        return bool(self.words)


def lower(text: str) -> str:
    """Return a text in lower case, with straight apostrophes."""
    return text.translate(APOSTROPHES).lower()


@lru_cache
def languages_with_grammar() -> tuple[str, ...]:
    """Return the codes of the languages in which speakers can be found."""
    folder = resources.files("bot.drafting") / "languages"
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


@lru_cache
def grammar(code: str) -> Grammar:
    """Read the file of a language; without one, every list is empty."""
    file = resources.files("bot.drafting") / "languages" / f"{code}.toml"
    data: dict[str, Any] = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    words = data.get("words", {})
    phrases = {name: tuple(words.get(name, ())) for name in ("infinitive_leads", "datelines", "sources")}
    return Grammar(
        code=code,
        verbs=_verbs(data),
        words={name: _split(rows) for name, rows in words.items() if isinstance(rows, list)},
        phrases=phrases,
        text=data.get("text", {}),
        dates={name: tuple(rows) for name, rows in data.get("dates", {}).items()},
        ask=data.get("ask", {}),
        base_needs_clause=words.get("base_needs_clause", False),
    )


def _split(rows: list[str]) -> frozenset[str]:
    return frozenset(word for row in rows for word in row.split())


def _verbs(data: Mapping[str, Any]) -> dict[str, tuple[Verb, ...]]:
    found: dict[str, dict[tuple[str, VerbKind, frozenset[str]], set[VerbForm]]] = {}
    for kind in get_args(VerbKind):
        for lemma, after, form, word in _forms(data.get("verbs", {}).get(kind, {}), data.get("endings", {})):
            found.setdefault(word, {}).setdefault((lemma, kind, after), set()).add(form)
    return {
        word: tuple(Verb(lemma, kind, frozenset(forms), after) for (lemma, kind, after), forms in rows.items())
        for word, rows in found.items()
    }


def _forms(
    verbs: Mapping[str, list[str]], endings: Mapping[str, list[str]]
) -> Iterator[tuple[str, frozenset[str], VerbForm, str]]:
    """Yield (infinitive, words that must follow, kind of form, form)."""
    for lemma in _split(verbs.get("regular", [])):
        ending = max((ending for ending in endings if lemma.endswith(ending)), key=len)
        stem = lemma.removesuffix(ending)
        yield from _rows(lemma, frozenset(), [[stem + part for part in row.split()] for row in endings[ending]])
    for line in (*verbs.get("forms", []), *verbs.get("phrases", [])):
        listed, _, after = line.partition(" + ")
        lemma, _, forms = listed.partition(" = ")
        yield from _rows(lemma, frozenset(after.split()), [row.split() for row in forms.split(";")])


def _rows(
    lemma: str, after: frozenset[str], rows: list[list[str]]
) -> Iterator[tuple[str, frozenset[str], VerbForm, str]]:
    finite, past, bare = rows
    kinds: tuple[tuple[VerbForm, list[str]], ...] = (("finite", finite), ("past", past), ("bare", [lemma, *bare]))
    for form, words in kinds:
        for word in words:
            yield lemma, after, form, word
