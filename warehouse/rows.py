"""From one processed document to the rows of every table: pure functions, plain values, ids that follow from the input.

Rows of one table are columns: name -> values, so that they are small to send between processes and quick to load.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import NamedTuple, TypeAlias

import copydesk
from copydesk.article import Article, Moment, Passage
from copydesk.document import Document, Span
from copydesk.edits import Edit
from copydesk.facts import Facts
from schemas.domains import CaptureStatus
from schemas.ids import derivation_id, hash_text, make_id, source_id, version_id
from warehouse.holding import why_held
from warehouse.records import Capture, Failure, Planned, Review
from warehouse.rows_facts import Row, fact_rows

Columns: TypeAlias = Mapping[str, list[object]]

_NO_TIME = {"at": None, "local": None, "zone": None, "precision": None, "written": None, "source": None}
_OUTSIDE_HASH = frozenset(("run_id", "capture_id", "is_current", "rows_sha256"))


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """All rows of one processed document.

    Attributes:
        planned: what the ids of the rows were made from.
        derivation_id: None for a capture that is held or failed.
        known_version: the version that the rows refer to, when it was loaded before.
        outcomes: review -> what became of it in this derivation.

    """

    planned: Planned
    derivation_id: str | None
    known_version: str | None
    tables: Mapping[str, Columns]
    outcomes: Mapping[str, str] = field(default_factory=dict)


def decisions_hash(reviews: Iterable[Review]) -> str:
    """Return the hash of the reviews that are in force: part of a derivation's id."""
    return make_id("decisions", *sorted(review_id(review) + review.kind for review in reviews))


def review_id(review: Review) -> str:
    """Return the id of a review: the same edit, decided on again, is the same review."""
    anchor = review.exact, review.prefix, review.suffix, review.start
    return make_id("review", review.document_id, review.edit_kind, review.rule, review.replacement, *anchor)


def document_rows(planned: Planned, article: Article, facts: Facts, *, ruleset: str, run_id: str) -> DocumentRows:
    """Return the rows of a document that was read, cleaned and searched for facts."""
    if held := why_held(planned, article):
        return _bare(
            planned, _Outcome(CaptureStatus.HELD, held.reason, held_as=held.kind, text=held.text_sha256), run_id
        )
    digest = hash_text(article.log.base)
    known = planned.version_id
    if known is None and planned.previous and planned.previous.base_sha256 == digest:
        known = planned.previous.version_id
    version = known or version_id(planned.document_id, planned.capture_id)
    derivation = derivation_id(version, ruleset, decisions_hash(planned.reviews))
    ids: Row = {"document_id": planned.document_id, "derivation_id": derivation}
    tables = {table: list(rows) for table, rows in _texts(article, ids, run_id)}
    tables |= fact_rows(article, facts, ids, run_id=run_id, rule_version=copydesk.__version__)
    derived = (
        _derivation(planned, article, digest) | ids | {"version_id": version, "ruleset": ruleset, "run_id": run_id}
    )
    derived["rows_sha256"] = _digest({"derivations": [derived], **tables})
    head = _head(planned, _Outcome(CaptureStatus.ACCEPTED, version_id=version), run_id)
    if known is None:
        head["versions"] = [_version(planned, version)]
    columns = {table: _columns(rows) for table, rows in {**head, "derivations": [derived], **tables}.items() if rows}
    outcomes = dict(zip(map(review_id, planned.reviews), map(str, article.outcomes), strict=False))
    return DocumentRows(planned, derivation, known, columns, outcomes)


def failure_rows(failure: Failure, run_id: str) -> DocumentRows | None:
    """Return the rows of a capture from which no text came; None when there was not even a capture."""
    if failure.planned is None:
        return None
    reason = " ".join(part for part in (f"{failure.error}:", failure.reason, failure.advice) if part)
    return _bare(failure.planned, _Outcome(CaptureStatus.FAILED, reason), run_id)


class _Outcome(NamedTuple):
    """What became of a capture."""

    status: CaptureStatus
    reason: str | None = None
    version_id: str | None = None
    held_as: str | None = None
    text: str | None = None


