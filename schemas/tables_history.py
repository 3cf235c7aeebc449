"""Where texts came from, and when they changed: sources, documents, captures, versions, derivations, runs."""

from __future__ import annotations

import polars as pl

from copydesk.article import Flag
from schemas.base import Table
from schemas.columns import (
    LONG,
    SHA256,
    SHORT,
    Instant,
    WallClock,
    Words,
    json,
    key,
    number,
    one_of,
    plain,
    ref,
    string,
    uuid,
)
from schemas.domains import CaptureStatus, ChangeClass, HeldAs, RunStatus
from schemas.rules import in_order, rule, together

_ZONE = r"^(Z|[+-](0\d|1[0-4]):[0-5]\d)$"
_LANGUAGE = "^[a-z]{2,3}$"
_STATED = ("precision", "written", "source")
"""What comes with every time that an article states."""
_PRECISIONS = ("year", "month", "day", "hour", "minute", "second")


class Sources(Table):
    """Where captures come from: a folder, a feed, a site."""

    source_id: str = key("follows from the name")
    name: str = string("the name that people give it", longest=SHORT)


class Runs(Table):
    """One run of the flow over some inputs."""

    run_id: str = key("a new one each time")
    started_at: Instant = plain("when it began")
    ended_at: Instant = plain("when it ended; NULL while it runs, or when it was cut off", nullable=True)
    status: str = one_of(RunStatus, "how far it came")
    orchestrator: str = string("who ran it: direct or prefect", longest=50)
    flow_run_id: str = string("Prefect's id of the run", nullable=True, longest=50)
    ruleset: str = string("hash of all that decides what is made of given bytes", longest=100)
    counts: str = json("what was done: documents, unchanged, failed, quarantined ...")
    failures: str = json("inputs that gave no text, or why the run failed: source, error, reason, advice")
    process: str = string("machine and process id; NULL when not known", nullable=True, longest=SHORT)

    @rule("The run ended before it began.", blames=("ended_at",))
    def run_times_in_order(self) -> pl.Expr:
        """A run has a length."""
        return in_order("started_at", "ended_at")


class Documents(Table):
    """Something that is published at one address, or lies under one path, through all its versions."""

    document_id: str = key("follows from the canonical URL, or the URL, or source and path")
    source_id: str = ref("sources", "where it was first met")
    path: str = string("name within the source (POSIX, relative)", nullable=True, longest=LONG)
    url: str = string("address that it was fetched from", nullable=True, longest=LONG)
    canonical_url: str = string("address that it gives for itself, where that is believed", nullable=True, longest=LONG)
    former_paths: Words = plain("names that it had before it was moved, oldest first", nullable=True)
    missing_since: Instant = plain("when a run found its file gone; NULL while it is there", nullable=True)

    @rule("The document has neither an address nor a path.", blames=("document_id",))
    def document_has_a_place(self) -> pl.Expr:
        """An id follows from a place."""
        return pl.any_horizontal(pl.col("path", "url", "canonical_url").is_not_null())


