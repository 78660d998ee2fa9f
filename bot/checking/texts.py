"""The rules for what a fact's texts say: quotations and figures as in its citations, and reasons that it answers."""

import re
from collections.abc import Iterable, Iterator, Set
from itertools import pairwise

from bot.checking.findings import Finding, Rule
from bot.checking.marks import quotations_in
from bot.matching.fold import fold, words
from bot.matching.reading.figures import figures_in
from bot.matching.reading.language import Language, language
from bot.story.model import Citation, Fact, Story

QUOTED = Rule(
    "text.quoted",
    "«{quotation}» is in no citation of this fact",
    "cite these words, or remove the quotation marks",
    "Readers take what is between quotation marks for the article's own words.",
    "warning",
)
SAID = Rule(
    "text.said",
    "«{quotation}» is between quotation marks under {by}, but in no citation that is marked as `quoted`",
    "add `quoted: true` to the citation if the article quotes {by}, or remove the quotation marks",
    "Readers take what is between quotation marks under a name for that person's own words.",
    "warning",
)
FIGURE = Rule(
    "text.figure",
    "the texts have different figures: {lacking}",
    "correct one of them, or write a word such as “million” after each figure that it belongs to",
    "Readers in each language must be told the same.",
    "warning",
)
CITED_FIGURE = Rule(
    "citation.figure",
    "the cited words have the figure {figures}, which the text does not have",
    "correct the text, or cite the words that it rests on",
    "A figure that differs from its source is a mistake, or the citation is about something else.",
    "warning",
)
UNLISTED_WHY = Rule(
    "answers.why",
    "«{phrase}» gives a reason, but the fact does not answer why",
    "add why to answers, or leave the reason out of the text",
    'A question that asks "why" never gets a fact that does not list it.',
    "warning",
)
_OMISSION = re.compile(r"\[[^\]]*\]|…|\.\.\.")
_DIGITS = re.compile(r"\d+")
_HALF_DAY = re.compile(r"\d ?[ap]\.?m\b", re.IGNORECASE)
NOON = 12  # o'clock


def check_texts(story: Story) -> Iterator[Finding]:
    """Check the texts of each fact."""
    names = {fold(name) for entity in story.entities for name in entity.name.values()}
    facts = {fact.id: fact for fact in story.facts}
    for index, fact in enumerate(story.facts):
        yield from _quotations(story, names, index, fact, facts.get(fact.replies_to or ""))
        yield from _figures(story, index, fact)
        yield from _cited_figures(story, index, fact)
        yield from _whys(index, fact)


def _quotations(story: Story, names: Set[str], index: int, fact: Fact, replied_to: Fact | None) -> Iterator[Finding]:
    """Check the quotations in the texts; in a language of none of the fact's articles they are translated.

    A reply may also quote the words of the fact that it replies to.
    """
    cited = [citation for citation in fact.citations if citation.source in story.source]
    spoken = {story.source[citation.source].language for citation in cited}
    said = [one for one in (*cited, *(replied_to.citations if replied_to else ())) if one.quoted]
    for code, text in fact.text.root.items():
        for quotation in quotations_in(text):
            if fold(quotation) in names or _is_title(quotation, language(code)):
                continue
            if code in spoken and not _has(cited, quotation):
                yield QUOTED.at("facts", index, "text", code, quotation=quotation)
            elif fact.by and not (_has(said, quotation) if code in spoken else said):
                yield SAID.at("facts", index, "text", code, quotation=quotation, by=fact.by)


def _has(cited: Iterable[Citation], quotation: str) -> bool:
    """Return whether citations have the words of a quotation, apart from what it omits."""
    words = f" {fold(' '.join(citation.exact for citation in cited))} "
    return all(f" {part} " in words for part in map(fold, _OMISSION.split(quotation)) if part)


def _is_title(quotation: str, spoken: Language) -> bool:
    """Return whether a quotation is written like a name or a title: « Coteaux de Sauvelade »."""
    written = [word for word in re.findall(r"\w+", quotation) if fold(word) not in spoken.stop]
    return bool(written) and all(word[0].isupper() for word in written)


def _figures(story: Story, index: int, fact: Fact) -> Iterator[Finding]:
    """Compare each text's figures with those of the text before it."""
    texts = [(code, fact.text.root[code]) for code in story.languages if code in fact.text.root]
    for (first, ours), (other, theirs) in pairwise(texts):
        lacking = [
            f"{', '.join(figures)} not in {code!r}"
            for code, figures in (
                (first, _lacking(theirs, other, [(ours, first)])),
                (other, _lacking(ours, first, [(theirs, other)])),
            )
            if figures
        ]
        if lacking:
            yield FIGURE.at("facts", index, "text", other, lacking=" and ".join(lacking))


def _cited_figures(story: Story, index: int, fact: Fact) -> Iterator[Finding]:
    """Report a cited figure that no text has, if a text has one that no citation has: one of the two is a mistake."""
    texts = [(text, code) for code, text in fact.text.root.items()]
    cited = [(row.exact, story.source[row.source].language) for row in fact.citations if row.source in story.source]
    if not any(_lacking(text, code, cited) for text, code in texts):
        return
    for number, citation in enumerate(fact.citations):
        source = story.source.get(citation.source)
        lacking = _lacking(citation.exact, source.language, texts) if source else []
        if lacking:
            yield CITED_FIGURE.at("facts", index, "citations", number, "exact", figures=", ".join(lacking))


def _lacking(text: str, code: str, others: Iterable[tuple[str, str]]) -> list[str]:
    """Return the figures that a text writes in digits and that no other text has, in digits or in words."""
    written = {digits.lstrip("0") for digits in _DIGITS.findall(text)}
    if not written:
        return []
    known = set[str]()
    for other, spoken in others:
        numbers = {int(digits) for digits in _DIGITS.findall(other)}
        if _HALF_DAY.search(text) or _HALF_DAY.search(other):
            numbers |= {(number + NOON) % (2 * NOON) for number in numbers}
        known |= figures_in(other, spoken) | {str(number) for number in numbers}
    return sorted(
        figure
        for figure in figures_in(text, code)
        if any(figure.replace(".", "").startswith(digits) for digits in written if digits)
        and figure not in known
        and not all(str(int(part)) in known for part in _DIGITS.findall(figure))
    )


def _whys(index: int, fact: Fact) -> Iterator[Finding]:
    """Report the first reason that the texts give, if the fact does not answer why."""
    if "why" in fact.answers:
        return
    for code, text in fact.text.root.items():
        phrase = because_in(text, language(code))
        if phrase:
            yield UNLISTED_WHY.at("facts", index, "text", code, phrase=phrase)
            return


def because_in(text: str, spoken: Language) -> str | None:
    """Return the words with which a text gives a reason; a noun like "un car" is none."""
    folded = words(text)
    for at in range(len(folded)):
        size = spoken.because.length_at(folded, at)
        if size and not (at and folded[at - 1] in spoken.articles):
            return " ".join(folded[at : at + size])
    return None
