"""Where the words of a page's blocks stand in its source.

The parser keeps no offsets. So the source is cut into tags and texts once more, and the characters of the blocks, white
space aside, are searched in the characters of those texts, going forward.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from copydesk.document import Document, Span
from copydesk.offsets import OffsetMap

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*>|<(/?[a-zA-Z][^\s/>]*)"
    r"(?:[^>=]|=\s*+(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*+)?+)*+(?:>|\Z)",
    re.DOTALL,
)
_CLOSED = {
    name: re.compile(rf"</{name}\b[^>]*>", re.IGNORECASE)
    for name in (
        *("script", "style", "noscript", "iframe", "textarea", "noembed", "noframes", "title", "xmp", "plaintext"),
        *("template", "svg", "select", "nav"),
    )
}
"""Elements whose texts are passed over up to their end tag: those that hold no tags for the parser, and those that are
long on most pages. What else ``PRUNED`` names is often left open, and ends with what is around it."""
_SCRIPTS = {name: _CLOSED[name] for name in ("script", "style")}
_SIGN = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;?)|\S")
_PIECE = re.compile(r"(?:\S+\s*){1,6}")
TELLING = 40
FAR = 4000
"""Characters: a text of fewer than ``TELLING`` that is found farther than ``FAR`` ahead may be another one."""
MAX_MISSES = 200
"""Texts that are looked for in the whole page after they were not found ahead."""


class Place(NamedTuple):
    """A piece of a text with its place in the source: the same words, entities and white space aside."""

    start: int
    end: int
    source_start: int
    source_end: int


class _Texts:
    """The texts of a source: their places, and all their characters in a row, white space aside."""

    def __init__(self, source: str, passed_over: Mapping[str, re.Pattern[str]]) -> None:
        self.source = source
        self.spans = list(_texts_of(source, passed_over))
        parts = ["".join(unescape(source[start:end]).split()) for start, end in self.spans]
        self.starts = [0, *accumulate(map(len, parts))]
        self.characters = "".join(parts)
        self.at = 0
        self.misses = 0

    def places(self, text: str, shift: int) -> Iterator[Place]:
        """Yield where a text stands; what cannot be found is passed over."""
        needle = "".join(text.split())
        found = self.find(needle)
        if found >= 0:
            yield from self._cut(text, shift, found, len(needle))
            return
        for piece in _PIECE.finditer(text):
            needle = "".join(piece[0].split())
            found = self.characters.find(needle, self.at, self.at + 4 * len(text) + 2000)
            if found >= 0:
                self.at = found + len(needle)
                yield from self._cut(piece[0], shift + piece.start(), found, len(needle))

    def hull(self, text: str, within: int | None) -> Span | None:
        """Return the piece of the source, tags and all, that a text stands in.

        Args:
            text: its words.
            within: where the block began whose middle it was taken out of; None for a block of its own.

        """
        needle = "".join(text.split())
        found = self.find(needle) if within is None else self.characters.find(needle, within, self.at + len(needle))
        places = list(self._cut(text, 0, found, len(needle))) if found >= 0 else []
        return Span(places[0].source_start, places[-1].source_end) if places else None

    def find(self, needle: str) -> int:
        """Return where some characters stand: ahead, or else anywhere; -1 if nowhere."""
        found = self.characters.find(needle, self.at)
        if found >= 0:
            if len(needle) >= TELLING or found - self.at <= FAR:
                self.at = found + len(needle)
        elif self.misses < MAX_MISSES:
            self.misses += 1
            found = self.characters.find(needle)
        return found

    def _cut(self, text: str, shift: int, first: int, size: int) -> Iterator[Place]:
        """Yield a piece for each of the source's texts that share in some characters."""
        marks = [i for i, c in enumerate(text) if not c.isspace()]
        node = bisect_right(self.starts, first) - 1
        at = first
        while at < first + size:
            low, high = self.starts[node], self.starts[node + 1]
            end = min(high, first + size)
            if end > at:
                span = self.spans[node]
                if at > low or end < high:
                    span = part_of(self.source, span, at - low, end - low)
                yield Place(shift + marks[at - first], shift + marks[end - first - 1] + 1, *span)
            at, node = max(at, end), node + 1


