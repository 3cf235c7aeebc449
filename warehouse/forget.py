"""Forgetting documents: nothing of them is left in the warehouse, in its copies, nor in what their files once held.

DuckDB leaves the rows that are deleted in the free blocks of its file, also after a checkpoint. So the rows are taken
out of a copy, that is copied into a fresh file, and the fresh file takes the place of the warehouse in one step, last
of all: stopped at any moment before, the documents are still there, and can be forgotten again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from schemas.tables import references_to
from warehouse import stories
from warehouse.connect import Warehouse
from warehouse.errors import StoreFailed, WarehouseError
from warehouse.files import files_of
from warehouse.publish import publish
from warehouse.records import Run
from warehouse.run_log import save_run
from warehouse.transactions import transaction


@dataclass(frozen=True, slots=True)
class Known:
    """A document: its id, its title, the source that it is of, and its path or address."""

    document_id: str
    title: str | None
    source: str
    path: str | None
    url: str | None

    @property
    def place(self) -> str:
        """Its address, or its path in its source."""
        return self.url or self.path or ""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was, or would be, removed.

    Attributes:
        documents: them.
        rows: how many, by table; none of the bookkeeping.
        digests: SHA-256 of the bytes that no other document has.
        shared: SHA-256 of those that others have, too: they stay.

    """

    documents: tuple[Known, ...]
    rows: Mapping[str, int]
    digests: tuple[str, ...]
    shared: tuple[str, ...]


_FIND = """
SELECT d.document_id::VARCHAR FROM documents d JOIN sources s USING (source_id)
WHERE starts_with(d.document_id::VARCHAR, $beginning) OR d.path = $name OR d.url = $name OR d.canonical_url = $name
OR (s.name, d.path) = ($source, $path)
ORDER BY 1 LIMIT 4
"""
_SHORTEST = 4
"""Characters of an id that are enough to name a document, if no other shares them."""


def find_document_named(warehouse: Warehouse, name: str, place: tuple[str, str]) -> str:
    """Return the id of the one document that has an id that begins so, or this path or address.

    Args:
        warehouse: where it is.
        name: as a person writes it.
        place: source and path, if it is a file.

    Raises:
        WarehouseError: there is none, or more than one.

    """
    beginning = name.lower() if len(name) >= _SHORTEST else "-"
    asked = {"beginning": beginning, "name": name, "source": place[0], "path": place[1]}
    found = [document for (document,) in warehouse.connection.execute(_FIND, asked).fetchall()]
    if len(found) == 1:
        return str(found[0])
    if not found:
        raise WarehouseError("no document has this id, path or address.", advice="See `copydesk status`.", source=name)
    raise WarehouseError(f"several documents are named so: {', '.join(found)}.", advice="Give an id.", source=name)


def try_forgetting(warehouse: Warehouse, document_ids: Sequence[str]) -> Forgotten:
    """Return what forgetting some documents would remove; nothing is changed."""
    with transaction(warehouse.connection, is_dry=True):
        return _take_out(warehouse.connection, document_ids)


def forget(
    warehouse: Warehouse, document_ids: Sequence[str], run: Run, remove_bytes: Callable[[Sequence[str]], None]
) -> Forgotten:
    """Remove documents and all that is known of them, and return what was removed.

    The warehouse has to be closed afterwards: another file has its name. The run log keeps when it was, and how many.

    Args:
        warehouse: open to be written.
        document_ids: of the documents.
        run: as it is to be written down.
        remove_bytes: removes kept bytes by their SHA-256.

    Raises:
        StoreFailed: the disk refused; nothing is forgotten.

    """
    path = warehouse.path
    with _spare_files(path) as (work, fresh):
        warehouse.connection.execute("CHECKPOINT")
        _copy(warehouse.connection, work)
        with duckdb.connect(str(work)) as copy:
            with transaction(copy):
                found = _take_out(copy, document_ids)
            save_run(copy, run)
            _copy(copy, fresh)
        _remove(work)  # its free blocks hold what was taken out
        with duckdb.connect(str(fresh)) as copy:
            publish(copy, path, afresh=True)
            copy.execute("CHECKPOINT")
        if any(_log_of(file).exists() for file in (path, fresh)):
            raise StoreFailed("the warehouse was not written to its end.", advice="Run it again.", source=str(path))
        shutil.copymode(path, fresh)
        remove_bytes(found.digests)
        _sweep(path)
        fresh.replace(path.resolve())
    return found


