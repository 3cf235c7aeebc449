"""The Prefect flow that ingests: ``flows/ingest.py:ingest``.

It takes paths and never texts (Prefect refuses parameters over 512 KiB), and a task takes a batch, never one repair.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field

from flows import prefect_settings

prefect_settings.apply()

from prefect import flow, get_run_logger, task  # noqa: E402 - after our settings, which Prefect reads when imported
from prefect.artifacts import create_markdown_artifact, create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.context import FlowRunContext  # noqa: E402

from copydesk.errors import CopydeskError  # noqa: E402
from flows.roots import Root  # noqa: E402
from flows.sources.settings import Source  # noqa: E402
from flows.steps import (  # noqa: E402
    BatchJob,
    BatchResult,
    Started,
    Tell,
    ingest_sources,
    no_progress,
    process_batch,
    sources_for,
)
from flows.summaries import Summary, failure_lines, words_of  # noqa: E402


@dataclass
class Watch:
    """Somebody in this process who follows a flow run."""

    tell: Tell = no_progress
    summary: Summary = field(default_factory=Summary)


_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)

MAX_ROWS = 200
"""Articles in an artifact: it is a page for people; the warehouse has all."""


def _is_transient(_task: object, _task_run: object, state: State[BatchResult]) -> bool:
    """Tell whether a failed batch is worth another try: not when the same input would fail in the same way."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) or (isinstance(error, CopydeskError) and error.is_transient)


@task(
    name="process batch",
    retries=3,
    retry_delay_seconds=[1, 5, 25],
    retry_condition_fn=_is_transient,
    persist_result=False,
    cache_policy=NO_CACHE,
)
def process(job: BatchJob) -> BatchResult:
    """Read, clean and extract one batch of captures."""
    return process_batch(job)


@flow(name="ingest", persist_result=False)
def ingest(
    paths: list[str] | None = None,
    sources: list[str] | None = None,
    root: str | None = None,
    warehouse: str | None = None,
) -> dict[str, int]:
    """Ingest files, folders, addresses and sources.

    Args:
        paths: files, folders and addresses.
        sources: names of sources in ``copydesk.toml``. Without paths and sources: the root's ``raw/`` and all sources.
        root: the root folder; ``COPYDESK_ROOT`` or the current folder when not given.
        warehouse: another DuckDB file than the root's own.

    Returns:
        The totals: found, articles, unchanged, new_versions, rederived, gone, failed, quarantined.

    """
    place = Root.find(root, warehouse)
    watch = _WATCH.get() or Watch()
    watch.summary = _ingest(sources_for(paths or (), sources or (), place), place, watch.tell)
    return watch.summary.counts()


def run_flow(paths: list[str], sources: list[str], place: Root, tell: Tell) -> Summary:
    """Run the flow in this process, telling how far it is; return the summary, of which Prefect keeps the totals."""
    watch = Watch(tell)
    token = _WATCH.set(watch)
    try:
        ingest(paths, sources, str(place.path), str(place.warehouse))
    finally:
        _WATCH.reset(token)
    return watch.summary


def _ingest(sources: Sequence[Source], place: Root, tell: Tell) -> Summary:
    """Ingest within a flow run: batches as tasks, the summary as artifacts."""
    context = FlowRunContext.get()
    flow_run_id = str(context.flow_run.id) if context and context.flow_run else None

    def call(function: object, job: BatchJob) -> BatchResult:
        del function  # ``process`` calls it, as a task
        return process(job)

    summary = ingest_sources(sources, place, call=call, started=Started("prefect", flow_run_id), tell=tell)
    _publish(summary)
    return summary


def _publish(summary: Summary) -> None:
    """Show the summary and what is quarantined as artifacts of the run, and what failed in its log."""
    logger = get_run_logger()
    for line in failure_lines(summary.failures):
        logger.error(line)
    totals = "\n".join(f"| {name} | {n} |" for name, n in summary.counts().items())
    failed = "\n".join(f"- {line}" for line in failure_lines(summary.failures)) or "none"
    create_markdown_artifact(
        f"# Ingestion\n\n| | |\n|---|---|\n{totals}\n\n## Failed\n\n{failed}\n", key="ingest-summary"
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
