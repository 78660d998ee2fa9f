"""Count exchanges by day while they are written, so that no statistic has to read them."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete

from bot.journal.database import aware
from bot.journal.tables import counted_answers, counted_questions
from bot.journal.upserts import insert_for

TYPED = ("mention", "reply", "direct", "ask", "terminal")  # the surfaces on which readers type a question
MONTH_CHARACTERS = len("2024-03")  # of a day
ANSWER = "answer"


def count_exchanges(connection: Connection, rows: Iterable[Any], each: int = 1) -> None:
    """Add exchanges to the counts of their days and months; `each` is -1 to subtract those of a user who is forgotten.

    What retention deletes stays counted.
    """
    questions, answers = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for row in rows:
        day = day_of(row)
        if row.surface in TYPED:
            questions[day, row.outcome, row.locale, row.story] += each
        if row.outcome == ANSWER and row.facts:
            for period in (day, day[:MONTH_CHARACTERS]):
                answers[period, row.story, row.facts[0]] += each
    for table, counts in ((counted_questions, questions), (counted_answers, answers)):
        add_counts(connection, table, counts)
        if each < 0:
            _delete_empty(connection, table, counts)


def add_counts(connection: Connection, table: Table, counts: Counter[Any]) -> None:
    """Add to the numbers of a table, whose key is that of the counts."""
    names = [column.name for column in table.primary_key.columns]
    # In order, since two processes that lock the same rows in different orders would wait for each other.
    rows = [{**dict(zip(names, key, strict=True)), "number": number} for key, number in sorted(counts.items())]
    if rows:
        connection.execute(_adding(connection.dialect.name, table), rows)


@lru_cache
def _adding(dialect: str, table: Table) -> Any:
    """Return the statement that adds to the numbers of a table, which takes as long to build as to carry out."""
    adding = insert_for(dialect, table)
    number = table.c.number + adding.excluded.number
    return adding.on_conflict_do_update(index_elements=table.primary_key.columns, set_={"number": number})


def _delete_empty(connection: Connection, table: Table, counts: Iterable[Any]) -> None:
    """Delete those of some counts of which nothing is left."""
    names = [column.name for column in table.primary_key.columns]
    own = (table.c[name] == bindparam(f"own_{name}") for name in names)
    rows = [{f"own_{name}": value for name, value in zip(names, key, strict=True)} for key in sorted(counts)]
    if rows:
        connection.execute(delete(table).where(*own, table.c.number <= 0), rows)


def day_of(row: Any) -> str:
    """Return the day of a row in UTC, as 2024-03-05."""
    return aware(row.at).astimezone(UTC).date().isoformat()
