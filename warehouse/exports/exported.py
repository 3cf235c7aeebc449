"""The tables of an export, as SQL over ``chosen``."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from schemas.tables import dtypes_of, key_of, references_to
from warehouse.load import DERIVED

TABLES = ("articles", *DERIVED, "entities")
"""The current articles, what hangs on their derivations, and the entities that their facts name."""
_LEFT_OUT = ("run_id",)
"""A run has another id each time."""
_ORDER = ("field", "ordinal", "seq", "start_offset", "end_offset")
"""What rows of an article are sorted by, as far as their table has it; then by their key."""
_ARTICLES = """
SELECT c.number, a.*, d.published_precision, d.updated_precision, d.base_text
FROM articles a JOIN derivations d USING (derivation_id) JOIN chosen c USING (derivation_id)
"""
_DERIVED = "SELECT c.number, t.* FROM {} t JOIN chosen c USING (derivation_id)"


def table_sql(table: str) -> tuple[str, tuple[str, ...]]:
    """Return the SQL of a table's rows, each with the number of its article, and the columns that sort them there."""
    if table == "articles":
        return _ARTICLES, ()
    if table == "entities":
        return f"SELECT n.number, e.* FROM entities e JOIN ({_named()}) n USING (entity_id)", ("entity_id",)  # noqa: S608 - our own names
    order = tuple(name for name in _ORDER if name in dtypes_of(table))
    return _DERIVED.format(table), (*order, key_of(table))


def columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> Mapping[str, str]:
    """Return the columns of an exported table with their DuckDB types."""
    rows = connection.execute(f"DESCRIBE {table_sql(table)[0]}").fetchall()
    return {name: kind for name, kind, *_ in rows if name != "number" and name not in _LEFT_OUT}


def _named() -> str:
    """Return the SQL of which entity the facts of which article name."""
    found = (
        f"SELECT c.number, t.{column} AS entity_id FROM {table} t JOIN chosen c USING (derivation_id)"  # noqa: S608 - our own names
        for table, column in references_to("entities")
    )
    return " UNION ".join(found)
