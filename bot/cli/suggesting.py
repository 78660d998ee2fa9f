"""The editors' command `suggest`: what readers may ask to get a fact."""

import json
from collections.abc import Iterator
from pathlib import Path

from bot.app import open_encoder
from bot.cli.common import fail, stories_or_exit
from bot.cli.waiting import loading
from bot.drafting.grammar import languages_with_grammar
from bot.drafting.suggesting import Proposals, Variant, suggest
from bot.library.library import read_knowledge
from bot.settings import SettingsError
from bot.story.model import Fact, Story

MAX_SHOWN = {"new": 10, "found": 3, "taken": 5}  # per language
WHY = {
    "new": "no fact answers it yet",
    "found": "found already",
    "taken": "{fact} answers it",
}


def suggest_asked(fact: str, story: str | None, knowledge: Path | None) -> None:
    """Propose what readers may ask to get a fact, and say of each whether it would."""
    settings = stories_or_exit(knowledge=knowledge)
    try:
        with loading():
            encoder = open_encoder(settings)
            reading = read_knowledge(settings.knowledge, settings.seeds_folder, None, encoder)
    except SettingsError as error:
        fail(str(error))
    if reading.shelf is None:
        fail("\n".join(str(problem) for problem in reading.problems if problem.level == "error"))
    stories = [edition.story for edition in reading.shelf.editions if story in (None, edition.story.id)]
    found = [(one, row) for one in stories for row in one.facts if row.id == fact]
    if not found:
        fail(_unknown(fact, story, stories))
    if len(found) > 1:
        fail(f"{fact}: {', '.join(one.id for one, _ in found)} have a fact of that id; name one with --story.")
    (owner, row), *_ = found
    print("\n".join(_lines(owner, row, suggest(owner, row, encoder))))


def _unknown(fact: str, story: str | None, stories: list[Story]) -> str:
    if story and not stories:
        return f"--story: there is no story {story!r}."
    near = sorted(row.id for one in stories for row in one.facts if set(fact.split("-")) & set(row.id.split("-")))
    return f"{fact}: there is no such fact" + (f"; did you mean {', '.join(near[:5])}?" if near else ".")


def _lines(story: Story, fact: Fact, trial: Proposals) -> Iterator[str]:
    """Yield YAML to paste; what would not help, or is another fact's, is a comment."""
    yield f"# {fact.id}: choose, correct and paste under its asked."
    if not trial.variants:
        yield _nothing(story, fact)
        return
    yield "asked:"
    for code in story.languages:
        rows = [row for row in trial.variants if row.language == code]
        yield f"  {code}:" if rows else f"  # {code}: nothing to propose"
        for effect, most in MAX_SHOWN.items():
            yield from (_line(row) for row in [row for row in rows if row.effect == effect][:most])
    for question, before, after in trial.changed:
        asked = json.dumps(question, ensure_ascii=False)
        yield f"# With these lines {asked} gets {after or 'no answer'} instead of {before or 'none'}."


def _line(row: Variant) -> str:
    mark = "# - " if row.effect == "taken" else "- "
    return f"    {mark}{json.dumps(row.text, ensure_ascii=False)} # {WHY[row.effect].format(fact=row.taken_by)}"


def _nothing(story: Story, fact: Fact) -> str:
    known = [code for code in story.languages if code in languages_with_grammar()]
    if not known:
        return f"# There are templates for {', '.join(languages_with_grammar())} only."
    missing = [name for name in ("answers", "by", "about", "roles") if not getattr(fact, name)]
    return f"# Nothing to propose: give the fact {', '.join(missing)}, or an event that lists it."
