"""What the pages of the desk are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

from starlette.requests import Request

from bot.answering.assistant import Assistant
from bot.answering.attaching import Attaching
from bot.answering.context import Context
from bot.answering.gaps import Gaps
from bot.answering.languages import told_in
from bot.answering.ports import Clock, Feedback, History, Library, QuestionLog, Usage
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import LANGUAGES, Catalogue, language_of
from bot.library.library import FileLibrary

Form = Mapping[str, str]  # the fields of a form, or of an address


class ServingBot(Protocol):
    """The bot that readers ask: the one beside which the desk is served, or one that runs elsewhere."""

    @property
    def is_here(self) -> bool:
        """Whether the desk can publish for it, and have it tell readers."""

    async def library(self) -> Library:
        """Return the library that serves what readers get."""

    async def follow(self) -> Mapping[tuple[str, str], int]:
        """Act on what was just written or published; return how many readers were told each fact, by story and fact."""


@dataclass(frozen=True)
class RefusedPage:
    """A page instead of the one that was asked for: a sentence that says why, and where to go back to."""

    sentence: str
    back: str


@dataclass(frozen=True)
class Desk:
    """The parts of a bot that its editors work with; the pages change nothing but through these."""

    library: FileLibrary
    stories: Stories
    assistant: Assistant
    question_log: QuestionLog
    feedback: Feedback
    history: History
    usage: Usage
    gaps: Gaps
    attaching: Attaching
    bot: ServingBot
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

    def fact_texts(self, locale: str) -> dict[tuple[str, str], str]:
        """Return the texts of all facts, drafts too, by story and fact, in the language that the story is told in."""
        return {
            (edition.story.id, fact.id): fact.text.get(told_in(edition.story.languages, locale))
            for edition in self.library.current.editions
            for fact in edition.story.facts
        }


def address(page: str, fields: Mapping[str, str]) -> str:
    """Return the relative address of a page with these fields."""
    return f"{page}?{urlencode(fields)}"
