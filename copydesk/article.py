"""One cleaned article: its ledger, its fields and what is understood of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from copydesk.document import Document, Span
from copydesk.edits import EditLog
from copydesk.offsets import OffsetMap
from copydesk.reviews import Outcome


class FieldName(StrEnum):
    """The texts of an article that facts can stand in."""

    BODY = "body"
    TITLE = "title"
    DATELINE = "dateline"
    """The line with the dates of publication and update."""
    BYLINE = "byline"
    CAPTION = "caption"
    BIO = "bio"
    """What the article says about its author."""
    COPYRIGHT = "copyright"


class Flag(StrEnum):
    """What a reader of the article should know about it as a whole."""

    TRUNCATED = "truncated"
    PAYWALLED = "paywalled"
    LIVE_BLOG = "live_blog"
    NOT_AN_ARTICLE = "not_an_article"
    LANGUAGE_NOT_SUPPORTED = "language_not_supported"
    """Facts of some kinds are not read in its language."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of an article with its place in the base text.

    Attributes:
        field: which text it is.
        ordinal: its number among the texts of that name, from 0 in text order.
        text: its characters.
        offsets: the map from ``text`` to the base text.
        edit_id: the edit that took it out of the body; None for the body.

    """

    field: FieldName
    ordinal: int
    text: str
    offsets: OffsetMap
    edit_id: int | None = None


class PersonName(NamedTuple):
    """A person who made the article, as written.

    Attributes:
        name: the name alone.
        affiliation: the organisation given beside it, if any.
        source: the field or the metadata property that names the person.

    """

    name: str
    affiliation: str | None
    source: str


class Moment(NamedTuple):
    """A time as an article states it. No zone is made up.

    Attributes:
        written: the words.
        local: the wall clock time, without a zone.
        precision: ``day``, ``minute`` or ``second``.
        zone: the zone as an ISO 8601 offset (``+02:00``, ``Z``); None when the article names none.
        source: the field or the metadata property that states it.

    """

    written: str
    local: datetime
    precision: str
    zone: str | None
    source: str

    def isoformat(self) -> str:
        """Return ISO 8601 with no more than what is known."""
        if self.precision == "day":
            return self.local.date().isoformat()
        return self.local.isoformat(timespec="seconds") + (self.zone or "")


@dataclass(frozen=True)
class Article:
    """A cleaned article.

    Attributes:
        document: what was received.
        log: the ledger; ``log.text`` is the body.
        fields: the texts that left the body as fields, in text order.
        authors: the people who wrote it.
        published, updated: as stated; None when not stated.
        site: the publication's name.
        language: ISO 639-1 code; None when not known.
        flags: what to know about the article as a whole.
        outcomes: what became of people's decisions about its edits, in the order in which they were given.

    """

    document: Document
    log: EditLog
    fields: tuple[Passage, ...] = ()
    authors: tuple[PersonName, ...] = ()
    published: Moment | None = None
    updated: Moment | None = None
    site: str | None = None
    language: str | None = None
    flags: frozenset[Flag] = frozenset()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def text(self) -> str:
        """The clean body."""
        return self.log.text

    @property
    def title(self) -> str | None:
        """The title, as in the document, or as its source says; None when there is none."""
        return next((f.text for f in self.fields if f.field is FieldName.TITLE), None) or next(
            (c.value for c in self.document.candidates if c.name == "title"), None
        )

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The body and every field: all texts that facts can stand in."""
        return (Passage(FieldName.BODY, 0, self.text, self.log.offsets), *self.fields)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs of the body: what stands between blank lines."""
        return tuple(_paragraphs(self.text))


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for part in text.split("\n\n"):
        lead = len(part) - len(part.lstrip())
        if part.strip():
            yield Span(start + lead, start + lead + len(part.strip()))
        start += len(part) + 2
