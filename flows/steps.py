"""The steps of an ingestion. Prefect and the direct run call the same ones, in the same order.

Nothing here imports Prefect. The one seam is how a batch of documents is processed (``BatchCaller``): called as a
Prefect task, or simply called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import copydesk
from copydesk.config import Options
from copydesk.errors import CopydeskError, InputError
from copydesk.reviews import Decision, Review, TextQuoteSelector
from flows.landing import find_files, keep_file, load_bytes, media_type, name_in_source
from flows.roots import Root
from warehouse.records import Capture, Failure, Planned
from warehouse.rows import document_rows

if TYPE_CHECKING:
    from warehouse.rows import DocumentRows

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
    """Rows of the documents that were processed, and what failed."""

    rows: tuple[DocumentRows, ...]
    failures: tuple[Failure, ...]


BatchCaller = Callable[[Callable[[BatchJob], BatchResult], BatchJob], BatchResult]


def call_directly(process: Callable[[BatchJob], BatchResult], job: BatchJob) -> BatchResult:
    """Process a batch here and now."""
    return process(job)


@dataclass
class Landed:
    """What was found: captures whose bytes are kept, and inputs that could not be read."""

    captures: list[Capture] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def find_batches(paths: Sequence[str], root: Root) -> Iterator[list[Path | InputError]]:
    """Yield the files at some paths in batches."""
    batch: list[Path | InputError] = []
    for found in find_files(paths, root):
        batch.append(found)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def land(found: Sequence[Path | InputError], root: Root, now: Callable[[], datetime]) -> Landed:
    """Keep the bytes of some files; what cannot be read becomes a failure and the others go on."""
    landed = Landed()
    for path in found:
        try:
            if isinstance(path, InputError):
                raise path
            data, digest = keep_file(path, root, root.options)
        except InputError as error:
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
    rows, failures = [], []
    for planned in job.planned:
        try:
            rows.append(_process(planned, root, job))
        except InputError as error:
            failures.append(Failure.of(planned, error))
    return BatchResult(tuple(rows), tuple(failures))


def _process(planned: Planned, root: Root, job: BatchJob) -> DocumentRows:
    data = load_bytes(planned.capture.sha256, root)
    form = "html" if "html" in planned.capture.media_type else "text"
    document = copydesk.read(data, format=form, url=planned.capture.url, options=job.options)
    reviews = [review_of(review) for review in planned.reviews]
    article = copydesk.clean(document, options=job.options, reviews=reviews)
    facts = copydesk.extract(article)
    return document_rows(planned, article, facts, ruleset=job.ruleset, run_id=job.run_id)


def utc_now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


def failure_line(failure: Failure) -> str:
    """Return what went wrong with an input, in one line."""
    return str(CopydeskError(failure.reason, advice=failure.advice, source=failure.source))
