"""Named rules: what must hold within a row, in plain words, as a polars expression that pandera checks.

A rule is a method of a model that returns the expression; where the expression is NULL the rule holds. What other
tables say about a row stands in helper columns that ``schemas.context`` adds (their names begin with an underscore);
without them the rule is not asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import pandera.polars as pa
import polars as pl

Check: TypeAlias = Any
"""What pandera says that a check of a model is."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold.

    Attributes:
        name: the method's name, the same nowhere else.
        message: what is wrong when it does not hold, as a person would say it.
        holds: true or NULL for a good row.
        blames: the columns that cannot be believed then. If all of them may be NULL they are emptied and the row
            stays; otherwise the row is stopped.
        needs: the helper columns.

    """

    name: str
    message: str
    holds: pl.Expr
    blames: tuple[str, ...]
    needs: tuple[str, ...] = ()


RULES: dict[str, Rule] = {}
"""All named rules, by name."""


def rule(
    message: str, *, blames: tuple[str, ...], needs: tuple[str, ...] = ()
) -> Callable[[Callable[[Any], pl.Expr]], Check]:
    """Make a rule of a model's method that returns the expression, and have pandera check it.

    Raises:
        ValueError: the name is taken.

    """

    def make(method: Callable[[Any], pl.Expr]) -> Check:
        made = Rule(method.__name__, message, method(None), blames, needs)
        if made.name in RULES:
            raise ValueError(f"there are two rules named {made.name}")
        RULES[made.name] = made

        def check(_model: type, data: pa.PolarsData) -> pl.LazyFrame:
            frame = data.lazyframe
            if needs and not set(needs) <= set(frame.collect_schema()):
                return frame.select(pl.lit(value=True))
            return frame.select(made.holds.fill_null(value=True))

        check.__name__, check.__doc__ = method.__name__, method.__doc__
        return pa.dataframe_check(name=made.name, error=message)(check)

    return make


def each(column: str, holds: Callable[[str], bool]) -> pl.Expr:
    """Return the expression that asks a Python function about each distinct value of a text column.

    NULL stays NULL.
    """

    def ask(values: pl.Series) -> pl.Series:
        distinct = values.unique().drop_nulls()
        answers = [holds(value) for value in distinct]
        return values.replace_strict(distinct, pl.Series(answers, dtype=pl.Boolean), default=None)

    return pl.col(column).map_batches(ask, return_dtype=pl.Boolean)


def in_order(*columns: str) -> pl.Expr:
    """Return the expression that holds when values ascend from column to column; NULLs are passed over."""
    pairs = [(a, b) for i, a in enumerate(columns) for b in columns[i + 1 :]]
    return pl.all_horizontal((pl.col(a) <= pl.col(b)).fill_null(value=True) for a, b in pairs)


def together(*columns: str) -> pl.Expr:
    """Return the expression that holds when all of the columns are NULL or none is."""
    return pl.sum_horizontal(pl.col(c).is_null() for c in columns).is_in([0, len(columns)])
