"""The one writer. A batch goes in within one transaction, or not at all; the same batch again changes no row.

What a derivation brought is taken out and put in again as a whole, and only when its rows differ. Frames reach DuckDB
as Arrow streams, without pyarrow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import duckdb
import polars as pl

from schemas.domains import CaptureStatus, ChangeClass, HeldAs
from schemas.ids import make_id
from warehouse.history import place_capture
from warehouse.plans import read_states
from warehouse.records import LoadResult, Planned, Unchanged
from warehouse.reviews import read_reviews
from warehouse.rows import decisions_hash
from warehouse.seen import see_again
from warehouse.streams import Stream
from warehouse.touched import touch_rows
from warehouse.transactions import transaction
from warehouse.versions import set_versions

if TYPE_CHECKING:
    from warehouse.check import CheckedDocuments

DERIVED = (
    *("blocks", "left_out_blocks", "fields", "paragraphs", "edits"),
    *("mentions", "dates", "quantities", "officeholders", "events"),
    *("event_participants", "relations", "quotes", "claims"),
)
"""The tables whose rows hang on a derivation."""

Inspect: TypeAlias = Callable[[duckdb.DuckDBPyConnection, Sequence[str]], None]
_INCOMING = "incoming_rows"
NOT_DERIVED = "Its derivation waits in quarantine."


@dataclass(slots=True)
class _Load:
    """One load under way."""

    connection: duckdb.DuckDBPyConnection
    frames: dict[str, pl.DataFrame]
    quarantined: pl.DataFrame
    counts: dict[str, int] = field(default_factory=dict)

    def ids(self, sql: str, *parameters: object) -> set[str]:
        return {row[0] for row in self.connection.execute(sql, list(parameters)).fetchall()}

    def column(self, table: str, name: str) -> list[Any]:
        return self.frames[table][name].to_list() if table in self.frames else []

    def run(self, table: str, sql: str, frame: pl.DataFrame | None = None, parameters: Sequence[object] = ()) -> int:
        """Run a statement that changes a table, with a frame as ``incoming_rows``, and count its rows."""
        if frame is None:
            changed = self.connection.execute(sql, list(parameters)).fetchone()
        else:
            self.connection.register(_INCOMING, Stream(frame))
            changed = self.connection.execute(sql, list(parameters)).fetchone()
            self.connection.unregister(_INCOMING)
        count = int(changed[0]) if changed else 0
        if count:
            self.counts[table] = self.counts.get(table, 0) + count
        return count

    def written(self, table: str, sql: str, frame: pl.DataFrame) -> list[str]:
        """Run a statement as ``run`` does, that returns the keys of the rows that it changed."""
        self.connection.register(_INCOMING, Stream(frame))
        keys = [row[0] for row in self.connection.execute(sql).fetchall()]
        self.connection.unregister(_INCOMING)
        if keys:
            self.counts[table] = self.counts.get(table, 0) + len(keys)
        return keys

    def insert(self, table: str, frame: pl.DataFrame | None) -> int:
        if frame is None or not frame.height:
            return 0
        names = ", ".join(frame.columns)
        return self.run(table, f"INSERT INTO {table} ({names}) SELECT {names} FROM {_INCOMING}", frame)  # noqa: S608

    def update(self, table: str, sql: str, key: str, fresh: Sequence[str]) -> None:
        """Run an update with the rows that were not just put in."""
        frame = self.frames.get(table)
        if frame is not None and len(fresh) < frame.height:
            self.run(table, sql, frame.filter(~pl.col(key).is_in(list(fresh))))

    def insert_new(self, table: str, key: str) -> list[str]:
        """Insert the rows whose key is not there yet, and return those keys."""
        frame = self.frames.get(table)
        if frame is None or not frame.height:
            return []
        sort = "VARCHAR" if table == "entities" else "UUID"
        sql = f"SELECT {key}::VARCHAR FROM {table} WHERE {key} IN (SELECT unnest(?::{sort}[]))"  # noqa: S608 - our names
        there = self.ids(sql, frame[key].to_list())
        fresh = frame.filter(~pl.col(key).is_in(list(there)))
        self.insert(table, fresh)
        return fresh[key].to_list()


def load(
    connection: duckdb.DuckDBPyConnection,
    checked: CheckedDocuments,
    *,
    unchanged: Sequence[Unchanged] = (),
    inspect: Inspect | None = None,
    is_dry: bool = False,
) -> LoadResult:
    """Put a checked batch into the warehouse in one transaction, and say what changed.

    Args:
        connection: to the warehouse.
        checked: the batch.
        unchanged: captures that were only seen again.
        inspect: called at the end of the transaction with the connection and the derivations (ids) that were put in.
        is_dry: take all of it back at the end.

    """
    with transaction(connection, is_dry=is_dry):
        stale, unknown = _stale(connection, checked.planned)
        frames = {table: _without(frame, stale) for table, frame in checked.rows.good.items()}
        batch = _Load(connection, frames, _without(checked.rows.quarantined, stale))
        _hold_underived(batch)
        _name_first(batch, unknown)
        earlier = see_again(connection, [(found.capture_id, found.capture.captured_at) for found in unchanged])
        names = ("document_id", "capture_id", "captured_at")
        again = zip(*(batch.column("captures", name) for name in names), strict=True)
        see_again(connection, [(capture, moment) for document, capture, moment in again if document not in unknown])
        known = _load_documents(batch)
        new_versions = batch.insert_new("versions", "version_id")
        changed = _load_derivations(batch, set(new_versions))
        _load_showings(batch, set(new_versions))
        _load_entities(batch)
        quarantined = _load_quarantine(batch, changed)
        touched = {plan.document_id for plan in checked.planned} - stale
        touched |= earlier
        set_versions(connection, sorted(touched - unknown))
        touch_rows(connection, "document_id", touched)
        _note_outcomes(connection, checked.outcomes)
        if inspect is not None:
            inspect(connection, changed)
    derived = _documents_of(batch, changed)
    kept = {found.document_id for found in unchanged} | set(batch.column("derivations", "document_id"))
    fresh = set(batch.column("versions", "document_id"))
    return LoadResult(
        counts=batch.counts,
        quarantined=quarantined,
        new_documents=tuple(known),
        new_versions=tuple(new_versions),
        rederived=tuple(sorted(derived - fresh)),
        unchanged=tuple(sorted(kept - derived)),
        stale=tuple(sorted(stale)),
        held=_held(batch) | {found.document_id: found.held for found in unchanged if found.held},
    )


def _stale(connection: duckdb.DuckDBPyConnection, planned: Iterable[Planned]) -> tuple[set[str], set[str]]:
    """Return the documents whose last capture or decisions are not those that the plan saw; and the new ones."""
    plans = {plan.document_id: plan for plan in planned}
    states, decided = read_states(connection, plans), read_reviews(connection, plans)
    stale = set()
    for document, plan in plans.items():
        found = states.get(document, ())
        if decisions_hash(decided.get(document, ())) != decisions_hash(plan.reviews):
            stale.add(document)
            continue
        if any(state.capture_id == plan.capture_id for state in found):
            continue
        placed = place_capture(plan.capture.sha256, plan.capture.captured_at, found)
        if (placed.before.capture_id if placed.before else None) != plan.after:
            stale.add(document)
    return stale, set(plans) - set(states) - stale


def _without(frame: pl.DataFrame, documents: set[str]) -> pl.DataFrame:
    if not documents or "document_id" not in frame.columns:
        return frame
    return frame.filter(pl.col("document_id").is_null() | ~pl.col("document_id").is_in(list(documents)))


def _hold_underived(batch: _Load) -> None:
    """Keep back captures that would open a version with nothing in it: the version before stays the current one."""
    versions, captures = batch.frames.get("versions"), batch.frames.get("captures")
    if versions is None or captures is None:
        return
    empty = set(versions["version_id"]) - set(batch.column("derivations", "version_id"))
    if not empty:
        return
    hit = pl.col("version_id").is_in(list(empty))
    batch.frames["versions"] = versions.filter(~hit)
    batch.frames["captures"] = captures.with_columns(
        pl.when(hit).then(pl.lit(str(CaptureStatus.HELD))).otherwise(pl.col("status")).alias("status"),
        pl.when(hit).then(pl.lit(NOT_DERIVED)).otherwise(pl.col("reason")).alias("reason"),
        pl.when(hit).then(None).otherwise(pl.col("version_id")).alias("version_id"),
        pl.when(hit).then(pl.lit(str(HeldAs.UNDERIVED))).otherwise(pl.col("held_as")).alias("held_as"),
    )


def _name_first(batch: _Load, unknown: set[str]) -> None:
    """Give the versions of new documents their class at once: nothing was before them."""
    if (versions := batch.frames.get("versions")) is not None:
        is_first = pl.col("document_id").is_in(list(unknown))
        first = pl.when(is_first).then(pl.lit(str(ChangeClass.FIRST))).otherwise(pl.col("change_class"))
        batch.frames["versions"] = versions.with_columns(first.alias("change_class"))


_ADDRESSES = f"""
UPDATE documents SET url = coalesce(documents.url, n.url),
    canonical_url = coalesce(documents.canonical_url, n.canonical_url)
