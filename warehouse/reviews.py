"""The decisions of people: stored by document, edit and quote, so that they outlast every derivation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import duckdb

from schemas.domains import ReviewKind, ReviewStatus
from warehouse.errors import WarehouseError
from warehouse.records import Review
from warehouse.rows import review_id
from warehouse.touched import touch_rows
from warehouse.transactions import transaction

_COLUMNS = """
document_id, kind, exact, prefix, suffix, start_offset, edit_kind, rule_id, decided_at, replacement, decided_by, note,
status
"""
_READ = f"""
SELECT {_COLUMNS.replace("document_id", "document_id::VARCHAR", 1)} FROM reviews
WHERE status = ? AND document_id IN (SELECT unnest(?::UUID[])) ORDER BY decided_at, review_id
"""  # noqa: S608 - our own words
_WRITE = f"INSERT INTO reviews (review_id, {_COLUMNS}) VALUES ({', '.join('?' * 14)})"  # noqa: S608 - as above


def read_reviews(
    connection: duckdb.DuckDBPyConnection, document_ids: Iterable[str]
) -> Mapping[str, tuple[Review, ...]]:
    """Return the decisions in force, by document, oldest first."""
    found: dict[str, list[Review]] = defaultdict(list)
    for row in connection.execute(_READ, [ReviewStatus.ACTIVE, list(document_ids)]).fetchall():
        document, kind, exact, prefix, suffix, start, edit_kind, rule, at, replacement, by, note, status = row
        found[document].append(
            Review(
                document_id=document,
                kind=ReviewKind(kind),
                exact=exact,
                prefix=prefix,
                suffix=suffix,
                start=start,
                edit_kind=edit_kind,
                rule=rule,
                decided_at=at,
                replacement=replacement,
                decided_by=by,
                note=note,
                status=ReviewStatus(status),
            )
        )
    return {document: tuple(reviews) for document, reviews in found.items()}


def save_review(connection: duckdb.DuckDBPyConnection, review: Review) -> str:
    """Write down a decision in place of an earlier one about the same edit, and return its id.

    Raises:
        ValueError: it is about no place in the text.

    """
    if not review.exact + review.prefix + review.suffix:
        raise ValueError("a review needs the words that it stands at")
    made = review_id(review)
    values = [
        *(made, review.document_id, str(review.kind), review.exact, review.prefix, review.suffix, review.start),
        *(review.edit_kind, review.rule, review.decided_at, review.replacement, review.decided_by, review.note),
        str(review.status),
    ]
    with transaction(connection):
        connection.execute("DELETE FROM reviews WHERE review_id = ?", [made])
        connection.execute(_WRITE, values)
        touch_rows(connection, "document_id", [review.document_id])
    return made


def withdraw_review(connection: duckdb.DuckDBPyConnection, beginning: str) -> str:
    """Take back the decision whose id begins so, and return the id of its document.

    Raises:
        WarehouseError: there is none that is in force, or more than one.

    """
    found = connection.execute(
        "SELECT review_id, document_id::VARCHAR FROM reviews WHERE review_id::VARCHAR LIKE ? AND status = ? LIMIT 2",
        [beginning + "%", ReviewStatus.ACTIVE],
    ).fetchall()
    if len(found) != 1:
        reason = "several decisions have ids that begin so." if found else "no decision in force has this id."
        raise WarehouseError(reason, advice="`copydesk review --all` lists them.", source=beginning)
    ((review, document),) = found
    with transaction(connection):
        connection.execute(
            "UPDATE reviews SET status = ?, outcome = NULL WHERE review_id = ?", [ReviewStatus.WITHDRAWN, review]
        )
        touch_rows(connection, "document_id", [document])
    return str(document)
