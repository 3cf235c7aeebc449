"""Reading an article back from the warehouse: its ledger is replayed, so that its edits can be shown and decided on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from copydesk.article import Article
from copydesk.document import Candidate, Document
from copydesk.pipeline import from_log
from copydesk.readers import read
from schemas.domains import CaptureStatus
from schemas.replay import replay
from warehouse.connect import Warehouse, open_warehouse
from warehouse.errors import WarehouseError
from warehouse.history import is_contradicted
from warehouse.plans import read_states
from warehouse.readers import open_readers
from warehouse.records import Capture

_DOCUMENTS = """
SELECT document_id::VARCHAR AS document_id, path, url
FROM documents WHERE document_id::VARCHAR LIKE ? ORDER BY ALL LIMIT 3
"""
_DERIVATION = """
SELECT d.* EXCLUDE (people), d.people::VARCHAR AS people FROM derivations d
JOIN versions v ON v.version_id = d.version_id AND v.is_current
WHERE d.document_id = ?::UUID AND d.is_current
"""
_EDITS = """
SELECT * EXCLUDE (kept_fields), kept_fields::VARCHAR AS kept_fields
FROM edits WHERE derivation_id = ? ORDER BY seq
"""
_CAPTURE = """
SELECT s.name AS source, d.path, d.url, d.canonical_url, c.sha256, c.size_bytes AS size, c.media_type, c.captured_at,
       c.http::VARCHAR AS http, c.stated::VARCHAR AS stated
FROM versions v JOIN captures c ON c.capture_id = v.capture_id JOIN documents d ON d.document_id = v.document_id
JOIN sources s ON s.source_id = d.source_id WHERE v.document_id = ?::UUID AND v.is_current
"""
_FACT = """
SELECT document_id::VARCHAR AS document_id, kind, rule_id, field, start_offset, end_offset
FROM facts WHERE fact_id = ?::UUID
"""
_TABLES = {"quantity": "quantities"}
_SHORTEST = 4
"""Characters of an id's beginning that are enough to name a document, if no other shares them."""


def find_document(warehouse: Warehouse, beginning: str) -> str:
    """Return the id of the one document whose id begins so.

    Raises:
        WarehouseError: there is none, or more than one.
    """
    found = warehouse.rows(_DOCUMENTS, [beginning + "%"]) if len(beginning) >= _SHORTEST else []
    if len(found) == 1:
        return str(found[0]["document_id"])
    if not found:
        raise WarehouseError("no document has this id.", advice="`copydesk status` lists them.", source=beginning)
    names = ", ".join(f"{row['document_id'][:13]} ({row['path'] or row['url']})" for row in found)
    raise WarehouseError(f"several documents have ids that begin so: {names}.", advice="Give more.", source=beginning)


def stored_article(path: Path, beginning: str) -> tuple[str, Article]:
    """Return the id and the article, as the current derivation has it, of the document whose id begins so.

    Raises:
        WarehouseError: there is no such document, or no text of it.
    """
    with open_readers(path) as warehouse:
        document_id = find_document(warehouse, beginning)
        derivations = warehouse.rows(_DERIVATION, [document_id])
        if not derivations:
            raise WarehouseError("no text of it is loaded.", advice="`copydesk status` says why.", source=beginning)
        derivation = derivations[0]
        edits = warehouse.rows(_EDITS, [derivation["derivation_id"]])
    base, form = derivation["base_text"], derivation["format"]
    document = read(base, format="text") if form == "text" else Document(base)
    candidates = tuple(_candidates(derivation))
    document = Document(document.text, document.blocks, candidates, derivation["format"])
    return document_id, from_log(document, replay(document.text, edits))


class StoredFact(NamedTuple):
    """Where a fact is: its document, its table, and its rule, field, start and end there."""

    document_id: str
    table: str
    place: tuple[str, str, int, int]


def stored_fact(path: Path, fact_id: str) -> StoredFact | None:
    """Return where the fact with an id is, among those of the current articles; None where there is none."""
    with open_readers(path) as warehouse:
        rows = warehouse.rows(_FACT, [fact_id])
    if not rows:
        return None
    row = rows[0]
    place = (row["rule_id"], row["field"], row["start_offset"], row["end_offset"])
    return StoredFact(row["document_id"], _TABLES.get(row["kind"], f"{row['kind']}s"), place)


def current_capture(path: Path, document_id: str) -> Capture:
    """Return the capture that the current version of a document was read from."""
    with open_warehouse(path, read_only=True) as warehouse:
        (row,) = warehouse.rows(_CAPTURE, [document_id])
    return _capture_of(row)


_HELD = """
SELECT c.capture_id::VARCHAR AS capture_id, c.document_id::VARCHAR AS document_id, c.status, s.name AS source, d.path,
       d.url, d.canonical_url, c.sha256, c.size_bytes AS size, c.media_type, c.captured_at,
       c.http::VARCHAR AS http, c.stated::VARCHAR AS stated
FROM captures c JOIN documents d ON d.document_id = c.document_id JOIN sources s ON s.source_id = d.source_id
WHERE c.capture_id::VARCHAR LIKE ? LIMIT 3
"""
_WAITING = "`copydesk review` lists those that wait."


def held_capture(path: Path, beginning: str) -> tuple[str, Capture]:
    """Return the id and the capture, held, whose id begins so.

    Raises:
        WarehouseError: there is none, more than one, or what was seen after it contradicts it.
    """
    with open_warehouse(path, read_only=True) as warehouse:
        rows = warehouse.rows(_HELD, [beginning + "%"]) if len(beginning) >= _SHORTEST else []
        if len(rows) != 1:
            reason = "several captures have ids that begin so." if rows else "no capture has this id."
            raise WarehouseError(reason, advice=_WAITING, source=beginning)
        row = rows[0]
        capture, status, document = row.pop("capture_id"), row.pop("status"), row.pop("document_id")
        if status != CaptureStatus.HELD:
            raise WarehouseError(f"the capture is {status}, not held.", advice=_WAITING, source=beginning)
        states = read_states(warehouse.connection, [document])[document]
    if is_contradicted(capture, states):
        reason = "the same text was seen before and after it: between, it cannot have been the valid one."
        raise WarehouseError(reason, advice="Its bytes are kept.", source=beginning)
    return capture, _capture_of(row)


def _capture_of(row: dict[str, Any]) -> Capture:
    http, stated = json.loads(row.pop("http") or "null"), json.loads(row.pop("stated") or "[]")
    return Capture(**row, http=http, stated=tuple(tuple(said) for said in stated))


def _candidates(row: Mapping[str, Any]) -> Iterator[Candidate]:
    """Yield what the source said, as far as it is not read from the text again."""
    known = (("title", row["title"], ""), ("site", row["site"], ""), ("language", row["language"], ""))
    yield from (Candidate(name, value, source) for name, value, source in known if value)
    for name in ("published", "updated"):
        if row[f"{name}_written"]:
            yield Candidate(name, row[f"{name}_written"], row[f"{name}_source"])
    for person in json.loads(row["people"]):
        yield Candidate("author", person["name"], person["source"])