def _bare(planned: Planned, outcome: _Outcome, run_id: str) -> DocumentRows:
    head = _head(planned, outcome, run_id)
    columns = {table: _columns(rows) for table, rows in head.items()}
    return DocumentRows(planned, None, None, columns)


def _head(planned: Planned, outcome: _Outcome, run_id: str) -> dict[str, list[Row]]:
    """Return the rows of source, document and capture."""
    capture = planned.capture
    source: Row = {"source_id": source_id(capture.source), "name": capture.source}
    return {
        "sources": [source],
        "documents": [
            {
                "document_id": planned.document_id,
                "source_id": source["source_id"],
                "path": capture.path,
                "url": capture.url,
                "canonical_url": capture.canonical_url,
                "former_paths": None,
                "missing_since": None,
            }
        ],
        "captures": [_capture(planned, capture, outcome, run_id)],
    }


def _capture(planned: Planned, capture: Capture, outcome: _Outcome, run_id: str) -> Row:
    moment = capture.captured_at.astimezone(UTC)
    return {
        "capture_id": planned.capture_id,
        "document_id": planned.document_id,
        "previous_id": planned.after,
        "version_id": outcome.version_id,
        "sha256": capture.sha256,
        "size_bytes": capture.size,
        "media_type": capture.media_type,
        "status": str(outcome.status),
        "reason": outcome.reason,
        "captured_at": moment,
        "last_seen_at": moment,
        "http": None if capture.http is None else json.dumps(dict(capture.http), ensure_ascii=False),
        "stated": json.dumps(capture.stated, ensure_ascii=False) if capture.stated else None,
        "run_id": run_id,
        "held_as": None if outcome.held_as is None else str(outcome.held_as),
        "text_sha256": outcome.text,
    }


def _version(planned: Planned, version: str) -> Row:
    """Return a version as if it were the last one; the loader puts it in its place in the history."""
    return {
        "version_id": version,
        "document_id": planned.document_id,
        "capture_id": planned.capture_id,
        "valid_from": planned.capture.captured_at.astimezone(UTC),
        "valid_to": None,
        "is_current": True,
        "change_class": None,
    }


def _derivation(planned: Planned, article: Article, base_sha256: str) -> Row:
    decoding = article.document.decoding
    published = _moment(article.published, "published")
    return {
        "derivation_id": None,  # these stand first in their table, and are filled in by the caller
        "version_id": None,
        "document_id": None,
        "capture_id": planned.capture_id,
        "ruleset": None,
        "decisions": decisions_hash(planned.reviews),
        "is_current": True,
        "rows_sha256": None,
        "code_version": copydesk.__version__,
        "format": article.document.format,
        "encoding": decoding.encoding if decoding else None,
        "encoding_reason": decoding.reason if decoding else None,
        "replaced_chars": decoding.replaced if decoding else 0,
        "base_text": article.log.base,
        "base_sha256": base_sha256,
        "clean_sha256": hash_text(article.text),
        "title": article.title,
        "authors": [person.name for person in article.authors],
        "people": _json([person._asdict() for person in article.authors]),
        **published,
        **_moment(article.updated, "updated"),
        "site": article.site,
        "language": article.language,
        "flags": sorted(str(flag) for flag in article.flags),
        "words": len(article.text.split()),
        "run_id": None,
    }


def _moment(moment: Moment | None, name: str) -> Row:
    """Return the columns of a time as stated; a point on the time line only where the zone is known."""
    columns: Row = dict(_NO_TIME)
    if moment:
        columns = {
            "at": _point(moment),
            "local": moment.local,
            "zone": moment.zone,
            "precision": moment.precision,
            "written": moment.written,
            "source": moment.source,
        }
    return {f"{name}_{column}": value for column, value in columns.items()}


def _point(moment: Moment) -> datetime | None:
    if moment.zone is None or moment.precision == "day":
        return None
    if moment.zone == "Z":
        return moment.local.replace(tzinfo=UTC)
    hours, minutes = int(moment.zone[1:3]), int(moment.zone[-2:])
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if moment.zone[0] == "-" else 1)
    return moment.local.replace(tzinfo=timezone(offset)).astimezone(UTC)


