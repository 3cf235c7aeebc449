"""Captures of the same bytes again: only times move. Loads no frames, so that a run with nothing new is quick."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb

from warehouse.records import Unchanged
from warehouse.touched import touch_rows
from warehouse.transactions import transaction
from warehouse.versions import set_versions

_SEEN = """
UPDATE captures SET captured_at = least(captured_at, seen.at), last_seen_at = greatest(last_seen_at, seen.at)
FROM (SELECT unnest(?::UUID[]) AS id, unnest(?::TIMESTAMPTZ[]) AS at) AS seen
WHERE capture_id = seen.id AND NOT seen.at BETWEEN captured_at AND last_seen_at
RETURNING capture_id::VARCHAR
"""


_EARLIER = """
SELECT document_id::VARCHAR FROM captures
JOIN (SELECT unnest(?::UUID[]) AS id, unnest(?::TIMESTAMPTZ[]) AS at) AS seen ON capture_id = seen.id
WHERE seen.at < captured_at
"""


def see_again(connection: duckdb.DuckDBPyConnection, seen: Sequence[tuple[str, datetime]]) -> set[str]:
    """Note when captures were seen, within a transaction of the caller.

    Returns:
        The documents of which captures turn out to be older than was known: their versions begin earlier.

    """
    if not seen:
        return set()
    asked = [list(column) for column in zip(*seen, strict=True)]
    earlier = {row[0] for row in connection.execute(_EARLIER, asked).fetchall()}
    touch_rows(connection, "capture_id", [row[0] for row in connection.execute(_SEEN, asked).fetchall()])
    touch_rows(connection, "document_id", earlier)
    return earlier


def touch(connection: duckdb.DuckDBPyConnection, unchanged: Sequence[Unchanged]) -> None:
    """Note that captures were seen again; their versions begin earlier when the captures do."""
    with transaction(connection):
        seen = [(found.capture_id, found.capture.captured_at) for found in unchanged]
        set_versions(connection, sorted(see_again(connection, seen)))
