"""The rules of facts: who asserts them, how long they are, and in how many ways they are asked."""

from collections import Counter
from collections.abc import Iterator

from bot.checking.findings import Finding, Rule
from bot.story.model import Fact, Story

LONGEST_TEXT = 500  # characters of a fact's text: with its sources it must fit one field of an embed
ASKED_PER_LANGUAGE = range(3, 7)

LONG_TEXT = Rule(
    "text.long",
    "{size} characters, and {most} is the most",
    "say it shorter, or make two facts",
    "With its sources a fact must fit one field of a Discord message.",
)
VOICE_OF_REPORT = Rule(
    "attribution.report",
    "a report is the article's own voice",
    "remove by, or choose another kind",
    "What somebody asserts must not be told as what the article found.",
)
NO_VOICE = Rule(
    "attribution.missing",
    "a {kind} needs by: the entity who asserts it",
    "add by, or make it a report",
    "No claim is shown without who makes it.",
)
NO_DENIED = Rule(
    "attribution.denial",
    "a denial needs replies_to: the fact that it denies",
    "add replies_to",
    "Both sides are always shown together.",
)
OWN_REPLY = Rule(
    "attribution.self",
    "a fact cannot reply to itself",
    "name the fact that it replies to",
    "It would be shown as its own other side.",
)
FOREIGN_ASKED = Rule(
    "asked.language",
    "the story is not in {language!r}",
    "remove these utterances, or add the language to the story",
    "An answer would come in a language that no text of the story is in.",
)
ASKED_COUNT = Rule(
    "asked.count",
    "{count} utterances in {language!r}",
    "write {least} to {most} that differ in words",
    "Fewer miss how readers ask; more make the fact win over its neighbours.",
)


def check_facts(story: Story) -> Iterator[Finding]:
    """Check each fact by itself."""
    for index, fact in enumerate(story.facts):
        yield from _length(index, fact)
        yield from _attribution(index, fact)
        yield from _asked(index, fact, story.languages)


def _length(index: int, fact: Fact) -> Iterator[Finding]:
    for language, text in fact.text.root.items():
        if len(text) > LONGEST_TEXT:
            yield LONG_TEXT.at("facts", index, "text", language, size=len(text), most=LONGEST_TEXT)


def _attribution(index: int, fact: Fact) -> Iterator[Finding]:
    """Check that who asserts a fact is said unless the article does, and that a denial says what it denies."""
    if fact.kind == "report" and fact.by:
        yield VOICE_OF_REPORT.at("facts", index, "by")
    if fact.kind != "report" and not fact.by:
        yield NO_VOICE.at("facts", index, kind=fact.kind)
    if fact.kind == "denial" and not fact.replies_to:
        yield NO_DENIED.at("facts", index)
    if fact.replies_to == fact.id:
        yield OWN_REPLY.at("facts", index, "replies_to")


def _asked(index: int, fact: Fact, languages: tuple[str, ...]) -> Iterator[Finding]:
    least, most = ASKED_PER_LANGUAGE[0], ASKED_PER_LANGUAGE[-1]
    counts = Counter(language for language, _ in fact.asked.values())
    for language in sorted({*languages, *counts}):
        place = ("facts", index, "asked", language)
        if language not in languages:
            yield FOREIGN_ASKED.at(*place, language=language)
        elif counts[language] not in ASKED_PER_LANGUAGE:
            yield ASKED_COUNT.at(*place, count=counts[language], language=language, least=least, most=most)