class Captures(Table):
    """Bytes as received. The same bytes again only move last_seen_at; A, B, A are three captures."""

    capture_id: str = key("follows from document, bytes and the capture before")
    document_id: str = ref("documents", "the document")
    previous_id: str = uuid("the accepted capture before it, when it came in; NULL for the first", nullable=True)
    version_id: str = uuid("the version that its text belongs to; NULL when it was held or failed", nullable=True)
    sha256: str = string("of the bytes: their name in raw/store", pattern=SHA256)
    size_bytes: int = number("their number", least=0)
    media_type: str = string("what they are", longest=SHORT)
    status: str = one_of(CaptureStatus, "what became of them")
    reason: str = string("why they were held or failed", nullable=True, longest=LONG)
    captured_at: Instant = plain("when they were first received")
    last_seen_at: Instant = plain("when the same bytes were last received")
    http: str = json("what the server said with them: status, final_url, redirects, etag ...", nullable=True)
    stated: str = json("what the source says of the article: [name, value, source] each", nullable=True)
    run_id: str = uuid("the run that wrote it")
    held_as: str = one_of(HeldAs, "why it is held, in a word; NULL for others", nullable=True)
    text_sha256: str = string("of the clean text of one that is held: the same again may release it", nullable=True)

    @rule("The capture was last seen before it was made.", blames=("captured_at", "last_seen_at"))
    def capture_times_in_order(self) -> pl.Expr:
        """What was seen again was seen later."""
        return in_order("captured_at", "last_seen_at")

    @rule("A capture that is held or failed gives no reason.", blames=("status",))
    def capture_gives_its_reason(self) -> pl.Expr:
        """Nothing is kept back in silence."""
        return (pl.col("status") == CaptureStatus.ACCEPTED) | pl.col("reason").is_not_null()


class Versions(Table):
    """The publisher's clock: what a document said from when to when."""

    version_id: str = key("follows from document and opening capture")
    document_id: str = ref("documents", "the document")
    capture_id: str = ref("captures", "the capture that opened it")
    valid_from: Instant = plain("when that capture was made")
    valid_to: Instant = plain("when the next version began; NULL for the current one", nullable=True)
    is_current: bool = plain("no version follows")
    change_class: str = one_of(
        ChangeClass,
        "how it differs from the version before; NULL when no ruleset has read both",
        nullable=True,
    )

    @rule("The version ends before it begins.", blames=("valid_from", "valid_to"))
    def version_times_in_order(self) -> pl.Expr:
        """A version has a length."""
        return pl.col("valid_from") < pl.col("valid_to")

    @rule("A version is current and has an end, or neither.", blames=("is_current",))
    def current_version_is_open(self) -> pl.Expr:
        """The current version is the one without an end."""
        return pl.col("is_current") == pl.col("valid_to").is_null()


