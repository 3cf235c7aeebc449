"""The steps of an ingestion. Prefect and the direct run call the same ones, in the same order.

Nothing here imports Prefect. The one seam is how a batch of documents is processed (``BatchCaller``): called as a
Prefect task, or simply called.
"""

from __future__ import annotations

import gc
import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from copydesk.reviews import Review
from flows import loading
from flows.batches import BatchCaller, call_directly
from flows.loading import WAIT, Line
from flows.publishing import publish
from flows.roots import SETTINGS, Root
from flows.ruleset import ruleset_of
from flows.sources import collect
from flows.sources.found import PAUSE, Found, Landing
from flows.sources.settings import Source, choose_sources, read_contact, read_sources
from flows.summaries import Summary
from flows.whereabouts import Whereabouts
from schemas.domains import ReviewKind, RunStatus
from warehouse.records import Failure, Fetch, Run
from warehouse.records import Review as StoredReview


@dataclass(frozen=True, slots=True)
class Started:
    """Who runs an ingestion: ``direct`` or ``prefect`` with its flow run."""

    orchestrator: str = "direct"
    flow_run_id: str | None = None


Tell = Callable[[int, int], None]
"""Called with the number of inputs that are done, and of all."""


def no_progress(done: int, total: int) -> None:
    """Tell nothing."""


def ingest_paths(paths: Sequence[str], root: Root) -> Summary:
    """Bring what is found at some paths or addresses into the warehouse; see ``ingest_sources``."""
    return ingest_sources(sources_at(paths), root)


def sources_for(paths: Sequence[str], names: Sequence[str], root: Root) -> tuple[Source, ...]:
    """Return what a run is about: paths and named sources, or the landing zone and every source when none are given.

    Raises:
        CopydeskError: there is no source of that name, or the settings are wrong.
    """
    settings = root.path / SETTINGS
    if paths or names:
        return (*sources_at(paths), *choose_sources(settings, names))
    return (*sources_at([str(root.raw)]), *read_sources(settings))


def sources_at(paths: Sequence[str]) -> tuple[Source, ...]:
    """Return paths and addresses, as given on a command line, as sources."""
    addresses = tuple(path for path in paths if path.lower().startswith(("http://", "https://")))
    files = tuple(path for path in paths if path not in addresses)
    found = (Source("files", "files", files), Source("web", "urls", addresses))
    return tuple(source for source in found if source.location)


def ingest_sources(
    sources: Sequence[Source],
    root: Root,
    *,
    call: BatchCaller = call_directly,
    started: Started = Started(),
    tell: Tell = no_progress,
) -> Summary:
    """Bring what some sources have into the warehouse; what fails is told in the summary and the rest goes on.

    Args:
        sources: where articles come from.
        root: where the store and the warehouse are.
        call: how a batch is processed.
        started: who runs this.
        tell: called with (inputs done, inputs in all, as far as they are known).

    Raises:
        WarehouseBusy: another process holds the warehouse for longer than we wait.
    """
    contact = read_contact(root.path / SETTINGS)
    whereabouts = Whereabouts(root, sources)

    def work(run: Run, summary: Summary) -> None:
        landing = Landing(root, run.ruleset, utc_now, lambda urls: _known(root, urls), contact=contact)
        everything = (found for source in sources for found in collect(source, landing))
        line = Line(root, run, summary, call, whereabouts)
        tell(0, landing.expected)
        for batch in _batches(everything, loading.SCAN):
            _send(batch, line, landing)
            gc.enable()  # the command line starts without: from here on it is long work, no longer a cold start
            tell(summary.found, max(summary.found, landing.expected))
        line.finish()
        landing.keeper.close()
        _note_missing(whereabouts, summary)

    return in_run(root, started, work)


def _batches(everything: Iterable[Found], size: int) -> Iterator[list[Found]]:
    """Yield what is found in batches, smaller ones where the next has to be waited for."""
    batch = []
    for found in everything:
        if found is not PAUSE:
            batch.append(found)
        if batch and (found is PAUSE or len(batch) == size):
            yield batch
            batch = []
    if batch:
        yield batch


def _known(root: Root, urls: Sequence[str]) -> Mapping[str, Fetch]:
    """Return what servers last said of addresses."""
    from warehouse.connect import open_warehouse  # noqa: PLC0415 - as in ``in_run``

    if not root.warehouse.is_file():
        return {}
    with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
        return warehouse.fetches_of(urls)


def _send(batch: Sequence[Found], line: Line, landing: Landing) -> None:
    """Take what was found, and is kept, on its way."""
    summary = line.summary
    refused = landing.keeper.settle()
    batch = [
        Found(error=refused[found.capture.sha256]) if found.capture and found.capture.sha256 in refused else found
        for found in batch
    ]
    for found in batch:
        summary.found += found.capture is not None or found.error is not None
        if found.error is not None:
            error = found.error
            summary.failures.append(Failure(error.source, type(error).__name__, error.reason, error.advice))
        if found.notice is not None:
            summary.notices.append(found.notice)
    fetches = [found.fetch for found in batch if found.fetch]
    summary.gone += sum(fetch.gone_at is not None for fetch in fetches)
    line.send([found.capture for found in batch if found.capture], fetches)


