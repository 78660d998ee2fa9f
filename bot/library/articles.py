"""Read an article from a file of text, Markdown or HTML, with what the file says about it."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot import OnRecordError
from bot.drafting.markdown import first_heading, plain_text
from bot.library.yamlfile import YamlError, parse
from bot.story.dates import DateError, ImpreciseDate

HTML, MARKDOWN = frozenset({".html", ".htm", ".xhtml"}), frozenset({".md", ".markdown"})
MAX_FIELD_CHARACTERS, MAX_URL_CHARACTERS = 200, 300  # of a record; a longer one is left out
NO_EXTRACTOR = "{path}: reading HTML needs the extra `import`: pip install 'onrecord[import]'."
_FRONT_MATTER = "---\n"


class ArticleError(OnRecordError):
    """A file that is no article; the text says why."""


@dataclass(frozen=True)
class Article:
    """The text of an article as it will be stored, and what its file says about it; None is what it does not say."""

    content: bytes
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None

    @property
    def text(self) -> str:
        """The text; `content` is its UTF-8."""
        return self.content.decode("utf-8")


def read_article(path: Path) -> Article:
    """Read a file; its name says what it is. Raises ArticleError if there is no text in it."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{path}: the file cannot be read: {error.strerror}.") from error
    suffix = path.suffix.lower()
    article = _from_html(path, content) if suffix in HTML else _from_text(path, content, is_markdown=suffix in MARKDOWN)
    if not article.text.strip():
        raise ArticleError(f"{path}: there is no text in it.")
    return article


def _from_text(path: Path, content: bytes, *, is_markdown: bool) -> Article:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path}: the file is not UTF-8 text; save it as UTF-8 text, Markdown or HTML.") from error
    if not is_markdown:
        return Article(content)
    data, body = _front_matter(text.replace("\r\n", "\n"))
    return Article(
        content=plain_text(body).encode(),
        title=_field(data.get("title") or first_heading(body)),
        publisher=_field(data.get("publisher")),
        author=_field(data.get("author")),
        url=_url(data.get("url") or data.get("source")),
        published=_date(data.get("date") or data.get("published")),
    )


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the keys between two lines of hyphens at the start, and the text after them."""
    if not text.startswith(_FRONT_MATTER):
        return {}, text
    head, mark, body = text.removeprefix(_FRONT_MATTER).partition("\n---\n")
    try:
        data = parse(head).data if mark else None
    except YamlError:
        return {}, body
    return (data, body) if isinstance(data, dict) else ({}, text)


def _from_html(path: Path, content: bytes) -> Article:
    if not find_spec("trafilatura"):
        raise ArticleError(NO_EXTRACTOR.format(path=path))
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(content, with_metadata=True, include_comments=False)
    if not isinstance(found, Document) or not found.text:
        raise ArticleError(f"{path}: no article was found in this page; save its text as a .txt file.")
    lines = (line.strip().removeprefix("- ") for line in found.text.splitlines())
    return Article(
        content=("\n\n".join(line for line in lines if line) + "\n").encode(),
        title=_field(found.title),
        publisher=_field(found.sitename),
        author=_field(found.author),
        url=_url(found.url),
        published=_date(found.date),
    )


def _field(value: Any) -> str | None:
    text = " ".join(str(value).split()) if value else ""
    return text if 0 < len(text) <= MAX_FIELD_CHARACTERS else None


def _url(value: Any) -> str | None:
    text = str(value or "")
    return text if text.startswith(("http://", "https://")) and len(text) <= MAX_URL_CHARACTERS else None


def _date(value: Any) -> str | None:
    """Return a date that a record may have; None if it is none."""
    try:
        return ImpreciseDate.parse(str(value)[:10]).edtf if value else None
    except DateError:
        return None
