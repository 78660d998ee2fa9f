"""Read a story's folder and the records of its sources, and report all their problems at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.answering.editions import Edition
from bot.answering.ports import Encoder
from bot.answering.versions import SEED_PREFIX, STORY_PREFIX, StoryFiles
from bot.checking import files
from bot.checking.citations import NO_SOURCE, citations
from bot.checking.findings import Finding, Location, Rule, gathered
from bot.checking.readings import ReadingsCheck
from bot.checking.regression import run_questions
from bot.checking.rules import check_story
from bot.checking.schema import schema_findings
from bot.library.checked import Checked, CheckedCache
from bot.library.disk import UnusableFileError, is_folder, is_utf8, read_small, why_unreadable
from bot.library.overlay import Overlay
from bot.library.problems import Problem, about_file, has_errors
from bot.library.readings import readings_of
from bot.library.yamlfile import START, Document, Position, YamlError, parse
from bot.matching.deciding.decide import Decider
from bot.story.model import Story

LISTS = ("entities", "events", "facts", "questions", "vocabulary")


@dataclass(frozen=True)
class StoryResult:
    """The result of reading a story: its problems, and the edition if none of them is an error."""

    problems: tuple[Problem, ...]
    edition: Edition | None
    version: str  # of the files of the edition; of all files that were read if there is none


@dataclass
class _Merged:
    """The files of a story merged, with the file and position of each value."""

    data: dict[str, Any] = field(default_factory=dict)
    documents: dict[Path, Document] = field(default_factory=dict)
    origins: dict[Location, tuple[Path, Location]] = field(default_factory=dict)  # of sections, items and files
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)  # the findings with their positions, and what is about files
    overlay: Overlay = field(default_factory=Overlay)
    contents: dict[str, bytes] = field(default_factory=dict)  # of the files, by their names in StoryFiles
    recorded: list[str] = field(default_factory=list)  # the ids of all articles on record

    def locate(self, location: Location) -> tuple[Path, Position]:
        """Return the file and position of a value, or of the nearest one that encloses it."""
        outer = location
        while outer not in self.origins:
            outer = outer[:-1]
        path, inside = self.origins[outer]
        if path not in self.documents:
            return path, START
        positions, inside = self.documents[path].positions, (*inside, *location[len(outer) :])
        while inside and inside not in positions:
            inside = inside[:-1]
        return path, positions[inside] if inside else START

    def report(self, *findings: Finding) -> None:
        """Add findings, each with its file and position."""
        self.findings += findings
        self.problems += [Problem(*self.locate(one.location), one.rule, one.message) for one in findings]

    def about(self, path: Path, rule: Rule, **values: object) -> None:
        """Add a problem with a whole file or folder."""
        self.problems.append(about_file(path, rule, **values))

    def refuse(self, path: Path, error: OSError) -> None:
        """Add the problem that a file is not read."""
        if isinstance(error, UnusableFileError):
            self.about(path, error.rule, **error.values)
        else:
            self.about(path, files.UNREADABLE, reason=error.strerror or error)


def read_story(
    folder: Path,
    seeds: Path,
    articles: Path | None = None,
    encoder: Encoder | None = None,
    before: Mapping[str, Decider] | None = None,
    overlay: Overlay | None = None,
    cache: CheckedCache | None = None,
) -> StoryResult:
    """Read a story, check every rule, and ask the story its own questions.

    `articles` is the folder of the articles' texts, to verify quotations. `before` has the current deciders by story;
    the new decider reuses the old one's vectors for unchanged texts. The files are read through `overlay`. A story
    that `cache` knows to have no error is not checked again.
    """
    merged = _merge(folder, seeds, overlay or Overlay())
    story = None if has_errors(merged.problems) else _validate(merged)
    story_files = StoryFiles(folder.name, _own_contents(merged.contents, story) if story else merged.contents)
    replaced = (before or {}).get(story.id) if story else None
    inputs = _Inputs(seeds, articles, encoder, replaced, cache)
    edition = _edition(merged, story, story_files, inputs) if story else None
    problems = sorted(merged.problems, key=lambda item: (str(item.path), item.position.line, item.position.column))
    return StoryResult(tuple(problems), None if has_errors(problems) else edition, story_files.version)


def story_of(kept: StoryFiles) -> Story | None:
    """Return the story that kept files hold, unchecked; None if they can no longer be read as one."""
    merged = _merge(Path("story"), Path("seeds"), Overlay.of(kept))
    return None if has_errors(merged.problems) else _validate(merged)


def edition_of(kept: StoryFiles, encoder: Encoder | None = None, cache: CheckedCache | None = None) -> Edition | None:
    """Return the edition that kept files hold, unchecked; None if they can no longer be read as a story."""
    story = story_of(kept)
    if story is None:
        return None
    with readings_of(story, cache) as readings:
        decider = Decider(story, encoder, readings=readings)
    return Edition(story, decider, kept.version, run_questions(story, decider).share, kept).indexed()


def _merge(folder: Path, seeds: Path, overlay: Overlay) -> _Merged:
    merged = _Merged(origins={(): (folder, ())}, overlay=overlay)
    paths = overlay.files(folder)
    if overlay.on_disk:
        _check_folders(merged, folder, seeds)
    if not paths and not merged.problems:
        merged.about(folder, files.NO_FILES)
    for path in paths:
        _merge_story_file(merged, path)
    for path in overlay.files(folder, ".yaml"):
        merged.about(path, files.IGNORED)
    for path in overlay.files(seeds):
        _merge_source(merged, path)
    return merged


def _check_folders(merged: _Merged, folder: Path, seeds: Path) -> None:
    for one in (folder, seeds):
        if reason := why_unreadable(one):
            merged.about(one, files.FOLDER_UNREADABLE, reason=reason)
    if not is_utf8(folder.name):
        merged.about(folder, files.NAME, name=folder.name)


def _own_contents(contents: Mapping[str, bytes], story: Story) -> dict[str, bytes]:
    """Drop the records of the articles that the story does not cite."""
    cited = {f"{SEED_PREFIX}{source.id}.yml" for source in story.sources}
    return {name: content for name, content in contents.items() if name.startswith(STORY_PREFIX) or name in cited}


@dataclass(frozen=True)
class _Inputs:
    """What a story is checked and indexed with."""

    seeds: Path
    articles: Path | None
    encoder: Encoder | None
    before: Decider | None
    cache: CheckedCache | None


def _edition(merged: _Merged, story: Story, story_files: StoryFiles, inputs: _Inputs) -> Edition | None:
    """Check the story, build its decider and ask it the story's own questions; None if there are errors."""
    articles = _articles_of(merged, story, inputs.articles)
    contents: list[str | bytes] = [story_files.version, *articles.values(), "", *merged.recorded]
    known = inputs.cache.found(*contents) if inputs.cache else None
    if known:
        merged.report(*known.findings)
        with readings_of(story, inputs.cache) as readings:
            decider = Decider(story, inputs.encoder, inputs.before, readings=readings)
        return Edition(story, decider, story_files.version, known.answered, story_files).indexed()
    _check(merged, story, inputs.seeds, articles)
    if has_errors(merged.problems):
        return None
    check = ReadingsCheck(story)
    with readings_of(story, inputs.cache, check) as readings:
        decider = Decider(story, inputs.encoder, inputs.before, readings=readings)
    regression = run_questions(story, decider)
    merged.report(*gathered([*regression.findings, *check.findings(decider)]))
    if inputs.cache and not has_errors(merged.problems):
        inputs.cache.remember(Checked(tuple(merged.findings), regression.share), *contents)
    return Edition(story, decider, story_files.version, regression.share, story_files).indexed()


