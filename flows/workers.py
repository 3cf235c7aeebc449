"""Batches in other processes: spawned, never forked, and free of Prefect, DuckDB and frames."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from copydesk.errors import CopydeskError
from flows.batches import BatchJob, BatchResult, Done, Pending
from warehouse.records import Failure, Planned

CHUNK = 20
"""Documents that a worker takes at a time: so few that all finish at about the same time, so many that sending them
costs nothing beside cleaning them."""
PATIENCE = 5.0
"""Seconds for a process to end."""
WORTH = 60
"""Documents for which processes are worth starting: each takes half a second to begin."""


class Workers:
    """Processes that share the work; they start when there is enough of it, and end with the ``with`` block."""

    def __init__(self, jobs: int) -> None:
        """Take the number of processes; with 1 the work is done in this one."""
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close(at_once=error is not None)

    def call(self, process: Callable[[BatchJob], BatchResult], job: BatchJob) -> Pending:
        """Begin with a batch: a ``BatchCaller``."""
        if self.jobs < 2 or (self._pool is None and len(job.planned) < WORTH):
            return Done(process(job))
        chunks = [replace(job, planned=job.planned[n : n + CHUNK]) for n in range(0, len(job.planned), CHUNK)]
        return _Shared(self, process, chunks, [self.submit(process, chunk) for chunk in chunks])

    def submit(self, process: Callable[[BatchJob], BatchResult], job: BatchJob) -> Future[BatchResult]:
        """Give a job to the next process that is free."""
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_begin)
        with _sheltered():
            return self._pool.submit(process, job)

    def close(self, *, at_once: bool = False) -> None:
        """End the processes: when they are idle, or at once, whatever they do."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        processes = list((pool._processes or {}).values()) if at_once else []  # noqa: SLF001 - there is no other way
        pool.shutdown(wait=not at_once, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(PATIENCE)


@dataclass(slots=True)
class _Shared:
    """A batch of which each worker has a part."""

    workers: Workers
    process: Callable[[BatchJob], BatchResult]
    chunks: Sequence[BatchJob]
    futures: Sequence[Future[BatchResult]]

    def result(self) -> BatchResult:
        """Wait for all parts, and put them together in order."""
        found = [self._part(chunk, future) for chunk, future in zip(self.chunks, self.futures, strict=True)]
        return BatchResult(
            tuple(row for part in found for row in part.rows),
            tuple(report for part in found for report in part.reports),
            tuple(failure for part in found for failure in part.failures),
        )

    def _part(self, chunk: BatchJob, future: Future[BatchResult]) -> BatchResult:
        try:
            return future.result()
        except BrokenProcessPool:  # a worker died: which document it died of is found by taking them one by one
            parts = [self._alone(replace(chunk, planned=(planned,)), planned) for planned in chunk.planned]
        return BatchResult(
            tuple(row for part in parts for row in part.rows),
            tuple(report for part in parts for report in part.reports),
            tuple(failure for part in parts for failure in part.failures),
        )

    def _alone(self, job: BatchJob, planned: Planned) -> BatchResult:
        try:
            return self._again(job).result()
        except BrokenProcessPool:
            self.workers.close()
            error = CopydeskError(
                "the process that read it died.", advice="It may be too large for the memory; its bytes are kept."
            )
            return BatchResult((), (), (Failure.of(planned, error),))

    def _again(self, job: BatchJob) -> Future[BatchResult]:
        try:
            return self.workers.submit(self.process, job)
        except BrokenProcessPool:
            self.workers.close()
            return self.workers.submit(self.process, job)


@contextmanager
def _sheltered() -> Iterator[None]:
    """Keep a Ctrl-C from processes that begin here: they would tell of it before they can be told not to.

    It is for the one who leads, and reaches him behind this block.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Prepare a worker: a Ctrl-C is for the one who leads, and when he is gone there is nobody to work for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, name="follow", daemon=True).start()


def _follow() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def jobs_of(wanted: int | None) -> int:
    """Return how many processes to use: as many as wanted, or as this one may have processors."""
    if wanted:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
