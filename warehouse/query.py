"""Other people's SQL: read-only, without files, without network, without a way back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connect import open_warehouse
from warehouse.errors import QueryError


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query.

    Attributes:
        columns, types: names and DuckDB types, in order.
        rows: the rows, at most as many as were asked for.
        is_cut: there are more.

    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool


def run_query(path: Path | str, sql: str, *, limit: int | None = None, wait: float = 30.0) -> Answer:
    """Return the answer to a query on a warehouse; of several statements, to the last.

    Raises:
        QueryError: the SQL is wrong, has nothing to say, or wants what readers may not.
        WarehouseBusy, WarehouseError: as for ``open_warehouse``.

    """
    with open_warehouse(path, wait=wait, read_only=True) as wh:
        _lock(wh.connection)
        try:
            if not wh.connection.extract_statements(sql):
                raise QueryError("the SQL asks for nothing.", advice="Write a SELECT.")
            found = wh.connection.execute(sql)
            rows = found.fetchall() if limit is None else found.fetchmany(limit + 1)
        except duckdb.Error as error:
            raise QueryError(str(error), advice=_advice(error)) from error
        described = found.description or []
    names, types = tuple(column[0] for column in described), tuple(str(column[1]) for column in described)
    return Answer(names, types, tuple(rows[:limit]), limit is not None and len(rows) > limit)


def _lock(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("SET python_enable_replacements = false")  # else SQL sees Python's variables
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _advice(error: duckdb.Error) -> str:
    if isinstance(error, (duckdb.PermissionException, duckdb.InvalidInputException)):
        return "Queries may read the warehouse and nothing else."
    if isinstance(error, duckdb.CatalogException):
        return "`SHOW ALL TABLES` lists what there is."
    return ""
