"""The rules for aliases that would be read where nobody means the name."""

from collections.abc import Iterator

from bot.checking.findings import Finding, Location, Rule
from bot.matching.fold import words
from bot.matching.reading.language import articles_of, language
from bot.matching.reading.lexicon import function_word_names, name_key
from bot.matching.reading.spelling.limits import MIN_EVERYDAY_SHARE
from bot.matching.reading.spelling.wordlist import word_list
from bot.story.model import Story

EVERYDAY = Rule(
    "alias.everyday",
    "{text!r} is an everyday word in {language!r}",
    "use a longer alias",
    "Every question with that word would be taken to be about this entity.",
    "warning",
)
HIDDEN_CONCEPT = Rule(
    "alias.concept",
    "{text!r} is also a word of the concept {concept!r}",
    "keep it in only one of the two",
    "It is read as the name, so the concept is never found by that word.",
    "warning",
)


def check_aliases(story: Story) -> Iterator[Finding]:
    """Check each alias."""
    for index, entity in enumerate(story.entities):
        for code, aliases in entity.aliases.root.items():
            for number, alias in enumerate(aliases):
                yield from _alias(story, ("entities", index, "aliases", code, number), code, alias)


def _alias(story: Story, place: Location, code: str, alias: str) -> Iterator[Finding]:
    articles = articles_of([code])
    key = name_key(words(alias), articles)
    is_one_word = key in words(alias)
    is_function_word = any(function_word_names(alias, [language(code)]))  # it counts only as it is written
    if is_one_word and not is_function_word and word_list(code).share(key) >= MIN_EVERYDAY_SHARE:
        yield EVERYDAY.at(*place, text=alias, language=code)
    for row in story.vocabulary:
        if key in {name_key(words(text), articles) for text in row.words.get(code)}:
            yield HIDDEN_CONCEPT.at(*place, text=alias, concept=row.concept)
