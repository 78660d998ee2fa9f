"""The rules for the story's vocabulary: a word belongs to one concept, and the matcher can find it."""

import re
from collections.abc import Iterator

from bot.checking.findings import Finding, Location, Rule
from bot.matching.fold import fold
from bot.matching.reading.language import language, without_stop_words
from bot.story.model import Concept, Story

TWICE = Rule(
    "vocabulary.duplicate",
    "the concept {concept!r} is already in the vocabulary",
    "add these words to that entry",
    "Only one entry of a concept is read; the words in another would be lost.",
)
NO_WORDS = Rule(
    "vocabulary.empty",
    "the concept {concept!r} has no words",
    "add some, or remove it",
    "A concept without words is never found in a question.",
)
FOREIGN = Rule(
    "vocabulary.language",
    "the story is not in {language!r}",
    "remove these words, or add the language to the story",
    "Words in a language that the story does not have are never used.",
    has_one_cause=True,
)
UNREAD = Rule(
    "vocabulary.unread",
    "{text!r} is never found, because {reason} in {language!r}",
    "{instead}remove it, and write what readers ask with it in the asked of the fact",
    "Function words are removed before concepts are looked up, and one word of a phrase is not the phrase.",
    "warning",
)
AMBIGUOUS = Rule(
    "vocabulary.ambiguous",
    "{text!r} already belongs to {owner!r}",
    "keep it in one of the two",
    "A word with two concepts would be read as only one of them.",
)


def check_vocabulary(story: Story) -> Iterator[Finding]:
    """Check each concept, then all the words in each language."""
    seen: set[str] = set()
    for index, row in enumerate(story.vocabulary):
        if row.concept in seen:
            yield TWICE.at("vocabulary", index, "concept", concept=row.concept)
        seen.add(row.concept)
        yield from _languages(index, row, story.languages)
    for code in story.languages:
        yield from _words(story, code)


def _languages(index: int, row: Concept, languages: tuple[str, ...]) -> Iterator[Finding]:
    place: Location = ("vocabulary", index, "words")
    if not row.words.root:
        yield NO_WORDS.at(*place, concept=row.concept)
    for code, texts in row.words.root.items():
        if code not in languages:
            yield FOREIGN.at(*place, code, language=code)
        elif not texts:
            yield NO_WORDS.at(*place, code, concept=row.concept)


def _words(story: Story, code: str) -> Iterator[Finding]:
    owners: dict[tuple[str, ...], str] = {}
    stop = language(code).stop
    for index, row in enumerate(story.vocabulary):
        for number, text in enumerate(row.words.get(code)):
            place: Location = ("vocabulary", index, "words", code, number)
            phrase = without_stop_words(text, stop)
            if not phrase or stop.issuperset(phrase):
                reason, instead = _why_unread(text, stop)
                yield UNREAD.at(*place, text=text, language=code, reason=reason, instead=instead)
            elif owners.setdefault(phrase, row.concept) != row.concept:
                yield AMBIGUOUS.at(*place, text=text, owner=owners[phrase])


def _why_unread(text: str, stop: frozenset[str]) -> tuple[str, str]:
    """Return why a text is not read, and what to do instead if one of its words is left."""
    written = re.findall(r"\w+", text)
    left = [word for word in written if fold(word) not in stop]
    if left:
        return f"only {left[0]!r} is not a function word", f"list {left[0]!r} alone if it always means this, or "
    return (
        "it has only function words" if len(written) > 1 else "it is a function word" if written else "it has no word"
    ), ""
