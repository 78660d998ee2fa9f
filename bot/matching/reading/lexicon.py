"""The words of a story: which spans name an entity, which words mean the same, which spelling was meant."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.fold import spelled, words
from bot.matching.reading.figures import figured, is_figure
from bot.matching.reading.language import Language, Phrase, function_words, grammatical, language, merged
from bot.matching.reading.written import marked
from bot.story.model import Entity, Event, Story

LONGEST_NAME = 16  # words; in a script without spaces each character is one
SHORTEST_REPAIRED = 5  # letters; in a shorter word one edit makes another word
LONG_WORD = 9  # letters from which two edits are forgiven


@dataclass(frozen=True)
class Lexicon:
    """What is needed to read an utterance about one story; immutable."""

    languages: tuple[Language, ...]
    together: Language
    function_words: Mapping[str, frozenset[str]]  # by language
    names: Mapping[str, str]  # a name or alias, folded and without spaces -> entity id
    as_written: Mapping[str, frozenset[str]]  # a name that is also a function word -> the spellings that name
    vocabulary: Mapping[str, frozenset[str]]  # language -> every word that it or the story knows
    is_word: Callable[[str], bool] | None = None

    @classmethod
    def of(cls, story: Story, is_word: Callable[[str], bool] | None = None) -> "Lexicon":
        """Collect the names and the words of a story; a word of which `is_word` is true is never taken for a typo."""
        languages = tuple(language(code) for code in story.languages)
        together = merged(languages)
        names: dict[str, str] = {}
        written: dict[str, frozenset[str]] = {}
        for entity in story.entities:
            for text in (*entity.name.values(), *(alias for _, alias in entity.aliases.values())):
                for form in (text, *(figured(text, item.code, item.stop) for item in languages)):
                    names.setdefault(joined(words(form), together.articles), entity.id)
                for word, spelling in as_function_word(text, languages):
                    written[word] = written.get(word, frozenset()) | {spelling}
                    names.setdefault(spelling, entity.id)
        vocabulary = {item.code: frozenset(_vocabulary(story, item)) for item in languages}
        return cls(languages, together, function_words(languages), names, written, vocabulary, is_word)

    @cached_property
    def grammatical(self) -> frozenset[str]:
        """The words that are no content in a language of the story."""
        return grammatical(self.languages)

    def language(self, code: str | None) -> Language:
        """Return the language of that code, else all of the story's together."""
        return next((item for item in self.languages if item.code == code), self.together)

    def read(self, text: str, code: str | None) -> list[str]:
        """Fold a text into words, its figures in digits, and a name that is also a function word as it is written."""
        spoken = [item for item in self.languages if item.code == code] or self.languages
        for item in spoken:
            text = figured(text, item.code, item.stop)
        return marked(text, self.as_written, self.grammatical)

    def name_at(self, tokens: list[str], start: int) -> tuple[str, int] | None:
        """Return the entity whose name or alias starts there and its length in words, the longest first.

        Names are compared without spaces, so that "open ai", "Open-AI" and "OpenAI" are one; an article inside is kept.
        """
        for end in range(min(len(tokens), start + LONGEST_NAME), start, -1):
            name = "".join(tokens[start:end])
            if end == start + 1 and name in self.as_written:
                return None
            found = self.names.get(name) or self.names.get(name.lower())
            if found:
                return found, end - start
        return None

    def singular(self, word: str) -> str:
        """Take the s from a name that is written with one: "musks lawsuit" is Musk's."""
        return word[:-1] if word.endswith("s") and word not in self.names and word[:-1] in self.names else word

    def repaired(self, word: str, spoken: Language) -> str:
        """Return the nearest known word with the same first letter, or the word itself when none is near enough."""
        if len(word) < SHORTEST_REPAIRED or not word.isalpha() or is_figure(word) or word in self.names:
            return word
        for item in self.languages:
            if word in self.vocabulary[item.code] or (item.stem(word),) in item.stems:
                return word
        if self.is_word and self.is_word(word):
            return word
        return _nearest(self.vocabulary[spoken.code], word) or word


@lru_cache(maxsize=4096)
def _nearest(vocabulary: frozenset[str], word: str) -> str | None:
    """Damerau's edits (optimal string alignment): one, or two in a long word."""
    limit = 2 if len(word) >= LONG_WORD else 1
    candidates = sorted(
        known
        for known in vocabulary
        if known[0] == word[0] and len(known) >= SHORTEST_REPAIRED - 1 and known.isalpha() and not is_figure(known)
    )
    found = process.extractOne(word, candidates, scorer=OSA.distance, score_cutoff=limit)
    return found[0] if found else None


def as_function_word(name: str, languages: Iterable[Language]) -> Iterator[tuple[str, str]]:
    """Yield a name that is a function word in small letters, folded and as it is written: who and WHO."""
    named = spelled(name)
    while len(named) > 1 and any(named[0][0] in item.articles for item in languages):
        named = named[1:]
    if len(named) == 1 and named[0][0] in grammatical(languages) and not named[0][1].islower():
        yield named[0]


def joined(tokens: Iterable[str], articles: frozenset[str]) -> str:
    """Join a name's words, without a leading article."""
    parts = list(tokens)
    while len(parts) > 1 and parts[0] in articles:
        parts = parts[1:]
    return "".join(parts)


def replaced(tokens: list[str], table: Mapping[Phrase, Phrase]) -> list[str]:
    """Replace phrases by others, the longest first, from left to right."""
    longest = max(map(len, table), default=0)
    result: list[str] = []
    start = 0
    while start < len(tokens):
        for size in range(min(longest, len(tokens) - start), 0, -1):
            plain = table.get(tuple(tokens[start : start + size]))
            if plain is not None:
                result += plain
                break
        else:
            size = 1
            result.append(tokens[start])
        start += size
    return result


def _vocabulary(story: Story, item: Language) -> Iterable[str]:
    """Yield the words of a language's data, of the story's texts in that language, and of every name."""
    yield from item.vocabulary
    texts = [
        text for fact in story.shown_facts.values() for text in (fact.text.get(item.code), *fact.asked.get(item.code))
    ]
    named_things: tuple[Entity | Event, ...] = (*story.entities, *story.events)
    for named in named_things:
        texts += [named.name.get(item.code), *(alias for _, alias in named.aliases.values())]
    for text in texts:
        yield from words(text)
