"""What changed, and in which order: every writer says so in the transaction in which it writes.

A copy of the warehouse knows the sequence up to which it is complete, and a token that the warehouse remembers: a copy
of another warehouse, or of a state that was never to be (a backup was put back), is told by its token.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias
from uuid import uuid4

import duckdb

from warehouse.transactions import transaction

Scope: TypeAlias = Literal["document_id", "document_number", "capture_id", "entity_id", "run_id", "url"]
"""The columns by whose values rows are found that changed."""

_COPY, _TABLE = "copy", "table"
_REMEMBERED = 8
"""Copies that are remembered: two are in use, and some were cut off while they were made."""

_FORGET = "DELETE FROM touched WHERE scope = ? AND key IN (SELECT unnest(?::VARCHAR[]))"
_TOUCH = """
INSERT INTO touched
SELECT ?, unnest(?::VARCHAR[]), (SELECT coalesce(max(sequence), 0) + 1 FROM touched)
"""
_TRIM = f"""
DELETE FROM touched WHERE scope = '{_COPY}' AND (key, sequence) NOT IN (
    SELECT (key, sequence) FROM touched WHERE scope = '{_COPY}' ORDER BY sequence DESC, key LIMIT {_REMEMBERED}
)
"""  # noqa: S608 - our own words


def touch_rows(connection: duckdb.DuckDBPyConnection, scope: Scope, keys: Iterable[str]) -> None:
    """Note that rows were written or taken out, within the transaction that does so.

    Args:
        connection: to the warehouse.
        scope: the column that tells whose rows they are. ``document_id`` stands for all rows that a document has in
            all tables, ``capture_id`` for the row of the capture alone.
        keys: its values.

    """
    found = sorted({str(key) for key in keys})
    if found:
        connection.execute(_FORGET, [scope, found])
        connection.execute(_TOUCH, [scope, found])


def touch_tables(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Note that whole tables were written anew, within the transaction that does so."""
    connection.execute(_FORGET, [_TABLE, list(tables)])
    connection.execute(_TOUCH, [_TABLE, list(tables)])


def touched_tables(connection: duckdb.DuckDBPyConnection, since: int) -> frozenset[str]:
    """Return the tables that were written anew since a sequence."""
    sql = "SELECT key FROM touched WHERE scope = ? AND sequence > ?"
    return frozenset(key for (key,) in connection.execute(sql, [_TABLE, since]).fetchall())


def latest(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the sequence of what was written last; 0 in a new warehouse."""
    (found,) = connection.execute("SELECT coalesce(max(sequence), 0) FROM touched").fetchone() or (0,)
    return int(found)


def announce_copy(connection: duckdb.DuckDBPyConnection) -> tuple[str, int]:
    """Write down that a copy is about to be made, and return its token and the sequence that it goes up to."""
    token, sequence = str(uuid4()), latest(connection)
    with transaction(connection):
        connection.execute("INSERT INTO touched VALUES (?, ?, ?)", [_COPY, token, sequence])
        connection.execute(_TRIM)
    return token, sequence


def sign_copy(connection: duckdb.DuckDBPyConnection, copy: str, token: str, sequence: int) -> None:
    """Write into an attached copy, within the transaction that fills it, up to where it goes."""
    connection.execute(f"DELETE FROM {copy}.touched")  # noqa: S608 - our own name
    connection.execute(f"INSERT INTO {copy}.touched VALUES (?, ?, ?)", [_COPY, token, sequence])  # noqa: S608 - as above


_BOOKKEEPING = """
SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND table_name IN ('touched', 'schema_migrations')
"""
_SINCE = """
SELECT max(c.sequence) FROM {copy}.touched c JOIN touched t USING (scope, key, sequence) WHERE scope = '{scope}'
AND NOT EXISTS (
    (SELECT name, checksum FROM {copy}.schema_migrations EXCEPT SELECT name, checksum FROM schema_migrations)
    UNION ALL
    (SELECT name, checksum FROM schema_migrations EXCEPT SELECT name, checksum FROM {copy}.schema_migrations)
)
"""


def complete_up_to(connection: duckdb.DuckDBPyConnection, copy: str) -> int | None:
    """Return the sequence up to which an attached copy is complete; None for one that cannot be brought up to date.

    That is one of another warehouse, or with other tables or views than ours.
    """
    if connection.execute(_BOOKKEEPING, [copy]).fetchone() != (2,):
        return None
    found = connection.execute(_SINCE.format(copy=copy, scope=_COPY)).fetchone()
    return found[0] if found else None
