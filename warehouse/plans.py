"""What is to be done about captures, given what is loaded: reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import duckdb

from schemas.domains import CaptureStatus, HeldAs
from schemas.ids import capture_id, derivation_id
from warehouse.history import CaptureState, Place, Placed, accepted_before, in_time_order, place_capture
from warehouse.holding import CONTRADICTED, is_due, repeated_texts
from warehouse.places import documents_of
from warehouse.records import Capture, Held, Plan, Planned, Previous, Review, Unchanged
from warehouse.reviews import read_reviews
from warehouse.rows import decisions_hash

_Derivations: TypeAlias = Mapping[str, tuple[str, Previous]]
"""Version -> its current derivation, and what it makes of the version."""
_CAPTURES = """
SELECT c.document_id::VARCHAR, c.capture_id::VARCHAR, c.previous_id::VARCHAR, c.version_id::VARCHAR, c.sha256, c.status,
       c.captured_at, c.last_seen_at, c.held_as, c.text_sha256, c.reason, r.ruleset
FROM captures c LEFT JOIN runs r ON r.run_id = c.run_id WHERE c.document_id IN (SELECT unnest(?::UUID[]))
"""
_DERIVATIONS = """
SELECT version_id::VARCHAR, derivation_id::VARCHAR, base_sha256, words, flags
FROM derivations WHERE is_current AND document_id IN (SELECT unnest(?::UUID[]))
"""


def make_plan(
    connection: duckdb.DuckDBPyConnection,
    captures: Sequence[Capture],
    *,
    ruleset: str,
    let_in: Collection[str] = (),
) -> Plan:
    """Say for each capture whether it is to be processed, now or after others of its document, or is loaded as it is.

    Captures of one document are taken in order of time. ``let_in`` are captures (ids) that a person lets in.
    """
    waiting: dict[str, list[Capture]] = defaultdict(list)
    in_order = sorted(captures, key=lambda capture: capture.captured_at)
    for capture, document in zip(in_order, documents_of(connection, in_order), strict=True):
        waiting[document].append(capture)
    ids = list(waiting)
    states, derivations = read_states(connection, ids), _read_derivations(connection, ids)
    decided = read_reviews(connection, ids)
    work, unchanged, later = [], [], []
    for document, found in waiting.items():
        known = _Known(*(document, states.get(document, ()), derivations, decided.get(document, ()), ruleset, let_in))
        for number, capture in enumerate(found, 1):
            made = _plan_one(capture, known)
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
    for row in connection.execute(_CAPTURES, [list(documents)]).fetchall():
        document, capture, previous, version, digest, status, *others = row
        state = CaptureState(capture, previous, version, digest, CaptureStatus(status), *others)
        found[document].append(state)
    return {document: in_time_order(states) for document, states in found.items()}


def _read_derivations(connection: duckdb.DuckDBPyConnection, documents: Iterable[str]) -> _Derivations:
    rows = connection.execute(_DERIVATIONS, [list(documents)]).fetchall()
    return {
        version: (derivation, Previous(version, base, words, frozenset(flags)))
        for version, derivation, base, words, flags in rows
    }


class _Known(NamedTuple):
    """What is known of a document when its captures are planned."""

    document_id: str
    states: Sequence[CaptureState]
    derivations: _Derivations
    decided: tuple[Review, ...]
    ruleset: str
    let_in: Collection[str]


def _plan_one(capture: Capture, known: _Known) -> Planned | Unchanged:
    document, states, derivations, decided, ruleset, let_in = known
    placed = place_capture(capture.sha256, capture.captured_at, states)
    same = placed.same
    is_let_in = same is not None and same.capture_id in let_in
    if same and same.status is CaptureStatus.ACCEPTED and same.version_id:
        wanted = derivation_id(same.version_id, ruleset, decisions_hash(decided))
        if same.version_id in derivations and derivations[same.version_id][0] == wanted:
            return Unchanged(capture, document, same.capture_id)
    is_repeated = same is not None and is_due(same, capture.captured_at)
    if same and same.status is CaptureStatus.HELD and same.ruleset == ruleset and not (is_repeated or is_let_in):
        return Unchanged(capture, document, same.capture_id, same.reason)
    before = placed.before.capture_id if placed.before else None
    return Planned(
        capture=capture,
        document_id=document,
        capture_id=same.capture_id if same else capture_id(document, capture.sha256, before),
        after=before,
        previous=_previous(placed, states, derivations),
        version_id=same.version_id if same else None,
        held=Held(HeldAs.CONTRADICTED, CONTRADICTED) if placed.place is Place.CONTRADICTED else None,
        is_let_in=is_repeated or is_let_in,
        repeats=repeated_texts(states, capture.captured_at),
        reviews=decided,
    )


def _previous(placed: Placed, states: Sequence[CaptureState], derivations: _Derivations) -> Previous | None:
    before = accepted_before(placed.before.capture_id if placed.before else None, states)
    if before is None or before.version_id is None or before.version_id not in derivations:
        return None
    return derivations[before.version_id][1]
