"""The rules for names and questions, which are folded first, so that two spellings count as the same text."""

from collections.abc import Iterable, Iterator, Mapping

from bot.checking.findings import Finding, Location, Rule
from bot.matching.fold import fold, words
from bot.matching.reading.language import articles_of, language
from bot.matching.reading.lexicon import function_word_names, name_key
from bot.story.model import Fact, Story

AMBIGUOUS_NAME = Rule(
    "alias.ambiguous",
    "{text!r} already names {owner!r}",
    "keep it in only one of the two",
    "A question with that name could be answered about either of them.",
)
FUNCTION_WORD = Rule(
    "alias.function_word",
    "{word!r} is a function word, so it is the name only if it is written {name!r}",
    "make sure that there is a longer alias",
    "Otherwise every question with that word would be taken to be about this entity.",
    "warning",
)
AMBIGUOUS_QUESTION = Rule(
    "asked.ambiguous",
    "{text!r} is already an utterance of {owner!r}",
    "keep it in only one of the two",
    "An utterance that a reader types exactly is answered with its fact, so it can only have one.",
)
SAME_WORDS = Rule(
    "asked.repeated",
    "{text!r} has the same words as {twin!r}",
    "use different words",
    "The matcher learns nothing from the same words in another order.",
)
ASKED_ALREADY = Rule(
    "question.asked",
    "this is already an utterance of {fact!r}",
    "ask in other words",
    "An utterance is always answered with its fact, so this question tests nothing.",
)
REPEATED = Rule(
    "question.repeated",
    "this question occurs above",
    "remove one",
    "It would count twice in the share of questions answered.",
)


def check_wording(story: Story) -> Iterator[Finding]:
    """Check that each name and utterance belongs to one record, and that no question repeats another."""
    owners: dict[str, str] = {}
    yield from _aliases(story)
    yield from _utterances(story, owners)
    yield from _questions(story, owners)


def _aliases(story: Story) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    languages = tuple(language(code) for code in story.languages)
    for place, text, entity in _names(story):
        written = dict(function_word_names(text, languages))
        name = next(iter(written.values()), name_key(words(text), articles_of(story.languages)) or text)
        owner = owners.setdefault(name, entity)
        if owner != entity:
            yield AMBIGUOUS_NAME.at(*place, text=text, owner=owner)
        if written:
            yield FUNCTION_WORD.at(*place, word=next(iter(written)), name=name)


def _names(story: Story) -> Iterator[tuple[Location, str, str]]:
    """Yield the location, text and entity of each name and alias."""
    for index, entity in enumerate(story.entities):
        for name in entity.name.values():
            yield ("entities", index, "name"), name, entity.id
        for code, aliases in entity.aliases.root.items():
            for number, alias in enumerate(aliases):
                yield ("entities", index, "aliases", code, number), alias, entity.id


def _utterances(story: Story, owners: dict[str, str]) -> Iterator[Finding]:
    """Check the utterances, and add each to `owners`, folded, with the first fact that has it."""
    for index, fact in enumerate(story.facts):
        asked = [(place, text, fold(text)) for place, text in _asked(index, fact)]
        for place, text, folded in asked:
            owner = owners.setdefault(folded, fact.id)
            if owner != fact.id:
                yield AMBIGUOUS_QUESTION.at(*place, text=text, owner=owner)
        yield from _repeated(asked)


def _repeated(asked: Iterable[tuple[Location, str, str]]) -> Iterator[Finding]:
    orders: dict[tuple[str | int, ...], str] = {}
    for place, text, folded in asked:
        _, _, _, code, _ = place
        twin = orders.setdefault((code, *sorted(folded.split())), text)
        if twin is not text:
            yield SAME_WORDS.at(*place, text=text, twin=twin)


def _asked(index: int, fact: Fact) -> Iterator[tuple[Location, str]]:
    for code, texts in fact.asked.root.items():
        for number, text in enumerate(texts):
            yield ("facts", index, "asked", code, number), text


def _questions(story: Story, asked: Mapping[str, str]) -> Iterator[Finding]:
    """Check the questions; `asked` has the fact of each utterance, folded."""
    seen: set[str] = set()
    for index, question in enumerate(story.questions):
        folded = fold(question.ask)
        if folded in asked:
            yield ASKED_ALREADY.at("questions", index, "ask", fact=asked[folded])
        if folded in seen:
            yield REPEATED.at("questions", index, "ask")
        seen.add(folded)