def _texts_of(source: str, passed_over: Mapping[str, re.Pattern[str]]) -> Iterator[Span]:
    """Yield the texts between the tags of a source, white space at their ends aside."""
    at = 0
    unclosed = set[str]()
    while at < len(source):
        tag = _TAG.search(source, at)
        end = tag.start() if tag else len(source)
        raw = source[at:end]
        core = raw.strip()
        if core:
            lead = len(raw) - len(raw.lstrip())
            yield Span(at + lead, at + lead + len(core))
        if tag is None:
            return
        at = tag.end()
        name = (tag[1] or "").lower()
        if name in passed_over and name not in unclosed and source[at - 2] != "/":
            closing = passed_over[name].search(source, at)
            if closing:
                at = closing.end()
            else:
                unclosed.add(name)


def part_of(source: str, span: Span, first: int, end: int) -> Span:
    """Return where some characters of a text in the source stand, counted without white space.

    >>> part_of("A &amp; B C", Span(0, 11), 1, 3)
    Span(start=2, end=9)
    """
    count, start, stop = 0, -1, span.end
    for sign in _SIGN.finditer(source, *span):
        size = len("".join(unescape(sign[0]).split())) if len(sign[0]) > 1 else 1
        if start < 0 and count + size > first:
            start = sign.start()
        count += size
        if count >= end:
            stop = sign.end()
            break
    return Span(max(start, span.start), stop)


class Located(NamedTuple):
    """Where the words of a page stand in its source.

    Attributes:
        places: of the base text, in its order.
        left_out: of each block that was left out; None where it cannot be found.

    """

    places: tuple[Place, ...]
    left_out: tuple[Span | None, ...]


def locate(document: Document) -> Located:
    """Return where the blocks of a page's document and those that were left out stand in its source."""
    if document.source is None:
        return Located((), ())
    found = _search(document, _Texts(document.source, _CLOSED))
    if found.places or not document.blocks:
        return found
    return _search(document, _Texts(document.source, _SCRIPTS))  # in elements that are passed over as a rule


def _search(document: Document, texts: _Texts) -> Located:
    places: list[Place] = []
    left: list[Span | None] = [None] * len(document.left_out)
    made = set(document.made)
    outs = [(out.at, 0, number) for number, out in enumerate(document.left_out)]
    kept = [(span.start, 1, number) for number, (_, span) in enumerate(document.blocks)]
    block, before = Span(-1, -1), 0
    for at, is_kept, number in sorted(outs + kept):
        if not is_kept:
            is_within = block.start < at <= block.end
            left[number] = texts.hull(document.left_out[number].text, before if is_within else None)
            continue
        block, before = document.blocks[number].span, texts.at
        if block not in made:
            places.extend(texts.places(document.text[slice(*block)], at))
    return Located(tuple(places), tuple(left))


def after_edits(document: Document, places: Sequence[Place], offsets: OffsetMap) -> Iterator[Place]:
    """Yield where the words of an edited text stand in the source; what edits put in stands nowhere."""
    source, text = document.source or "", document.text
    at = 0
    for start, _, raw_start, raw_end, is_exact in offsets.segments():
        while at < len(places) and places[at].end <= raw_start:
            at += 1
        now = at
        while is_exact and now < len(places) and places[now].start < raw_end:
            place = _between(source, text, places[now], Span(raw_start, raw_end))
            if place:
                move = start - raw_start
                yield Place(place.start + move, place.end + move, place.source_start, place.source_end)
            now += 1


def _between(source: str, text: str, place: Place, span: Span) -> Place | None:
    """Return the part of a place that lies in a span of the text."""
    start, end = max(place.start, span.start), min(place.end, span.end)
    words = text[start:end]
    if not words.strip():
        return None
    if (start, end) == (place.start, place.end):
        return place
    first = len("".join(text[place.start : start].split()))
    size = len("".join(words.split()))
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    where = part_of(source, Span(place.source_start, place.source_end), first, first + size)
    return Place(start, end, *where)
