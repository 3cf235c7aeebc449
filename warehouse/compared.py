"""Two versions of a document side by side: what the publisher changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from copydesk.changes import FactChange, FactState, SentenceChange, compare_facts, compare_texts, fold
from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError
from warehouse.stored import find_document

_VERSIONS = """
SELECT v.version_id::VARCHAR AS version_id, v.valid_from, v.valid_to, v.change_class,
       (SELECT list(d.ruleset ORDER BY d.is_current, d.derivation_id) FROM derivations d
        WHERE d.version_id = v.version_id) AS rulesets
FROM versions v WHERE v.document_id = ?::UUID ORDER BY v.valid_from
"""
_DERIVATION = """
SELECT d.derivation_id::VARCHAR AS derivation_id, d.title, d.authors, d.published_local::VARCHAR AS published,
       d.published_zone, d.updated_local::VARCHAR AS updated, d.updated_zone, d.site, f.text
FROM derivations d JOIN fields f ON f.derivation_id = d.derivation_id AND f.field = 'body'
WHERE d.version_id = ?::UUID AND d.ruleset = ? ORDER BY d.is_current DESC, d.derivation_id LIMIT 1
"""
_FIELDS = """
SELECT field, string_agg(text, ' | ' ORDER BY ordinal) AS text FROM fields
WHERE derivation_id = ?::UUID AND field NOT IN ('body', 'title', 'dateline', 'byline') GROUP BY field ORDER BY field
"""
_COLUMNS = ", ".join(FactState._fields).replace("fact_key", "fact_key::VARCHAR AS fact_key")
_FACTS = f"""
SELECT {_COLUMNS} FROM every_fact WHERE derivation_id = ?::UUID ORDER BY raw_start, fact_id
"""  # noqa: S608 - our own words
_METADATA = ("title", "authors", "published", "published_zone", "updated", "updated_zone", "site")


@dataclass(frozen=True, slots=True)
class VersionName:
    """A version of a document: its number (from 1, by time), and from when to when it was valid."""

    number: int
    version_id: str
    valid_from: datetime
    valid_to: datetime | None
    change_class: str | None
    rulesets: Sequence[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one version differs from another.

    Attributes:
        title: of the newer one.
        is_fair: one ruleset has read both; otherwise some of the differences may be ours.
        metadata: name -> (before, after), of what differs.

    """

    document_id: str
    title: str | None
    before: VersionName
    after: VersionName
    is_fair: bool
    metadata: Mapping[str, tuple[str | None, str | None]]
    sentences: Sequence[SentenceChange]
    facts: Sequence[FactChange]


def compare_versions(
    warehouse: Warehouse, beginning: str, before: str | None = None, after: str | None = None
) -> Comparison | VersionName:
    """Return how two versions of the document whose id begins so differ; the only version when there is one.

    Args:
        warehouse: an open one.
        beginning: of the document's id.
        before: a version: its number, the beginning of its id, or a day or time at which it was valid; the one before
            ``after`` when not given.
        after: as for ``before``; the current one when not given.

    Raises:
        WarehouseError: no such document, or no such version.

    """
    document = find_document(warehouse, beginning)
    rows = warehouse.rows(_VERSIONS, [document])
    versions = [VersionName(number, **row) for number, row in enumerate(rows, 1)]
    if not versions:
        raise WarehouseError(
            "no text of it is loaded.", advice="`copydesk review` says what is held.", source=beginning
        )
    if len(versions) == 1 and not (before or after):
        return versions[0]
    newer = _find_version(versions, after) if after else versions[-1]
    older = _find_version(versions, before) if before else versions[max(0, newer.number - 2)]
    return _compare(warehouse, document, older, newer)


def _find_version(versions: Sequence[VersionName], named: str) -> VersionName:
    if named.isdigit() and 1 <= int(named) <= len(versions):
        return versions[int(named) - 1]
    found = [v for v in versions if len(named) >= 4 and v.version_id.startswith(named.lower())]
    if len(found) == 1:
        return found[0]
    moment = _moment(named)
    valid = [v for v in versions if moment and v.valid_from <= moment]
    if valid:
        return valid[-1]
    first, last = versions[0], versions[-1]
    raise WarehouseError(
        f"there is no version {named!r}.",
        advice=f"There are 1 to {last.number}, from {first.valid_from:%Y-%m-%d} on.",
    )


def _moment(written: str) -> datetime | None:
    """Return the moment of a time, or the last one of a day, in UTC where no zone is given."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    if re.fullmatch(r"\d{4}-?\d\d-?\d\d", written):
        found = found.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _compare(warehouse: Warehouse, document: str, older: VersionName, newer: VersionName) -> Comparison:
    shared = [ruleset for ruleset in newer.rulesets if ruleset in older.rulesets]
    old = _derivation(warehouse, older, shared)
    new = _derivation(warehouse, newer, shared)
    names = [name for name in {**old, **new} if name not in ("derivation_id", "text")]
    metadata = {
        name: (old.get(name), new.get(name)) for name in names if _folded(old.get(name)) != _folded(new.get(name))
    }
    facts = [[FactState(**row) for row in warehouse.rows(_FACTS, [side["derivation_id"]])] for side in (old, new)]
    return Comparison(
        document_id=document,
        title=new["title"],
        before=older,
        after=newer,
        is_fair=bool(shared),
        metadata=metadata,
        sentences=compare_texts(old["text"], new["text"]),
        facts=compare_facts(*facts),
    )


def _derivation(warehouse: Warehouse, version: VersionName, shared: Sequence[str]) -> dict[str, Any]:
    """Return what the latest ruleset that has read both versions (or else this one) makes of a version."""
    (row,) = warehouse.rows(_DERIVATION, [version.version_id, (shared or version.rulesets)[-1]])
    row["authors"] = ", ".join(row["authors"] or ()) or None
    fields = warehouse.rows(_FIELDS, [row["derivation_id"]])
    return row | {field["field"]: field["text"] for field in fields}


def _folded(words: str | None) -> str | None:
    return words and fold(words)
