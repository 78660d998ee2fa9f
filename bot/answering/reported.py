"""What a reported message showed: its facts, in the version of the story that they were shown from."""

from collections.abc import Iterable, Mapping

from bot.answering.cited import Sides
from bot.answering.feedback import ReportedMistake, ShownFacts
from bot.answering.ports import History, Library
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.presenter import Presenter
from bot.answering.versions import MAX_KEPT_VERSIONS
from bot.story.model import Story

Version = tuple[str, str]  # the story's id and its version


async def facts_as_shown(
    reports: Iterable[ReportedMistake], library: Library, history: History, catalogue: Catalogue, locale: str
) -> Mapping[int, Sides]:
    """Return what each report's message showed, by the report's number, in its language, or `locale` if unknown.

    Left out are facts whose version is no longer kept or can no longer be read.
    """
    stories: dict[Version, Story | None] = {
        (edition.story.id, edition.version): edition.story for edition in library.current.editions
    }
    found: dict[int, Sides] = {}
    for report in reports:
        shown = report.mistake.shown
        if shown is None:
            continue
        version = shown.story, shown.version
        if version not in stories:
            stories[version] = await _kept_story(version, library, history)
        story = stories[version]
        found[report.number] = _sides(shown, story, report.mistake.locale or locale, catalogue) if story else ()
    return found


async def _kept_story(version: Version, library: Library, history: History) -> Story | None:
    kept = await history.versions(version[0], MAX_KEPT_VERSIONS)
    same = next((one for one in kept if one.version == version[1]), None)
    return await library.read(await history.files(same)) if same else None


def _sides(shown: ShownFacts, story: Story, locale: str, catalogue: Catalogue) -> Sides:
    facts = {fact.id: fact for fact in story.facts}
    presenter = Presenter(story, locale, catalogue)
    return tuple(presenter.fact(facts[fact]) for fact in shown.facts if fact in facts)
