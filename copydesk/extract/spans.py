"""A set of spans, for asking what lies in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from copydesk.document import Span


class Spans:
    """Spans in text order; those that share characters count as one.

    >>> spans = Spans([Span(4, 9), Span(0, 2), Span(5, 6)])
    >>> spans.overlap(Span(8, 12)), spans.overlap(Span(2, 4)), spans.hold(Span(5, 8)), spans.hold(Span(8, 10))
    (True, False, True, False)
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        """Take spans in any order."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def overlap(self, span: Span) -> bool:
        """Tell whether any of them shares a character with a span."""
        return self.touch(span.start, span.end)

    def touch(self, start: int, end: int) -> bool:
        """Tell whether any of them shares a character with the span from ``start`` to ``end``."""
        index = bisect_left(self._starts, end)
        return index > 0 and self._ends[index - 1] > start

    def hold(self, span: Span) -> bool:
        """Tell whether a span lies wholly within them."""
        index = bisect_right(self._starts, span.start) - 1
        return index >= 0 and self._ends[index] >= span.end
