"""What is written down of runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import duckdb

from schemas.domains import RunStatus
from warehouse.records import Run
from warehouse.touched import touch_rows
from warehouse.transactions import transaction

_RUN = """
INSERT INTO runs
(run_id, started_at, ended_at, status, orchestrator, flow_run_id, ruleset, counts, failures, process)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def save_run(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Write down a run, in place of what was written of it before."""
    failures: list[Mapping[str, Any]] = [
        {"source": f.source, "error": f.error, "reason": f.reason, "advice": f.advice} for f in run.failures
    ]
    values = [run.run_id, run.started_at, run.ended_at, str(run.status), run.orchestrator, run.flow_run_id, run.ruleset]
    with transaction(connection):
        connection.execute("DELETE FROM runs WHERE run_id = ?", [run.run_id])
        connection.execute(
            _RUN, [*values, json.dumps(dict(run.counts)), json.dumps(failures, ensure_ascii=False), run.process]
        )
        touch_rows(connection, "run_id", [run.run_id])


def note_cut_off(connection: duckdb.DuckDBPyConnection, is_dead: Callable[[str], bool]) -> None:
    """Note which runs ended without saying so: they are running, and their processes are no more."""
    running = connection.execute(
        "SELECT run_id::VARCHAR, process FROM runs WHERE status = ? AND process IS NOT NULL", [RunStatus.RUNNING]
    ).fetchall()
    cut_off = [run for run, process in running if is_dead(process)]
    if cut_off:
        sql = "UPDATE runs SET status = ? WHERE run_id IN (SELECT unnest(?::UUID[]))"
        with transaction(connection):
            connection.execute(sql, [RunStatus.CUT_OFF, cut_off])
            touch_rows(connection, "run_id", cut_off)