FROM {_INCOMING} n WHERE documents.document_id = n.document_id::UUID
AND (documents.url IS NULL AND n.url IS NOT NULL OR documents.canonical_url IS NULL AND n.canonical_url IS NOT NULL)
"""  # noqa: S608 - our own names
_ACCEPT = f"""
UPDATE captures SET status = n.status, reason = n.reason, version_id = n.version_id::UUID, held_as = n.held_as,
    text_sha256 = n.text_sha256, run_id = n.run_id::UUID
FROM {_INCOMING} n WHERE captures.capture_id = n.capture_id::UUID AND captures.status <> 'accepted'
AND ((captures.status, captures.reason) IS DISTINCT FROM (n.status, n.reason)
    OR n.status = 'held' AND captures.run_id <> n.run_id::UUID)
"""  # noqa: S608 - as above


def _load_documents(batch: _Load) -> list[str]:
    batch.insert_new("sources", "source_id")
    made = batch.insert_new("documents", "document_id")
    fresh = batch.insert_new("captures", "capture_id")
    batch.update("documents", _ADDRESSES, "document_id", made)
    batch.update("captures", _ACCEPT, "capture_id", fresh)
    return made


_LOADED = """
SELECT derivation_id::VARCHAR, rows_sha256 FROM derivations WHERE derivation_id IN (SELECT unnest(?::UUID[]))
"""
_CURRENT = """
UPDATE derivations SET is_current = (derivation_id IN (SELECT unnest($ids::UUID[])))
WHERE version_id IN (SELECT unnest($versions::UUID[]))
AND is_current <> (derivation_id IN (SELECT unnest($ids::UUID[])))
"""


def _load_derivations(batch: _Load, new_versions: set[str]) -> list[str]:
    """Put in the derivations that are new or differ, with all that hangs on them, and return their ids."""
    frame = batch.frames.get("derivations")
    if frame is None or not frame.height:
        return []
    ids = frame["derivation_id"].to_list()
    versions = batch.column("derivations", "version_id")
    older = [made for made, version in zip(ids, versions, strict=True) if version not in new_versions]
    loaded = dict(batch.connection.execute(_LOADED, [older]).fetchall()) if older else {}
    hashes = zip(ids, frame["rows_sha256"], strict=True)
    changed = [derivation for derivation, digest in hashes if loaded.get(derivation) != digest]
    replaced = [derivation for derivation in changed if derivation in loaded]
    wanted = pl.col("derivation_id").is_in(changed)
    for table in ("derivations", *DERIVED):
        if replaced:
            sql = f"DELETE FROM {table} WHERE derivation_id IN (SELECT unnest(?::UUID[]))"  # noqa: S608 - our names
            batch.connection.execute(sql, [replaced])
        rows = batch.frames.get(table)
        batch.insert(table, rows if rows is None or len(changed) == len(ids) else rows.filter(wanted))
    if older:
        batch.connection.execute(_CURRENT, {"ids": ids, "versions": sorted(set(versions) - new_versions)})
    return changed


_SHOWN = """
SELECT version_id::VARCHAR, max(number), max_by(derivation_id::VARCHAR, number)
FROM showings WHERE version_id IN (SELECT unnest(?::UUID[])) GROUP BY 1
"""
_SHOW = f"""
INSERT INTO showings SELECT showing_id::UUID, version_id::UUID, derivation_id::UUID, document_id::UUID, number, now(),
    run_id::UUID FROM {_INCOMING}
