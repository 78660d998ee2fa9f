"""Tell what a reported message showed, and what became of the report, as plain text."""

from bot.answering.cited import CitedFact
from bot.answering.feedback import AwaitedReport, Settlement
from bot.answering.telling.catalogue import Catalogue, language_of
from bot.answering.telling.text import attribution


def shown_line(fact: CitedFact, locale: str, catalogue: Catalogue) -> str:
    """Return a fact as it was shown, with who asserts it and where it is written."""
    by, paragraph = attribution(fact, locale, catalogue), fact.citations[0].paragraph
    return catalogue.text(locale, "queue.shown", text=fact.text, by=by, paragraph=paragraph)


def settlement_line(settlement: Settlement, locale: str, catalogue: Catalogue) -> str:
    """Return what became of a report, for editors."""
    outcome = catalogue.text(locale, f"queue.outcome.{settlement.outcome}")
    line = catalogue.text(locale, "queue.closed", outcome=outcome)
    return f"{line} {settlement.note}".strip()


def letter_lines(awaited: AwaitedReport, wrong: str, catalogue: Catalogue, story: str | None = None) -> list[str]:
    """Return what a reporter is told about their report, and which story it is about if that must be named.

    `wrong` is what they wrote, and `story` its title, both ready to be sent.
    """
    mistake, settlement = awaited.report.mistake, awaited.settlement
    locale = language_of(mistake.locale or "")
    lines = [
        catalogue.text(locale, "settled.letter", number=awaited.report.number, wrong=wrong),
        *([catalogue.text(locale, "settled.story", title=story)] if story else []),
        catalogue.text(locale, f"settled.{settlement.outcome}"),
    ]
    if settlement.note:
        lines.append(catalogue.text(locale, "settled.note", note=settlement.note))
    return lines
