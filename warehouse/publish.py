"""The readers' copy: a file beside the warehouse that nobody writes to, swapped in whole.

While a writer holds the warehouse no other process can open it, not even to read. So readers open a copy,
``NAME_published.duckdb``. There are two generations of it, hidden beside it; the one that is not shown is brought up to
date by replacing the rows of what changed, in one transaction, is closed, and is then linked to the name in one step:
killed at any moment, the name leads to a whole file. A whole copy is made only the first time, after a migration, and
when a reader still holds the generation that is to be changed; that reader keeps what it has.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import StoreFailed
from warehouse.files import Files, files_of
from warehouse.migrate import migrate
from warehouse.touched import Scope, announce_copy, complete_up_to, latest, sign_copy, touched_tables
from warehouse.transactions import transaction

_COPY = "readers_copy"
"""The name under which a generation is attached."""
_BOOKKEEPING = ("touched", "schema_migrations")
_SCOPES: Mapping[str, tuple[Scope, ...]] = {
    "captures": ("document_id", "capture_id"),
    "entities": ("entity_id",),
    "fetches": ("url",),
    "runs": ("run_id",),
    "search_passages": ("document_number",),
    "search_terms": ("document_number",),
}
"""Table -> the columns by which its changed rows are found; ``document_id`` where there is one and nothing is said. A
table without any is copied whole each time."""
_TYPES: Mapping[Scope, str] = {"entity_id": "VARCHAR", "url": "VARCHAR", "document_number": "INTEGER"}
"""Their types; the others are UUIDs."""
_NEW = -1
"""The sequence up to which an empty copy is complete."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did.

    Attributes:
        path: the readers' copy.
        rows: how many were put in.
        is_whole: the file was made anew; otherwise the rows of what changed were replaced.

    """

    path: Path
    rows: int
    is_whole: bool


def publish(connection: duckdb.DuckDBPyConnection, path: Path, *, afresh: bool = False) -> Published | None:
    """Bring the readers' copy up to date and swap it in; None when nothing has changed since the last time.

    Args:
        connection: to the warehouse, to write.
        path: of the warehouse.
        afresh: make a whole copy, and leave nothing of the earlier ones on the disk.

    Raises:
        StoreFailed: the disk refused. Readers have what they had.

    """
    files = files_of(path)
    try:
        if not afresh and _since(connection, files.current) == latest(connection):
            return None
        made = _bring_up_to_date(connection, files, afresh=afresh)
        _swap(files.idle, files.current)
        if afresh:
            _remove(files.idle)
    except (duckdb.IOException, duckdb.FatalException, OSError) as error:
        reason = f"the readers' copy cannot be written: {str(error).splitlines()[0].rstrip('.')}."
        advice = "Make room on the disk, or give this user the right to write there; the next run publishes."
        raise StoreFailed(reason, advice=advice, source=str(files.current)) from error
    return made


def _bring_up_to_date(connection: duckdb.DuckDBPyConnection, files: Files, *, afresh: bool) -> Published:
    """Make the idle generation complete: as it lies there, or a copy of the one that is shown, or a new one."""
    token, sequence = announce_copy(connection)
    idle = files.idle
    ways: tuple[Callable[[], bool], ...] = (
        lambda: not afresh and _since(connection, idle) is not None,
        lambda: not afresh and _since(connection, files.current) is not None and _copy_file(files.current, idle),
        lambda: _make_empty(idle),
    )
    for number, is_ready in enumerate(ways):
        if not is_ready():
            continue
        with _attached(connection, idle) as is_free:
            if not is_free:
                continue
            since = complete_up_to(connection, _COPY)
            with transaction(connection):
                rows = sum(_fill(connection, _NEW if since is None else since).values())
                sign_copy(connection, _COPY, token, sequence)
            if not _is_complete(connection):  # something was written and not noted: never show half of it
                continue
            connection.execute(f"CHECKPOINT {_COPY}")
        return Published(files.current, rows, is_whole=number > 0)
    raise StoreFailed("the readers' copy differs from the warehouse.", advice="Run again.", source=str(files.current))


# The rows -----------------------------------------------------------------------------------------------------------


def _fill(connection: duckdb.DuckDBPyConnection, since: int) -> Mapping[str, int]:
    """Replace in the attached copy the rows of what changed since, and return how many were put in, by table."""
    scopes: set[Scope] = {"document_id", *(scope for found in _SCOPES.values() for scope in found)}
    changed = set[Scope]()
    for scope in sorted(scopes):
        kind = _TYPES.get(scope, "UUID")
        sql = f"CREATE OR REPLACE TEMP TABLE changed_{scope} AS SELECT key::{kind} AS key FROM touched "  # noqa: S608
        connection.execute(f"{sql} WHERE scope = ? AND sequence > ?", [scope, since])
        if connection.execute(f"SELECT 1 FROM changed_{scope} LIMIT 1").fetchone():  # noqa: S608 - our own names
            changed.add(scope)
    anew = touched_tables(connection, since)
    counts = {}
    for table, columns in _tables(connection).items():
        is_whole = since == _NEW or table in anew
        conditions = ["true"] if is_whole else list(_conditions(table, columns, changed))
        counts[table] = sum(_replace(connection, table, condition, since) for condition in conditions)
    for scope in scopes:
        connection.execute(f"DROP TABLE changed_{scope}")
    return counts


def _conditions(table: str, columns: frozenset[str], changed: set[Scope]) -> Iterator[str]:
    """Yield what tells the rows of a table that have changed."""
    scopes: tuple[Scope, ...] = _SCOPES.get(table, ("document_id",) if "document_id" in columns else ())
    for scope in scopes:
        if scope in changed:
            yield f"{scope} IN (SELECT key FROM changed_{scope})"  # noqa: S608 - our own names
    if not scopes:
        yield "true"
    if table == "quarantine":  # rows without identity: few, and nobody's
        yield "document_id IS NULL"


def _replace(connection: duckdb.DuckDBPyConnection, table: str, condition: str, since: int) -> int:
    if since != _NEW:
        connection.execute(f"DELETE FROM {_COPY}.{table} WHERE {condition}")  # noqa: S608 - our own names
    sql = f"INSERT INTO {_COPY}.{table} BY NAME SELECT * FROM {table} WHERE {condition}"  # noqa: S608 - as above
    (count,) = connection.execute(sql).fetchone() or (0,)
    return int(count)


_TABLES = """
SELECT c.table_name, list(c.column_name) FROM duckdb_columns() c
JOIN duckdb_tables() t ON t.table_oid = c.table_oid AND t.database_oid = c.database_oid
WHERE c.database_name = current_database() AND c.table_name NOT IN (SELECT unnest(?))
AND c.table_name IN (SELECT table_name FROM duckdb_tables() WHERE database_name = ?) GROUP BY ALL ORDER BY ALL
"""


def _tables(connection: duckdb.DuckDBPyConnection) -> Mapping[str, frozenset[str]]:
    """Return the tables of the warehouse with their columns; those that people made in it are not published."""
    found = connection.execute(_TABLES, [list(_BOOKKEEPING), _COPY]).fetchall()
    return {table: frozenset(columns) for table, columns in found}


def _is_complete(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the copy has as many rows as the warehouse in every table; DuckDB knows their numbers."""
    names = list(_tables(connection))
    numbers = [
        connection.execute(" UNION ALL ".join(f"(SELECT count(*) FROM {place}{name})" for name in names)).fetchall()  # noqa: S608
        for place in ("", f"{_COPY}.")
    ]
    return numbers[0] == numbers[1]


