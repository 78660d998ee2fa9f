"""Check the wording of a story as the matcher sees it: folded, so that two spellings of one thing are one."""

from collections.abc import Iterator

from bot.matching.fold import fold, words
from bot.matching.reading.language import articles_of, language
from bot.matching.reading.lexicon import as_function_word, joined
from bot.story.findings import Finding, Location
from bot.story.model import Story


def check_wording(story: Story) -> list[Finding]:
    """Check that an alias names one entity, an utterance asks for one fact, a question repeats no utterance."""
    return [*_aliases(story), *_acts(story), *_utterances(story), *_questions(story)]


def _acts(story: Story) -> Iterator[Finding]:
    """Check that a language knows each act: one that none knows would never veto anything."""
    concepts = {concept for code in story.languages for concept in language(code).concepts.values()}
    for index, fact in enumerate(story.facts):
        for act in (act for roles in fact.roles for act in roles.act):
            if concepts and act not in concepts:
                yield Finding(
                    ("facts", index, "roles"),
                    "role.act",
                    f"no language file has the concept {act!r}; see bot/matching/languages",
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
