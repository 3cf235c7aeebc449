"""What a run owes to its Prefect server: one run at a time a warehouse, late runs made one, events, artifacts.

Import it after ``flows.prefect_settings.apply``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.concurrency.sync import concurrency
from prefect.events import emit_event
from prefect.states import Cancelled

from flows.roots import Root
from flows.summaries import Summary, failure_lines, words_of

MAX_ROWS = 200
"""Lines in an artifact, and events of a kind a run: they are for people; the warehouse has all."""


def name_of(warehouse: Path) -> str:
    """Return the name that a warehouse has on servers: of its limit, its events and the tag of its deployments."""
    return f"copydesk-{hashlib.sha256(str(warehouse.resolve()).encode()).hexdigest()[:12]}"


@contextmanager
def one_at_a_time(warehouse: Path) -> Iterator[None]:
    """Wait until no other run on this server works on the warehouse; a killed one frees it after five minutes."""
    name = name_of(warehouse)
    with get_client(sync_client=True) as client:
        client.upsert_global_concurrency_limit_by_name(name, 1)  # one that does not exist would be passed over
    with concurrency(name, strict=True, raise_on_lease_renewal_failure=False):
        yield


def collapse_late(flow_run: FlowRun) -> list[UUID]:
    """Cancel the runs of the same deployment that are overdue as well: this one sees what they would see.

    Runs that somebody asked for with other parameters are left alone.
    """
    if flow_run.deployment_id is None:
        return []
    overdue = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[flow_run.deployment_id]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"before_": datetime.now(UTC)}),
    )
    with get_client(sync_client=True) as client:
        return list(_cancel(client, overdue, flow_run))


def _cancel(client: SyncPrefectClient, overdue: FlowRunFilter, flow_run: FlowRun) -> Iterator[UUID]:
    for other in client.read_flow_runs(flow_run_filter=overdue):
        if other.id != flow_run.id and other.parameters == flow_run.parameters:
            reason = f"Run {flow_run.name} of the same deployment does its work."
            client.set_flow_run_state(other.id, Cancelled(message=reason))
            yield other.id


def pause_others(warehouse: Path, names: Sequence[str]) -> list[str]:
    """Pause the deployments of a warehouse whose sources are named no more, and return their names."""
    mine = DeploymentFilter(tags=DeploymentFilterTags(all_=[name_of(warehouse)]))
    with get_client(sync_client=True) as client:
        gone = [found for found in client.read_deployments(deployment_filter=mine) if found.name not in names]
        for found in gone:
            client.pause_deployment(found.id)
    return [found.name for found in gone]


def publish(summary: Summary) -> None:
    """Show what a run did as artifacts of the run: the totals, the tables written, the articles, the quarantine."""
    totals = "\n".join(f"| {name} | {n} |" for name, n in summary.counts().items())
    lines = failure_lines(summary.failures)[:MAX_ROWS]
    failed = "\n".join(f"- {line}" for line in (*lines, *summary.notices[:MAX_ROWS])) or "none"
    create_markdown_artifact(
        f"# Ingestion\n\n| | |\n|---|---|\n{totals}\n\n## Failed, and what else to know\n\n{failed}\n",
        key="ingest-summary",
    )
    create_table_artifact(
        [{"table": table, "rows written": n} for table, n in sorted(summary.tables.items())], key="ingest-tables"
    )
    create_table_artifact(
        [
            {"article": a.title or a.name, "edits": words_of(a.edits), "facts": words_of(a.facts)}
            for a in summary.articles[:MAX_ROWS]
        ],
        key="ingest-articles",
    )
    create_table_artifact(
        [{"document": name, "rows in quarantine": n} for name, n in summary.quarantined.most_common(MAX_ROWS)],
        key="ingest-quarantine",
    )


def emit_events(summary: Summary, place: Root) -> None:
    """Raise an event for each input that failed, and one for the rows that were quarantined, for automations."""
    warehouse = {
        "prefect.resource.id": f"copydesk.warehouse.{name_of(place.warehouse)}",
        "prefect.resource.name": str(place.warehouse),
    }
    for failure in summary.failures[:MAX_ROWS]:
        said = {"source": failure.source, "error": failure.error, "reason": failure.reason, "advice": failure.advice}
        _emit("copydesk.document.failed", warehouse, said)
    if summary.quarantined:
        rows = dict(summary.quarantined.most_common(MAX_ROWS))
        _emit("copydesk.rows.quarantined", warehouse, {"rows": sum(summary.quarantined.values()), "documents": rows})


def _emit(event: str, resource: Mapping[str, str], payload: Mapping[str, object]) -> None:
    emit_event(event, resource=dict(resource), payload=dict(payload))