def _note_missing(whereabouts: Whereabouts, summary: Summary) -> None:
    """Note which documents' files are gone from the folders that were looked through; the warehouse keeps them."""
    from warehouse.connect import open_warehouse  # noqa: PLC0415 - as in ``in_run``

    root = whereabouts.root
    with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
        for source, folder in whereabouts.scopes():
            summary.missing += warehouse.note_missing(source, folder, whereabouts.is_there, utc_now())
        warehouse.refresh_stories()
        summary.copies = warehouse.count_copies(summary.new_documents)


def decide_and_rederive(document_id: str, decisions: Sequence[Review], root: Root) -> Summary:
    """Keep decisions about edits of a document, and derive it anew with them from its kept bytes.

    Raises:
        WarehouseBusy: another process holds the warehouse for longer than we wait.
    """
    from warehouse.connect import open_warehouse  # noqa: PLC0415 - as in ``in_run``
    from warehouse.stored import current_capture  # noqa: PLC0415

    with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
        for review in decisions:
            warehouse.save_review(_stored_review(document_id, review))
    capture = current_capture(root.warehouse, document_id)

    def work(run: Run, summary: Summary) -> None:
        summary.found = 1
        Line(root, run, summary).send([capture])

    return in_run(root, Started(), work)


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


def withdraw_decision(beginning: str, root: Root) -> Summary:
    """Take a decision back, and derive its document anew without it.

    Raises:
        WarehouseError: there is no such decision.
        WarehouseBusy: another process holds the warehouse for longer than we wait.

    """
    from warehouse.connect import open_warehouse  # noqa: PLC0415 - as in ``in_run``
    from warehouse.stored import current_capture  # noqa: PLC0415

    with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
        document = warehouse.withdraw_review(beginning)
    capture = current_capture(root.warehouse, document)

    def work(run: Run, summary: Summary) -> None:
        summary.found = 1
        Line(root, run, summary).send([capture])

    return in_run(root, Started(), work)


def replay_entries(entries: Sequence[str], root: Root) -> tuple[int, int]:
    """Check entries of the quarantine (ids) by the rules of today; return how many moved and how many still wait.

    Captures of which nothing could be loaded are derived anew from their kept bytes.

    Raises:
        WarehouseBusy: another process holds the warehouse for longer than we wait.

    """
    from warehouse.connect import open_warehouse  # noqa: PLC0415 - as in ``in_run``
    from warehouse.replays import replay  # noqa: PLC0415 - as in ``in_run``
    from warehouse.stored import held_capture  # noqa: PLC0415 - as in ``in_run``

    with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
        done = replay(warehouse.connection, entries)
        publish(warehouse)
    if not done.underived:
        return len(done.moved), len(done.kept)

    def work(run: Run, summary: Summary) -> None:
        line = Line(root, run, summary)
        for beginning in done.underived:
            found, capture = held_capture(root.warehouse, beginning)
            summary.found += 1
            line.send([capture], let_in=[found])

    summary = in_run(root, Started(), work)
    kept = sum(summary.quarantined.values())
    return len(done.moved) + len(done.kept) - kept, kept


def let_in(beginning: str, root: Root) -> Summary:
    """Take a capture that is held into the warehouse, because a person says so.

    Args:
        beginning: of the capture's id.
        root: where the store and the warehouse are.

    Raises:
        WarehouseError: there is no such capture, or what came after it contradicts it.
        WarehouseBusy: another process holds the warehouse for longer than we wait.

    """
    from warehouse.stored import held_capture  # noqa: PLC0415 - as in ``in_run``

    found, capture = held_capture(root.warehouse, beginning)

    def work(run: Run, summary: Summary) -> None:
        summary.found = 1
        Line(root, run, summary).send([capture], let_in=[found])

    return in_run(root, Started(), work)


def in_run(root: Root, started: Started, work: Callable[[Run, Summary], None]) -> Summary:
    """Do some work on the warehouse as a run that is recorded, however it ends."""
    from warehouse.connect import open_warehouse  # noqa: PLC0415 - duckdb and polars load only where rows are written

    began = time.monotonic()
    run = Run.start(
        started_at=utc_now(),
        ruleset=ruleset_of(root.options),
        orchestrator=started.orchestrator,
        flow_run_id=started.flow_run_id,
    )
    run = replace(run, process=_process_name(os.getpid()))
    with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
        warehouse.note_cut_off(_is_dead)
        warehouse.save_run(run)
    summary = Summary(run_id=run.run_id)
    status, failures = RunStatus.FAILED, list[Failure]()
    try:
        work(run, summary)
        status = RunStatus.COMPLETED
    except KeyboardInterrupt:
        status = RunStatus.STOPPED
        raise
    except BaseException as error:
        reason, advice = getattr(error, "reason", None) or str(error) or "no reason given", getattr(error, "advice", "")
        failures = [Failure("the run itself", type(error).__name__, str(reason), str(advice))]
        raise
    finally:
        summary.seconds = time.monotonic() - began
        failures += summary.failures
        ended = run.finish(ended_at=utc_now(), status=status, counts=summary.counts(), failures=failures)
        with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
            warehouse.save_run(ended)
            summary.notices += publish(warehouse)
    return summary


def _process_name(pid: int) -> str:
    return f"{platform.node()} {pid}"


def _is_dead(process: str) -> bool:
    """Tell whether the process of a run is no more; one of another machine is none of our business."""
    host, _, pid = process.rpartition(" ")
    if host != platform.node() or not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:  # it is somebody else's: it lives
        return False
    return False


def utc_now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)
