"""Explain in sentences why a question got its reply."""

from collections.abc import Callable, Iterable

from bot.answering.reply import Explanation
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.text import decimal, enumerated
from bot.matching.deciding.evidence import Reason


def why_lines(
    explanation: Explanation, locale: str, catalogue: Catalogue, escape: Callable[[str], str] = str
) -> list[str]:
    """Return why in the reader's words, how the question was understood, how well the nearest fact fits, then figures.

    `escape` is applied to what the reader and the editors wrote.
    """
    lines = [catalogue.text(locale, f"why.rule.{explanation.rule}")]
    lines.append(catalogue.text(locale, "why.understood", question=escape(explanation.question)))
    if candidate := explanation.nearest:
        evidence = candidate.evidence
        lines.append(catalogue.text(locale, "why.nearest", utterance=escape(candidate.utterance)))
        if evidence.known:
            lines.append(catalogue.text(locale, "why.known", words=escape(", ".join(evidence.known))))
        if evidence.unknown:
            lines.append(catalogue.text(locale, "why.unknown", words=escape(", ".join(evidence.unknown))))
        if explanation.outcome != "answer" and evidence.against:
            lines.append(_against(evidence.against, locale, catalogue))
        elif explanation.is_tied:
            lines.append(catalogue.text(locale, "why.tied"))
        score, least = decimal(candidate.probability, locale), decimal(explanation.answer, locale)
        lines.append(catalogue.text(locale, "why.score", score=score, least=least))
    return lines


def _against(reasons: Iterable[Reason], locale: str, catalogue: Catalogue) -> str:
    """Return the reasons against answering with a fact, as a sentence."""
    texts = [catalogue.text(locale, f"why.veto.{reason}") for reason in reasons]
    return catalogue.text(locale, "why.against", reasons=enumerated(texts, locale))
