"""What the pages of the desk are made from."""

from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from bot.answering.assistant import Assistant
from bot.answering.context import Context
from bot.answering.ports import Clock, Feedback, History, Reports, Usage
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import LANGUAGES, Catalogue, language_of
from bot.library.library import FileLibrary


@dataclass(frozen=True)
class Desk:
    """The parts of a bot that its editors work with; the pages change nothing but through these."""

    library: FileLibrary
    stories: Stories
    assistant: Assistant
    reports: Reports
    feedback: Feedback
    history: History
    usage: Usage
    clock: Clock
    catalogue: Catalogue
    articles: Path | None  # the folder of the articles' texts, if there is one
    locale: str | None = None  # the language of the pages; the browser's if it is None

    def locale_of(self, request: Request) -> str:
        """Return the language of a page: the desk's own, else the first of the browser's that has a catalogue."""
        wanted = (part.partition(";")[0].strip() for part in request.headers.get("accept-language", "").split(","))
        known = (language_of(code) for code in wanted if code.partition("-")[0].lower() in LANGUAGES)
        return self.locale or next(known, LANGUAGES[0])

    def context(self, locale: str) -> Context:
        """Return the context of an editor at the desk: in no server, and nobody whose questions are stored."""
        return Context(0, 0, None, locale, self.clock.now())
