"""What there is to ask: tables, views and table functions with their comments."""

from __future__ import annotations

from typing import NamedTuple

from warehouse.connect import Warehouse
from warehouse.errors import QueryError

_RELATIONS = """
SELECT view_name AS name, 'view' AS kind, comment FROM duckdb_views() WHERE NOT internal
UNION ALL
SELECT function_name || '(' || array_to_string(arg_max(parameters, len(parameters)), ', ') || ')', 'function',
       any_value(comment)
FROM duckdb_functions() WHERE NOT internal AND function_type = 'table_macro' GROUP BY function_name
UNION ALL
SELECT table_name, 'table', comment FROM duckdb_tables() WHERE NOT internal
AND table_name NOT IN ('touched', 'schema_migrations')
ORDER BY kind = 'table', name
"""
_COLUMNS = """
SELECT column_name AS name, data_type AS kind, comment FROM duckdb_columns()
WHERE NOT internal AND table_name = ? ORDER BY column_index
"""


class Described(NamedTuple):
    """A table, view, table function or column, with what it is in words."""

    name: str
    kind: str
    comment: str | None


def describe_all(warehouse: Warehouse) -> list[Described]:
    """Return what can be queried: views and table functions, then tables."""
    return [Described(**row) for row in warehouse.rows(_RELATIONS)]


def describe_one(warehouse: Warehouse, name: str) -> list[Described]:
    """Return the columns of a table or view.

    Raises:
        QueryError: there is none of that name.

    """
    found = [Described(**row) for row in warehouse.rows(_COLUMNS, [name])]
    if not found:
        raise QueryError("there is no such table or view.", advice="`copydesk sql .tables` lists them.", source=name)
    return found
