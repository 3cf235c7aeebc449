"""Brings the versions of documents into line with their captures: when each was valid, and how it differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import duckdb

from copydesk.changes import fold
from schemas.domains import ChangeClass
from warehouse.history import Reading, VersionSpan, change_class, version_spans
from warehouse.plans import read_states


class _Stored(NamedTuple):
    valid_from: datetime
    valid_to: datetime | None
    is_current: bool
    change_class: str | None


_VERSIONS = """
SELECT version_id::VARCHAR, valid_from, valid_to, is_current, change_class
FROM versions WHERE document_id IN (SELECT unnest(?::UUID[]))
"""
_UPDATE = """
UPDATE versions SET capture_id = n.capture_id, valid_from = n.valid_from, valid_to = n.valid_to,
    is_current = n.is_current, change_class = n.change_class
FROM (SELECT unnest(?::UUID[]) AS capture_id, unnest(?::TIMESTAMPTZ[]) AS valid_from,
             unnest(?::TIMESTAMPTZ[]) AS valid_to, unnest(?::BOOLEAN[]) AS is_current,
             unnest(?::VARCHAR[]) AS change_class, unnest(?::UUID[]) AS version_id) n
WHERE versions.version_id = n.version_id
"""
_READINGS = """
SELECT d.version_id::VARCHAR, d.ruleset, f.text, d.title, d.authors, d.published_local, d.published_zone,
       d.updated_local, d.updated_zone,
       (SELECT list(o.text ORDER BY o.field, o.ordinal) FROM fields o
        WHERE o.derivation_id = d.derivation_id AND o.field NOT IN ('body', 'title', 'dateline')) AS others
FROM derivations d JOIN fields f ON f.derivation_id = d.derivation_id AND f.field = 'body'
WHERE d.version_id IN (SELECT unnest(?::UUID[])) ORDER BY d.is_current, d.derivation_id
"""


def set_versions(connection: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> None:
    """Set the times of the documents' versions, and the change classes that are not known yet or have moved."""
    stored = {row[0]: _Stored(*row[1:]) for row in connection.execute(_VERSIONS, [list(documents)]).fetchall()}
    moved: list[tuple[object, ...]] = []
    for states in read_states(connection, documents).values():
        spans = [span for span in version_spans(states) if span.version_id in stored]
        classes = _classes(connection, spans, stored)
        for span in spans:
            wanted = _Stored(span.valid_from, span.valid_to, span.valid_to is None, classes[span.version_id])
            if wanted != stored[span.version_id]:
                moved.append((span.capture_id, *wanted, span.version_id))
    if moved:
        connection.execute(_UPDATE, [list(column) for column in zip(*moved, strict=True)])


def _classes(
    connection: duckdb.DuckDBPyConnection, spans: Sequence[VersionSpan], stored: Mapping[str, _Stored]
) -> Mapping[str, str | None]:
    """Return version -> change class; what is known stays, unless versions came in."""
    known = {span.version_id: stored[span.version_id].change_class for span in spans}
    if not spans or all(known.values()):
        return known
    first, *later = [span.version_id for span in spans]
    classes: dict[str, str | None] = {first: str(ChangeClass.FIRST)}
    readings = _readings(connection, list(known)) if later else {}
    for before, after in zip([first, *later], later, strict=False):
        found = _change(readings.get(before, []), readings.get(after, []))
        classes[after] = str(found) if found else None
    return classes


def _change(before: Sequence[Reading], after: Sequence[Reading]) -> ChangeClass | None:
    """Compare two versions by the latest ruleset that has read both."""
    for newer in reversed(after):
        for older in reversed(before):
            if older.ruleset == newer.ruleset:
                return change_class(older, newer)
    return None


def _readings(connection: duckdb.DuckDBPyConnection, versions: Sequence[str]) -> Mapping[str, Sequence[Reading]]:
    """Return version -> its readings, the current one last."""
    found: dict[str, list[Reading]] = defaultdict(list)
    for version, ruleset, text, *metadata in connection.execute(_READINGS, [list(versions)]).fetchall():
        values = tuple(tuple(map(fold, value)) if isinstance(value, list) else value for value in metadata)
        found[version].append(Reading(ruleset, text, values))
    return found
