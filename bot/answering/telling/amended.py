"""Tell how a fact changed, as plain text."""

from collections.abc import Iterator

from bot.answering.amendments import Amendment
from bot.answering.cited import CitedFact, Sides
from bot.answering.history import Change
from bot.answering.languages import told_in
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.dates import date_text
from bot.answering.telling.presenter import Presenter
from bot.answering.telling.text import attribution, other_side
from bot.story.model import FactCorrection, Story


def amendment(change: Change, locale: str, catalogue: Catalogue) -> Amendment:
    """Return a change as readers are told it in a language."""
    before, after = (_sides(story, change.fact, locale, catalogue) for story in (change.before, change.after))
    correction = _new_correction(change)
    if correction is None:
        return Amendment(change.what, before, after)
    language = told_in(change.after.languages, locale) if change.after else locale
    was, note = correction.was.get(language), correction.note.get(language)
    return Amendment(change.what, before, after, was, note, correction.date)


def amendment_lines(amendment: Amendment, locale: str, catalogue: Catalogue) -> list[str]:
    """Return what became of a fact, its other side, then what it was before and what the editors say about it."""
    what = catalogue.text(locale, f"changes.{amendment.what}")
    shown, *others = amendment.after or amendment.before or (None,)
    if shown is None:
        head = [f"{what} {catalogue.text(locale, 'changes.not_kept')}"]
    else:
        by = attribution(shown, locale, catalogue)
        head = [f"{what} {shown.text} ({by}) § {shown.citations[0].paragraph}"]
        head += other_side([one for one in others if one], locale, catalogue)
    return [*head, *earlier_lines(amendment, locale, catalogue)]


def earlier_lines(amendment: Amendment, locale: str, catalogue: Catalogue) -> list[str]:
    """Return what a changed fact was before, as far as it differs, and what the editors say about it."""
    return [*_earlier(amendment, locale, catalogue), *_note(amendment, locale, catalogue)]


def _earlier(amendment: Amendment, locale: str, catalogue: Catalogue) -> Iterator[str]:
    before, after = amendment.earlier, amendment.later
    if before and after:
        yield from _differences(before, after, amendment.what, locale, catalogue)
    elif after and amendment.was:
        yield catalogue.text(locale, "changes.wrote", text=amendment.was)


def _differences(before: CitedFact, after: CitedFact, what: str, locale: str, catalogue: Catalogue) -> Iterator[str]:
    if before.text != after.text:
        key = "changes.wrote" if what == "corrected" else "changes.worded"
        yield catalogue.text(locale, key, text=before.text)
    by = attribution(before, locale, catalogue)
    if by != attribution(after, locale, catalogue):
        yield catalogue.text(locale, "changes.attributed", by=by)
    if before.when_text != after.when_text:
        yield catalogue.text(
            locale, "changes.dated", when=before.when_text or catalogue.text(locale, "changes.undated")
        )
    if before.citations != after.citations:
        yield catalogue.text(locale, "changes.cited")


def _note(amendment: Amendment, locale: str, catalogue: Catalogue) -> Iterator[str]:
    if amendment.note and amendment.noted:
        date = date_text(amendment.noted, locale, catalogue)
        yield catalogue.text(locale, "changes.note_of", date=date, note=amendment.note)


def _sides(story: Story | None, fact: str, locale: str, catalogue: Catalogue) -> Sides:
    found = story.shown_facts.get(fact) if story else None
    return Presenter(story, locale, catalogue).both_sides(found) if story and found else ()


def _new_correction(change: Change) -> FactCorrection | None:
    """Return the correction in the fact as it became, unless it was there before and so is about an older change."""
    before, after = (_correction(story, change.fact) for story in (change.before, change.after))
    return after if after != before else None


def _correction(story: Story | None, fact: str) -> FactCorrection | None:
    return next((one.correction for one in story.facts if one.id == fact), None) if story else None
