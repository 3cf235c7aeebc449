"""All rules of a table, those of its columns and references too, each with how to find the rows that break it.

pandera tells which check failed; the rows are found by the check's expression and our own row numbers, never by a
position that a library reports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.rules import RULES, Rule
from schemas.tables import references_of, schema_of

_Made = tuple[str, str, pl.Expr]
"""What a column's check is called, what is wrong when it fails, and what holds."""


def _known(column: str, values: Mapping[str, Any]) -> _Made:
    allowed = values["allowed_values"]
    return "is_known", f"The {column} is none of {', '.join(allowed)}.", pl.col(column).is_in(allowed)


def _short(column: str, values: Mapping[str, Any]) -> _Made:
    most = values["max_value"]
    return "is_short", f"The {column} is longer than {most:,} characters.", pl.col(column).str.len_chars() <= most


def _matches(column: str, values: Mapping[str, Any]) -> _Made:
    pattern = getattr(values["pattern"], "pattern", values["pattern"])
    return "is_well_formed", f"The {column} is not of the form {pattern}.", pl.col(column).str.contains(pattern)


def _least(column: str, values: Mapping[str, Any]) -> _Made:
    return "is_not_less", f"The {column} is less than {values['min_value']}.", pl.col(column) >= values["min_value"]


def _most(column: str, values: Mapping[str, Any]) -> _Made:
    return "is_not_more", f"The {column} is more than {values['max_value']}.", pl.col(column) <= values["max_value"]


_BUILT_IN: Mapping[str, Callable[[str, Mapping[str, Any]], _Made]] = {
    "isin": _known,
    "str_length": _short,
    "str_matches": _matches,
    "greater_than_or_equal_to": _least,
    "less_than_or_equal_to": _most,
}
MISSING, UNIQUE = "not_nullable", "field_uniqueness"
"""What pandera calls its checks of NULLs and of keys."""


@cache
def rules_of(table: str) -> Mapping[tuple[str, str], Rule]:
    """Return the rules of a table by (column, or "" for the named ones; what pandera calls the check)."""
    rules: dict[tuple[str, str], Rule] = {}
    for name, column in schema_of(table).columns.items():
        if not column.nullable:
            rules[name, MISSING] = Rule(f"{name}_is_there", f"There is no {name}.", pl.col(name).is_not_null(), (name,))
        if column.unique:
            holds = pl.col(name).is_first_distinct()
            rules[name, UNIQUE] = Rule(f"{name}_is_unique", f"Another row has this {name}.", holds, (name,))
        for check in column.checks:
            rules[name, str(check.name)] = _column_rule(name, check)
    for check in schema_of(table).checks:
        rules["", str(check.name)] = RULES[str(check.name)]
    return rules


def _column_rule(column: str, check: pa.Check) -> Rule:
    suffix, message, holds = _BUILT_IN[str(check.name)](column, check.statistics or {})
    return Rule(f"{column}_{suffix}", message, holds, (column,))


@cache
def reference_rules(table: str) -> tuple[Rule, ...]:
    """Return the rules that the references of a table hold; each needs a helper column that says so."""
    return tuple(
        Rule(f"{column}_is_in_{parent}", f"There is no such row in {parent}.", pl.col(helper), (column,), (helper,))
        for column, parent in references_of(table).items()
        for helper in (f"_has_{column}",)
    )


@cache
def checked_schema(table: str) -> pa.DataFrameSchema:
    """Return the pandera schema of a table with its references among the checks."""
    schema = schema_of(table)
    checks = [pa.Check(_holds(rule), name=rule.name, error=rule.message) for rule in reference_rules(table)]
    return pa.DataFrameSchema(dict(schema.columns), checks=[*schema.checks, *checks], name=table, strict=False)


def _holds(rule: Rule) -> Callable[[pa.PolarsData], pl.LazyFrame]:
    def holds(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(rule.holds.fill_null(value=True))

    return holds


@cache
def all_rules(table: str) -> tuple[Rule, ...]:
    """Return every rule of a table."""
    return (*rules_of(table).values(), *reference_rules(table))


def broken_rules(table: str, frame: pl.DataFrame) -> list[Rule]:
    """Return the rules of a table that a frame, with its helper columns, breaks somewhere.

    pandera asks each check in a pass of its own, 1 to 2 ms each: half a second for the tables of one article. So a
    frame is first asked all expressions in one pass, and pandera only about a frame that has something wrong.

    Raises:
        pandera.errors.SchemaError: the frame has not the columns of the table.

    """
    there = set(frame.columns)
    asked = [rule for rule in all_rules(table) if there.issuperset(rule.needs)]
    verdicts = frame.select(rule.holds.fill_null(value=True).all().alias(rule.name) for rule in asked)
    if all(verdicts.row(0)):
        return []
    try:
        checked_schema(table).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return [_rule_of(table, error) for error in errors.schema_errors]
    raise AssertionError(
        f"pandera finds nothing wrong in {table}, where a rule is broken: {verdicts.row(0, named=True)}"
    )


def _rule_of(table: str, error: pa.errors.SchemaError) -> Rule:
    references = {rule.name: rule for rule in reference_rules(table)}
    name = str(getattr(error.check, "name", error.check))
    if name in references:
        return references[name]
    columns = schema_of(table).columns
    column = str(getattr(error.schema, "name", ""))
    if error.reason_code is pa.errors.SchemaErrorReason.SERIES_CONTAINS_DUPLICATES:
        name = UNIQUE
    found = rules_of(table).get((column if column in columns else "", name))
    if found is None:
        raise error
    return found
