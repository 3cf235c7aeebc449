"""The sorts of columns, each a pandera field with what the DDL needs beside it (its ``metadata``)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, TypeAlias

import pandera.polars as pa
import polars as pl

Instant = Annotated[pl.Datetime, "us", "UTC"]
"""A moment on the time line."""
WallClock = Annotated[pl.Datetime, "us", None]
"""A date and time as a clock somewhere shows it."""
Words = Annotated[pl.List, pl.String]
Numbers = Annotated[pl.List, pl.Int64]
Column: TypeAlias = Any
"""What pandera says that a field is."""

SHORT, LONG = 300, 4_000
"""Longest names and longest remarks, in characters: more than that is a fault of ours, not a name."""
SHA256 = "^[0-9a-f]{64}$"


def key(description: str, *, sql: str = "UUID") -> Column:
    """Return the column that tells the rows of a table apart."""
    return pa.Field(unique=True, description=description, metadata={"sql": sql, "key": True})


def ref(table: str, description: str, *, nullable: bool = False, sql: str = "UUID") -> Column:
    """Return a column that holds the key of a row of another table (or NULL)."""
    return pa.Field(nullable=nullable, description=description, metadata={"sql": sql, "ref": table})


def uuid(description: str, *, nullable: bool = False) -> Column:
    """Return a column of ids that need not be in any table."""
    return pa.Field(nullable=nullable, description=description, metadata={"sql": "UUID"})


def string(
    description: str, *, nullable: bool = False, longest: int | None = None, pattern: str | None = None
) -> Column:
    """Return a column of text: as long as it likes, or ``longest`` characters, or of one ``pattern`` (a regex)."""
    limits: dict[str, Any] = {"str_length": {"min_value": 0, "max_value": longest}} if longest else {}
    if pattern:
        limits["str_matches"] = pattern
    return pa.Field(nullable=nullable, description=description, **limits)


def json(description: str, *, nullable: bool = False) -> Column:
    """Return a column of JSON."""
    return pa.Field(nullable=nullable, description=description, metadata={"sql": "JSON"})


def one_of(domain: Iterable[StrEnum | str], description: str, *, nullable: bool = False) -> Column:
    """Return a column of text from a fixed set of values."""
    values = [str(value) for value in domain]
    return pa.Field(nullable=nullable, isin=values, description=f"{description}: {', '.join(values)}")


def number(
    description: str, *, nullable: bool = False, least: float | None = None, most: float | None = None
) -> Column:
    """Return a column of numbers (whole ones or not, by its annotation), with bounds."""
    limits: dict[str, Any] = {name: bound for name, bound in (("ge", least), ("le", most)) if bound is not None}
    return pa.Field(nullable=nullable, description=description, **limits)


def plain(description: str, *, nullable: bool = False) -> Column:
    """Return a column whose type says all: a flag, a day, a time, a list."""
    return pa.Field(nullable=nullable, description=description)


def offset(description: str, *, nullable: bool = False) -> Column:
    """Return a column of offsets in code points."""
    return number(description, nullable=nullable, least=0)


def confidence() -> Column:
    """Return the column that says how sure the rule is."""
    return number("how sure the rule is, 0 to 1; NULL where it does not say", nullable=True, least=0, most=1)
