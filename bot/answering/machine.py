"""Say a reply to a program: the fields that the README describes."""

from typing import Any

from bot.answering.cited import CitedFact
from bot.answering.reply import Reply


def machine_readable(reply: Reply, said: str) -> dict[str, Any]:
    """Return a reply as plain data; `said` is what a user would read."""
    return {
        "question": reply.question,
        "outcome": reply.outcome,
        "cause": reply.cause,
        "locale": reply.locale,
        "answer": said,
        "score": reply.score,
        "facts": [_fact(view) for view in reply.facts],
        "also": [[_fact(view) for view in thread] for thread in reply.also],
        "suggestions": [{"id": item.id, "text": item.text, "score": item.score} for item in reply.suggestions],
        "elapsed_ms": round(reply.elapsed_ms, 3),
    }


def _fact(view: CitedFact) -> dict[str, Any]:
    return {
        "id": view.id,
        "kind": view.kind,
        "by": view.by,
        "text": view.text,
        "when": view.when,
        "score": view.score,
        "sources": [
            {"source": citation.source, "paragraph": citation.paragraph, "quote": citation.quote}
            for citation in view.citations
        ],
    }
