"""Which articles are exported: chosen once, numbered in the order in which every format writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

import duckdb

from warehouse.connect import Warehouse
from warehouse.errors import QueryError, StoreFailed
from warehouse.readers import open_readers

Tell: TypeAlias = Callable[[int, int], None]
"""Called with the number of steps (articles, files) that are done, and of all."""


MEMORY = "1GB"
"""For sorting. Half of it is enough for a million facts, and more makes nothing quicker."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What an article has to be like; all of it.

    Attributes:
        where: a condition on the columns of ``articles``, in SQL.
        sources: the name of its source is one of these.
        since, until: it states a day of publication, and that lies between these, both included.
        entities: ids or names (in any case) of entities; it mentions one of them.

    """

    where: str | None = None
    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles of an export, in the temporary table ``chosen``: number (from 0), document, derivation, source.

    They are sorted by source, day of publication and document, so that the same articles come in the same order from
    every warehouse.

    Attributes:
        warehouse: from which nothing can be written but into ``folder``.
        folder: where files are written.
        sources: the names of their sources, sorted.
        count: how many there are.

    """

    warehouse: Warehouse
    folder: Path
    sources: tuple[str, ...]
    count: int


_CHOSEN = """
CREATE TEMP TABLE chosen AS
SELECT row_number() OVER (ORDER BY a.source, a.published_local NULLS LAST, a.document_id) - 1 AS number,
       a.document_id, a.derivation_id, a.source
FROM articles a
WHERE ($sources IS NULL OR a.source IN (SELECT unnest($sources::VARCHAR[])))
AND ($since IS NULL OR a.published_local::DATE >= $since::DATE)
AND ($until IS NULL OR a.published_local::DATE <= $until::DATE)
AND ($entities IS NULL OR a.derivation_id IN (
    SELECT m.derivation_id FROM mentions m JOIN entities e USING (entity_id)
    WHERE lower(e.entity_id) IN (SELECT unnest($entities::VARCHAR[]))
    OR lower(e.name) IN (SELECT unnest($entities::VARCHAR[]))
))
"""
_MEETS = "SELECT document_id FROM articles WHERE (\n{}\n)"
"""The condition stands on lines of its own: a comment in it ends there."""


@contextmanager
def open_chosen(path: Path, filters: Filters, folder: Path) -> Iterator[Chosen]:
    """Choose articles of the readers' copy of a warehouse, for as long as the ``with`` block takes.

    The condition of the filters is other people's SQL. It runs on a file that is open to be read, without network and
    with no other files than those that lie in ``folder``, where there are none yet.

    Args:
        path: of the warehouse.
        filters: what articles have to be like.
        folder: an empty folder, for the export and for what does not fit into memory.

    Raises:
        QueryError: the condition is wrong, or wants what readers may not.
        StoreFailed: what is written within does not go onto the disk.
        WarehouseBusy, WarehouseError: as for ``open_readers``.

    """
    with open_readers(path) as warehouse:
        connection = warehouse.connection
        _lock(connection, folder)
        condition = _meeting(connection, filters.where)
        asked = {
            "sources": list(filters.sources) or None,
            "since": filters.since,
            "until": filters.until,
            "entities": [name.lower() for name in filters.entities] or None,
        }
        connection.execute(_CHOSEN + condition, asked)
        sources = connection.execute("SELECT DISTINCT source FROM chosen ORDER BY 1").fetchall()
        (count,) = connection.execute("SELECT count(*) FROM chosen").fetchone() or (0,)
        try:
            yield Chosen(warehouse, folder, tuple(name for (name,) in sources), int(count))
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            reason = f"the export cannot be written: {str(error).splitlines()[0].rstrip('.')}."
            raise StoreFailed(reason, advice="Make room on the disk.", source=str(folder.parent)) from error


def _lock(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    written = str(folder.resolve()).replace("'", "''")
    for setting in (
        "GLOBAL TimeZone = 'UTC'",  # for all cursors
        "threads = 1",  # where several write, the pieces of a file come as they are ready: other bytes each time
        f"memory_limit = '{MEMORY}'",  # what does not fit goes into ``folder``
        "python_enable_replacements = false",  # else SQL sees Python's variables
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        f"temp_directory = '{written}/spill'",
        f"allowed_directories = ['{written}']",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")


def _meeting(connection: duckdb.DuckDBPyConnection, where: str | None) -> str:
    """Find out which documents meet a condition; return the SQL that asks for them."""
    if where is None:
        return ""
    sql = _MEETS.format(where)
    try:
        if len(connection.extract_statements(sql)) != 1:
            raise QueryError("--where takes one condition.", advice="Write what may follow FROM articles WHERE.")
        connection.execute(f"CREATE TEMP TABLE meets AS {sql}")
    except duckdb.InterruptException:  # Ctrl-C
        raise
    except duckdb.Error as error:
        advice = '`copydesk sql "DESCRIBE articles"` lists the columns.'
        raise QueryError(f"--where: {error}", advice=advice) from error
    return "AND a.document_id IN (SELECT document_id FROM meets)"
