"""Looks whether a warehouse holds together: what keys and foreign keys would hold, and the promises about words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import duckdb

from schemas.replay import replays
from schemas.tables import TABLES, dtypes_of, key_of, references_of


class Problem(NamedTuple):
    """Something that does not hold, and for how many rows."""

    table: str
    what: str
    rows: int


FACTS = tuple(table for table in TABLES if "fact_key" in dtypes_of(table))
_HISTORY = {
    "a document has not exactly one current version": (
        "versions",
        "SELECT document_id FROM versions GROUP BY 1 HAVING count(*) FILTER (WHERE is_current) <> 1",
    ),
    "a version has not exactly one current derivation": (
        "derivations",
        "SELECT version_id FROM derivations GROUP BY 1 HAVING count(*) FILTER (WHERE is_current) <> 1",
    ),
    "a version begins where none ends": (
        "versions",
        (
            "SELECT v.version_id FROM versions v JOIN versions w ON w.document_id = v.document_id "
            "AND w.valid_from < v.valid_to AND w.valid_from > v.valid_from"
        ),
    ),
    "a capture belongs to a version that is not there": (
        "captures",
        (
            "SELECT capture_id FROM captures c WHERE version_id IS NOT NULL "
            "AND NOT EXISTS (FROM versions v WHERE v.version_id = c.version_id)"
        ),
    ),
    "what is current is not what was shown last": (
        "showings",
        (
            "SELECT version_id FROM derivations d LEFT JOIN (FROM showings "
            "QUALIFY row_number() OVER (PARTITION BY version_id ORDER BY number DESC) = 1) s USING (version_id) "
            "WHERE d.is_current AND s.derivation_id IS DISTINCT FROM d.derivation_id"
        ),
    ),
    "a derivation has no body": (
        "derivations",
        (
            "SELECT derivation_id FROM derivations d WHERE NOT EXISTS "
            "(FROM fields f WHERE f.derivation_id = d.derivation_id AND f.field = 'body')"
        ),
    ),
}


def find_problems(connection: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    """Yield what does not hold; nothing for a sound warehouse."""
    for table in TABLES:
        key = key_of(table)
        again = f"SELECT {key} FROM {table} GROUP BY 1 HAVING count(*) > 1"  # noqa: S608 - our own names
        yield from _counted(connection, table, f"two rows have one {key}", again)
        for column, parent in references_of(table).items():
            yield from _counted(connection, table, f"{column} is not in {parent}", _lost(table, column, parent))
    for what, (table, sql) in _HISTORY.items():
        yield from _counted(connection, table, what, sql)
    for table in FACTS:
        if misquoted := _misquoted(connection, table):
            yield Problem(table, "the words are not those of the text", misquoted)
    yield from _not_replaying(connection)


def _lost(table: str, column: str, parent: str) -> str:
    key = key_of(parent)
    return f"FROM {table} c WHERE {column} IS NOT NULL AND NOT EXISTS (FROM {parent} p WHERE p.{key} = c.{column})"


def _misquoted(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Count the facts whose words are not those between their offsets, or not at their exact place in the base text.

    Sliced here, one field after the other: DuckDB would count characters from the start of the text for each fact.
    """
    facts = connection.cursor().execute(_QUOTED.format(table=table))
    current, text, base, bad = None, "", "", 0
    while row := facts.fetchone():
        field, start, end, raw_start, raw_end, is_exact, evidence = row
        if field != current:
            current = field
            text, base = connection.execute(_TEXT, [field]).fetchone() or ("", "")
        bad += text[start:end] != evidence or (is_exact and base[raw_start:raw_end] != evidence)
    return bad


def _counted(connection: duckdb.DuckDBPyConnection, table: str, what: str, sql: str) -> Iterator[Problem]:
    (count,) = connection.execute(f"SELECT count(*) FROM ({sql})").fetchone() or (0,)  # noqa: S608 - our own queries
    if count:
        yield Problem(table, what, count)


_QUOTED = """
SELECT field_id, start_offset, end_offset, raw_start, raw_end, is_exact, evidence FROM {table} ORDER BY field_id
"""
_TEXT = """
SELECT f.text, d.base_text FROM fields f JOIN derivations d ON d.derivation_id = f.derivation_id WHERE f.field_id = ?
"""
_TEXTS = """
SELECT d.derivation_id, d.base_text, f.text FROM derivations d
JOIN fields f ON f.derivation_id = d.derivation_id AND f.field = 'body'
"""


def _not_replaying(connection: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    """Replay every derivation, one at a time: memory stays that of the largest text."""
    texts, bad = connection.cursor().execute(_TEXTS), 0
    while row := texts.fetchone():
        derivation, base, text = row
        found = connection.execute("FROM edits WHERE derivation_id = ? ORDER BY seq", [derivation])
        names = [column[0] for column in found.description or ()]
        edits = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
        bad += not replays(base, edits, text)
    if bad:
        yield Problem("derivations", "the edits do not turn the base text into the clean text", bad)
