"""The machine-readable reply, with the fields that docs/start.md documents."""

from typing import Any

from bot.answering.cited import CitedFact
from bot.answering.reply import Reply


def machine_readable(reply: Reply, answer: str) -> dict[str, Any]:
    """Return a reply as JSON-ready data; `answer` is the text that a user would read."""
    return {
        "question": reply.question,
        "outcome": reply.outcome,
        "cause": reply.cause,
        "locale": reply.locale,
        "answer": answer,
        "score": reply.score,
        "facts": [_fact(fact) for fact in reply.facts],
        "also": [[_fact(fact) for fact in sides] for sides in reply.also],
        "suggestions": [{"id": item.id, "text": item.text, "score": item.score} for item in reply.suggestions],
        "elapsed_ms": round(reply.elapsed_ms, 3),
    }


def _fact(fact: CitedFact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "kind": fact.kind,
        "by": fact.by,
        "text": fact.text,
        "when": fact.when,
        "when_text": fact.when_text,
        "score": fact.score,
        "sources": [
            {"source": citation.source, "paragraph": citation.paragraph, "quote": citation.quote}
            for citation in fact.citations
        ],
    }
