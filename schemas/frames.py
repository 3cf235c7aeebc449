"""From columns of plain values to typed frames, with our own row numbers; values that fit no column are set apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import polars as pl

from schemas.tables import dtypes_of

Columns: TypeAlias = Mapping[str, Sequence[Any]]
ROW = "_row"
"""The helper column with our own row numbers."""


class Misfit(NamedTuple):
    """A value that is not of its column's type."""

    row: int
    column: str
    value: object


def to_frame(table: str, columns: Columns) -> tuple[pl.DataFrame, list[Misfit]]:
    """Return the frame of a table, with row numbers, and the values that had to be left out of it (NULL there).

    Raises:
        ValueError: columns are missing, or not of one length.

    """
    dtypes = dtypes_of(table)
    if set(columns) != set(dtypes):
        odd = ", ".join(sorted(set(columns) ^ set(dtypes)))
        raise ValueError(f"the rows of {table} have other columns than the table: {odd}")
    misfits: list[Misfit] = []
    series = [_series(name, columns[name], dtype, misfits) for name, dtype in dtypes.items()]
    return pl.DataFrame(series).with_row_index(ROW), misfits


def _series(name: str, values: Sequence[Any], dtype: pl.DataType, misfits: list[Misfit]) -> pl.Series:
    made = _try(name, values, dtype)
    if made is not None:
        return made
    kept = list(values)
    for row, value in enumerate(values):
        if _try(name, [value], dtype) is None:
            misfits.append(Misfit(row, name, value))
            kept[row] = None
    return pl.Series(name, kept, dtype=dtype)


def _try(name: str, values: Sequence[Any], dtype: pl.DataType) -> pl.Series | None:
    try:
        return pl.Series(name, values, dtype=dtype, strict=True)
    except (TypeError, ValueError, OverflowError, pl.exceptions.PolarsError):  # ValueError: lone surrogates
        return None
