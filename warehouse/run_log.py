"""What is written down of runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import duckdb

from warehouse.records import Run
from warehouse.transactions import transaction

_RUN = """
INSERT INTO runs (run_id, started_at, ended_at, status, orchestrator, flow_run_id, ruleset, counts, failures)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def save_run(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Write down a run, in place of what was written of it before."""
    failures: list[Mapping[str, Any]] = [
        {"source": f.source, "error": f.error, "reason": f.reason, "advice": f.advice} for f in run.failures
    ]
    values = [run.run_id, run.started_at, run.ended_at, str(run.status), run.orchestrator, run.flow_run_id, run.ruleset]
    with transaction(connection):
        connection.execute("DELETE FROM runs WHERE run_id = ?", [run.run_id])
        connection.execute(_RUN, [*values, json.dumps(dict(run.counts)), json.dumps(failures, ensure_ascii=False)])
