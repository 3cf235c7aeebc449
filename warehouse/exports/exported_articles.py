"""The articles of an export one by one, each with all of its rows; few are held at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from warehouse.exports.chosen import Chosen
from warehouse.exports.exported import columns_of, table_sql
from warehouse.load import DERIVED

Row: TypeAlias = dict[str, Any]

_FETCHED = 1000
"""Rows of a table that are fetched at a time."""
FACTS = tuple(
    table for table in DERIVED if table not in ("blocks", "fields", "paragraphs", "edits", "event_participants")
)


@dataclass(frozen=True, slots=True)
class ExportedArticle:
    """An article with its rows.

    Attributes:
        head: its row in ``articles``, with its base text.
        rows: the rows of the other tables, by table; the participants of an event stand in its row.

    """

    head: Row
    rows: Mapping[str, list[Row]]

    @property
    def facts(self) -> Iterator[tuple[str, Row]]:
        """The facts with their tables, in the order of the tables and then of the text."""
        return ((table, row) for table in FACTS for row in self.rows[table])


def read_articles(chosen: Chosen, *tables: str) -> Iterator[ExportedArticle]:
    """Yield the chosen articles in their order, with the rows of some tables.

    Every table is read once, sorted by article, all of them side by side.
    """
    streams = {table: _Ahead(_read(chosen, table)) for table in tables}
    for number, head in _read(chosen, "articles"):
        rows = {table: stream.take(number) for table, stream in streams.items()}
        if "event_participants" in rows:
            _put_into_events(rows)
        yield ExportedArticle(head, rows)


def _read(chosen: Chosen, table: str) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a table in the order of the articles, each with the number of its article."""
    cursor = chosen.cursor()
    sql, order = table_sql(table)
    columns = columns_of(cursor, table)
    written = [f"{name}::VARCHAR AS {name}" if kind == "UUID" else name for name, kind in columns.items()]
    in_json = [name for name, kind in columns.items() if kind == "JSON"]
    sorted_by = ", ".join(("number", *order))
    cursor.execute(f"SELECT number, {', '.join(written)} FROM ({sql}) ORDER BY {sorted_by}")  # noqa: S608 - our own names
    while found := cursor.fetchmany(_FETCHED):
        for number, *values in found:
            row = dict(zip(columns, values, strict=True))
            for name in in_json:
                row[name] = json.loads(row[name]) if row[name] is not None else None
            yield number, row


class _Ahead:
    """A stream of rows of which the next one is known."""

    def __init__(self, rows: Iterator[tuple[int, Row]]) -> None:
        self.rows = rows
        self.next = next(rows, None)

    def take(self, number: int) -> list[Row]:
        """Return the rows of an article; those of articles before it were taken."""
        found = []
        while self.next is not None and self.next[0] == number:
            found.append(self.next[1])
            self.next = next(self.rows, None)
        return found


def _put_into_events(rows: dict[str, list[Row]]) -> None:
    events = {event["fact_id"]: event.setdefault("participants", []) for event in rows["events"]}
    for row in rows.pop("event_participants"):
        events[row["fact_id"]].append(row)
