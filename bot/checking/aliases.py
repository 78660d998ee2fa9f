"""The rules for aliases that would be read where nobody means the name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

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
    concepts = {code: _concepts(story, code) for code in {code for one in story.entities for code in one.aliases.root}}
    for index, entity in enumerate(story.entities):
        for code, aliases in entity.aliases.root.items():
            for number, alias in enumerate(aliases):
                yield from _alias(("entities", index, "aliases", code, number), code, alias, concepts[code])


def _concepts(story: Story, code: str) -> dict[str, list[str]]:
    """Return the story's own concepts that each of its words in a language stands for, by the words' keys."""
    concepts = defaultdict[str, list[str]](list)
    for row in story.vocabulary:
        for key in {name_key(words(text), articles_of([code])) for text in row.words.get(code)}:
            concepts[key].append(row.concept)
    return concepts


def _alias(place: Location, code: str, alias: str, concepts: Mapping[str, list[str]]) -> Iterator[Finding]:
    key = name_key(words(alias), articles_of([code]))
    is_one_word = key in words(alias)
    is_function_word = any(function_word_names(alias, [language(code)]))  # it counts only as it is written
    if is_one_word and not is_function_word and word_list(code).share(key) >= MIN_EVERYDAY_SHARE:
        yield EVERYDAY.at(*place, text=alias, language=code)
    for concept in concepts.get(key, ()):
        yield HIDDEN_CONCEPT.at(*place, text=alias, concept=concept)
