"""What the columns of views are, in words: those of the tables that they are taken from, or ``views/columns.tsv``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import duckdb

_EVERYWHERE = "*"
_CURRENT = "current_"
_TABLES = (
    *("documents", "versions", "derivations", "fields", "quarantine", "captures", "edits", "mentions", "events"),
    *("dates", "quantities", "officeholders", "relations", "quotes", "claims", "paragraphs", "story_members"),
)
"""Where a column of a view is looked for that has the name of a column of a table: in this order."""


@cache
def own_words() -> str:
    """Return ``views/columns.tsv``: what the columns are that views make."""
    return files("warehouse").joinpath("views", "columns.tsv").read_text(encoding="utf-8")


def comment_columns(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the columns of all views their comments, within a transaction of the caller."""
    for view, column, words in _words(connection):
        quoted = words.replace("'", "''")
        connection.execute(f"COMMENT ON COLUMN {view}.{column} IS '{quoted}'")


_COLUMNS = """
SELECT c.table_name, c.column_name, c.comment, v.view_name IS NOT NULL AS is_view FROM duckdb_columns() c
LEFT JOIN duckdb_views() v ON v.view_oid = c.table_oid AND v.database_oid = c.database_oid
WHERE NOT c.internal AND c.database_name = current_database() ORDER BY c.table_name, c.column_index
"""


def _words(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, str]]:
    lines = (line.split("\t") for line in own_words().splitlines()[1:])
    own: Mapping[tuple[str, str], str] = {(view, column): words for view, column, words in lines}
    rows = connection.execute(_COLUMNS).fetchall()
    tables = {(table, column): comment for table, column, comment, is_view in rows if not is_view}
    for view, column, _, is_view in rows:
        if not is_view:
            continue
        places = (view.removeprefix(_CURRENT), *_TABLES) if view.startswith(_CURRENT) else _TABLES
        found = [own.get((view, column)), own.get((_EVERYWHERE, column))]
        found = found[: 1 if view.startswith(_CURRENT) else 2] + [tables.get((table, column)) for table in places]
        words = next((words for words in found if words), None)
        if words:
            yield view, column, words
