"""The quarantine, worked through by people: what waits, what is dismissed, and what keeps the rules now.

A row is checked again together with all rows of its derivation, parents first, by the rules of today. What passes goes
into its table; what does not stays.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import duckdb
import polars as pl

from schemas.domains import QuarantineStatus
from schemas.tables import dtypes_of, key_of, references_of
from schemas.validate import Checked, validate
from warehouse.load import DERIVED
from warehouse.search_index import mark_changed
from warehouse.streams import Stream
from warehouse.touched import touch_rows
from warehouse.transactions import transaction


class Entry(NamedTuple):
    """An entry that waits; the columns of the table ``quarantine``."""

    quarantine_id: str
    table_name: str
    row_key: str
    rule: str
    row_json: str
    blocked_by: str | None
    document_id: str | None
    derivation_id: str | None
    ruleset: str


@dataclass(slots=True)
class Replayed:
    """What a replay did.

    Attributes:
        moved: entries whose rows (or values) keep the rules now, and are in their tables.
        kept: entries that still wait.
        underived: captures (ids) of which nothing could be loaded: they have to be derived anew.

    """

    moved: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    underived: list[str] = field(default_factory=list)


_WAITING = f"""
SELECT {", ".join(f"{name}::VARCHAR" for name in Entry._fields)} FROM waiting WHERE quarantine_id IN
(SELECT unnest(?::UUID[]))
"""  # noqa: S608 - our own words


def replay(connection: duckdb.DuckDBPyConnection, entries: Collection[str]) -> Replayed:
    """Check entries (ids) by the rules of today, those that block them first, and load what passes.

    All of it is one transaction.
    """
    found = _with_blockers(connection, entries)
    by_derivation: dict[str | None, list[Entry]] = defaultdict(list)
    for entry in found:
        by_derivation[entry.derivation_id].append(entry)
    done = Replayed()
    with transaction(connection):
        for entry_group in (by_derivation.pop(None, []), *by_derivation.values()):
            if entry_group:
                _replay_group(connection, entry_group, done)
        _set_status(connection, done.moved, QuarantineStatus.REPLAYED, None)
    return done


def dismiss(connection: duckdb.DuckDBPyConnection, entries: Collection[str], note: str | None) -> None:
    """Note that a person does not want what waits; it is kept, and no longer listed."""
    with transaction(connection):
        _set_status(connection, entries, QuarantineStatus.DISMISSED, note)


_DOCUMENTS = """
SELECT document_id::VARCHAR FROM quarantine
WHERE quarantine_id IN (SELECT unnest(?::UUID[])) AND document_id IS NOT NULL
"""


def _set_status(
    connection: duckdb.DuckDBPyConnection, entries: Collection[str], status: QuarantineStatus, note: str | None
) -> None:
    connection.execute(
        "UPDATE quarantine SET status = ?, note = ? WHERE quarantine_id IN (SELECT unnest(?::UUID[]))",
        [status, note, list(entries)],
    )
    written = connection.execute(_DOCUMENTS, [list(entries)]).fetchall()
    touch_rows(connection, "document_id", [row[0] for row in written])


def _with_blockers(connection: duckdb.DuckDBPyConnection, entries: Collection[str]) -> list[Entry]:
    """Return entries with those that have to be put right first."""
    found: dict[str, Entry] = {}
    wanted = set(entries)
    while wanted:
        rows = connection.execute(_WAITING, [sorted(wanted)]).fetchall()
        found |= {row[0]: Entry(*row) for row in rows}
        wanted = {entry.blocked_by for entry in found.values() if entry.blocked_by} - set(found) - wanted
    return [found[name] for name in sorted(found)]


_FREE = ("sources", "entities")
"""Tables whose rows stand for themselves. A document, capture or version comes with all its rows or not at all: it is
ingested again."""


def _replay_group(connection: duckdb.DuckDBPyConnection, entries: Sequence[Entry], done: Replayed) -> None:
    """Replay the entries of one derivation, or those that hang on none."""
    derivation = entries[0].derivation_id
    if derivation is None:
        done.kept += [entry.quarantine_id for entry in entries if entry.table_name not in _FREE]
        entries = [entry for entry in entries if entry.table_name in _FREE]
    if not entries:
        return
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    if derivation is not None:
        tables = {table: _stored(connection, table, derivation) for table in ("derivations", *DERIVED)}
        if not tables["derivations"]:
            done.underived += [json.loads(e.row_json)["capture_id"] for e in entries if e.table_name == "derivations"]
            done.kept += [entry.quarantine_id for entry in entries]
            return
    for entry in entries:
        row = _typed(entry.table_name, json.loads(entry.row_json))
        tables.setdefault(entry.table_name, {})[entry.row_key] = row
    batch = {table: _columns(table, rows.values()) for table, rows in tables.items() if rows}
    checked = validate(batch, ruleset=entries[0].ruleset, run_id=_run_of(entries[0]), known=_known(connection, tables))
    still = set(checked.quarantined["quarantine_id"])
    moved = [entry for entry in entries if entry.quarantine_id not in still]
    done.moved += [entry.quarantine_id for entry in moved]
    done.kept += [entry.quarantine_id for entry in entries if entry.quarantine_id in still]
    _write(connection, checked, moved)


def _run_of(entry: Entry) -> str:
    return str(json.loads(entry.row_json).get("run_id") or UUID(int=0))


def _stored(connection: duckdb.DuckDBPyConnection, table: str, derivation: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a derivation by key, as the rules take them."""
    names = list(dtypes_of(table))
    found = connection.execute(f"SELECT {', '.join(names)} FROM {table} WHERE derivation_id = ?", [derivation])  # noqa: S608
    rows = ([str(value) if isinstance(value, UUID) else value for value in row] for row in found.fetchall())
    return {str(row[0]): dict(zip(names, row, strict=True)) for row in rows}


