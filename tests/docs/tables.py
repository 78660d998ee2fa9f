"""Write and read the tables of the pages."""

import re
from collections.abc import Iterable


def row(*cells: str) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table."""
    heads = list(heads)
    return "\n".join([row(*heads), row(*("---" for _ in heads)), *(row(*cells) for cells in rows)]) + "\n"


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of the tables in a text, without heads."""
    lines = [line for line in text.split("\n") if line.startswith("| ")]
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines if not line.startswith("| ---")
    ]
