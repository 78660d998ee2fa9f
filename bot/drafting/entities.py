"""Draft the entities of an article: those who speak, and those whom it names."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.drafting.grammar import Grammar, lower
from bot.drafting.names import ArticleNames, Name
from bot.drafting.speakers import Speaker
from bot.matching.fold import fold, words
from bot.matching.reading.language import articles_of
from bot.matching.reading.lexicon import name_key
from bot.story.model import MAX_ID_CHARACTERS, Entity, EntityKind

_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_FIRST_WORD = re.compile(r"^(?:l['’]|\w+\s+)", re.IGNORECASE)


@dataclass(frozen=True)
class EntityStub:
    """A drafted entity; if nothing needs it, it is written as a comment. The text may not show its kind."""

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    count: int
    is_sure: bool
    is_kind_shown: bool = True


@dataclass(frozen=True)
class Entities:
    """The entities of a draft, and those that the story has already."""

    stubs: tuple[EntityStub, ...]
    _ids: Mapping[str, str]  # the key of a name or a phrase -> id

    @cached_property
    def usable(self) -> frozenset[str]:
        """The ids that a fact may refer to."""
        return frozenset(self._ids.values()) - {stub.id for stub in self.stubs if not stub.is_sure}

    def id_of(self, speaker: Speaker | Name | None) -> str | None:
        """Return the id of a speaker or name that a fact may refer to; None if there is none."""
        if speaker is None:
            return None
        found = self._ids.get(key_of(speaker.text))
        return found if found in self.usable else None


def key_of(text: str) -> str:
    """Return what makes two names one: the words without a leading article."""
    return name_key(words(text), articles_of(("fr", "en")))


def slug(text: str, most: int = MAX_ID_CHARACTERS) -> str:
    """Return a text as an id: lower-case words with hyphens."""
    return _NOT_IN_ID.sub("-", fold(text)).strip("-")[:most].strip("-")


def draft_entities(
    speakers: Sequence[Speaker], names: ArticleNames, known: Iterable[Entity], taken: Iterable[str], grammar: Grammar
) -> Entities:
    """Draft an entity for each speaker and name that the story does not have."""
    ids = {key_of(text): entity.id for entity in known for text in _texts(entity)}
    used = set(taken) | set(ids.values())
    speaking = {speaker.name.text for speaker in speakers if speaker.name}
    stubs: list[EntityStub] = []
    for name in names.names:
        own = next((ids[key_of(form)] for form in name.forms if key_of(form) in ids), None)
        if own is None:
            own = _free(slug(name.text), used)
            is_sure = name.text in speaking or name.kind == "person" or (name.kind is not None and " " in name.text)
            is_kind_shown = name.kind is not None
            stubs.append(EntityStub(own, _kind(name), name.text, _aliases(name), name.count, is_sure, is_kind_shown))
        ids |= {key_of(form): own for form in name.forms if key_of(form) not in ids}
    for speaker in speakers:
        if speaker.name is None and speaker.kind and speaker.is_one and key_of(speaker.text) not in ids:
            text = _capitalised(_without_indefinite(speaker.text, grammar))
            own = _free(slug(_without_article(text, grammar)), used)
            count = sum(key_of(other.text) == key_of(speaker.text) for other in speakers)
            stubs.append(EntityStub(own, speaker.kind, text, (), count, True))
            ids[key_of(speaker.text)] = own
    return Entities(tuple(_with_own_aliases(stubs, ids)), ids)


def _with_own_aliases(stubs: list[EntityStub], ids: Mapping[str, str]) -> Iterator[EntityStub]:
    """Leave out the aliases that another entity has too: a name belongs to one."""
    counts = Counter(
        key for stub in stubs for key in {key_of(alias) for alias in (*stub.aliases, stub.name.split()[-1])}
    )
    for stub in stubs:
        own = [key_of(alias) for alias in stub.aliases]
        keep = [counts[key] == 1 and ids.get(key, stub.id) == stub.id for key in own]
        yield replace(stub, aliases=tuple(itertools.compress(stub.aliases, keep)))


def _texts(entity: Entity) -> list[str]:
    return [*entity.name.values(), *(alias for _, alias in entity.aliases.values())]


def _aliases(name: Name) -> tuple[str, ...]:
    """Return the other forms of a name, and the surname of a person."""
    forms = [form for form in name.forms if key_of(form) != key_of(name.text)]
    if name.kind == "person" and name.text.count(" ") == 1:
        forms.append(name.text.split()[-1])
    return tuple(dict.fromkeys(forms))


def _kind(name: Name) -> EntityKind:
    return name.kind or ("person" if " " in name.text else "organisation")


def _without_indefinite(text: str, grammar: Grammar) -> str:
    """Return a phrase without "a" or "un": an entity is one thing."""
    first, _, rest = text.partition(" ")
    indefinite = grammar.has("determiners", lower(first)) and not grammar.has("definite", lower(first))
    return rest if indefinite and rest else text


def _without_article(text: str, grammar: Grammar) -> str:
    first = _FIRST_WORD.match(text)
    return text[first.end() :] if first and grammar.has("definite", lower(first[0]).strip()) else text


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _free(wanted: str, used: set[str]) -> str:
    """Return an id that is not used yet, and use it."""
    base, number = wanted or "entity", 1
    found = base
    while found in used:
        number += 1
        found = f"{base[: MAX_ID_CHARACTERS - len(str(number)) - 1]}-{number}"
    used.add(found)
    return found
