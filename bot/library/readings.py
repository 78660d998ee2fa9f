"""Cache on disk how facts are read, so that a start, and a reload that changes a few of them, reads only new ones.

The key is a checksum of the fact, of the story's names, words and languages, and of the code; a value begins with a
checksum of the rest, so that a damaged one is read again. Readers' questions are never among them.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from sys import intern
from typing import Any

from bot.checking.findings import Finding
from bot.checking.readings import Looked, ReadingsCheck
from bot.checking.rules import RULES
from bot.library.cachefile import CacheFile
from bot.library.checked import CheckedCache, code_checksum, digest
from bot.library.vectors import KEY_BYTES
from bot.matching.deciding.factreading import AskedReading, FactReading, Wordings
from bot.matching.fold import words
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.reader import Reader
from bot.matching.reading.roles import KnownParticipants
from bot.story.model import Fact, Story

MAX_PENDING = 500  # facts that are not written yet: 2 MB
_SEPARATORS = ",", ":"


@contextmanager
def readings_of(story: Story, cache: CheckedCache | None, check: ReadingsCheck | None = None) -> Iterator["Readings"]:
    """Recall how the facts of a story are read, check them, and write at the end what was read anew."""
    readings = Readings(story, cache.file if cache else None, check)
    yield readings
    readings.write()


class Readings:
    """How the facts of one story are read; each is checked in its turn."""

    def __init__(self, story: Story, file: CacheFile | None, check: ReadingsCheck | None) -> None:
        self._file, self._check, self._pending = file, check, dict[bytes, bytes]()
        self._languages = {source.id: source.language for source in story.sources}
        self._same: dict[Any, Any] = {}  # equal names and participants of many facts are stored once
        named = story.model_dump_json(include={"story": {"languages"}, "entities": True, "vocabulary": True})
        self._around = digest("read", code_checksum(), named) if file else b""

    def recall(self, fact: Fact, lexicon: Lexicon) -> FactReading | None:
        """Return how a fact was read with the same words and names; None if it must be read."""
        if not self._file:
            return None
        key = self._key(fact)
        content = self._file.read([key]).get(key, b"")
        if digest(content[KEY_BYTES:]) != content[:KEY_BYTES]:
            return None
        borrowed, read, looked = json.loads(content[KEY_BYTES:])
        if any((word in lexicon.vocabulary[code]) != is_own for code, word, is_own in borrowed):
            return None
        if self._check:
            if looked is None:
                return None
            self._check.add(fact, _looked(looked))
        return _reading(read, self._same)

    def remember(self, fact: Fact, reading: FactReading, wordings: Wordings, reader: Reader) -> None:
        """Check a fact that was read, and store how."""
        looked = self._check.look(fact, wordings.asked, wordings.texts, reader) if self._check else None
        if not self._file:
            return
        row = _borrowed(wordings, reader.lexicon), _as_lists(reading), looked and _as_rows(looked)
        content = json.dumps(row, ensure_ascii=False, separators=_SEPARATORS).encode(errors="surrogatepass")
        self._pending[self._key(fact)] = digest(content) + content
        if len(self._pending) >= MAX_PENDING:
            self.write()

    def write(self) -> None:
        """Write what was read since the last time."""
        if self._file and self._pending:
            self._file.write(self._pending)
        self._pending = {}

    def _key(self, fact: Fact) -> bytes:
        languages = [self._languages.get(citation.source, "") for citation in fact.citations]
        return digest(self._around, fact.model_dump_json(), *languages)


def _borrowed(wordings: Wordings, lexicon: Lexicon) -> list[tuple[str, str, bool]]:
    """Return the words that are not of the fact itself, each with whether the story has it in the language.

    A word of the story's other languages is looked up in them: that other facts have it, or no longer, changes how it
    is read.
    """
    found: dict[tuple[str, str], bool] = {}
    for question in (*wordings.asked, *wordings.texts.values(), *wordings.dated):
        code = question.spoken.code
        own = lexicon.vocabulary.get(code)
        if own is None:
            continue
        content = {word for unit in question.content_words for word in unit.surface.split()}
        if question.language == code and question not in wordings.dated:
            content.difference_update(words(question.text))
        found |= {(code, word): word in own for word in content}
    return [(code, word, is_own) for (code, word), is_own in found.items()]


def _as_lists(read: FactReading) -> list[Any]:
    """Return a reading as JSON has it; participants that several acts have are written once."""
    participants = list(dict.fromkeys(read.participants.values()))
    number = {each: at for at, each in enumerate(participants)}
    return [
        [[each.slot, sorted(each.names), each.keys, each.surfaces, each.canonical] for each in read.asked],
        read.told,
        *map(sorted, (read.words_of_text, read.words_of_asked, read.words_of_yes_no)),
        [sorted(each) for each in read.bare],
        sorted(read.denied),
        [read.is_negated, read.is_denying, read.is_timed, read.is_priced, read.asks_for_another],
        [[sorted(role) for role in each] for each in participants],
        {act: number[each] for act, each in read.participants.items()},
    ]


def _reading(lists: list[Any], same: dict[Any, Any]) -> FactReading:
    asked, told, *of_words, bare, denied, flags, everybody, acts = lists
    is_negated, is_denying, is_timed, is_priced, asks_for_another = flags
    words_of_text, words_of_asked, words_of_yes_no = (frozenset(map(intern, each)) for each in of_words)
    known = [KnownParticipants(*map(frozenset, each)) for each in everybody]
    known = [same.setdefault(each, each) for each in known]
    return FactReading(
        asked=tuple(
            AskedReading(
                slot, frozenset(map(intern, names)), tuple(map(intern, keys)), tuple(map(intern, surfaces)), canonical
            )
            for slot, names, keys, surfaces, canonical in asked
        ),
        told=tuple(map(intern, told)),
        words_of_text=words_of_text,
        words_of_asked=words_of_asked,
        words_of_yes_no=words_of_yes_no,
        bare=frozenset(map(frozenset, bare)),
        denied=frozenset(denied),
        is_negated=is_negated,
        is_denying=is_denying,
        is_timed=is_timed,
        is_priced=is_priced,
        asks_for_another=asks_for_another,
        participants={intern(act): known[at] for act, at in acts.items()},
    )


def _as_rows(looked: Looked) -> list[Any]:
    return [looked.asked, [(one.location, one.rule.id, one.message) for one in looked.findings]]


def _looked(rows: list[Any]) -> Looked:
    asked, findings = rows
    return Looked(
        tuple((text, entities) for text, entities in asked),
        tuple(Finding(tuple(place), RULES[rule], message) for place, rule, message in findings),
    )
