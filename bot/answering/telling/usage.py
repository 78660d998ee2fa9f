"""Format a report on how the bot is used, for the terminal and for editors in Discord."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.answering.reply import JournalledOutcome
from bot.answering.statistics import UsageReport
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.text import percent
from bot.answering.usage import MAX_LISTED

Section = tuple[str, tuple[str, ...]]  # a heading and its lines; never without a line


def usage_title(report: UsageReport, locale: str, catalogue: Catalogue) -> str:
    """Return the period in words."""
    first, last = (format_date(day, "long", locale) for day in (report.period.first, report.period.last))
    return catalogue.text(locale, "usage.title", first=first, last=last)


def usage_sections(report: UsageReport, locale: str, catalogue: Catalogue) -> tuple[Section, ...]:
    """Return the report as headings with lines: questions, votes, facts, languages, slow answers."""
    sections = {
        "questions": _questions(report, locale, catalogue),
        "votes": _votes(report, locale, catalogue),
        "facts": (f"{number} · {fact}" for (_, fact), number in islice(report.tally.facts.items(), MAX_LISTED)),
        "never": _never(report, locale, catalogue),
        "languages": _languages(report, locale),
        "slowest": (f"{_milliseconds(elapsed, locale)} · {question}" for question, elapsed in report.tally.slowest),
    }
    found = ((catalogue.text(locale, f"usage.{key}"), tuple(lines)) for key, lines in sections.items())
    return tuple(section for section in found if section[1])


def short_day(day: date, locale: str) -> str:
    """Return a day without its year, such as "5 Mar"."""
    return str(format_date(day, "d MMM", locale))


def outcome_labels(locale: str, catalogue: Catalogue) -> dict[JournalledOutcome, str]:
    """Return what each outcome is called."""
    outcomes: tuple[JournalledOutcome, ...] = ("answer", "suggest", "abstain", "unanswered")
    return {outcome: catalogue.text(locale, f"usage.outcome.{outcome}") for outcome in outcomes}


def _questions(report: UsageReport, locale: str, catalogue: Catalogue) -> Iterator[str]:
    outcomes = report.outcomes
    total = sum(outcomes.values())
    yield catalogue.count(locale, "usage.total", total)
    for outcome, label in outcome_labels(locale, catalogue).items():
        if outcomes[outcome]:
            share = percent(outcomes[outcome] / total, locale)
            yield catalogue.text(locale, "usage.outcome_line", label=label, number=outcomes[outcome], share=share)


def _votes(report: UsageReport, locale: str, catalogue: Catalogue) -> Iterator[str]:
    if report.helpful_share is not None:
        votes = report.tally.helpful + report.tally.unhelpful
        yield catalogue.count(locale, "usage.helpful", votes, share=percent(report.helpful_share, locale))


def _never(report: UsageReport, locale: str, catalogue: Catalogue) -> Iterator[str]:
    if report.never:
        yield catalogue.count(locale, "usage.never_asked", len(report.never))
        yield ", ".join(fact for _, fact in report.never)


def _languages(report: UsageReport, locale: str) -> Iterator[str]:
    total = sum(report.tally.locales.values())
    shares = (f"{code} {percent(number / total, locale)}" for code, number in report.tally.locales.items())
    if total:
        yield ", ".join(shares)


def _milliseconds(elapsed: float, locale: str) -> str:
    return f"{format_decimal(round(elapsed), locale=locale)} ms"