def _check(merged: _Merged, story: Story, seeds: Path, articles: Mapping[str, bytes]) -> None:
    """Check the story by every rule that needs no decider."""
    found = list(check_story(story, articles, merged.recorded))
    if (
        merged.overlay.on_disk
        and not (merged.recorded or is_folder(seeds))
        and any(one.rule is NO_SOURCE for one in found)
    ):
        merged.about(seeds, files.NO_SEEDS)
        found = [one for one in found if one.rule is not NO_SOURCE]  # the folder is their one cause
    merged.report(*found)


def _without_uncited_sources(story: Story) -> Story:
    """Drop the articles that this story does not cite: all stories share one folder of records."""
    cited = {citation.source for _, citation in citations(story)}
    return story.model_copy(update={"sources": tuple(source for source in story.sources if source.id in cited)})


def _articles_of(merged: _Merged, story: Story, folder: Path | None) -> dict[str, bytes]:
    """Return the texts of the articles that a story cites, as far as the folder has them."""
    texts = {}
    for source in story.sources if folder else ():
        path = Path(folder or "", f"{source.id}.txt")
        try:
            texts[source.id] = read_small(path)
        except FileNotFoundError:
            continue
        except OSError as error:
            merged.refuse(path, error)
    return texts


def _parse_file(merged: _Merged, path: Path, prefix: str) -> Document | None:
    if not is_utf8(path.name):
        merged.about(path, files.NAME, name=path.name)
        return None
    try:
        content = merged.overlay.read(path)
        merged.contents[f"{prefix}{path.name}"] = content
        document = parse(content.decode("utf-8-sig"))
    except OSError as error:
        merged.refuse(path, error)
    except UnicodeDecodeError:
        merged.about(path, files.NOT_TEXT)
    except YamlError as error:
        merged.problems.append(Problem(path, error.position, error.rule, str(error)))
    else:
        merged.problems += [Problem(path, cut, files.CUT, files.CUT.message()) for cut in document.cuts]
        if isinstance(document.data, dict):
            return document
        merged.about(path, files.NO_MAPPING)
    return None


def _merge_story_file(merged: _Merged, path: Path) -> None:
    document = _parse_file(merged, path, STORY_PREFIX)
    if document is None:
        return
    merged.documents[path] = replace(document, data=None)
    for key, value in document.data.items():
        location: Location = (key,)
        if key in LISTS and (isinstance(value, list) or value is None):
            rows = merged.data.setdefault(key, [])
            merged.origins.setdefault(location, (path, location))
            for index, row in enumerate(value or ()):
                merged.origins[key, len(rows)] = path, (key, index)
                rows.append(row)
        elif key in merged.data:
            problem = Problem(
                path, document.positions[location], files.TWICE_IN_STORY, files.TWICE_IN_STORY.message(key=key)
            )
            merged.problems.append(problem)
        else:
            merged.origins[location] = path, location
            merged.data[key] = value


def _merge_source(merged: _Merged, path: Path) -> None:
    document = _parse_file(merged, path, SEED_PREFIX)
    if document is None:
        return
    rows = merged.data.setdefault("sources", [])
    row: Location = ("sources", len(rows))
    merged.documents[path] = replace(document, data=None)
    merged.origins[row] = path, ()
    rows.append(document.data)
    if document.data.get("id") != path.stem:
        merged.about(path, files.SOURCE_NAME, name=path.stem)


def _validate(merged: _Merged) -> Story | None:
    try:
        story = Story.model_validate(merged.data)
    except ValidationError as error:
        for finding in schema_findings(error.errors(include_url=False), merged.data):
            merged.report(finding)
        return None
    merged.recorded = [source.id for source in story.sources]
    merged.data.clear()  # of a long story it takes as much memory as the story
    return _without_uncited_sources(story)
