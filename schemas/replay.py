"""From rows of ``edits`` back to the ledger that they store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from copydesk.document import Span
from copydesk.edits import Edit, EditLog, EditStatus
from copydesk.errors import LedgerError
from copydesk.proposals import FieldSpan


def replay(base: str, rows: Iterable[Mapping[str, Any]]) -> EditLog:
    """Return the ledger of a base text from its rows, in order of ``seq``.

    Raises:
        LedgerError: the rows do not belong to the text.
        ValueError, TypeError: a row does not hold an edit.

    """
    return EditLog.replay(base, [edit_of(row) for row in rows])


def replays(base: str, rows: Iterable[Mapping[str, Any]], text: str) -> bool:
    """Tell whether stored edits, in order of ``seq``, turn a base text into a text."""
    try:
        return replay(base, rows).text == text
    except (LedgerError, ValueError, TypeError):
        return False


def edit_of(row: Mapping[str, Any]) -> Edit:
    """Return the edit that a row of ``edits`` stores.

    Raises:
        ValueError, TypeError: the row does not hold an edit.

    """
    evidence = row["evidence_start"], row["evidence_end"]
    return Edit(
        edit_id=row["seq"],
        phase=row["phase"],
        view_start=row["view_start"],
        view_end=row["view_end"],
        replacement=row["replacement"],
        kind=row["kind"],
        rule=row["rule_id"],
        reason=row["reason"],
        confidence=1.0 if row["confidence"] is None else row["confidence"],
        raw_start=row["raw_start"],
        raw_end=row["raw_end"],
        evidence=None if None in evidence else Span(*evidence),
        fields=tuple(FieldSpan(name, Span(start, end)) for name, start, end in json.loads(row["kept_fields"])),
        status=EditStatus(row["status"]),
        is_suggestion=row["is_suggestion"],
        depends_on=tuple(row["depends_on"]),
    )