@contextmanager
def _spare_files(path: Path) -> Iterator[tuple[Path, Path]]:
    """Yield the names of two files beside a file; nothing of them is left, also of those of an earlier time."""
    real = path.resolve()
    spare = real.with_name(f".{real.name}.work"), real.with_name(f".{real.name}.fresh")
    try:
        _remove(*spare)
        yield spare
    finally:
        _remove(*spare)


def _remove(*files: Path) -> None:
    for file in files:
        _log_of(file).unlink(missing_ok=True)
        file.unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    """Remove what killed processes left beside a warehouse: copies cut short, and what did not fit into memory."""
    copy = files_of(path).current
    for left in copy.parent.glob(f".{copy.stem}.*.part"):
        left.unlink(missing_ok=True)
    shutil.rmtree(path.with_name(path.name + ".tmp"), ignore_errors=True)


def _log_of(file: Path) -> Path:
    return file.with_name(file.name + ".wal")


def _copy(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Copy all tables, views and macros into a new file, and nothing of free blocks."""
    (name,) = connection.execute("SELECT current_database()").fetchone() or ("",)
    target = str(file).replace("'", "''")
    connection.execute(f"ATTACH '{target}' AS copydesk_spare")
    connection.execute(f"""COPY FROM DATABASE "{str(name).replace('"', '""')}" TO copydesk_spare""")
    connection.execute("CHECKPOINT copydesk_spare")
    connection.execute("DETACH copydesk_spare")


# The rows -----------------------------------------------------------------------------------------------------------

_KNOWN = """
SELECT d.document_id::VARCHAR, (
    SELECT dv.title FROM current_derivations dv WHERE dv.document_id = d.document_id LIMIT 1
), s.name, d.path, coalesce(d.canonical_url, d.url)
FROM documents d JOIN sources s USING (source_id) WHERE d.document_id IN (SELECT unnest(?::UUID[])) ORDER BY 1
"""
_KEYS = {
    "document_id": "documents",
    "version_id": "versions",
    "derivation_id": "derivations",
    "capture_id": "captures",
    "quarantine_id": "quarantine",
    "document_number": "search_documents",
}
"""Columns whose values lead to the rows of documents, in any table, also in those that people made; and the tables that
say whose they are, each with a ``document_id``, as far as they are there."""
_APART = ("runs", "sources", "entities", "fetches", "touched", "schema_migrations")
"""Tables whose rows are of no single document."""
_COLUMNS = """
SELECT c.table_name, c.column_name FROM duckdb_columns() c
JOIN duckdb_tables() t ON t.table_oid = c.table_oid AND t.database_oid = c.database_oid
WHERE c.database_name = current_database() AND NOT t.temporary
"""
_DIGESTS = """
SELECT DISTINCT sha256, sha256 IN (
    SELECT o.sha256 FROM captures o WHERE o.document_id NOT IN (SELECT unnest($1::UUID[]))
) FROM captures WHERE document_id IN (SELECT unnest($1::UUID[])) ORDER BY 1
"""
_NAMES = """
SELECT unnest(list_concat([d.path, d.url, d.canonical_url], coalesce(d.former_paths, []))) FROM documents d
WHERE d.document_id IN (SELECT unnest(?::UUID[]))
"""


def _take_out(connection: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> Forgotten:
    """Delete all rows of documents, within a transaction of the caller."""
    ids = list(document_ids)
    known = tuple(Known(*row) for row in connection.execute(_KNOWN, [ids]).fetchall())
    digests = connection.execute(_DIGESTS, [ids]).fetchall()
    alone = tuple(digest for digest, is_shared in digests if not is_shared)
    stories.leave(connection, ids)
    names = {name for (name,) in connection.execute(_NAMES, [ids]).fetchall() if name}
    tables = _tables(connection)
    for column, table in _KEYS.items():
        found = f"SELECT {column} FROM {table} WHERE document_id IN (SELECT unnest(?::UUID[]))"  # noqa: S608 - our own names
        values = connection.execute(found, [ids]).fetchall() if table in tables else []
        connection.execute(f"CREATE OR REPLACE TEMP TABLE gone_{column} (key VARCHAR)")
        connection.execute(f"INSERT INTO gone_{column} SELECT unnest(?::VARCHAR[])", [[str(key) for (key,) in values]])
    named = _entities_of(connection)
    rows = {"fetches": _count(connection, _FETCHED, sorted(names), alone)}
    rows["quarantine"] = _count(connection, _UNNAMED)
    for table, column in _scopes(tables).items():
        sql = f'DELETE FROM "{table}" WHERE "{column}"::VARCHAR IN (SELECT key FROM gone_{column})'  # noqa: S608 - as above
        rows[table] = rows.get(table, 0) + _count(connection, sql)
    rows["entities"] = _count(connection, _alone(), named)
    _clear_log(connection, names | set(alone))
    _clear_bookkeeping(connection, [*named, *names])
    for column in _KEYS:
        connection.execute(f"DROP TABLE gone_{column}")
    shared = tuple(digest for digest, is_shared in digests if is_shared)
    return Forgotten(known, {table: n for table, n in rows.items() if n}, alone, shared)


def _count(connection: duckdb.DuckDBPyConnection, sql: str, *parameters: object) -> int:
    (count,) = connection.execute(sql, list(parameters)).fetchone() or (0,)
    return int(count)


def _tables(connection: duckdb.DuckDBPyConnection) -> Mapping[str, frozenset[str]]:
    """Return the tables of the warehouse with their columns."""
    columns: dict[str, set[str]] = {}
    for table, column in connection.execute(_COLUMNS).fetchall():
        columns.setdefault(table, set()).add(column)
    return {table: frozenset(names) for table, names in sorted(columns.items())}


def _scopes(tables: Mapping[str, frozenset[str]]) -> Mapping[str, str]:
    """Return by which column the rows of each table are found."""
    found = {
        table: next((column for column in _KEYS if column in names), None)
        for table, names in tables.items()
        if table not in _APART
    }
    return {table: column for table, column in found.items() if column}


_FETCHED = """
DELETE FROM fetches WHERE url IN (SELECT unnest($1::VARCHAR[])) OR final_url IN (SELECT unnest($1::VARCHAR[]))
OR sha256 IN (SELECT unnest($2::VARCHAR[]))
"""
_UNNAMED = """
DELETE FROM quarantine WHERE document_id IS NULL AND (
    quarantine_id IN (SELECT blocked_by FROM quarantine WHERE document_id::VARCHAR IN (FROM gone_document_id))
    AND quarantine_id NOT IN (
        SELECT blocked_by FROM quarantine
        WHERE blocked_by IS NOT NULL AND document_id::VARCHAR NOT IN (FROM gone_document_id)
    )
    OR EXISTS (FROM gone_document_id WHERE contains(row_json::VARCHAR, key))
)
"""
"""Rows that name no document, as entities do: those that only the rows of these documents wait for."""


def _entities_of(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the entities that the documents name."""
    asked = " UNION ".join(
        f"SELECT {column} FROM {table} WHERE derivation_id::VARCHAR IN (FROM gone_derivation_id)"  # noqa: S608 - our own names
        for table, column in references_to("entities")
    )
    return [entity for (entity,) in connection.execute(asked).fetchall() if entity is not None]


def _alone() -> str:
    """Return the SQL that deletes entities that nothing refers to any more."""
    used = " UNION ALL ".join(
        f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608 - our own names
        for table, column in references_to("entities")
    )
    return (
        f"DELETE FROM entities WHERE entity_id IN (SELECT unnest(?::VARCHAR[])) AND entity_id NOT IN ({used}) "  # noqa: S608 - as above
        "AND NOT EXISTS (FROM quarantine q WHERE contains(q.row_json::VARCHAR, concat('\"', entities.entity_id, '\"')))"
    )


def _clear_log(connection: duckdb.DuckDBPyConnection, names: set[str]) -> None:
    """Take failures of the documents out of the run log; how many there were stays."""
    found = connection.execute("SELECT run_id::VARCHAR, failures::VARCHAR FROM runs WHERE failures <> '[]'").fetchall()
    for run, written in found:
        failures: list[dict[str, Any]] = json.loads(written)
        kept = [failure for failure in failures if not _is_about(str(failure.get("source")), names)]
        if len(kept) < len(failures):
            sql = "UPDATE runs SET failures = ? WHERE run_id = ?::UUID"
            connection.execute(sql, [json.dumps(kept, ensure_ascii=False), run])


def _is_about(source: str, names: set[str]) -> bool:
    """Tell whether a failure may be of one of some names: of two files of one name, both go rather than none."""
    return source in names or any(source.endswith(f"/{name}") for name in names)


_TOUCHED = """
DELETE FROM touched WHERE key IN (SELECT unnest(?::VARCHAR[])) OR key IN (FROM gone_document_id)
OR key IN (FROM gone_capture_id)
"""


def _clear_bookkeeping(connection: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> None:
    """Take the documents out of what is noted as changed: the copy that comes next is made anew."""
    connection.execute(_TOUCHED, [list(keys)])
