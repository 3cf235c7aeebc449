"""The steps of an ingestion. Prefect and the direct run call the same ones, in the same order.

Nothing here imports Prefect. The one seam is how a batch of documents is processed (``BatchCaller``): called as a
Prefect task, or simply called.
"""

from __future__ import annotations

import gc
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import copydesk
from copydesk.anchors import TextQuoteSelector
from copydesk.article import Flag
from copydesk.config import Options
from copydesk.errors import CopydeskError, TransientError
from copydesk.reviews import Decision, Review
from flows.facts import extract_facts
from flows.landing import find_files, keep_file, load_bytes, media_type, name_in_source
from flows.roots import Root
from flows.ruleset import ruleset_of
from flows.summaries import ArticleReport, Summary
from schemas.domains import ReviewKind, RunStatus
from warehouse.records import Capture, Failure, Planned, Run
from warehouse.records import Review as StoredReview
from warehouse.rows import document_rows

if TYPE_CHECKING:
    from warehouse.rows import DocumentRows

WAIT = 60.0
"""Seconds to wait for another process that holds the warehouse: a batch is loaded in far less."""

RETRY_AFTER = (0.2, 1.0)
"""Seconds before a document is tried again after an error that may pass."""

BATCH = 200
"""Documents a batch. A task call costs Prefect about 10 ms and one frame pandera 6 ms, whatever it holds."""


