"""The articles of an export one by one, each with all of its rows; few are held at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import duckdb

from schemas.tables import key_of
from warehouse.exports.chosen import Chosen
from warehouse.exports.exported import columns_of, table_sql
from warehouse.load import DERIVED

Row: TypeAlias = dict[str, Any]

_HELD = 2048
"""Rows of a table that are held at a time: the smallest piece that DuckDB reads."""
FACTS = tuple(table for table in DERIVED if key_of(table) == "fact_id")


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

    The tables are sorted into files, one after the other, and then read side by side: so little has to be held.
    """
    streams = {table: _Ahead(_read(chosen, table)) for table in tables}
    for number, head in _read(chosen, "articles"):
        rows = {table: stream.take(number) for table, stream in streams.items()}
        if "event_participants" in rows:
            _put_into_events(rows)
        yield ExportedArticle(head, rows)


def _read(chosen: Chosen, table: str) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a table in the order of the articles, each with the number of its article."""
    connection = chosen.warehouse.connection
    sql, order = table_sql(table)
    columns = columns_of(connection, table)
    written = [f"{name}::VARCHAR AS {name}" if kind == "UUID" else name for name, kind in columns.items()]
    query = f"SELECT number, {', '.join(written)} FROM ({sql}) ORDER BY {', '.join(('number', *order))}"  # noqa: S608 - our own names
    file = str(chosen.folder / f"{table}.sorted").replace("'", "''")
    connection.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet, ROW_GROUP_SIZE {_HELD})")
    return _rows(connection.cursor(), file, {name: kind == "JSON" for name, kind in columns.items()})


def _rows(cursor: duckdb.DuckDBPyConnection, file: str, columns: Mapping[str, bool]) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a sorted file as they lie there; ``columns`` says which are JSON."""
    in_json = [name for name, is_json in columns.items() if is_json]
    cursor.execute(f"FROM read_parquet('{file}')")
    while found := cursor.fetchmany(_HELD):
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
