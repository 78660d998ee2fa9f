"""Describe a gap in words, for the terminal and for editors in Discord."""

from collections.abc import Iterator
from functools import partial

from bot.answering.gaps import Gap, NearestFact
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.dates import day_text
from bot.answering.telling.text import percent

MAX_OTHER_WORDINGS = 3  # besides the first
MAX_WORDING_CHARACTERS = 120


def gap_lines(gap: Gap, locale: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return what is known about a gap, besides its first wording; the lines that matter most come first."""
    return tuple(_lines(gap, locale, catalogue))


def _lines(gap: Gap, locale: str, catalogue: Catalogue) -> Iterator[str]:
    text, count = partial(catalogue.text, locale), partial(catalogue.count, locale)
    asked = count("gaps.readers", gap.readers), count("gaps.asked", gap.asked), _period(gap, locale, catalogue)
    yield " · ".join([*asked, ", ".join(gap.languages)])
    if gap.answered_by:
        yield text("gaps.answered", fact=gap.answered_by)
    if gap.waiting:
        yield count("gaps.waiting", gap.waiting)
    yield text("gaps.why", causes=", ".join(text(f"gaps.cause.{cause}") for cause in gap.causes))
    if gap.unhelpful:
        yield count("gaps.unhelpful", gap.unhelpful)
    if gap.picked:
        yield text("gaps.picked", facts=", ".join(f"{fact} × {times}" for fact, times in gap.picked))
    if gap.nearest:
        yield text("gaps.nearest", facts="; ".join(_near(near, locale, catalogue) for near in gap.nearest))
    others = gap.questions[1 : MAX_OTHER_WORDINGS + 1]
    if others:
        yield text("gaps.wordings", wordings=" / ".join(_clipped(wording) for wording in others))


def _period(gap: Gap, locale: str, catalogue: Catalogue) -> str:
    first, last = day_text(gap.since, locale), day_text(gap.last, locale)
    return first if first == last else catalogue.text(locale, "gaps.period", first=first, last=last)


def _near(near: NearestFact, locale: str, catalogue: Catalogue) -> str:
    """Return a fact with its probability and the reasons against it: "bridge-built 41 % (a word it lacks: paint)"."""
    against = [catalogue.text(locale, f"reason.{reason}") for reason in near.against]
    if near.unknown:
        against.append(catalogue.text(locale, "gaps.unknown", words=", ".join(near.unknown)))
    reasons = f" ({', '.join(against)})" if against else ""
    return f"{near.fact} {percent(near.probability, locale)}{reasons}"


def _clipped(wording: str) -> str:
    return wording if len(wording) <= MAX_WORDING_CHARACTERS else f"{wording[: MAX_WORDING_CHARACTERS - 1]}…"