@dataclass(frozen=True, slots=True)
class BatchJob:
    """What a batch needs to be processed in any process: paths and hashes, never texts."""

    root: str
    ruleset: str
    run_id: str
    options: Options
    planned: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Rows of the documents that were processed, a report of each, and what failed."""

    rows: tuple[DocumentRows, ...]
    reports: tuple[ArticleReport, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Started:
    """Who runs an ingestion: ``direct`` or ``prefect`` with its flow run."""

    orchestrator: str = "direct"
    flow_run_id: str | None = None


Tell = Callable[[int, int], None]
"""Called with the number of inputs that are done, and of all."""


def no_progress(done: int, total: int) -> None:
    """Tell nothing."""


BatchCaller = Callable[[Callable[[BatchJob], BatchResult], BatchJob], BatchResult]


def call_directly(process: Callable[[BatchJob], BatchResult], job: BatchJob) -> BatchResult:
    """Process a batch here and now."""
    return process(job)


@dataclass
class Landed:
    """What was found: captures whose bytes are kept, and inputs that could not be read."""

    captures: list[Capture] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def land(found: Sequence[Path | CopydeskError], root: Root, now: Callable[[], datetime]) -> Landed:
    """Keep the bytes of some files; what cannot be read becomes a failure and the others go on."""
    landed = Landed()
    for path in found:
        try:
            if isinstance(path, CopydeskError):
                raise path
            data, digest = keep_file(path, root, root.options)
        except CopydeskError as error:
            landed.failures.append(Failure(error.source, type(error).__name__, error.reason, error.advice))
            continue
        source, name = name_in_source(path, root)
        landed.captures.append(
            Capture(
                source=source,
                path=name,
                sha256=digest,
                size=len(data),
                media_type=media_type(path),
                captured_at=now(),
            )
        )
    return landed


def process_batch(job: BatchJob) -> BatchResult:
    """Read, clean and extract a batch of captures from the store; pure but for reading the store."""
    root = Root(Path(job.root), job.options)
    rows, reports, failures = [], [], []
    for planned in job.planned:
        try:
            found, report = _patiently(planned, root, job)
        except CopydeskError as error:
            failures.append(Failure.of(planned, error))
        except Exception as error:  # noqa: BLE001 - a defect of ours on one document must not stop the others
            failures.append(Failure.of(planned, _defect(error)))
        else:
            rows.append(found)
            reports.append(report)
    return BatchResult(tuple(rows), tuple(reports), tuple(failures))


def _patiently(planned: Planned, root: Root, job: BatchJob) -> tuple[DocumentRows, ArticleReport]:
    """Process a document, again after a while if what failed may pass."""
    for delay in RETRY_AFTER:
        try:
            return _process(planned, root, job)
        except TransientError:
            time.sleep(delay)
    return _process(planned, root, job)


def _defect(error: Exception) -> CopydeskError:
    where = traceback.extract_tb(error.__traceback__)[-1]
    reason = f"copydesk failed on it: {type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})."
    return CopydeskError(reason, advice="The bytes are kept; please report this with the file.")


def _process(planned: Planned, root: Root, job: BatchJob) -> tuple[DocumentRows, ArticleReport]:
    data = load_bytes(planned.capture.sha256, root)
    form = "html" if "html" in planned.capture.media_type else "auto"
    document = copydesk.read(data, format=form, url=planned.capture.url, options=job.options)
    article = copydesk.clean(document, options=job.options, reviews=[review_of(r) for r in planned.reviews])
    facts = extract_facts(article, job.options)
    if facts.not_supported:
        article = replace(article, flags=article.flags | {Flag.LANGUAGE_NOT_SUPPORTED})
    rows = document_rows(planned, article, facts, ruleset=job.ruleset, run_id=job.run_id)
    return rows, ArticleReport.of(planned, article, facts)


def review_of(stored: StoredReview) -> Review:
    """Return a decision as the desk takes it."""
    selector = TextQuoteSelector(stored.exact, stored.prefix, stored.suffix)
    decision = Decision(stored.kind.value)
    return Review(stored.edit_kind, selector, stored.start, decision, stored.rule, stored.replacement)


def ingest_paths(
    paths: Sequence[str],
    root: Root,
    *,
    call: BatchCaller = call_directly,
    started: Started = Started(),
    tell: Tell = no_progress,
) -> Summary:
    """Bring what is found at some paths into the warehouse; what fails is told in the summary and the rest goes on.

    Args:
        paths: files and folders.
        root: where the store and the warehouse are.
        call: how a batch is processed.
        started: who runs this.
        tell: called with (inputs done, inputs in all).

    Raises:
        WarehouseBusy: another process holds the warehouse for longer than we wait.
    """
    files = list(find_files(paths, root))

    def work(run: Run, summary: Summary) -> None:
        summary.found = len(files)
        for first in range(0, len(files), BATCH):
            tell(first, len(files))
            landed = land(files[first : first + BATCH], root, utc_now)
            summary.failures.extend(landed.failures)
            _ingest_captures(landed.captures, root, run, call, summary)
            gc.enable()  # the command line starts without: from here on it is long work, no longer a cold start
        tell(len(files), len(files))

    return _in_run(root, started, work)


def decide_and_rederive(document_id: str, decisions: Sequence[Review], root: Root) -> Summary:
    """Keep decisions about edits of a document, and derive it anew with them from its kept bytes.

    Raises:
        WarehouseBusy: another process holds the warehouse for longer than we wait.
    """
    from warehouse.connect import open_warehouse  # noqa: PLC0415 - as in ``_in_run``
    from warehouse.stored import current_capture  # noqa: PLC0415

    with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
        for review in decisions:
            warehouse.save_review(_stored_review(document_id, review))
    capture = current_capture(root.warehouse, document_id)

    def work(run: Run, summary: Summary) -> None:
        summary.found = 1
        _ingest_captures([capture], root, run, call_directly, summary)

    return _in_run(root, Started(), work)


def _stored_review(document_id: str, review: Review) -> StoredReview:
    return StoredReview(
        document_id=document_id,
        kind=ReviewKind(review.decision.value),
        exact=review.selector.exact,
        prefix=review.selector.prefix,
        suffix=review.selector.suffix,
        start=review.start,
        edit_kind=review.kind,
        rule=review.rule,
        decided_at=utc_now(),
        replacement=review.replacement,
    )


def _in_run(root: Root, started: Started, work: Callable[[Run, Summary], None]) -> Summary:
    """Do some work on the warehouse as a run that is recorded, however it ends."""
    from warehouse.connect import open_warehouse  # noqa: PLC0415 - duckdb and polars load only where rows are written

    began = time.monotonic()
    run = Run.start(
        started_at=utc_now(),
        ruleset=ruleset_of(root.options),
        orchestrator=started.orchestrator,
        flow_run_id=started.flow_run_id,
    )
    summary = Summary(run_id=run.run_id)
    status = RunStatus.FAILED
    try:
        work(run, summary)
        status = RunStatus.COMPLETED
    finally:
        summary.seconds = time.monotonic() - began
        ended = run.finish(ended_at=utc_now(), status=status, counts=summary.counts(), failures=summary.failures)
        with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
            warehouse.save_run(ended)
    return summary


def _ingest_captures(captures: Sequence[Capture], root: Root, run: Run, call: BatchCaller, summary: Summary) -> None:
    """Plan, process, check and load some captures. Documents whose history moved meanwhile go round again."""
    from warehouse.connect import open_warehouse  # noqa: PLC0415 - as in ``_in_run``

    pending = list(captures)
    while pending:
        with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
            warehouse.save_run(run)
            plan = warehouse.plan(pending, ruleset=run.ruleset)
            if not plan.work:
                warehouse.touch(plan.unchanged)
                summary.unchanged += len(plan.unchanged)
                return
        from warehouse.check import check_documents  # noqa: PLC0415 - polars and pandera load where rows are checked

        result = call(process_batch, BatchJob(str(root.path), run.ruleset, run.run_id, root.options, plan.work))
        checked = check_documents(result.rows, ruleset=run.ruleset, run_id=run.run_id, failures=result.failures)
        with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
            loaded = warehouse.load(checked, unchanged=plan.unchanged)
        summary.add(loaded)
        stale = set(loaded.stale)
        waiting = Counter(checked.rows.quarantined["document_id"].to_list())
        summary.quarantined.update({name: n for name, n in waiting.items() if name and name not in stale})
        summary.articles.extend(report for report in result.reports if report.document_id not in stale)
        summary.failures.extend(result.failures)
        pending = [*plan.later, *(work.capture for work in plan.work if work.document_id in stale)]


def utc_now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)
