"""Check the wording of a story as the matcher sees it: folded, so that two spellings of one thing are one."""

from collections.abc import Iterator

from bot.checking.findings import Finding, Location
from bot.matching.fold import fold, words
from bot.matching.reading.language import articles_of, content, language
from bot.matching.reading.lexicon import as_function_word, joined
from bot.story.model import Story


def check_wording(story: Story) -> list[Finding]:
    """Check that a name, an utterance and a word of the vocabulary mean one thing, and that questions are new."""
    return [*_aliases(story), *_vocabulary(story), *_utterances(story), *_questions(story)]


def _vocabulary(story: Story) -> Iterator[Finding]:
    """Check that a word belongs to one concept in each language, and that the matcher can read it."""
    for code in story.languages:
        owners: dict[tuple[str, ...], str] = {}
        stop = language(code).stop
        for index, row in enumerate(story.vocabulary):
            for number, text in enumerate(row.words.get(code)):
                place: Location = ("vocabulary", index, "words", code, number)
                phrase = content(text, stop)
                if not phrase or stop.issuperset(phrase):
                    yield Finding(
                        place,
                        "vocabulary.unread",
                        f"{text!r} has too few words that carry meaning in {code!r}; list a single word that does",
                        "warning",
                    )
                elif owners.setdefault(phrase, row.concept) != row.concept:
                    yield Finding(
                        place,
                        "vocabulary.ambiguous",
                        f"{text!r} already belongs to {owners[phrase]!r}; keep it in one of the two",
                    )


def _aliases(story: Story) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    languages = tuple(language(code) for code in story.languages)
    for place, text, entity in _names(story):
        written = dict(as_function_word(text, languages))
        name = next(iter(written.values()), joined(words(text), articles_of(story.languages)) or text)
        owner = owners.setdefault(name, entity)
        if owner != entity:
            yield Finding(place, "alias.ambiguous", f"{text!r} already names {owner!r}; keep it on one of the two")
        if written:
            yield Finding(
                place,
                "alias.function_word",
                f"{next(iter(written))!r} is a function word: only {name!r}, written so, counts as the name; "
                "see that a longer alias is there",
                "warning",
            )


def _names(story: Story) -> Iterator[tuple[Location, str, str]]:
    """Yield the place, the text and the entity of each name and alias."""
    for index, entity in enumerate(story.entities):
        for name in entity.name.values():
            yield ("entities", index, "name"), name, entity.id
        for code, aliases in entity.aliases.root.items():
            for number, alias in enumerate(aliases):
                yield ("entities", index, "aliases", code, number), alias, entity.id


def _utterances(story: Story) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for index, fact in enumerate(story.facts):
        for code, texts in fact.asked.root.items():
            orders: dict[tuple[str, ...], str] = {}
            for number, text in enumerate(texts):
                place: Location = ("facts", index, "asked", code, number)
                owner = owners.setdefault(fold(text), fact.id)
                if owner != fact.id:
                    yield Finding(place, "asked.ambiguous", f"{text!r} already asks for {owner!r}; keep it on one")
                twin = orders.setdefault(tuple(sorted(words(text))), text)
                if twin is not text:
                    yield Finding(place, "asked.repeated", f"{text!r} has the same words as {twin!r}; use others")


def _questions(story: Story) -> Iterator[Finding]:
    asked = {fold(text): fact.id for fact in story.facts for _, text in fact.asked.values()}
    seen: set[str] = set()
    for index, question in enumerate(story.questions):
        folded = fold(question.ask)
        if folded in asked:
            yield Finding(
                ("questions", index, "ask"), "question.asked", f"{asked[folded]!r} already asks this; test other words"
            )
        if folded in seen:
            yield Finding(
                ("questions", index, "ask"), "question.repeated", "the same question stands above; remove one"
            )
        seen.add(folded)