# The files ----------------------------------------------------------------------------------------------------------


def _since(connection: duckdb.DuckDBPyConnection, path: Path) -> int | None:
    """Return the sequence up to which a generation is complete; None where there is none that can be gone on with."""
    if not path.is_file() or _is_open_here(path):
        return None
    try:
        connection.execute(f"ATTACH '{_quoted(path)}' AS {_COPY} (READ_ONLY)")
    except duckdb.Error:  # a file cut short, or of another version of DuckDB
        return None
    try:
        return complete_up_to(connection, _COPY)
    finally:
        connection.execute(f"DETACH {_COPY}")


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[bool]:
    """Attach a generation for writing, and say whether that was possible: not when a reader still has it open."""
    try:
        connection.execute(f"ATTACH '{_quoted(path)}' AS {_COPY}")
    except duckdb.IOException as error:
        if "lock" not in str(error):
            raise
        yield False
        return
    try:
        yield True
    finally:
        connection.execute(f"DETACH {_COPY}")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _is_open_here(path: Path) -> bool:
    """Tell whether this process has a file open: its own locks do not hold it off, and closing it would drop them."""
    wanted = path.stat()
    for name in Path("/dev/fd").iterdir():
        try:
            if os.path.samestat(os.fstat(int(name.name)), wanted):
                return True
        except OSError:  # the one that listed them
            continue
    return False


def _copy_file(source: Path, path: Path) -> bool:
    """Copy a generation; the file that lies there is left to those who still read it."""
    part = path.with_name(path.name + ".part")
    shutil.copyfile(source, part)
    _remove(path)
    part.replace(path)
    return True


def _make_empty(path: Path) -> bool:
    """Make a generation with all tables and views and no rows."""
    _remove(path)
    with duckdb.connect(str(path)) as connection:
        migrate(connection, path)
    return True


def _remove(path: Path) -> None:
    """Remove a generation; first what was written to it and not yet put in, which is nothing to any other file."""
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _swap(made: Path, current: Path) -> None:
    """Let the readers' name lead to another generation, in one step."""
    if made.with_name(made.name + ".wal").exists():
        raise OSError(f"{made.name} was not written to its end")
    link = current.with_name(f".{current.name}.link")
    link.unlink(missing_ok=True)
    try:
        os.link(made, link)
    except OSError:  # a file system without links
        shutil.copyfile(made, link)
    link.replace(current)
