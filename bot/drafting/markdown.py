"""Reduce Markdown to plain text, one line for each paragraph, heading or item of a list."""

from markdown_it import MarkdownIt
from markdown_it.token import Token


def plain_text(markdown: str) -> str:
    """Return the text of a document without its marks; code, tables of links and images are left out."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    lines = (_line(token) for token in tokens if token.type == "inline")
    return "\n\n".join(line for line in lines if line) + "\n"


def first_heading(markdown: str) -> str | None:
    """Return the heading that a document starts with; None if it starts with something else."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    return _line(tokens[1]) if tokens and tokens[0].type == "heading_open" else None


def _line(token: Token) -> str:
    parts = {"text": lambda part: part.content, "code_inline": lambda part: part.content}
    breaks = ("softbreak", "hardbreak")
    found = [
        " " if part.type in breaks else parts[part.type](part)
        for part in token.children or ()
        if part.type in (*parts, *breaks)
    ]
    return " ".join("".join(found).split(" ")).strip()
