"""The page on which an editor asks a question, and reads why it got its answer."""

from typing import Any

from starlette.requests import Request

from bot.answering.context import Context
from bot.answering.telling.text import decimal
from bot.answering.telling.why import why_lines
from bot.desk.desk import Desk
from bot.matching.deciding.decision import Candidate
from bot.surface.platform.typography import unbroken

MAX_CANDIDATES = 8


async def try_page(desk: Desk, request: Request, locale: str) -> dict[str, Any]:
    """Return the explanation of the question in the address, else of the last one that a reader asked."""
    asked = request.query_params.get("q", "").strip()
    last = None if asked else next(iter(await desk.question_log.recent(1)), None)
    question = asked or (last.understood if last else "")
    if not question:
        return {"asked": asked, "question": "", "explanation": None}
    spoken = last.locale if last else locale
    context = Context(0, 0, None, spoken, desk.clock.now())
    explanation = await desk.assistant.explain(context, question)
    return {
        "asked": asked,
        "question": last.question if last else question,
        "explanation": explanation,
        "why": [unbroken(line) for line in why_lines(explanation, locale, desk.catalogue)],
        "facts": {fact: text for (_, fact), text in desk.fact_texts(locale).items()},
        "rows": [_row(candidate, desk, locale) for candidate in explanation.candidates[:MAX_CANDIDATES]],
        "least": decimal(explanation.answer, locale),
    }


def _row(candidate: Candidate, desk: Desk, locale: str) -> dict[str, str]:
    """Return the numbers of a candidate as text."""
    scores = {
        "probability": candidate.probability,
        "typed_score": candidate.as_typed,
        "read_score": candidate.as_read,
        "lexical": candidate.lexical,
        "semantic": candidate.semantic,
    }
    evidence = candidate.evidence
    return {
        "fact": candidate.fact,
        "nearest": candidate.utterance,
        **{name: "" if score is None else decimal(score, locale) for name, score in scores.items()},
        "known": ", ".join(evidence.known),
        "unknown": ", ".join(evidence.unknown),
        "against": ", ".join(desk.catalogue.text(locale, f"reason.{veto}") for veto in evidence.against),
    }
