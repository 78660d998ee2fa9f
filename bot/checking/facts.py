"""The rules for facts: who asserts them, their length, how many utterances they have, and what was wrong in them."""

from collections import Counter
from collections.abc import Iterator

from bot.checking.findings import Finding, Rule
from bot.checking.records import missing_languages
from bot.story.model import Fact, Story
from bot.story.texts import PLACEHOLDER

MAX_TEXT_CHARACTERS = 500  # with its sources the text must fit one field of an embed
MIN_UTTERANCES = 3  # in each language
MAX_UTTERANCES = 40

LONG_TEXT = Rule(
    "text.long",
    "the text has {size} characters; the limit is {most}",
    "shorten it, or split it into two facts",
    "A fact and its sources must fit one field of a Discord message.",
)
VOICE_OF_REPORT = Rule(
    "attribution.report",
    "a report has no claimant: the article says it in its own voice",
    "remove by, or choose another kind",
    "Somebody's assertion must not be presented as what the article found.",
)
NO_VOICE = Rule(
    "attribution.missing",
    "a {kind} needs the entity who asserts it",
    "add by, or make it a report",
    "No claim is shown without its claimant.",
)
NO_DENIED = Rule(
    "attribution.denial",
    "a denial needs the fact that it denies",
    "add replies_to",
    "A claim and its denial are always shown together.",
)
OWN_REPLY = Rule(
    "attribution.self",
    "a fact cannot reply to itself",
    "name another fact in replies_to",
    "It would be shown as the reply to itself.",
)
FOREIGN_ASKED = Rule(
    "asked.language",
    "the story is not in {language!r}",
    "remove these utterances, or add the language to the story",
    "The answer would be in a language that the story has no texts in.",
    has_one_cause=True,
)
ASKED_COUNT = Rule(
    "asked.count",
    "there are {count} utterances in {language!r}",
    "write at least {least} in different words, better six",
    "With fewer, readers' wordings are missed.",
)
MANY_ASKED = Rule(
    "asked.many",
    "there are {count} utterances in {language!r}; more than {most} are too many",
    "see whether it is two facts, and split it, or remove those that differ little",
    "A fact with so many utterances is probably two, and it draws questions away from the facts beside it.",
    "warning",
)
NO_CORRECTION = Rule(
    "correction.missing",
    "the fact is corrected, but nothing says what was wrong",
    "add correction, with its date, what the fact said before (was), and why that was wrong (note)",
    "Readers who saw the earlier version are told what changed.",
    "warning",
)
NOT_CORRECTED = Rule(
    "correction.status",
    "a {status} fact has a correction",
    "set its status to corrected, or remove the correction",
    "A correction is only announced for a fact whose status says that it was wrong.",
    "warning",
)

STILL_TO_WRITE = Rule(
    "text.placeholder",
    "the text still has to be written",
    "write what the fact says, or make it a draft",
    "What a draft leaves open must not be shown to readers.",
)


def check_facts(story: Story) -> Iterator[Finding]:
    """Check each fact on its own; a draft may be incomplete, since nobody sees it."""
    languages = tuple(code for code in story.languages if code not in missing_languages(story))
    for index, fact in enumerate(story.facts):
        yield from _length(index, fact)
        yield from _placeholder(index, fact)
        yield from _attribution(index, fact)
        yield from _asked(index, fact, languages)
        yield from _correction(index, fact)


def _length(index: int, fact: Fact) -> Iterator[Finding]:
    for language, text in fact.text.root.items():
        if len(text) > MAX_TEXT_CHARACTERS:
            yield LONG_TEXT.at("facts", index, "text", language, size=len(text), most=MAX_TEXT_CHARACTERS)


def _placeholder(index: int, fact: Fact) -> Iterator[Finding]:
    for language, text in fact.text.root.items():
        if fact.is_shown and text.startswith(PLACEHOLDER):
            yield STILL_TO_WRITE.at("facts", index, "text", language)


def _attribution(index: int, fact: Fact) -> Iterator[Finding]:
    """Check that each fact but a report has a claimant, and that a denial names the fact that it denies."""
    if fact.kind == "report" and fact.by:
        yield VOICE_OF_REPORT.at("facts", index, "by")
    if fact.kind != "report" and not fact.by and fact.status != "draft":
        yield NO_VOICE.at("facts", index, kind=fact.kind)
    if fact.kind == "denial" and not fact.replies_to and fact.status != "draft":
        yield NO_DENIED.at("facts", index)
    if fact.replies_to == fact.id:
        yield OWN_REPLY.at("facts", index, "replies_to")


def _correction(index: int, fact: Fact) -> Iterator[Finding]:
    """Check that a corrected fact has a correction, and no other; one that was withdrawn later may keep its own."""
    if fact.status == "corrected" and not fact.correction:
        yield NO_CORRECTION.at("facts", index, "status")
    if fact.status in {"draft", "published"} and fact.correction:
        yield NOT_CORRECTED.at("facts", index, "correction", status=fact.status)


def _asked(index: int, fact: Fact, languages: tuple[str, ...]) -> Iterator[Finding]:
    counts = Counter(language for language, _ in fact.asked.values())
    for language in sorted({*languages, *counts}):
        place = ("facts", index, "asked", language)
        if language not in languages:
            yield FOREIGN_ASKED.at(*place, language=language)
        elif counts[language] < MIN_UTTERANCES and fact.status != "draft":
            yield ASKED_COUNT.at(*place, count=counts[language], language=language, least=MIN_UTTERANCES)
        elif counts[language] > MAX_UTTERANCES:
            yield MANY_ASKED.at(*place, count=counts[language], language=language, most=MAX_UTTERANCES)
