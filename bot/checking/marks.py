"""Find what is between quotation marks, in a paragraph of an article and in a text of ours."""

import re

_PAIRS = (  # an apostrophe closes nothing inside a word, and a straight mark opens only before one
    ("«", "»"),
    ("“", "”"),
    ("„", "[“”]"),
    ("‹", "›"),
    (r"‘(?=\w)", r"’(?!\w)"),
    (r'(?<!\w)"(?=\w)', r'"'),
)
_MARKS = tuple((re.compile(opening), re.compile(closing)) for opening, closing in _PAIRS)
_QUOTATION = re.compile(
    r"«([^«»]+)»|»([^«»]+)«|“([^“”]+)”|„([^“„”]+)[“”]|‹([^‹›]+)›|(?<!\w)‘(?=\w)([^‘]+?)’(?!\w)|(?<!\w)\"(?=\w)([^\"]+)\""
)
_ENDS = "«»“”„‹›‘’\"' \u00a0\u202f"


def quotations_in(text: str) -> list[str]:
    """Return what is between quotation marks of French, English, German or Spanish, or between straight ones."""
    return [next(filter(None, found)).strip() for found in _QUOTATION.findall(text)]


def is_quoted(paragraph: str, words: str, start: int) -> bool:
    """Return whether the words at a position are inside quotation marks; marks at their own ends do not count."""
    inner = words.strip(_ENDS)
    first = start + words.find(inner)
    last = first + len(inner)
    return bool(inner) and any(begin <= first and last <= end for begin, end in _spans(paragraph))


def _spans(paragraph: str) -> list[tuple[int, int]]:
    """Return where each quotation begins and ends; one without a closing mark goes on in the next paragraph."""
    spans = []
    for opening, closing in _MARKS:
        opened = opening.search(paragraph)
        while opened:
            closed = closing.search(paragraph, opened.end())
            end = closed.start() if closed else len(paragraph)
            spans.append((opened.end(), end))
            opened = opening.search(paragraph, end + 1)
    return spans
