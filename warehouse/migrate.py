"""Brings the tables and views of a warehouse up to date, by itself, and writes down what it did.

A migration is a file ``migrations/NNNN_name.sql``, never changed once released. Views hold no rows: they are made again
whenever their text differs.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError
from warehouse.transactions import transaction
from warehouse.view_columns import comment_columns, own_words

_MADE = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    name VARCHAR NOT NULL, checksum VARCHAR NOT NULL, applied_at TIMESTAMP WITH TIME ZONE NOT NULL
)
"""
_VIEWS = "views"


def migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """Apply what is missing, each step in a transaction, and return the names of the steps taken.

    Raises:
        WarehouseError: the file was made by a newer program, or by other migrations.

    """
    is_made(connection, path)
    connection.execute(_MADE)
    done = dict(connection.execute("SELECT name, checksum FROM schema_migrations").fetchall())
    steps = scripts("migrations")
    _refuse_strange(done, steps, path)
    taken = [name for name in steps if name not in done]
    for name in taken:
        _apply(connection, name, steps[name])
    views = "\n".join(scripts(_VIEWS).values())
    if taken or done.get(_VIEWS) != _checksum(views + own_words()):
        with transaction(connection):
            connection.execute(views)
            comment_columns(connection)
            _note(connection, _VIEWS, views + own_words())
        taken.append(_VIEWS)
    return taken


def is_made(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Tell whether the tables of the warehouse are there; other people's databases are left alone.

    Raises:
        WarehouseError: there are tables, and none that says which migrations made them.

    """
    names = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if names and "schema_migrations" not in names:
        raise WarehouseError(
            "this DuckDB file is no warehouse of copydesk.", advice="Name another path.", source=str(path)
        )
    return "runs" in names


@cache
def scripts(folder: str) -> dict[str, str]:
    """Return the SQL files of a folder of this package by name, in order."""
    found = (item for item in files("warehouse").joinpath(folder).iterdir() if item.name.endswith(".sql"))
    return {item.name: item.read_text(encoding="utf-8") for item in sorted(found, key=lambda item: item.name)}


def _refuse_strange(done: dict[str, str], steps: dict[str, str], path: Path) -> None:
    for name, checksum in done.items():
        if name != _VIEWS and (name not in steps or _checksum(steps[name]) != checksum):
            raise WarehouseError(
                f"the warehouse has the migration {name}, which this program does not know in that form.",
                advice="Use the version of copydesk that wrote it, or a newer one.",
                source=str(path),
            )


def _apply(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    with transaction(connection):
        connection.execute(sql)
        _note(connection, name, sql)


def _note(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    connection.execute("DELETE FROM schema_migrations WHERE name = ?", [name])
    connection.execute("INSERT INTO schema_migrations VALUES (?, ?, now())", [name, _checksum(sql)])


def _checksum(sql: str) -> str:
    return sha256(sql.encode()).hexdigest()
