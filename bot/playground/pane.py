"""The curator's page: the last question and its candidates, each story's state, the gaps and the problems."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib import resources
from secrets import token_urlsafe
from typing import Any

from aiohttp import web

from bot.answering.context import Context
from bot.answering.editions import Edition, Shelf
from bot.answering.exchange import Asked, GapQuestion
from bot.answering.gaps import MAX_QUESTIONS, Gap, group_gaps
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.text import decimal, percent
from bot.app import App
from bot.matching.deciding.decision import Candidate

LOOPBACK = "127.0.0.1"
MAX_CANDIDATES = 5  # how many ranked facts are shown
MAX_GAPS = 50
PAGE_FILES = {
    "/": ("pane.html", "text/html"),
    "/pane.js": ("pane.js", "text/javascript"),
    "/pane.css": ("pane.css", "text/css"),
}
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
LABELS = (
    *("title", "last", "understood", "answer", "nothing_yet", "stopped"),
    *(
        "fact",
        "probability",
        "typed_score",
        "read_score",
        "nearest",
        "lexical",
        "semantic",
        "known",
        "unknown",
        "against",
    ),
    *("stories", "version", "facts", "utterances", "passed", "matching"),
    *("files", "clean", "problems", "kept", "gaps", "no_gaps"),
)
Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Pane:
    """The data of the curator's page, from a running app."""

    def __init__(self, app: App, locale: str, catalogue: Catalogue) -> None:
        self._app = app
        self._locale = locale
        self._catalogue = catalogue
        self._seen: tuple[Shelf, list[GapQuestion]] = Shelf(()), []
        self._found: tuple[Gap, ...] = ()

    async def state(self) -> dict[str, Any]:
        """Return everything the page shows, ready for JSON; the page inserts it as text, never as markup."""
        await self._app.journal.flush()
        last = await self._app.journal.reports.last_question()
        report = self._app.library.latest
        return {
            "lang": self._locale,
            "words": {word: self._say(f"pane.{word}") for word in LABELS},
            "last": await self._explained(last) if last else None,
            "stories": [
                {
                    "title": edition.story.story.title.get(self._locale),
                    "version": edition.version,
                    "facts": len(edition.story.shown_facts),
                    "utterances": sum(len(list(fact.asked.values())) for fact in edition.story.shown_facts.values()),
                    "passed": self._passed(edition),
                    "matching": self._say("facts.semantic" if edition.decider.is_semantic else "facts.lexical"),
                }
                for edition in self._app.library.current.editions
            ],
            "loaded": report.loaded,
            "problems": list(report.problems),
            "gaps": [self._gap(gap) for gap in await self._gaps()],
        }

    def _passed(self, edition: Edition) -> str:
        """Return the share of a story's questions that get the right answer."""
        if edition.answered is None:
            return self._say("pane.untested")
        return percent(edition.answered, self._locale)

    async def _explained(self, last: Asked) -> dict[str, Any]:
        """Explain a question, as it was understood, with the current stories."""
        context = Context(0, 0, None, last.locale, self._app.client.parts.clock.now())
        explanation = await self._app.assistant.explain(context, last.understood)
        return {
            "question": last.question,
            "understood": last.understood if last.understood != last.question else None,
            "outcome": self._say(f"pane.outcome.{explanation.outcome}"),
            "answer": self._score(explanation.answer),
            "candidates": [self._candidate(candidate) for candidate in explanation.candidates[:MAX_CANDIDATES]],
        }

    def _candidate(self, candidate: Candidate) -> dict[str, Any]:
        evidence = candidate.evidence
        return {
            "fact": candidate.fact,
            "scores": list(map(self._score, (candidate.probability, candidate.as_typed, candidate.as_read))),
            "nearest": candidate.utterance,
            "lexical": self._score(candidate.lexical),
            "semantic": "" if candidate.semantic is None else self._score(candidate.semantic),
            "known": ", ".join(evidence.known),
            "unknown": ", ".join(evidence.unknown),
            "against": ", ".join(self._say(f"reason.{veto}") for veto in evidence.against),
        }

    def _score(self, score: float) -> str:
        return decimal(score, self._locale)

    async def _gaps(self) -> tuple[Gap, ...]:
        """Return the gaps; they are grouped again only if the journal or the stories have changed."""
        seen = self._app.library.current, await self._app.journal.reports.gap_questions(None, MAX_QUESTIONS)
        if seen != self._seen:
            self._seen, self._found = seen, await asyncio.to_thread(group_gaps, *seen, None, MAX_GAPS)
        return self._found

    def _gap(self, gap: Gap) -> dict[str, Any]:
        return {"question": gap.questions[0], "outcome": self._say(f"gaps.cause.{gap.causes[0]}"), "asked": gap.asked}

    def _say(self, key: str) -> str:
        return self._catalogue.text(self._locale, key)


@asynccontextmanager
async def serve_pane(pane: Pane, port: int) -> AsyncIterator[str]:
    """Serve the page on loopback under a secret path, and yield its address; raise OSError if the port is in use."""
    application, secret = web.Application(middlewares=[_refuse_other_sites]), token_urlsafe(16)
    for address, (name, kind) in PAGE_FILES.items():
        text = (resources.files("bot.playground") / "static" / name).read_text("utf-8")
        application.router.add_get(f"/{secret}{address}", _fixed(text, kind))
    application.router.add_get(f"/{secret}/state", _state(pane))
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port).start()
        yield f"http://{LOOPBACK}:{port}/{secret}/"
    finally:
        await runner.cleanup()


def _fixed(text: str, kind: str) -> Respond:
    async def respond(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, content_type=kind)

    return respond


def _state(pane: Pane) -> Respond:
    async def respond(_request: web.Request) -> web.StreamResponse:
        return web.json_response(await pane.state())

    return respond


@web.middleware
async def _refuse_other_sites(request: web.Request, handler: Respond) -> web.StreamResponse:
    """Refuse requests from other sites: one may guess the port and make its domain resolve to this machine."""
    port = request.transport.get_extra_info("sockname")[1] if request.transport else 0
    hosts = {f"{LOOPBACK}:{port}", f"localhost:{port}"}
    origin = request.headers.get("Origin")
    if request.host not in hosts or (origin is not None and origin.removeprefix("http://") not in hosts):
        return web.Response(status=403, headers=SECURITY_HEADERS)
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(SECURITY_HEADERS)
        raise
    response.headers.update(SECURITY_HEADERS)
    return response