def _texts(article: Article, ids: Row, run_id: str) -> Iterator[tuple[str, Iterable[Row]]]:
    derivation, base = ids["derivation_id"], article.log.base
    yield (
        "blocks",
        (
            {
                "block_id": make_id("block", derivation, ordinal),
                **ids,
                "ordinal": ordinal,
                "kind": str(block.kind),
                "raw_start": block.span.start,
                "raw_end": block.span.end,
                "run_id": run_id,
            }
            for ordinal, block in enumerate(article.document.blocks)
        ),
    )
    yield "left_out_blocks", _left_out(article.document, ids, run_id)
    yield "fields", (_field(passage, ids, run_id) for passage in article.passages)
    yield "paragraphs", (_paragraph(article, n, span, ids, run_id) for n, span in enumerate(article.paragraphs))
    yield "edits", (_edit(edit, base, ids, run_id) for edit in article.log.edits)


def _left_out(document: Document, ids: Row, run_id: str) -> Iterator[Row]:
    if not document.left_out:
        return
    from copydesk.readers.html_spans import locate  # noqa: PLC0415 - for pages alone

    _, places = locate(document)
    for ordinal, (block, place) in enumerate(zip(document.left_out, places, strict=True)):
        yield {
            "left_out_id": make_id("left_out", ids["derivation_id"], ordinal),
            **ids,
            "ordinal": ordinal,
            "kind": str(block.kind),
            "text": block.text,
            "reason": block.reason,
            "score": block.score,
            "raw_start": block.at,
            "source_start": place.start if place else None,
            "source_end": place.end if place else None,
            "run_id": run_id,
        }


def _field(passage: Passage, ids: Row, run_id: str) -> Row:
    raw, is_exact = passage.offsets.raw_span(Span(0, len(passage.text)))
    return {
        "field_id": make_id("field", ids["derivation_id"], passage.field, passage.ordinal),
        **ids,
        "field": str(passage.field),
        "ordinal": passage.ordinal,
        "text": passage.text,
        "raw_start": raw.start,
        "raw_end": raw.end,
        "is_exact": is_exact,
        "edit_seq": passage.edit_id,
        "run_id": run_id,
    }


def _paragraph(article: Article, ordinal: int, span: Span, ids: Row, run_id: str) -> Row:
    raw, is_exact = article.log.raw_span(span)
    return {
        "paragraph_id": make_id("paragraph", ids["derivation_id"], ordinal),
        **ids,
        "ordinal": ordinal,
        "start_offset": span.start,
        "end_offset": span.end,
        "raw_start": raw.start,
        "raw_end": raw.end,
        "is_exact": is_exact,
        "text": article.text[span.start : span.end],
        "run_id": run_id,
    }


def _edit(edit: Edit, base: str, ids: Row, run_id: str) -> Row:
    return {
        "edit_id": make_id("edit", ids["derivation_id"], edit.edit_id),
        **ids,
        "seq": edit.edit_id,
        "phase": edit.phase,
        "view_start": edit.view_start,
        "view_end": edit.view_end,
        "replacement": edit.replacement,
        "removed": base[edit.raw_start : edit.raw_end],
        "kind": edit.kind,
        "rule_id": edit.rule,
        "reason": edit.reason,
        "confidence": edit.confidence,
        "raw_start": edit.raw_start,
        "raw_end": edit.raw_end,
        "evidence_start": edit.evidence.start if edit.evidence else None,
        "evidence_end": edit.evidence.end if edit.evidence else None,
        "status": str(edit.status),
        "is_suggestion": edit.is_suggestion,
        "depends_on": list(edit.depends_on),
        "kept_fields": _json([[kept.name, *kept.span] for kept in edit.fields]),
        "run_id": run_id,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _columns(rows: list[Row]) -> Columns:
    return {name: [row[name] for row in rows] for name in rows[0]}


def _digest(tables: Mapping[str, list[Row]]) -> str:
    """Return the hash of rows without what another run, or another capture of the same text, would change."""
    digest = sha256()
    for table in sorted(tables):
        for row in tables[table]:
            kept = [value for name, value in row.items() if name not in _OUTSIDE_HASH]
            digest.update(f"{table}{kept!r}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
