"""The table definitions and the data dictionary, written from the models."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from schemas.base import title_of
from schemas.ruleset import reference_rules, rules_of
from schemas.tables import TABLES, key_of, schema_of

_SQL_TYPES = {
    pl.String(): "VARCHAR",
    pl.Int64(): "BIGINT",
    pl.Float64(): "DOUBLE",
    pl.Boolean(): "BOOLEAN",
    pl.Date(): "DATE",
    pl.Datetime("us", "UTC"): "TIMESTAMP WITH TIME ZONE",
    pl.Datetime("us"): "TIMESTAMP",
    pl.List(pl.String): "VARCHAR[]",
    pl.List(pl.Int64): "BIGINT[]",
}


def sql_type(table: str, column: str) -> str:
    """Return the DuckDB type of a column."""
    found = schema_of(table).columns[column]
    return (found.metadata or {}).get("sql") or _SQL_TYPES[found.dtype.type]


def write_ddl(table: str) -> str:
    """Return the statements that make a table, with its comments.

    No foreign keys (updating lists, and deleting and inserting in one transaction, fail with them) and no primary keys
    (46 bytes a row): the checks before a load and ``warehouse.integrity`` hold both.
    """
    columns = schema_of(table).columns
    lines = [
        f"    {name} {sql_type(table, name)}{'' if column.nullable else ' NOT NULL'}"
        for name, column in columns.items()
    ]
    made = f"CREATE TABLE {table} (\n" + ",\n".join(lines) + "\n);"
    comments = [f"COMMENT ON TABLE {table} IS {_quoted(title_of(TABLES[table]))};"]
    comments += [
        f"COMMENT ON COLUMN {table}.{name} IS {_quoted(column.description or '')};" for name, column in columns.items()
    ]
    return "\n".join([made, *comments])


def write_all_ddl() -> str:
    """Return the statements that make all tables."""
    return "\n\n".join(write_ddl(table) for table in TABLES) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def write_dictionary() -> str:
    """Return the data dictionary in Markdown: every table with its columns and its rules."""
    return "# Data dictionary\n\n" + "\n".join("\n".join(_chapter(table)) for table in TABLES)


def _chapter(table: str) -> Iterator[str]:
    yield f"## {table}\n\n{title_of(TABLES[table])}\n"
    yield "| column | type | NULL | what it is |\n|---|---|---|---|"
    references = {rule.blames[0]: rule.name.split("_is_in_")[-1] for rule in reference_rules(table)}
    for name, column in schema_of(table).columns.items():
        notes = [column.description or ""]
        if name == key_of(table):
            notes.append("key")
        if name in references:
            notes.append(f"refers to {references[name]}")
        said = "; ".join(notes).replace("|", "\\|")
        yield f"| {name} | {sql_type(table, name)} | {'yes' if column.nullable else 'no'} | {said} |"
    named = [rule for (column, _), rule in rules_of(table).items() if not column]
    if named:
        yield "\nRules: what breaks one waits in quarantine.\n"
        yield from (f"- `{rule.name}`: {rule.message}" for rule in named)
    yield ""
