"""Parquet: a folder a table, partitioned by source as Hive does it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from warehouse.exports.chosen import Chosen, Tell
from warehouse.exports.exported import TABLES, columns_of, table_sql
from warehouse.exports.formats import Format

_OPTIONS = "(FORMAT parquet, COMPRESSION zstd)"


def write_parquet(chosen: Chosen, place: Path, tell: Tell) -> None:
    """Write ``TABLE/source=NAME/TABLE.parquet`` for every table and source, and ``entities/entities.parquet``.

    Ids are text, as in CSV: few readers know Parquet's UUID. A table without rows has its columns.
    """
    files = [(table, source) for table in TABLES if table != "entities" for source in chosen.sources]
    for number, (table, source) in enumerate(files):
        folder = place / table / f"source={quote(source, safe=' ')}"
        folder.mkdir(parents=True)
        _write(chosen, table, folder / f"{table}.parquet", source)
        tell(number + 1, len(files) + 1)
    (place / "entities").mkdir()
    _write(chosen, "entities", place / "entities" / "entities.parquet", None)
    tell(len(files) + 1, len(files) + 1)


def _write(chosen: Chosen, table: str, path: Path, source: str | None) -> None:
    connection = chosen.warehouse.connection
    sql, order = table_sql(table)
    columns = [
        f"{name}::VARCHAR AS {name}" if kind == "UUID" else name
        for name, kind in columns_of(connection, table).items()
        if name != "source"  # the partition says it
    ]
    target = str(path).replace("'", "''")
    if source is None:
        query = f"SELECT DISTINCT {', '.join(columns)} FROM ({sql}) ORDER BY {', '.join(order)}"  # noqa: S608 - our own names
        connection.execute(f"COPY ({query}) TO '{target}' {_OPTIONS}")
        return
    query = (
        f"SELECT {', '.join(columns)} FROM ({sql}) "  # noqa: S608 - our own names
        "WHERE number IN (SELECT number FROM chosen WHERE source = ?) "
        f"ORDER BY {', '.join(('number', *order))}"
    )
    connection.execute(f"COPY ({query}) TO '{target}' {_OPTIONS}", [source])


FORMAT = Format("parquet", is_folder=True, write=write_parquet)
