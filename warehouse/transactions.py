"""All or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection, *, is_dry: bool = False) -> Iterator[None]:
    """Commit what is done within, or nothing of it; nothing at all when it is only tried out."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("ROLLBACK" if is_dry else "COMMIT")
