"""The stored ledger of a document, as a ledger again."""

from __future__ import annotations

import duckdb

from copydesk.edits import EditLog
from schemas.replay import replay

_BASE = """
SELECT d.derivation_id, d.base_text FROM derivations d JOIN versions v ON v.version_id = d.version_id
WHERE d.is_current AND v.is_current AND v.document_id = ?::UUID
"""


def read_ledger(connection: duckdb.DuckDBPyConnection, document_id: str) -> EditLog | None:
    """Return the ledger of the current version of a document; None where there is none.

    Raises:
        LedgerError: what is stored does not replay.

    """
    found = connection.execute(_BASE, [document_id]).fetchone()
    if found is None:
        return None
    derivation, base = found
    rows = connection.execute("FROM edits WHERE derivation_id = ? ORDER BY seq", [derivation])
    names = [column[0] for column in rows.description or ()]
    return replay(base, [dict(zip(names, row, strict=True)) for row in rows.fetchall()])