def _typed(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of JSON with its days and times; columns that the table has got since are NULL."""
    made = {}
    for name, dtype in dtypes_of(table).items():
        value = row.get(name)
        if isinstance(value, str) and dtype in (pl.Date, pl.Datetime):
            value = _moment(value, is_date=dtype == pl.Date)
        made[name] = value
    return made


def _moment(written: str, *, is_date: bool) -> date | datetime | str:
    try:
        return date.fromisoformat(written) if is_date else datetime.fromisoformat(written)
    except ValueError:  # it waits because it is no time
        return written


def _columns(table: str, rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    kept = list(rows)
    return {name: [row[name] for row in kept] for name in dtypes_of(table)}


def _known(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Mapping[str, Mapping[str, Any]]]
) -> Mapping[str, Collection[str]]:
    """Return, by table, the keys of rows that are loaded and that the batch refers to."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for table, rows in tables.items():
        for column, parent in references_of(table).items():
            wanted[parent] |= {str(row[column]) for row in rows.values() if row[column] is not None}
    found = {}
    for parent, keys in wanted.items():
        key = key_of(parent)
        sql = f"SELECT {key}::VARCHAR FROM {parent} WHERE {key}::VARCHAR IN (SELECT unnest(?))"  # noqa: S608 - our names
        found[parent] = {row[0] for row in connection.execute(sql, [sorted(keys)]).fetchall()}
    return found


def _write(connection: duckdb.DuckDBPyConnection, checked: Checked, moved: Sequence[Entry]) -> None:
    """Put the rows of entries that pass into their tables, in place of those without the values."""
    keys: dict[str, set[str]] = defaultdict(set)
    for entry in moved:
        keys[entry.table_name].add(entry.row_key)
    for table, wanted in keys.items():
        key = key_of(table)
        frame = checked.good[table].filter(pl.col(key).is_in(sorted(wanted)))
        sql = f"DELETE FROM {table} WHERE {key}::VARCHAR IN (SELECT unnest(?))"  # noqa: S608 - our own names
        connection.execute(sql, [frame[key].to_list()])
        names = ", ".join(frame.columns)
        connection.register("replayed_rows", Stream(frame))
        connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM replayed_rows")  # noqa: S608 - as above
        connection.unregister("replayed_rows")
        if table == "entities":
            touch_rows(connection, "entity_id", frame[key].to_list())
    mark_changed(connection, sorted({entry.document_id for entry in moved if entry.document_id}))
