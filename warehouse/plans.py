"""What is to be done about captures, given what is loaded: reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import duckdb

from schemas.domains import CaptureStatus
from schemas.ids import capture_id, derivation_id, document_id
from warehouse.history import CaptureState, Place, Placed, accepted_before, in_time_order, place_capture
from warehouse.records import Capture, Plan, Planned, Previous, Review, Unchanged
from warehouse.reviews import read_reviews
from warehouse.rows import decisions_hash

CONTRADICTED = "Another text was seen both before and after this one."

_CAPTURES = """
SELECT document_id::VARCHAR, capture_id::VARCHAR, previous_id::VARCHAR, version_id::VARCHAR, sha256, status,
       captured_at, last_seen_at
FROM captures WHERE document_id IN (SELECT unnest(?::UUID[]))
"""
_DERIVATIONS = """
SELECT version_id::VARCHAR, derivation_id::VARCHAR, base_sha256
FROM derivations WHERE is_current AND document_id IN (SELECT unnest(?::UUID[]))
"""


def make_plan(connection: duckdb.DuckDBPyConnection, captures: Sequence[Capture], *, ruleset: str) -> Plan:
    """Say for each capture whether it is to be processed, now or after others of its document, or is loaded as it is.

    Captures of one document are taken in order of time.
    """
    waiting: dict[str, list[Capture]] = defaultdict(list)
    for capture in sorted(captures, key=lambda capture: capture.captured_at):
        waiting[document_id(capture.source, capture.path, capture.url, capture.canonical_url)].append(capture)
    ids = list(waiting)
    states, derivations = read_states(connection, ids), _read_derivations(connection, ids)
    decided = read_reviews(connection, ids)
    work, unchanged, later = [], [], []
    for document, found in waiting.items():
        made: Planned | Unchanged | None = None
        for number, capture in enumerate(found, 1):
            made = _plan_one(
                document, capture, states.get(document, ()), derivations, decided.get(document, ()), ruleset
            )
            if isinstance(made, Planned):
                work.append(made)
                later += found[number:]
                break
            unchanged.append(made)
    return Plan(tuple(work), tuple(unchanged), tuple(later))


def read_states(
    connection: duckdb.DuckDBPyConnection, documents: Iterable[str]
) -> Mapping[str, Sequence[CaptureState]]:
    """Return the captures of documents that are loaded, in time order."""
    found: dict[str, list[CaptureState]] = defaultdict(list)
    for document, capture, previous, version, digest, status, first, last in connection.execute(
        _CAPTURES, [list(documents)]
    ).fetchall():
        state = CaptureState(capture, previous, version, digest, CaptureStatus(status), first, last)
        found[document].append(state)
    return {document: in_time_order(states) for document, states in found.items()}


def _read_derivations(connection: duckdb.DuckDBPyConnection, documents: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    rows = connection.execute(_DERIVATIONS, [list(documents)]).fetchall()
    return {version: (derivation, base) for version, derivation, base in rows}


def _plan_one(
    document: str,
    capture: Capture,
    states: Sequence[CaptureState],
    derivations: Mapping[str, tuple[str, str]],
    decided: tuple[Review, ...],
    ruleset: str,
) -> Planned | Unchanged:
    placed = place_capture(capture.sha256, capture.captured_at, states)
    same = placed.same
    if same and same.status is CaptureStatus.ACCEPTED and same.version_id:
        wanted = derivation_id(same.version_id, ruleset, decisions_hash(decided))
        if derivations.get(same.version_id, ("", ""))[0] == wanted:
            return Unchanged(capture, document, same.capture_id)
    if placed.place is Place.CONTRADICTED:
        capture = replace(capture, held=CONTRADICTED)
    before = placed.before.capture_id if placed.before else None
    return Planned(
        capture=capture,
        document_id=document,
        capture_id=same.capture_id if same else capture_id(document, capture.sha256, before),
        after=before,
        previous=_previous(placed, states, derivations),
        version_id=same.version_id if same else None,
        reviews=decided,
    )


def _previous(
    placed: Placed, states: Sequence[CaptureState], derivations: Mapping[str, tuple[str, str]]
) -> Previous | None:
    before = accepted_before(placed.before.capture_id if placed.before else None, states)
    if before is None or before.version_id is None or before.version_id not in derivations:
        return None
    return Previous(before.version_id, derivations[before.version_id][1])
