"""Puts the rows of documents together and checks them: the one module here that loads pandera."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.validate import Checked, validate
from warehouse.records import Failure, Planned
from warehouse.rows import Columns, DocumentRows, failure_rows

_SHARED = {"sources": "source_id", "entities": "entity_id"}
"""Tables whose rows several documents bring, with their keys."""


@dataclass(frozen=True, slots=True)
class CheckedDocuments:
    """A batch of documents that may be loaded; ``outcomes`` are review -> (derivation, what became of it there)."""

    planned: tuple[Planned, ...]
    rows: Checked
    outcomes: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def check_documents(
    documents: Sequence[DocumentRows], *, ruleset: str, run_id: str, failures: Sequence[Failure] = ()
) -> CheckedDocuments:
    """Return the rows of documents, one capture each, as frames: good ones, and those for the quarantine.

    Failures become captures that say why.

    Raises:
        ValueError: a document comes twice.

    """
    failed = [rows for failure in failures if (rows := failure_rows(failure, run_id))]
    documents = [*documents, *failed]
    planned = tuple(document.planned for document in documents)
    if len({plan.document_id for plan in planned}) < len(planned):
        raise ValueError("a batch may hold one capture of a document; see Plan.later")
    known = {"versions": {document.known_version for document in documents if document.known_version}}
    outcomes = {
        review: (document.derivation_id, outcome)
        for document in documents
        if document.derivation_id
        for review, outcome in document.outcomes.items()
    }
    checked = validate(_joined(documents), ruleset=ruleset, run_id=run_id, known=known)
    return CheckedDocuments(planned, checked, outcomes)


def _joined(documents: Sequence[DocumentRows]) -> Mapping[str, Columns]:
    """Return the columns of all documents, one after the other."""
    joined: dict[str, dict[str, list[Any]]] = defaultdict(dict)
    for document in documents:
        for table, columns in document.tables.items():
            for name, values in columns.items():
                joined[table].setdefault(name, []).extend(values)
    for table, key in _SHARED.items():
        if table in joined:
            joined[table] = _once(joined[table], key)
    return joined


def _once(columns: Mapping[str, list[Any]], key: str) -> dict[str, list[Any]]:
    """Keep one row a key; of rows that differ the first in alphabetical order, whichever document it comes from."""
    chosen: dict[Any, tuple[Any, ...]] = {}
    for row in sorted(zip(*columns.values(), strict=True), key=repr):
        chosen.setdefault(row[list(columns).index(key)], row)
    return dict(zip(columns, map(list, zip(*chosen.values(), strict=True)), strict=True))
