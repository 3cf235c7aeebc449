"""What goes in and out of the warehouse, as plain frozen values. Times are aware datetimes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from copydesk.errors import CopydeskError
from schemas.domains import HeldAs, ReviewKind, ReviewStatus, RunStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Bytes as received, with where and when they came from.

    Attributes:
        source: the name of the source, e.g. ``raw``.
        path: the name within the source (POSIX, relative), where there is one.
        url: where it was fetched, where that is known.
        canonical_url: the address that the page gives for itself, if it is believed.
        sha256: of the bytes, in hex; ``size`` in bytes.
        captured_at: when the bytes were received.
        http: what the server said with the bytes (status, final_url, redirects, etag ...), where one was asked.
        stated: what the source says of the article (a feed of its entry): name, value, and where it says so.

    """

    source: str
    sha256: str
    size: int
    media_type: str
    captured_at: datetime
    path: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    http: Mapping[str, object] | None = None
    stated: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """What a server last said of an address; the columns of the table ``fetches``.

    Attributes:
        url: the address that was asked for.
        source: the name of the source that asked.
        checked_at: when it was asked; ``fetched_at`` when bytes last came.
        status: of the last answer; None when there was none.
        reason: why the last try brought nothing; None when it did.
        final_url, etag, last_modified, sha256, size, media_type: of the bytes that are kept.
        gone_at: since when it says that there is nothing.

    """

    url: str
    source: str
    status: int | None = None
    reason: str | None = None
    final_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    size: int | None = None
    media_type: str | None = None
    fetched_at: datetime | None = None
    checked_at: datetime
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A decision of a person about an edit, found again by the words that it stands at (W3C TextQuoteSelector).

    Attributes:
        exact, prefix, suffix: the words of the base text, and those before and after them.
        start: where ``exact`` stood in the base text (code points): decides between equal quotes.
        edit_kind, rule: of the edit that was decided on.
        replacement: what that edit put in; tells edits at one place apart.

    """

    document_id: str
    kind: ReviewKind
    exact: str
    prefix: str
    suffix: str
    start: int
    edit_kind: str
    rule: str
    decided_at: datetime
    replacement: str = ""
    decided_by: str | None = None
    note: str | None = None
    status: ReviewStatus = ReviewStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class Held:
    """Why a capture is kept back, in a word and in a sentence; ``text_sha256`` is of its clean text, if it has one."""

    kind: HeldAs
    reason: str
    text_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Previous:
    """The version that was valid before a new capture: the hash of its base text, its number of words, its flags."""

    version_id: str
    base_sha256: str
    words: int = 0
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Planned:
    """A capture that is to be processed, with what its rows need to know of the warehouse.

    Attributes:
        capture_id: new, or that of the same bytes when only the ruleset or the decisions changed.
        after: the capture just before it in time, whatever became of that one.
        previous: the accepted capture before it in time; None for the first one.
        version_id: the version that the bytes belong to, when they are loaded already.
        held: why it is kept back, as far as that is known before it is read.
        is_let_in: a person has let it in, or it was seen again: it is not asked whether it is worse.
        repeats: hashes of clean texts that were held, and of which the same again is let in.
        reviews: the decisions in force for the document, oldest first.

    """

    capture: Capture
    document_id: str
    capture_id: str
    after: str | None = None
    previous: Previous | None = None
    version_id: str | None = None
    held: Held | None = None
    is_let_in: bool = False
    repeats: frozenset[str] = frozenset()
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A capture whose bytes, ruleset and decisions are those that are loaded; ``held`` says why it is kept back."""

    capture: Capture
    document_id: str
    capture_id: str
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about some captures; see the package."""

    work: tuple[Planned, ...] = ()
    unchanged: tuple[Unchanged, ...] = ()
    later: tuple[Capture, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input from which no text came. ``planned`` is None when not even bytes were received."""

    source: str
    error: str
    reason: str
    advice: str = ""
    planned: Planned | None = None

    @classmethod
    def of(cls, planned: Planned, error: CopydeskError) -> Failure:
        """Return the failure of a capture that was planned."""
        source = planned.capture.path or planned.capture.url or planned.capture.source
        return cls(source, type(error).__name__, error.reason, error.advice, planned)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the flow over some inputs.

    Attributes:
        orchestrator: ``direct`` or ``prefect``.
        flow_run_id: Prefect's id of the run, if it has one.
        ruleset: hash of all that decides what is made of given bytes.
        counts: what was done, by name: documents, unchanged, failed, quarantined ...
        process: machine and process id, by which the next run sees that this one was cut off.

    """

    run_id: str
    started_at: datetime
    ruleset: str
    orchestrator: str
    flow_run_id: str | None = None
    ended_at: datetime | None = None
    status: RunStatus = RunStatus.RUNNING
    counts: Mapping[str, int] = field(default_factory=dict)
    failures: Sequence[Failure] = ()
    process: str | None = None

    @classmethod
    def start(cls, *, started_at: datetime, ruleset: str, orchestrator: str, flow_run_id: str | None = None) -> Run:
        """Return a run that begins now, under a new id."""
        return cls(str(uuid.uuid4()), started_at, ruleset, orchestrator, flow_run_id)

    def finish(
        self, *, ended_at: datetime, status: RunStatus, counts: Mapping[str, int], failures: Sequence[Failure] = ()
    ) -> Run:
        """Return the run as it ended."""
        return replace(self, ended_at=ended_at, status=status, counts=dict(counts), failures=tuple(failures))


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What one load changed.

    Attributes:
        counts: rows written, by table.
        quarantined: entries written to quarantine.
        new_documents, new_versions: their ids.
        rederived: documents whose text was known and whose derivation is new.
        unchanged: documents of which no row changed but ``last_seen_at``.
        stale: documents that were left out, since their history moved after the plan.
        held: document -> why its capture is kept back.

    """

    counts: Mapping[str, int]
    quarantined: int = 0
    new_documents: tuple[str, ...] = ()
    new_versions: tuple[str, ...] = ()
    rederived: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    held: Mapping[str, str] = field(default_factory=dict)
