"""CSV (RFC 4180, in UTF-8, lines end in a line feed): one file a table."""

from __future__ import annotations

from pathlib import Path

from warehouse.exports.chosen import Chosen, Tell
from warehouse.exports.exported import TABLES, columns_of, table_sql
from warehouse.exports.formats import Format


def write_csv(chosen: Chosen, place: Path, tell: Tell) -> None:
    """Write ``TABLE.csv`` for every table. Lists are JSON; NULL is nothing, an empty text is ``""``."""
    connection = chosen.warehouse.connection
    for number, table in enumerate(TABLES):
        sql, order = table_sql(table)
        columns = [
            f"to_json({name})::VARCHAR AS {name}" if kind.endswith("[]") else name
            for name, kind in columns_of(connection, table).items()
        ]
        distinct, first = ("DISTINCT ", ()) if table == "entities" else ("", ("number",))
        query = f"SELECT {distinct}{', '.join(columns)} FROM ({sql}) ORDER BY {', '.join((*first, *order))}"  # noqa: S608 - our own names
        target = str(place / f"{table}.csv").replace("'", "''")
        connection.execute(f"COPY ({query}) TO '{target}' (FORMAT csv, HEADER)")
        tell(number + 1, len(TABLES))


FORMAT = Format("csv", is_folder=True, write=write_csv)
