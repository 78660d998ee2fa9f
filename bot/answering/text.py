"""Say a reply in plain text: for the terminal, for the JSON answer, and where embeds are not allowed."""

from bot.answering.catalogue import Catalogue
from bot.answering.dates import date_words
from bot.answering.values import CitationView, FactView, Reply


def fact_lines(view: FactView, locale: str, catalogue: Catalogue) -> list[str]:
    """Say a fact: its text, who asserts it, when, and where it is written."""
    lines = [view.text, catalogue.text(locale, f"by.{view.kind}", name=view.by_name)]
    if view.when_words:
        lines.append(catalogue.text(locale, "reply.when_line", when=view.when_words))
    return [*lines, *(_citation(citation, locale, catalogue) for citation in view.citations)]


def _citation(citation: CitationView, locale: str, catalogue: Catalogue) -> str:
    article = f"{citation.article}, {citation.url}" if citation.url else citation.article
    return catalogue.text(locale, "reply.citation", quote=citation.quote, paragraph=citation.paragraph, article=article)


def abstention(reply: Reply, title: str, catalogue: Catalogue) -> str:
    """Say why there is no answer."""
    date = date_words(reply.as_of, reply.locale, catalogue)
    return catalogue.text(reply.locale, f"abstain.{reply.cause}", date=date, title=title)


def reply_text(reply: Reply, title: str, catalogue: Catalogue) -> str:
    """Say a whole reply; `title` is the story's, in the reply's language."""
    if reply.outcome == "abstain":
        return abstention(reply, title, catalogue)
    if reply.outcome == "suggest":
        heading = catalogue.text(reply.locale, "suggest.title")
        return "\n".join([heading, *(f"{number}. {item.text}" for number, item in enumerate(reply.suggestions, 1))])
    blocks = []
    for view in reply.facts:
        lines = fact_lines(view, reply.locale, catalogue)
        if view.relation != "answer":
            lines[0] = f"{catalogue.text(reply.locale, f'relation.{view.relation}')} — {lines[0]}"
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
