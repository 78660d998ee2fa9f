"""Find the file of a story that an addition belongs to, and add it to the content."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.answering.edits import EditError, NewFact, NewQuestion, NewUtterances
from bot.library.yamledit import with_fact, with_question, with_utterances
from bot.library.yamlfile import YamlError, parse

QUESTIONS_FILE = "questions.yml"
DRAFTS_FILE = "drafts.yml"
SCHEMA_COMMENT = "# yaml-language-server:"
BOM = b"\xef\xbb\xbf"

Addition = NewUtterances | NewQuestion | NewFact
Contents = Mapping[Path, bytes]


def with_addition(folder: Path, contents: Contents, addition: Addition) -> dict[Path, bytes]:
    """Return the path and the new content of the one file that changes; raise EditError if the addition is impossible.

    Utterances go to the file of their fact, questions to `questions.yml` or else to the file that has questions, facts
    to `drafts.yml`. A file that is missing is made.
    """
    match addition:
        case NewUtterances(fact, language, texts):
            path = _file_where(contents, lambda data: fact in _ids(data))
            if path is None:
                raise EditError("no_fact", fact=fact)
            return _edited(path, contents, lambda text: with_utterances(text, fact, language, texts))
        case NewQuestion(ask, expect):
            own = folder / QUESTIONS_FILE
            other = None if own in contents else _file_where(contents, lambda data: bool(data.get("questions")))
            return _edited(other or own, contents, lambda text: with_question(text, ask, expect))
        case NewFact(values):
            return _edited(folder / DRAFTS_FILE, contents, lambda text: with_fact(text, values))


def _file_where(contents: Contents, holds: Callable[[dict[str, Any]], bool]) -> Path | None:
    """Return the first file whose data has what is looked for."""
    return next((path for path, content in contents.items() if holds(_data(content))), None)


def _data(content: bytes) -> dict[str, Any]:
    data = parse(content.decode("utf-8-sig")).data
    return data if isinstance(data, dict) else {}


def _ids(data: Mapping[str, Any]) -> set[Any]:
    return {row.get("id") for row in data.get("facts") or ()}


def _edited(path: Path, contents: Contents, edit: Callable[[str], str]) -> dict[Path, bytes]:
    content = contents.get(path)
    if content is None:
        content = _new_file(contents)
    mark = BOM if content.startswith(BOM) else b""
    try:
        return {path: mark + edit(content.decode("utf-8-sig")).encode()}
    except (YamlError, UnicodeError) as error:
        raise EditError("not_yaml", file=path.name, detail=error) from error


def _new_file(contents: Contents) -> bytes:
    """Return how a new file begins: with the comment that names the schema, as the others have it."""
    firsts = (content.removeprefix(BOM).splitlines(keepends=True)[:1] for content in contents.values())
    return next((line for (line, *_) in filter(None, firsts) if line.startswith(SCHEMA_COMMENT.encode())), b"")
