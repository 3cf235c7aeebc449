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
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.context import FlowRunContext  # noqa: E402

from copydesk.errors import CopydeskError  # noqa: E402
from flows.batches import BatchJob, BatchResult, Done, Pending, process_batch  # noqa: E402
from flows.orchestration import collapse_late, emit_events, one_at_a_time, publish  # noqa: E402
from flows.roots import Root  # noqa: E402
from flows.sources.settings import Source  # noqa: E402
from flows.steps import Started, Tell, ingest_sources, no_progress, sources_for  # noqa: E402
from flows.summaries import Summary, failure_lines  # noqa: E402
from flows.workers import Workers, jobs_of  # noqa: E402


@dataclass
class Watch:
    """Somebody in this process who follows a flow run."""

    tell: Tell = no_progress
    summary: Summary = field(default_factory=Summary)


_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)
_WORKERS: ContextVar[Workers | None] = ContextVar("workers", default=None)


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
    """Read, clean and extract one batch of captures, in several processes where the run has them."""
    return (_WORKERS.get() or Workers(1)).call(process_batch, job).result()


@flow(name="ingest", persist_result=False)
def ingest(
    paths: list[str] | None = None,
    sources: list[str] | None = None,
    root: str | None = None,
    warehouse: str | None = None,
    jobs: int | None = None,
) -> dict[str, int]:
    """Ingest files, folders, addresses and sources.

    Args:
        paths: files, folders and addresses.
        sources: names of sources in ``copydesk.toml``. Without paths and sources: the root's ``raw/`` and all sources.
        root: the root folder; ``COPYDESK_ROOT`` or the current folder when not given.
        warehouse: another DuckDB file than the root's own.
        jobs: processes that share the work; as many as there are processors when not given.

    Returns:
        The totals: found, articles, unchanged, new_versions, rederived, gone, failed, quarantined.

    """
    place = Root.find(root, warehouse)
    watch = _WATCH.get() or Watch()
    with Workers(jobs_of(jobs)) as workers:
        token = _WORKERS.set(workers)
        try:
            watch.summary = _ingest(sources_for(paths or (), sources or (), place), place, watch.tell)
        finally:
            _WORKERS.reset(token)
    return watch.summary.counts()


def run_flow(paths: list[str], sources: list[str], place: Root, tell: Tell, jobs: int | None = None) -> Summary:
    """Run the flow in this process, telling how far it is; return the summary, of which Prefect keeps the totals."""
    watch = Watch(tell)
    token = _WATCH.set(watch)
    try:
        ingest(paths, sources, str(place.path), str(place.warehouse), jobs)
    finally:
        _WATCH.reset(token)
    return watch.summary


def _ingest(sources: Sequence[Source], place: Root, tell: Tell) -> Summary:
    """Ingest within a flow run: batches as tasks, the summary as artifacts, one run at a time."""
    context = FlowRunContext.get()
    flow_run = context.flow_run if context else None

    def call(function: object, job: BatchJob) -> Pending:
        del function  # ``process`` calls it, as a task
        return Done(process(job))

    logger = get_run_logger()
    with one_at_a_time(place.warehouse):
        late = collapse_late(flow_run) if flow_run else []
        if late:
            logger.warning("%d overdue runs of this deployment are made one with this run", len(late))
        started = Started("prefect", str(flow_run.id) if flow_run else None)
        summary = ingest_sources(sources, place, call=call, started=started, tell=tell)
    for line in failure_lines(summary.failures):
        logger.error(line)
    for line in summary.notices:
        logger.info(line)
    publish(summary)
    emit_events(summary, place)
    return summary