class Derivations(Table):
    """Our clock: what one ruleset, and the decisions of people, make of a version."""

    derivation_id: str = key("follows from version, ruleset and decisions")
    version_id: str = ref("versions", "the version")
    document_id: str = ref("documents", "the document")
    capture_id: str = ref("captures", "the capture that was read")
    ruleset: str = string("hash of all that decides what is made of given bytes", longest=100)
    decisions: str = string("hash of the reviews that were taken into account", longest=100)
    is_current: bool = plain("the one that views show for its version")
    rows_sha256: str = string("of all its rows: the same again changes nothing", pattern=SHA256)
    code_version: str = string("version of copydesk", longest=50)
    format: str = string("the reader that made the base text: text, html ...", longest=50)
    encoding: str = string("the codec that the bytes were read with", nullable=True, longest=50)
    encoding_reason: str = string("why it was believed", nullable=True, longest=SHORT)
    replaced_chars: int = number("characters that no store takes, replaced one for one", least=0)
    base_text: str = string("the text that all raw offsets count in")
    base_sha256: str = string("of the base text in UTF-8", pattern=SHA256)
    clean_sha256: str = string("of the clean body in UTF-8", pattern=SHA256)
    title: str = string("as in the document, or as its source says", nullable=True, longest=LONG)
    authors: Words = plain("names of the people who wrote it", nullable=True)
    people: str = json("the same people with affiliation and source")
    published_at: Instant = plain("moment of publication, only when its zone is known", nullable=True)
    published_local: WallClock = plain("time of publication as the article's clock shows it", nullable=True)
    published_zone: str = string("its offset from UTC, or Z; NULL when not stated", nullable=True, pattern=_ZONE)
    published_precision: str = one_of(_PRECISIONS, "how fine it is", nullable=True)
    published_written: str = string("its words", nullable=True, longest=SHORT)
    published_source: str = string("the field or property that states it", nullable=True, longest=SHORT)
    updated_at: Instant = plain("moment of the last update, only when its zone is known", nullable=True)
    updated_local: WallClock = plain("time of the last update as the article's clock shows it", nullable=True)
    updated_zone: str = string("its offset from UTC, or Z; NULL when not stated", nullable=True, pattern=_ZONE)
    updated_precision: str = one_of(_PRECISIONS, "how fine it is", nullable=True)
    updated_written: str = string("its words", nullable=True, longest=SHORT)
    updated_source: str = string("the field or property that states it", nullable=True, longest=SHORT)
    site: str = string("the publication's name", nullable=True, longest=SHORT)
    language: str = string("ISO 639 code", nullable=True, pattern=_LANGUAGE)
    flags: Words = plain(f"what to know about the article as a whole: {', '.join(Flag)}")
    words: int = number("words of the clean body", least=0)
    run_id: str = uuid("the run that wrote it")

    @rule(
        "Applying the edits to the base text does not give the clean text.",
        blames=("derivation_id",),
        needs=("_replays",),
    )
    def edits_replay(self) -> pl.Expr:
        """The promise: nothing is lost."""
        return pl.col("_replays")

    @rule(
        "The article was updated before it was published.",
        blames=("updated_at", "updated_local", "updated_zone", *(f"updated_{name}" for name in _STATED)),
    )
    def published_before_updated(self) -> pl.Expr:
        """Moments are compared where both zones are known, else days and times as written."""
        coarse = pl.col("published_precision").is_in(["year", "month", "day"]) | pl.col("updated_precision").is_in(
            ["year", "month", "day"]
        )
        published, updated = pl.col("published_local"), pl.col("updated_local")
        local = (
            pl.when(coarse)
            .then(published.dt.truncate("1d") <= updated.dt.truncate("1d"))
            .otherwise(published <= updated)
        )
        return (pl.col("published_at") <= pl.col("updated_at")).fill_null(local)

    @rule(
        "A moment of publication is given without a zone, or without a time.",
        blames=("published_at",),
    )
    def published_at_has_a_zone(self) -> pl.Expr:
        """No zone is made up."""
        return pl.col("published_at").is_null() | (
            pl.col("published_zone").is_not_null() & pl.col("published_local").is_not_null()
        )

    @rule("A moment of updating is given without a zone, or without a time.", blames=("updated_at",))
    def updated_at_has_a_zone(self) -> pl.Expr:
        """No zone is made up."""
        return pl.col("updated_at").is_null() | (
            pl.col("updated_zone").is_not_null() & pl.col("updated_local").is_not_null()
        )

    @rule(
        "A time of publication comes without its words, its precision or its source.",
        blames=("published_local", *(f"published_{name}" for name in _STATED)),
    )
    def published_is_whole(self) -> pl.Expr:
        """A time that nobody stated is not kept."""
        return together("published_local", "published_precision", "published_written", "published_source")

    @rule(
        "A time of updating comes without its words, its precision or its source.",
        blames=("updated_local", *(f"updated_{name}" for name in _STATED)),
    )
    def updated_is_whole(self) -> pl.Expr:
        """A time that nobody stated is not kept."""
        return together("updated_local", "updated_precision", "updated_written", "updated_source")

    @rule("A flag of the article is not one that we know.", blames=("flags",))
    def flags_are_known(self) -> pl.Expr:
        """Flags are a fixed set."""
        return pl.col("flags").list.eval(pl.element().is_in(list(Flag))).list.all()


class Showings(Table):
    """Our clock: which derivation of a version the views showed, from when until the next showing of that version."""

    showing_id: str = key("follows from version and number")
    version_id: str = ref("versions", "the version")
    derivation_id: str = ref("derivations", "what was shown of it")
    document_id: str = ref("documents", "the document")
    number: int = number("of the showing among those of its version, from 0", least=0)
    shown_at: Instant = plain("when it was loaded: before, readers saw another one, or none")
    run_id: str = uuid("the run that wrote it")
