"""The words of a story: which spans name an entity, which words mean the same, which language is spoken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.matching.fold import with_surfaces, words
from bot.matching.reading.capitals import words_with_capitals
from bot.matching.reading.figures import figures_to_digits
from bot.matching.reading.language import (
    Language,
    Phrase,
    detect,
    function_words,
    grammatical,
    language,
    languages_with_data,
    merged,
)
from bot.story.model import Entity, Event, Story

MAX_NAME_WORDS = 16  # words; in a script without spaces each character is one
MIN_FOREIGN_LEAD_WORDS = 2  # function words that another language than the story's must hold beyond it


@dataclass(frozen=True)
class Lexicon:
    """What is needed to read an utterance about one story; immutable."""

    languages: tuple[Language, ...]
    combined: Language
    function_words: Mapping[str, frozenset[str]]  # by language
    names: Mapping[str, str]  # a name or alias, folded and without spaces -> entity id
    name_spellings: Mapping[str, frozenset[str]]  # a name that is also a function word -> the spellings that name
    vocabulary: Mapping[str, frozenset[str]]  # language of the story -> every word that it or the story knows
    foreign: tuple[Language, ...]  # what is known of languages that the story lacks

    @classmethod
    def of(cls, story: Story) -> "Lexicon":
        """Collect the names and the words of a story."""
        languages = tuple(
            language(code).with_concepts((row.concept, row.words.get(code)) for row in story.vocabulary)
            for code in story.languages
        )
        combined = merged(languages)
        names: dict[str, str] = {}
        written: dict[str, frozenset[str]] = {}
        for entity in story.entities:
            for text in (*entity.name.values(), *(alias for _, alias in entity.aliases.values())):
                for form in (text, *(figures_to_digits(text, item.code, item.stop) for item in languages)):
                    names.setdefault(name_key(words(form), combined.articles), entity.id)
                for word, spelling in function_word_names(text, languages):
                    written[word] = written.get(word, frozenset()) | {spelling}
                    names.setdefault(spelling, entity.id)
        vocabulary = {item.code: frozenset(_vocabulary(story, item)) for item in languages}
        foreign = tuple(language(code) for code in languages_with_data() if code not in story.languages)
        spoken = function_words((*languages, *foreign))
        return cls(languages, combined, spoken, names, written, vocabulary, foreign)

    @cached_property
    def grammatical(self) -> frozenset[str]:
        """The words that are no content in a language of the story."""
        return grammatical(self.languages)

    def language(self, code: str | None) -> Language:
        """Return the language of that code, else all of the story's together."""
        return next((item for item in (*self.languages, *self.foreign) if item.code == code), self.combined)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the story's languages."""
        return frozenset(item.code for item in self.languages)

    def is_foreign(self, code: str | None) -> bool:
        """Return whether a language is one that the story lacks."""
        return code is not None and code not in self.codes

    def detect_language(self, tokens: Sequence[str]) -> str | None:
        """Return the language that the words of a text tell; None if they do not.

        Another language than the story's must hold clearly more of the text's function words than any of those does.
        """
        counts = {code: sum(token in words for token in tokens) for code, words in self.function_words.items()}
        home = max((counts[item.code] for item in self.languages), default=0)
        abroad = max((item.code for item in self.foreign), key=counts.__getitem__, default=None)
        if abroad and counts[abroad] >= home + MIN_FOREIGN_LEAD_WORDS:
            return abroad
        own = {item.code: self.function_words[item.code] for item in self.languages}
        return detect(tokens, own) or detect(tokens, self.vocabulary)

    def words_of(self, text: str, code: str | None) -> list[str]:
        """Fold a text into words, its figures in digits, and a name that is also a function word as it is written."""
        spoken = [item for item in (*self.languages, *self.foreign) if item.code == code] or self.languages
        for item in spoken:
            text = figures_to_digits(text, item.code, item.stop)
        return words_with_capitals(text, self.name_spellings, self.grammatical)

    def name_at(self, tokens: list[str], start: int) -> tuple[str, int] | None:
        """Return the entity whose name or alias starts there and its length in words, the longest first.

        Names are compared without spaces, so that "open ai", "Open-AI" and "OpenAI" are one; an article inside is kept.
        """
        for end in range(min(len(tokens), start + MAX_NAME_WORDS), start, -1):
            name = "".join(tokens[start:end])
            if end == start + 1 and name in self.name_spellings:
                return None
            found = self.names.get(name) or self.names.get(name.lower())
            if found:
                return found, end - start
        return None

    def without_name_s(self, word: str) -> str:
        """Take the s from a name that is written with one: "musks lawsuit" is Musk's."""
        return word[:-1] if word.endswith("s") and word not in self.names and word[:-1] in self.names else word


def function_word_names(name: str, languages: Iterable[Language]) -> Iterator[tuple[str, str]]:
    """Yield a name that is a function word in small letters, folded and as it is written: who and WHO."""
    named = with_surfaces(name)
    while len(named) > 1 and any(named[0][0] in item.articles for item in languages):
        named = named[1:]
    if len(named) == 1 and named[0][0] in grammatical(languages) and not named[0][1].islower():
        yield named[0]


def name_key(tokens: Iterable[str], articles: frozenset[str]) -> str:
    """Join a name's words, without a leading article."""
    parts = list(tokens)
    while len(parts) > 1 and parts[0] in articles:
        parts = parts[1:]
    return "".join(parts)


def replace_phrases(tokens: list[str], table: Mapping[Phrase, Phrase]) -> list[str]:
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
