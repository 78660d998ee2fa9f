"""The editors' commands that write files: `new`, `init` and `import`."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from bot import OnRecordError
from bot.app import SystemClock
from bot.cli.common import error_console, fail, settings_or_exit
from bot.cli.defaults import DEFAULT_LANGUAGES
from bot.drafting.draft import ArticleDraft, dateline, draft_article, language_of_text
from bot.drafting.entities import slug
from bot.drafting.grammar import languages_with_grammar
from bot.drafting.stubs import ArticleText
from bot.library.articles import Article, read_article
from bot.library.drafts import drafts_yaml, record_yaml, said_by, shortened
from bot.library.newfiles import write_missing, write_new
from bot.library.problems import has_errors
from bot.library.read import read_story
from bot.library.scaffold import example_files, schema_files, story_files
from bot.settings import Settings
from bot.story.dates import DateError, ImpreciseDate
from bot.story.model import Story

SOURCE_ID = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
STORY_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_SOURCE_ID_CHARACTERS, MAX_STORY_ID_CHARACTERS = 60, 40


def new(story: str, languages: str, title: str | None, knowledge: Path | None) -> None:
    """Make the folder of a new story, with commented files to fill in."""
    settings = settings_or_exit(knowledge=knowledge)
    codes = _languages(languages)
    folder = settings.knowledge / _story_id(story)
    if folder.exists():
        fail(f"{folder}: already there, and nothing is overwritten.")
    files = story_files(story, title, codes, f"{SystemClock().now():%Y-%m}")
    try:
        write_new({folder / name: content for name, content in files.items()})
        write_missing(schema_files(settings.knowledge, settings.seeds_folder))
    except OnRecordError as error:
        fail(str(error))
    for name in files:
        print(folder / name)
    print(f"Next: onrecord import ARTICLE --story {story}, or write facts.yml; then onrecord check.")


def init(folder: Path) -> None:
    """Make a working folder: an example story with its articles, the settings (.env) and the schemas."""
    try:
        written, kept = write_missing(example_files(folder))
    except OnRecordError as error:
        fail(str(error))
    for path in kept:
        print(f"{path}: kept, it was there")
    print(f"{len(written)} files written in {folder.resolve()}.")
    print(
        "Next, in that folder: onrecord ask; onrecord playground; onrecord check; then onrecord new STORY or "
        "onrecord import ARTICLE --story STORY. With a bot's token in .env, onrecord run starts it on Discord."
    )


def import_(
    articles: list[Path],
    story: str | None,
    url: str | None,
    published: str | None,
    own_id: str | None,
    knowledge: Path | None,
) -> None:
    """Record articles in seeds/ and draft their facts: quotations with their speakers, dates, figures, names."""
    settings = settings_or_exit(knowledge=knowledge)
    if len(articles) > 1 and (url or own_id):
        fail("--url and --id are of one article: import it alone.")
    if url and not url.startswith(("http://", "https://")):
        fail(f"--url: {url!r} is not an address such as https://example.org/article.")
    _date_or_exit(published)
    target = _story_id(story or _source_id(own_id, articles[0])[:MAX_STORY_ID_CHARACTERS].replace("_", "-").strip("-"))
    with Progress(console=error_console, transient=True, disable=len(articles) == 1) as progress:
        task = progress.add_task("Reading", total=len(articles))
        for path in articles:
            progress.update(task, description=path.name)
            try:
                done = _import(settings, path, target, url, published, own_id)
            except OnRecordError as error:
                progress.stop()
                fail(str(error))
            _tell(progress.console if len(articles) > 1 else error_console, done)
            progress.advance(task)
    _check(settings, target, articles[-1].parent)


@dataclass(frozen=True)
class _Imported:
    """One imported article: the files that were written, and the draft."""

    files: tuple[Path, ...]
    draft: ArticleDraft
    notes: tuple[str, ...]


def _import(
    settings: Settings, path: Path, story: str, url: str | None, published: str | None, own_id: str | None
) -> _Imported:
    """Write the record, the text if it is not stored yet, and the drafts of one article; all of them or none."""
    article, source = read_article(path), _source_id(own_id, path)
    language = language_of_text(article.text) or "en"
    date = published or article.published or dateline(article.text, language)[0]
    dated = date or f"{SystemClock().now():%Y}?"
    article = _with_url(article, url)
    folder = settings.knowledge / story
    files: dict[Path, bytes] = {}
    current = _current(settings, story) if folder.exists() else None
    codes = current.languages if current else tuple(dict.fromkeys((language, *DEFAULT_LANGUAGES.split(","))))
    if current is None:
        files |= {folder / name: content for name, content in story_files(story, article.title, codes, dated).items()}
    draft = draft_article(ArticleText(source, article.text, language, dated), codes, current, _taken(current))
    drafts = folder / "drafts.yml"
    drafts = drafts if not drafts.exists() else folder / f"drafts-{source}.yml"
    record = record_yaml(source, article, language, dated, draft, is_dated=bool(date))
    files[settings.seeds_folder / f"{source}.yml"] = record.encode()
    files[drafts] = drafts_yaml(source, draft, codes, len(article.text)).encode()
    text = (settings.articles or path.parent) / f"{source}.txt"
    if not (text.exists() and text.read_bytes() == article.content):
        files[text] = article.content
    write_new(files)
    write_missing(schema_files(settings.knowledge, settings.seeds_folder))
    notes = _notes(path, settings.seeds_folder / f"{source}.yml", date, dated, language)
    if current and not current.sources and (later := _later(current.story.as_of, dated)):
        notes.append(f"{folder / 'story.yml'}: as_of says {later}, and the article is of {dated}; correct it.")
    return _Imported(tuple(files), draft, tuple(notes))


def _later(as_of: str, published: str) -> str | None:
    """Return the date of a story if it is wholly after the article from which it begins."""
    return as_of if ImpreciseDate.parse(as_of).earliest > ImpreciseDate.parse(published).latest else None


def _notes(path: Path, record: Path, date: str | None, dated: str, language: str) -> list[str]:
    notes = []
    if date is None:
        notes.append(
            f"{path}: no date found, so {record} says {dated}; correct it (next time: --published 2024-03-04)."
        )
    if language not in languages_with_grammar():
        known = ", ".join(languages_with_grammar())
        notes.append(f"{path}: speakers and dates are found in {known}, not in {language}: every draft needs its by.")
    return notes


def _with_url(article: Article, url: str | None) -> Article:
    return Article(
        article.content, article.title, article.publisher, article.author, url or article.url, article.published
    )


def _current(settings: Settings, story: str) -> Story:
    """Return the story as it is; fail with its problems if it has errors."""
    result = read_story(settings.knowledge / story, settings.seeds_folder)
    if result.edition is None:
        problems = "\n".join(str(problem) for problem in result.problems if problem.level == "error")
        fail(f"{problems}\nCorrect these first: drafts are added to a story that can be loaded.")
    return result.edition.story


def _taken(story: Story | None) -> set[str]:
    return {record.id for rows in (story.facts, story.entities, story.events) for record in rows} if story else set()


def _tell(console: Console, done: _Imported) -> None:
    """Print what was written and who says what, for the editor to compare with the article."""
    draft = done.draft
    for path in done.files:
        print(path)
    for note in done.notes:
        console.print(note, style="yellow", markup=False)
    spoken = [found for found in draft.quotations if found.is_speech]
    named = sum(found.speaker is not None for found in spoken)
    table = Table("§", "who says it", "quotation", box=None)
    for found in draft.quotations:
        table.add_row(str(found.paragraph), Text(said_by(found)), Text(shortened(found.text)))
    if draft.quotations:
        Console(highlight=False).print(table)
    print(
        f"{len(draft.stubs)} drafts, {len(spoken)} quotations ({named} with a speaker), {len(draft.names.names)} names."
    )


def _check(settings: Settings, story: str, texts: Path) -> None:
    """Check the story with its drafts; fail if there is an error, which would be a mistake of ours."""
    problems = read_story(settings.knowledge / story, settings.seeds_folder).problems
    for problem in problems:
        if problem.level == "error":
            print(problem)
    if has_errors(problems):
        raise typer.Exit(1)
    where = "" if settings.articles else f" --articles {texts}"
    print(f"Next: write the drafts in {settings.knowledge / story}, then: onrecord check{where}")


def _languages(text: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not codes or any(not re.fullmatch("[a-z]{2}", code) for code in codes):
        fail(f"--languages: {text!r} is not a list of two-letter codes such as {DEFAULT_LANGUAGES}.")
    return codes


def _story_id(text: str) -> str:
    if not STORY_ID.fullmatch(text) or len(text) > MAX_STORY_ID_CHARACTERS:
        _bad_id("story", text, MAX_STORY_ID_CHARACTERS)
    return text


def _source_id(own: str | None, path: Path) -> str:
    """Return the id that was given, else the file's name as an id."""
    text = (
        own or (path.stem if SOURCE_ID.fullmatch(path.stem) else slug(path.stem, MAX_SOURCE_ID_CHARACTERS)) or "article"
    )
    if not SOURCE_ID.fullmatch(text) or len(text) > MAX_SOURCE_ID_CHARACTERS:
        _bad_id("--id", text, MAX_SOURCE_ID_CHARACTERS)
    return text


def _bad_id(what: str, text: str, most: int) -> NoReturn:
    fail(
        f"{what}: {text!r} is not lower-case words with hyphens, {most} characters at most; "
        f"try {slug(text, most) or 'my-story'}."
    )


def _date_or_exit(text: str | None) -> None:
    try:
        ImpreciseDate.parse(text or "2000")
    except DateError as error:
        fail(f"--published: {error}.")
