"""The words of a story: its names, its vocabulary, and those by which its languages are detected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from bot.matching.fold import with_surfaces, words
from bot.matching.reading.capitals import words_with_capitals
from bot.matching.reading.detection import LanguageWords, foreign_language, words_of_language
from bot.matching.reading.figures import figures_to_digits
from bot.matching.reading.language import (
    Language,
    detect,
    function_words,
    grammatical,
    language,
    languages_with_data,
    merged,
)
from bot.matching.reading.phrases import PhraseTable
from bot.story.model import Entity, Event, Story

MAX_NAME_WORDS = 16  # in a script without spaces each character is a word
MAX_CACHED_LANGUAGES = 16  # of stories: a vocabulary seldom changes when its story does, and most stories have none

Concepts = tuple[tuple[str, tuple[str, ...]], ...]  # each with its phrases in one language


@dataclass(frozen=True)
class Lexicon:
    """The words and names needed to parse an utterance about one story; immutable."""

    languages: tuple[Language, ...]
    combined: Language  # the data of all of them
    function_words: Mapping[str, frozenset[str]]  # by language
    names: Mapping[str, str]  # a name or alias, folded and without spaces -> entity id
    name_spellings: Mapping[str, frozenset[str]]  # a name that is also a function word -> its spellings as a name
    name_words: frozenset[str]  # every word of a name or an alias
    vocabulary: Mapping[str, frozenset[str]]  # language of the story -> every word of its data and of the story
    foreign: tuple[Language, ...]  # the other languages with data

    @classmethod
    def of(cls, story: Story) -> "Lexicon":
        """Collect the names and words of a story."""
        languages, combined = _languages(
            tuple(
                (code, tuple((row.concept, row.words.get(code)) for row in story.vocabulary))
                for code in story.languages
            )
        )
        names: dict[str, str] = {}
        written: dict[str, frozenset[str]] = {}
        name_words: set[str] = set()
        for entity in story.entities:
            for text in (*entity.name.values(), *(alias for _, alias in entity.aliases.values())):
                name_words.update(words(text))
                for form in (text, *(figures_to_digits(text, item.code, item.stop) for item in languages)):
                    names.setdefault(name_key(words(form), combined.articles), entity.id)
                for word, spelling in function_word_names(text, languages):
                    written[word] = written.get(word, frozenset()) | {spelling}
                    names.setdefault(spelling, entity.id)
        vocabulary = {item.code: frozenset(_vocabulary(story, item)) for item in languages}
        foreign = tuple(language(code) for code in languages_with_data() if code not in story.languages)
        spoken = function_words((*languages, *foreign))
        return cls(languages, combined, spoken, names, written, frozenset(name_words), vocabulary, foreign)

    @cached_property
    def grammatical(self) -> frozenset[str]:
        """The stop words and question words of the story's languages."""
        return grammatical(self.languages)

    def language(self, code: str | None) -> Language:
        """Return the language with this code, else all the story's languages combined."""
        return self._by_code.get(code, self.combined)

    @cached_property
    def _by_code(self) -> Mapping[str | None, Language]:
        return {item.code: item for item in reversed((*self.languages, *self.foreign))}

    @cached_property
    def courtesy(self) -> PhraseTable[None]:
        """Polite phrases of every language with data, since readers mix them; a name of the story is none."""
        phrases = [phrase for item in (*self.languages, *self.foreign) for phrase in item.courtesy]
        return PhraseTable({phrase: None for phrase in phrases if not self.name_words.issuperset(phrase)})

    @cached_property
    def _name_openings(self) -> Mapping[str, int]:
        """The length of the longest name by its first two letters, or its only one: most words begin no name."""
        longest: dict[str, int] = {}
        for name in self.names:
            opening = name[:2].lower()
            longest[opening] = max(len(name), longest.get(opening, 0))
        return longest

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the story's languages."""
        return frozenset(item.code for item in self.languages)

    def is_foreign(self, code: str | None) -> bool:
        """Return whether a language is not one of the story's."""
        return code is not None and code not in self.codes

    def detect_language(self, text: str) -> str | None:
        """Return the language of a text; None if it is unclear."""
        marked = next((item for item in (*self.languages, *self.foreign) if not item.marks.isdisjoint(text)), None)
        if marked:
            return marked.code
        typed = with_surfaces(text)
        tokens = [token for token, _ in typed]
        unnamed = [pair for pair in typed if pair[0] not in self._words_of_names]
        abroad = foreign_language(typed, unnamed, self._home_words, [words_of_language(it.code) for it in self.foreign])
        if abroad:
            return abroad
        own = {item.code: self.function_words[item.code] for item in self.languages}
        return detect(tokens, own) or detect(tokens, self.vocabulary)

    @cached_property
    def _home_words(self) -> list[LanguageWords]:
        """The words of the story's languages, and of the story in each."""
        return [
            replace(words_of_language(code), known=words_of_language(code).known | own)
            for code, own in self.vocabulary.items()
        ]

    @cached_property
    def _words_of_names(self) -> frozenset[str]:
        """The words of names that are not words of a language of the story: names are the same in every language."""
        return self.name_words.difference(*(words_of_language(item.code).known for item in self.languages))

    def words_of(self, text: str, code: str | None) -> list[str]:
        """Fold a text into words, with figures as digits and the capitals of names that are also function words."""
        for item in (self._by_code[code],) if code in self._by_code else self.languages:
            text = figures_to_digits(text, item.code, item.stop)
        return words_with_capitals(text, self.name_spellings, self.grammatical)

    def may_open_names(self, tokens: Sequence[str]) -> Iterator[int]:
        """Yield the positions of the words whose first letters are those of a name, and of single letters."""
        openings = self._name_openings
        for at, token in enumerate(tokens):
            opening = token[:2].lower()
            if opening in openings or opening[:1] in openings or len(token) == 1:
                yield at

    def name_at(self, tokens: list[str], start: int) -> tuple[str, int] | None:
        """Return the entity with the longest name or alias at this position, and its length in words.

        Names are compared without spaces, so "open ai", "Open-AI" and "OpenAI" are the same; an inner article counts.
        """
        first, openings = tokens[start], self._name_openings
        opening = (first if len(first) > 1 else "".join(tokens[start : start + 2]))[:2].lower()
        letters = max(openings.get(opening, 0), openings.get(opening[:1], 0))
        longest = start
        for token in tokens[start : start + MAX_NAME_WORDS]:
            letters -= len(token)
            if letters < 0:
                break
            longest += 1
        for end in range(longest, start, -1):
            name = "".join(tokens[start:end])
            if end == start + 1 and name in self.name_spellings:
                return None
            found = self.names.get(name) or self.names.get(name.lower())
            if found:
                return found, end - start
        return None

    def without_name_s(self, word: str) -> str:
        """Remove the s from a name written with one: "musks lawsuit" is about Musk."""
        return word[:-1] if word.endswith("s") and word not in self.names and word[:-1] in self.names else word


