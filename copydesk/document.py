"""What a reader hands on: the base text of one document, its blocks and what it says about itself.

All offsets are Unicode code points, half open: ``text[span.start:span.end]``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open piece of a text, in code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether the other span lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end


class BlockKind(StrEnum):
    """What a block of the base text is, as far as its reader knows."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    PULL_QUOTE = "pull_quote"
    CAPTION = "caption"
    TABLE = "table"
    PREFORMATTED = "preformatted"


class Block(NamedTuple):
    """A block of the base text."""

    kind: BlockKind
    span: Span


class LeftOut(NamedTuple):
    """A block of a page that is no part of its article.

    Attributes:
        kind: what it is, as far as the reader knows.
        text: its words.
        at: where in the base text it would stand.
        reason: one line for a person.
        score: the chance that it is part of the article, 0 to 1.

    """

    kind: BlockKind
    text: str
    at: int
    reason: str
    score: float


SITE_RULES = "site rules"
"""The source of what people's own rules for a site find: it comes before all that others say."""


class Candidate(NamedTuple):
    """Something that the source says about the document (a title, an author, a date ...).

    Attributes:
        name: the property, as in ``Article``: title, author, published, updated, site, language, url ...
        value: as written.
        source: where it came from, e.g. ``json-ld``, ``og:title``, ``http``, ``feed``.

    """

    name: str
    value: str
    source: str


class Decoding(NamedTuple):
    """How bytes became text.

    Attributes:
        encoding: the codec that was used, by its Python name.
        reason: why it was believed, e.g. ``byte order mark`` or ``valid UTF-8``.
        replaced: number of characters that no store takes (or bytes that no codec takes) replaced one for one.

    """

    encoding: str
    reason: str
    replaced: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One document as received.

    Attributes:
        text: the base text. For pasted text this is the source itself, line ends as received.
        blocks: the blocks in text order; for plain text, paragraphs between blank lines.
        candidates: what the source says about the document.
        format: the reader that made it: ``text``, ``html`` ...
        decoding: how the bytes became text; None when text was given.
        url: where the document was fetched; None when not known.
        source: the decoded source of a page; None where the base text is the source.
        left_out: what stands on the page beside the article, in page order.
        made: pieces of the base text that a plug-in wrote: they stand nowhere in the source.

    """

    text: str
    blocks: tuple[Block, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    format: str = "text"
    decoding: Decoding | None = None
    url: str | None = None
    source: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    made: tuple[Span, ...] = ()

    def with_candidate(self, name: str, value: str, source: str) -> Document:
        """Return the document with one more thing that is known of it from outside."""
        return replace(self, candidates=(*self.candidates, Candidate(name, value, source)))
