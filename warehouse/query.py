"""Other people's SQL: read-only, without files, without network, without a way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import duckdb

from warehouse.errors import QueryError
from warehouse.readers import open_readers
from warehouse.streams import Streamable

Parameters: TypeAlias = Mapping[str, str | None]
"""Values of a query's ``$name``; None is NULL."""
BATCH = 1000
"""Rows that are held at a time."""


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


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query while it is being worked out.

    Attributes:
        columns, types: names and DuckDB types, in order.

    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    connection: duckdb.DuckDBPyConnection

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows; few are held at a time."""
        with _words_for_readers():
            while self.columns and (rows := self.connection.fetchmany(BATCH)):
                yield from rows


def run_query(
    path: Path | str,
    sql: str,
    parameters: Parameters | None = None,
    *,
    limit: int | None = None,
    wait: float = 30.0,
) -> Answer:
    """Return the answer to a query on a warehouse; of several statements, to the last.

    Raises:
        QueryError: the SQL is wrong, has nothing to say, or wants what readers may not.
        WarehouseBusy, WarehouseError: as for ``open_readers``.

    """
    with open_query(path, sql, parameters, wait=wait) as result:
        rows: list[tuple[Any, ...]] = []
        is_cut = False
        for row in result:
            is_cut = limit is not None and len(rows) == limit
            if is_cut:
                break
            rows.append(row)
        return Answer(result.columns, result.types, tuple(rows), is_cut)


@contextmanager
def open_query(
    path: Path | str, sql: str, parameters: Parameters | None = None, *, wait: float = 30.0
) -> Iterator[Result]:
    """Begin with a query on a warehouse; its rows come as they are asked for.

    Raises:
        As for ``run_query``.

    """
    with _locked(path, sql, wait) as connection:
        with _words_for_readers():
            described = connection.execute(sql, parameters).description or []
        columns, types = tuple(column[0] for column in described), tuple(str(column[1]) for column in described)
        yield Result(columns, types, connection)


@contextmanager
def open_batches(
    path: Path | str, sql: str, parameters: Parameters | None = None, *, wait: float = 30.0
) -> Iterator[Streamable]:
    """Begin with a query on a warehouse; its rows come as an Arrow stream, a batch at a time.

    Raises:
        As for ``run_query``.

    """
    with _locked(path, sql, wait) as connection, _words_for_readers():
        found = connection.sql(sql, params=parameters)
        if found is None:
            raise QueryError("the SQL gives no rows.", advice="Write a SELECT.")
        yield found.to_arrow_reader(100 * BATCH)


@contextmanager
def _locked(path: Path | str, sql: str, wait: float) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_readers(path, wait=wait) as wh:
        connection = wh.connection
        connection.execute("SET python_enable_replacements = false")  # else SQL sees Python's variables
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET autoload_known_extensions = false")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        with _words_for_readers():
            if not connection.extract_statements(sql):
                raise QueryError("the SQL asks for nothing.", advice="Write a SELECT.")
        yield connection


@contextmanager
def _words_for_readers() -> Iterator[None]:
    try:
        yield
    except duckdb.InterruptException:  # Ctrl-C
        raise
    except duckdb.Error as error:
        raise QueryError(str(error), advice=_advice(error)) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise QueryError(str(error)) from error  # Arrow's word for what went wrong in a later batch


def _advice(error: duckdb.Error) -> str:
    if isinstance(error, (duckdb.PermissionException, duckdb.InvalidInputException)):
        return "Queries may read the warehouse and nothing else."
    if isinstance(error, duckdb.CatalogException):
        return "`copydesk sql .tables` lists what there is."
    return ""
