"""Checks a batch: good rows go on, and what breaks a rule waits in quarantine.

A value that cannot be believed is emptied where the table allows NULL, and the row stays; otherwise the row is stopped
whole. Rows that refer to a stopped row are stopped with it, and name the entry that has to be put right first.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, TypeAlias

import polars as pl

from schemas.context import RIVALS, Batch, with_context
from schemas.domains import QuarantineStatus
from schemas.frames import ROW, Columns, Misfit, to_frame
from schemas.ids import make_id
from schemas.rules import Rule
from schemas.ruleset import broken_rules
from schemas.tables import TABLES, dtypes_of, key_of, references_of, schema_of

Known: TypeAlias = Mapping[str, Collection[str]]
"""Table -> keys of rows that are loaded already, and that the batch may refer to."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A batch after its checks: frames by table, and the rows for the quarantine."""

    good: Mapping[str, pl.DataFrame]
    quarantined: pl.DataFrame


@dataclass(slots=True)
class _Desk:
    """What is known while the tables are checked one after the other."""

    ruleset: str
    run_id: str
    known: Known
    good: dict[str, pl.DataFrame] = field(default_factory=dict)
    stopped: dict[str, dict[str, str]] = field(default_factory=dict)
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    broken: Counter[str] = field(default_factory=Counter)


def validate(batch: Mapping[str, Columns], *, ruleset: str, run_id: str, known: Known | None = None) -> Checked:
    """Return the good rows and the quarantined ones of a batch of columns by table.

    Raises:
        ValueError: a table or a column that does not exist.

    """
    if unknown := set(batch) - set(TABLES):
        raise ValueError(f"there are no tables {', '.join(sorted(unknown))}")
    desk = _Desk(ruleset, run_id, known or {})
    made = {table: to_frame(table, batch[table]) for table in TABLES if table in batch}
    frames = {table: frame for table, (frame, _) in made.items()}
    for table, (frame, misfits) in made.items():
        kept = _without_misfits(desk, table, frame, misfits)
        desk.good[table] = _checked(desk, table, kept, frames).drop(ROW)
    return Checked(desk.good, _quarantine(desk.entries))


def _without_misfits(desk: _Desk, table: str, frame: pl.DataFrame, misfits: Iterable[Misfit]) -> pl.DataFrame:
    """Quarantine values of a wrong type, and stop the rows that cannot do without them."""
    stopped = []
    for row, column, value in misfits:
        whole = frame.row(row, named=True) | {column: repr(value)}
        must = not schema_of(table).columns[column].nullable
        rule = Rule(f"{column}_is_of_its_type", f"The {column} is not of the column's type.", pl.lit(1), (column,))
        _enter(desk, table, whole, rule, is_stopped=must)
        if must:
            stopped.append(row)
    return frame.filter(~pl.col(ROW).is_in(stopped)) if stopped else frame


def _checked(desk: _Desk, table: str, frame: pl.DataFrame, frames: Batch) -> pl.DataFrame:
    """Return the rows of a table that hold all rules, after emptying what may be emptied.

    Emptying a column can break a rule about several, so the checks are made until none is broken. A row that breaks a
    rule again after its columns were emptied is stopped: so it ends.
    """
    original, emptied = frame, set[tuple[str, int]]()
    while found := examine(table, frame, frames, desk.good, desk.known):
        for rule, rows in found:
            stopped = {row for row in rows if _must_stop(table, rule) or (rule.name, row) in emptied}
            for row in original.filter(pl.col(ROW).is_in(list(rows))).iter_rows(named=True):
                _enter(desk, table, row, rule, is_stopped=row[ROW] in stopped)
            emptied |= {(rule.name, row) for row in rows - stopped}
            frame = _emptied(frame, rule.blames, rows - stopped).filter(~pl.col(ROW).is_in(list(stopped)))
    return frame


def examine(table: str, frame: pl.DataFrame, frames: Batch, good: Batch, known: Known) -> list[tuple[Rule, set[int]]]:
    """Return the broken rules of a table, each with our numbers of the rows that break it.

    ``frames`` are the other tables as they came, ``good`` those that were checked before.
    """
    if not frame.height:
        return []
    rivals = {name: good[name] for name in RIVALS if name in good}
    full = _with_references(table, with_context(table, frame, {**frames, **rivals}), good, known)
    return [(rule, set(full.filter(~rule.holds.fill_null(value=True))[ROW])) for rule in broken_rules(table, full)]


def _must_stop(table: str, rule: Rule) -> bool:
    columns = schema_of(table).columns
    return not all(columns[name].nullable for name in rule.blames)


def _emptied(frame: pl.DataFrame, columns: Iterable[str], rows: Collection[int]) -> pl.DataFrame:
    if not rows:
        return frame
    hit = pl.col(ROW).is_in(list(rows))
    return frame.with_columns(pl.when(hit).then(None).otherwise(pl.col(name)).alias(name) for name in columns)


def _with_references(table: str, frame: pl.DataFrame, good: Batch, known: Known) -> pl.DataFrame:
    """Add, for each reference, whether the row that it names is good, or loaded already."""
    helpers = []
    for column, parent in references_of(table).items():
        keys = good[parent][key_of(parent)].to_list() if parent in good else []
        found = pl.col(column).is_in([*keys, *known.get(parent, ())])
        helpers.append(found.alias(f"_has_{column}"))
    return frame.with_columns(helpers)


def _enter(desk: _Desk, table: str, row: Mapping[str, Any], rule: Rule, *, is_stopped: bool) -> None:
    """Put a row in quarantine for one rule."""
    whole = {name: row[name] for name in dtypes_of(table)}
    written = json.dumps(whole, ensure_ascii=False, default=_as_json)
    key = _row_key(desk, table, row, rule, written)
    entry = make_id("quarantine", table, key, rule.name, desk.ruleset)
    if is_stopped and row[key_of(table)] is not None and not rule.name.endswith("_is_unique"):
        desk.stopped.setdefault(table, {}).setdefault(row[key_of(table)], entry)
    desk.entries[entry] = {
        "quarantine_id": entry,
        "table_name": table,
        "row_key": key,
        "rule": rule.name,
        "message": rule.message,
        "columns": list(rule.blames),
        "is_stopped": is_stopped,
        "row_json": written,
        "blocked_by": _blocker(desk, table, row, rule),
        "document_id": row.get("document_id"),
        "derivation_id": row.get("derivation_id"),
        "ruleset": desk.ruleset,
        "status": str(QuarantineStatus.WAITING),
        "run_id": desk.run_id,
        "note": None,
    }


def _row_key(desk: _Desk, table: str, row: Mapping[str, Any], rule: Rule, written: str) -> str:
    """Return the key of a row; one without a key goes by its content, the second of a key by its number."""
    key = row[key_of(table)]
    if key is None:
        return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
    if not rule.name.endswith("_is_unique"):
        return str(key)
    desk.broken[f"{table} {key}"] += 1
    return f"{key} #{desk.broken[f'{table} {key}'] + 1}"


def _blocker(desk: _Desk, table: str, row: Mapping[str, Any], rule: Rule) -> str | None:
    parent = references_of(table).get(rule.blames[0])
    if parent is None:
        return None
    return desk.stopped.get(parent, {}).get(row[rule.blames[0]])


def _as_json(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def _quarantine(entries: Mapping[str, Mapping[str, Any]]) -> pl.DataFrame:
    dtypes = dtypes_of("quarantine")
    rows = list(entries.values())
    return pl.DataFrame({name: [row[name] for row in rows] for name in dtypes}, schema=dict(dtypes))
