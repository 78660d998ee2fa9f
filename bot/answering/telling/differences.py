"""Tell editors which version it is and what publishing would change, as plain text."""

from collections.abc import Iterator

from bot.answering.answer_changes import AnswerChange
from bot.answering.diff import FactDiff, StoryDiff
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.dates import moment_text
from bot.answering.telling.text import enumerated
from bot.answering.versions import KeptVersion
from bot.story.texts import EVERY_LANGUAGE


def diff_lines(diff: StoryDiff, locale: str, catalogue: Catalogue) -> list[str]:
    """Return a heading, then the facts that differ, then the questions whose answer differs."""
    facts = [line for one in diff.facts for line in _fact(one, locale, catalogue)]
    answers = [_answer(one, locale, catalogue) for one in diff.answers]
    if not facts:
        facts = [catalogue.text(locale, "diff.no_facts")]
    if answers:
        answers.insert(0, catalogue.count(locale, "diff.answers", len(answers)))
    return [_heading(diff, locale, catalogue), *facts, *answers]


def version_name(kept: KeptVersion, locale: str, catalogue: Catalogue) -> str:
    """Return the name of a version: its story, when it was published, how many changes it had."""
    at = moment_text(kept.at, locale)
    return catalogue.count(locale, "rollback.version", kept.changes, story=kept.story, at=at, version=kept.version)


def _heading(diff: StoryDiff, locale: str, catalogue: Catalogue) -> str:
    title, values = diff.title.get(locale), {"before": diff.before, "after": diff.after}
    key = "diff.gone" if diff.after is None else "diff.new" if diff.before is None else "diff.story"
    return catalogue.text(locale, key, title=title, story=diff.story, **values)


def _fact(diff: FactDiff, locale: str, catalogue: Catalogue) -> Iterator[str]:
    parts = enumerated([catalogue.text(locale, f"diff.part.{part}") for part in diff.parts], locale)
    named = f"{diff.fact} ({parts})" if parts else diff.fact
    yield f"{catalogue.text(locale, f'changes.{diff.what}')} {named}"
    for text in diff.texts:
        language = "" if text.language == EVERY_LANGUAGE else f"{text.language} "
        yield from (f"  − {language}{line}" for line in [text.before] if line)
        yield from (f"  + {language}{line}" for line in [text.after] if line)


def _answer(change: AnswerChange, locale: str, catalogue: Catalogue) -> str:
    none = catalogue.text(locale, "diff.unanswered")
    return catalogue.text(
        locale,
        f"diff.effect.{change.effect}",
        question=change.question,
        before=change.before or none,
        after=change.after or none,
    )
