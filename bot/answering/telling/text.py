"""Format replies and their parts as plain text, for the terminal, the JSON answer and the lines of embeds."""

from collections.abc import Sequence

from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from bot.answering.cited import CitedFact, Reference
from bot.answering.head import AsOf
from bot.answering.reply import Reply
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.dates import date_text


def percent(share: float, locale: str) -> str:
    """Format a share as a percentage."""
    return str(format_percent(share, locale=locale))


def decimal(number: float, locale: str) -> str:
    """Format a number with two decimals."""
    return str(format_decimal(number, format="0.00", locale=locale))


def enumerated(parts: Sequence[str], locale: str) -> str:
    """Join the items of an enumeration, such as "one, two and three"."""
    return format_list(parts, locale=locale)


def attribution(fact: CitedFact, locale: str, catalogue: Catalogue) -> str:
    """Return who asserts a fact, and how it relates to the fact it is shown with."""
    by = catalogue.text(locale, f"by.{fact.kind}", name=fact.by_name)
    return catalogue.text(locale, f"relation.{fact.relation}", by=by)


def other_side(others: Sequence[CitedFact], locale: str, catalogue: Catalogue) -> list[str]:
    """Return the other side of a fact, one line per fact."""
    return [f"  ↳ {attribution(one, locale, catalogue)} — {one.text} § {one.citations[0].paragraph}" for one in others]


def citation_lines(fact: CitedFact, locale: str, catalogue: Catalogue, previous: CitedFact | None = None) -> list[str]:
    """Return a fact's citations; each article is named once, and not again if `previous` cites it."""
    named = {citation.source for citation in previous.citations} if previous else set()
    lines = []
    for citation in fact.citations:
        lines.append(_citation(citation, locale, catalogue, named=citation.source in named))
        named.add(citation.source)
    return lines


def _citation(citation: Reference, locale: str, catalogue: Catalogue, *, named: bool) -> str:
    where = {"quote": citation.quote, "paragraph": citation.paragraph}
    if named:
        return catalogue.text(locale, "reply.citation_short", **where)
    article = f"{citation.article}, {citation.url}" if citation.url else citation.article
    return catalogue.text(locale, "reply.citation", article=article, **where)


def as_of_text(as_of: AsOf, locale: str, catalogue: Catalogue) -> str:
    """Return how fresh a story is, and when it expired if it has."""
    text = catalogue.text(locale, "reply.as_of", date=date_text(as_of.date, locale, catalogue))
    if as_of.expired is None:
        return text
    over = catalogue.text(locale, "reply.expired", date=date_text(as_of.expired, locale, catalogue))
    return f"{text}. {over}"


def abstention(reply: Reply, catalogue: Catalogue) -> str:
    """Return why there is no answer."""
    date = date_text(reply.as_of.date, reply.locale, catalogue)
    return catalogue.text(reply.locale, f"abstain.{reply.cause}", date=date, title=reply.title)


def nearest_heading(reply: Reply, catalogue: Catalogue) -> str:
    """Return the sentence that says the fact below is not the answer, or not the only one.

    The sentence must not refer to the question's content: after "Is she a crook?", "the story does not say exactly
    that" would suggest that it nearly does.
    """
    return catalogue.text(reply.locale, "nearest.tied" if reply.is_tied else "nearest.title")


def other_questions(reply: Reply) -> list[str]:
    """Return the other suggestions as numbered questions."""
    return [f"{number}. {item.text}" for number, item in enumerate(reply.others, 1)]


def reply_text(reply: Reply, catalogue: Catalogue) -> str:
    """Format a whole reply."""
    if reply.outcome == "abstain":
        return abstention(reply, catalogue)
    blocks = [
        _block(fact, reply.locale, catalogue, sides[0] if number else None)
        for sides in (reply.first, *reply.also)
        for number, fact in enumerate(sides)
    ]
    if reply.nearest:
        blocks.insert(0, [nearest_heading(reply, catalogue)])
    if others := other_questions(reply):
        blocks.append([catalogue.text(reply.locale, "nearest.others"), *others])
    if reply.as_of.expired:
        blocks.append([as_of_text(reply.as_of, reply.locale, catalogue)])
    return "\n\n".join("\n".join(lines) for lines in blocks)


def _block(fact: CitedFact, locale: str, catalogue: Catalogue, previous: CitedFact | None = None) -> list[str]:
    by, when = attribution(fact, locale, catalogue), []
    if fact.when_text:
        when = [catalogue.text(locale, "reply.when_line", when=fact.when_text)]
    head = [by, fact.text] if previous else [fact.text, by]
    return [*head, *when, *citation_lines(fact, locale, catalogue, previous)]