"""  # noqa: S608 - our own names


def _load_showings(batch: _Load, new_versions: set[str]) -> None:
    """Write down which derivations are shown from now on."""
    frame = batch.frames.get("derivations")
    if frame is None or not frame.height:
        return
    columns = frame.select("version_id", "derivation_id", "document_id", "run_id").rows()
    older = set(frame["version_id"]) - new_versions
    found = batch.connection.execute(_SHOWN, [sorted(older)]).fetchall() if older else []
    shown = {version: (number, derivation) for version, number, derivation in found}
    rows = []
    for version, derivation, document, run in columns:
        number, last = shown.get(version, (-1, None))
        if derivation != last:
            made = make_id("showing", version, number + 1)
            rows.append((made, version, derivation, document, number + 1, run))
    names = ["showing_id", "version_id", "derivation_id", "document_id", "number", "run_id"]
    if rows:
        batch.run("showings", _SHOW, pl.DataFrame(rows, schema=names, orient="row"))


_OUTCOMES = """
UPDATE reviews SET outcome = n.outcome
FROM (SELECT unnest(?::UUID[]) AS review_id, unnest(?::UUID[]) AS derivation_id, unnest(?::VARCHAR[]) AS outcome) n
JOIN derivations d ON d.derivation_id = n.derivation_id
JOIN versions v ON v.version_id = d.version_id AND v.is_current
WHERE reviews.review_id = n.review_id AND reviews.outcome IS DISTINCT FROM n.outcome
"""


def _note_outcomes(connection: duckdb.DuckDBPyConnection, outcomes: Mapping[str, tuple[str, str]]) -> None:
    """Write down what became of decisions, as far as it is seen in current articles."""
    if outcomes:
        derivations, words = zip(*outcomes.values(), strict=True)
        connection.execute(_OUTCOMES, [list(outcomes), list(derivations), list(words)])


def _held(batch: _Load) -> dict[str, str]:
    frame = batch.frames.get("captures")
    if frame is None:
        return {}
    held = frame.filter(pl.col("status") == CaptureStatus.HELD)
    return dict(zip(held["document_id"], held["reason"], strict=True))


_RENAME = f"""
UPDATE entities SET type = n.type, name = n.name, iso_alpha3 = n.iso_alpha3, subtype = n.subtype
FROM {_INCOMING} n WHERE entities.entity_id = n.entity_id AND
(entities.type, entities.name, entities.iso_alpha3, entities.subtype) IS DISTINCT FROM
(n.type, n.name, n.iso_alpha3, n.subtype)
RETURNING entities.entity_id
"""  # noqa: S608 - our own names


def _load_entities(batch: _Load) -> None:
    frame = batch.frames.get("entities")
    if frame is not None and frame.height:
        fresh = batch.insert_new("entities", "entity_id")
        touch_rows(batch.connection, "entity_id", [*fresh, *batch.written("entities", _RENAME, frame)])


_NO_LONGER_UNDERIVED = """
DELETE FROM quarantine WHERE status = 'waiting' AND derivation_id IN (
    SELECT derivation_id FROM quarantine
    WHERE table_name = 'derivations' AND document_id IN (SELECT unnest(?::UUID[]))
    AND row_json->>'capture_id' IN (SELECT unnest(?))
) AND NOT EXISTS (FROM derivations d WHERE d.derivation_id = quarantine.derivation_id)
"""


def _load_quarantine(batch: _Load, changed: Sequence[str]) -> int:
    """Put in the entries that are new; those of a derivation that was put in anew are taken out first."""
    if changed and batch.connection.execute("SELECT 1 FROM quarantine LIMIT 1").fetchone():
        sql = "DELETE FROM quarantine WHERE status = 'waiting' AND derivation_id IN (SELECT unnest(?::UUID[]))"
        batch.connection.execute(sql, [list(changed)])
        derived = batch.frames["derivations"].filter(pl.col("derivation_id").is_in(list(changed)))
        captures = derived["capture_id"].to_list()
        batch.connection.execute(_NO_LONGER_UNDERIVED, [derived["document_id"].to_list(), captures])
    batch.frames["quarantine"] = batch.quarantined
    return len(batch.insert_new("quarantine", "quarantine_id"))


def _documents_of(batch: _Load, derivations: Sequence[str]) -> set[str]:
    frame = batch.frames.get("derivations")
    return set() if frame is None else set(frame.filter(pl.col("derivation_id").is_in(derivations))["document_id"])
