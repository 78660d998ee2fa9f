"""Say a reply, or parts of one, in plain text: for the terminal, for the JSON answer, for the lines of an embed."""

from collections.abc import Sequence

from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from bot.answering.cited import CitedFact, Reference
from bot.answering.head import AsOf
from bot.answering.reply import Reply
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.dates import date_words


def percent(share: float, locale: str) -> str:
    """Say a share as a percentage, as the language writes it."""
    return str(format_percent(share, locale=locale))


def decimal(number: float, locale: str) -> str:
    """Say a number with two decimals, as the language writes it."""
    return str(format_decimal(number, format="0.00", locale=locale))


def enumerated(parts: Sequence[str], locale: str) -> str:
    """Join parts of a sentence as the language enumerates them: "one, two and three"."""
    return format_list(parts, locale=locale)


def attribution(view: CitedFact, locale: str, catalogue: Catalogue) -> str:
    """Say who asserts a fact, and how it relates to the one it stands beside."""
    by = catalogue.text(locale, f"by.{view.kind}", name=view.by_name)
    return catalogue.text(locale, f"relation.{view.relation}", by=by)


def citation_lines(view: CitedFact, locale: str, catalogue: Catalogue, shown: CitedFact | None = None) -> list[str]:
    """Say where a fact is written; an article is named once, or not where `shown` names it."""
    named = {citation.source for citation in shown.citations} if shown else set()
    lines = []
    for citation in view.citations:
        lines.append(_citation(citation, locale, catalogue, named=citation.source in named))
        named.add(citation.source)
    return lines


def _citation(citation: Reference, locale: str, catalogue: Catalogue, *, named: bool) -> str:
    where = {"quote": citation.quote, "paragraph": citation.paragraph}
    if named:
        return catalogue.text(locale, "reply.citation_short", **where)
    article = f"{citation.article}, {citation.url}" if citation.url else citation.article
    return catalogue.text(locale, "reply.citation", article=article, **where)


def as_of_words(as_of: AsOf, locale: str, catalogue: Catalogue) -> str:
    """Say how fresh a story is, and that it is past its shelf life where it is."""
    words = catalogue.text(locale, "reply.as_of", date=date_words(as_of.date, locale, catalogue))
    if as_of.expired is None:
        return words
    over = catalogue.text(locale, "reply.expired", date=date_words(as_of.expired, locale, catalogue))
    return f"{words}. {over}"


def abstention(reply: Reply, catalogue: Catalogue) -> str:
    """Say why there is no answer."""
    date = date_words(reply.as_of.date, reply.locale, catalogue)
    return catalogue.text(reply.locale, f"abstain.{reply.cause}", date=date, title=reply.title)


def nearest_heading(reply: Reply, catalogue: Catalogue) -> str:
    """Say that the fact which follows is no answer, or not the only one.

    The sentence is about the question, never about what it alleges: "the story does not say exactly that" would, in
    reply to "Is she a crook?", read as if it said nearly that.
    """
    return catalogue.text(reply.locale, "nearest.tied" if reply.is_tied else "nearest.title")


def other_questions(reply: Reply) -> list[str]:
    """Return the questions that ask for other facts than the nearest, numbered."""
    return [f"{number}. {item.text}" for number, item in enumerate(reply.others, 1)]


def reply_text(reply: Reply, catalogue: Catalogue) -> str:
    """Say a whole reply."""
    if reply.outcome == "abstain":
        return abstention(reply, catalogue)
    blocks = [
        _block(view, reply.locale, catalogue, sides[0] if number else None)
        for sides in (reply.first, *reply.also)
        for number, view in enumerate(sides)
    ]
    if reply.nearest:
        blocks.insert(0, [nearest_heading(reply, catalogue)])
    if others := other_questions(reply):
        blocks.append([catalogue.text(reply.locale, "nearest.others"), *others])
    if reply.as_of.expired:
        blocks.append([as_of_words(reply.as_of, reply.locale, catalogue)])
    return "\n\n".join("\n".join(lines) for lines in blocks)


def _block(view: CitedFact, locale: str, catalogue: Catalogue, shown: CitedFact | None = None) -> list[str]:
    by, when = attribution(view, locale, catalogue), []
    if view.when_words:
        when = [catalogue.text(locale, "reply.when_line", when=view.when_words)]
    said = [by, view.text] if shown else [view.text, by]
    return [*said, *when, *citation_lines(view, locale, catalogue, shown)]
