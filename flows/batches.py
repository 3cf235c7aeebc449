"""What is done with one batch of captures, in any process: read, clean, extract, and make rows of it."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import copydesk
from copydesk.anchors import TextQuoteSelector
from copydesk.article import Flag
from copydesk.config import Options
from copydesk.errors import CopydeskError, TransientError
from copydesk.reviews import Decision, Review
from flows.facts import extract_facts
from flows.landing import load_bytes
from flows.roots import Root
from flows.summaries import ArticleReport
from warehouse.records import Failure, Planned
from warehouse.records import Review as StoredReview
from warehouse.rows import document_rows

if TYPE_CHECKING:
    from warehouse.rows import DocumentRows

RETRY_AFTER = (0.2, 1.0)
"""Seconds before a document is tried again after an error that may pass."""


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


class Pending(Protocol):
    """A batch that is being processed."""

    def result(self) -> BatchResult:
        """Wait for it."""


@dataclass(frozen=True, slots=True)
class Done:
    """A batch that was processed."""

    found: BatchResult

    def result(self) -> BatchResult:
        """Return what was made of it."""
        return self.found


BatchCaller = Callable[[Callable[[BatchJob], BatchResult], BatchJob], Pending]
"""How a batch is processed: called as a Prefect task, sent to other processes, or simply called."""


def call_directly(process: Callable[[BatchJob], BatchResult], job: BatchJob) -> Pending:
    """Process a batch here and now."""
    return Done(process(job))


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
    capture = planned.capture
    form, charset = form_of(capture.media_type)
    document = copydesk.read(data, format=form, url=capture.url, declared_encoding=charset, options=job.options)
    for said in capture.stated:
        document = document.with_candidate(*said)
    article = copydesk.clean(document, options=job.options, reviews=[review_of(r) for r in planned.reviews])
    facts = extract_facts(article, job.options)
    if facts.not_supported:
        article = replace(article, flags=article.flags | {Flag.LANGUAGE_NOT_SUPPORTED})
    rows = document_rows(planned, article, facts, ruleset=job.ruleset, run_id=job.run_id)
    return rows, ArticleReport.of(planned, article, facts)


def form_of(media_type: str) -> tuple[str, str | None]:
    """Return the format that a media type names, ``auto`` where it may be a text or a page, and its character set.

    >>> form_of("text/html; charset=ISO-8859-1"), form_of("text/plain"), form_of("message/rfc822")
    (('html', 'ISO-8859-1'), ('auto', None), ('mail', None))
    """
    message = Message()
    message["Content-Type"] = media_type
    kind, charset = message.get_content_type(), message.get_param("charset")
    form = "html" if "html" in kind else "mail" if kind in ("message/rfc822", "multipart/related") else "auto"
    return form, charset if isinstance(charset, str) and charset else None


def review_of(stored: StoredReview) -> Review:
    """Return a decision as the desk takes it."""
    selector = TextQuoteSelector(stored.exact, stored.prefix, stored.suffix)
    decision = Decision(stored.kind.value)
    return Review(stored.edit_kind, selector, stored.start, decision, stored.rule, stored.replacement)