@lru_cache(maxsize=MAX_CACHED_LANGUAGES)
def _languages(told: tuple[tuple[str, Concepts], ...]) -> tuple[tuple[Language, ...], Language]:
    """Return the languages of some codes with the concepts of a story, and the data of all of them combined."""
    languages = tuple(language(code).with_concepts(concepts) for code, concepts in told)
    return languages, merged(languages)


def function_word_names(name: str, languages: Iterable[Language]) -> Iterator[tuple[str, str]]:
    """Yield a name that is a function word in lower case, folded and as written: who and WHO."""
    named = with_surfaces(name)
    while len(named) > 1 and any(named[0][0] in item.articles for item in languages):
        named = named[1:]
    if len(named) == 1 and named[0][0] in grammatical(languages) and not named[0][1].islower():
        yield named[0]


def name_key(tokens: Iterable[str], articles: frozenset[str]) -> str:
    """Return the words of a name joined, without a leading article."""
    parts = list(tokens)
    while len(parts) > 1 and parts[0] in articles:
        parts = parts[1:]
    return "".join(parts)


def _vocabulary(story: Story, item: Language) -> Iterable[str]:
    """Yield the words of a language's data, of the story's texts in it, and of every name."""
    yield from item.vocabulary
    texts = [
        text for fact in story.shown_facts.values() for text in (fact.text.get(item.code), *fact.asked.get(item.code))
    ]
    named_things: tuple[Entity | Event, ...] = (*story.entities, *story.events)
    for named in named_things:
        texts += [named.name.get(item.code), *(alias for _, alias in named.aliases.values())]
    for text in texts:
        yield from words(text)
