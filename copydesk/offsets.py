"""Where each character of an edited text stands in the text that was received."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from copydesk.document import Span


class Segment(NamedTuple):
    """A piece of the clean text with its place in the base text.

    An exact segment holds the same characters on both sides; of any other (a replacement), every character stands for
    the whole raw span.
    """

    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int
    is_exact: bool


class OffsetMap:
    """A monotone map between a clean text and its base text, both ways, by binary search.

    >>> offsets = OffsetMap([Segment(0, 3, 0, 3, True), Segment(3, 4, 3, 5, False), Segment(4, 6, 5, 7, True)])
    >>> offsets.raw_span(Span(1, 3)), offsets.raw_span(Span(2, 4))
    ((Span(start=1, end=3), True), (Span(start=2, end=5), False))
    >>> offsets.clean_span(Span(3, 4))
    (Span(start=3, end=4), False)
    """

    __slots__ = ("_clean", "_exact", "_raw_ends", "_raw_starts", "length")

    def __init__(self, segments: Iterable[Segment]) -> None:
        """Take adjoining segments in text order; adjoining exact ones are merged."""
        self._clean, self._raw_starts, self._raw_ends = array("q"), array("q"), array("q")
        self._exact = bytearray()
        self.length = 0
        for clean_start, clean_end, raw_start, raw_end, is_exact in segments:
            self.length = clean_end
            if is_exact and self._exact and self._exact[-1] and self._raw_ends[-1] == raw_start:
                self._raw_ends[-1] = raw_end
                continue
            self._clean.append(clean_start)
            self._raw_starts.append(raw_start)
            self._raw_ends.append(raw_end)
            self._exact.append(is_exact)
        self._widen()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, OffsetMap):
            return NotImplemented
        return self.length == other.length and list(self.segments()) == list(other.segments())

    def __hash__(self) -> int:
        return hash((self.length, len(self._clean)))

    def _widen(self) -> None:
        """Make the map monotone where a replacement shows within what another, switched on later, replaced."""
        starts, ends, exact = self._raw_starts, self._raw_ends, self._exact
        for i in range(len(starts) - 2, -1, -1):
            if not exact[i] and starts[i] > starts[i + 1]:
                starts[i] = starts[i + 1]
        for i in range(1, len(ends)):
            if not exact[i] and ends[i] < ends[i - 1]:
                ends[i] = ends[i - 1]

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """Return the map of an unchanged text."""
        return cls([Segment(0, length, 0, length, is_exact=True)] if length else [])

    def segments(self) -> Iterator[Segment]:
        """Yield the segments in text order."""
        for index in range(len(self._clean)):
            yield self._segment(index)

    def _segment(self, index: int) -> Segment:
        end = self._clean[index + 1] if index + 1 < len(self._clean) else self.length
        exact = bool(self._exact[index])
        return Segment(self._clean[index], end, self._raw_starts[index], self._raw_ends[index], exact)

    def raw_span(self, span: Span) -> tuple[Span, bool]:
        """Return the hull of a clean span in the base text, and whether it holds the same characters.

        Raises:
            ValueError: the span is not in the clean text.

        """
        if not 0 <= span.start <= span.end <= self.length:
            message = f"{tuple(span)} is not in a text of {self.length} characters"
            raise ValueError(message)
        if not self._clean:
            return Span(0, 0), True
        if span.start == span.end:
            return self._raw_point(span.start)
        first = bisect_right(self._clean, span.start) - 1
        last = bisect_left(self._clean, span.end) - 1
        start = self._raw_starts[first] + (span.start - self._clean[first] if self._exact[first] else 0)
        end = self._raw_ends[last]
        if self._exact[last]:
            end = self._raw_starts[last] + span.end - self._clean[last]
        exact = end - start == span.end - span.start and all(self._exact[first : last + 1])
        return Span(start, end), exact

    def _raw_point(self, position: int) -> tuple[Span, bool]:
        index = max(0, bisect_left(self._clean, position) - 1)  # the segment that ends at or holds the position
        segment = self._segment(index)
        if segment.is_exact:
            raw = segment.raw_start + position - segment.clean_start
            return Span(raw, raw), True
        if segment.clean_start < position < segment.clean_end:
            return Span(segment.raw_start, segment.raw_end), False
        raw = segment.raw_end if position >= segment.clean_end else segment.raw_start
        return Span(raw, raw), True

    def clean_span(self, span: Span) -> tuple[Span, bool]:
        """Return the hull of what is left of a raw span in the clean text, and whether it holds the same characters."""
        first = bisect_right(self._raw_ends, span.start)
        last = bisect_left(self._raw_starts, span.end) - 1
        if first > last:
            point = self._clean[first] if first < len(self._clean) else self.length
            return Span(point, point), False
        head, tail = self._segment(first), self._segment(last)
        start, end = head.clean_start, tail.clean_end
        if head.is_exact:
            start += max(0, span.start - head.raw_start)
        if tail.is_exact:
            end -= max(0, tail.raw_end - span.end)
        exact = end - start == span.end - span.start and all(self._exact[first : last + 1])
        return Span(start, end), exact

    def part(self, span: Span) -> OffsetMap:
        """Return the map of a piece of the clean text, counted from the piece's start."""
        found = []
        first = max(0, bisect_right(self._clean, span.start) - 1)
        for index in range(first, len(self._clean)):
            segment = self._segment(index)
            start, end = max(segment.clean_start, span.start), min(segment.clean_end, span.end)
            if start >= end:
                break
            raw_start, raw_end = segment.raw_start, segment.raw_end
            if segment.is_exact:
                raw_start, raw_end = (
                    raw_start + start - segment.clean_start,
                    raw_start + end - segment.clean_start,
                )
            found.append(Segment(start - span.start, end - span.start, raw_start, raw_end, segment.is_exact))
        return OffsetMap(found)
