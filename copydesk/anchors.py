"""Finding a place again in a text that has changed: the selectors of the W3C Web Annotation Data Model (2017)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from copydesk.document import Span

CONTEXT = 32
"""Characters of prefix and suffix; the data model names no number, this is what annotation clients commonly keep."""


class TextPositionSelector(NamedTuple):
    """A place by its position."""

    start: int
    end: int

    def to_json(self) -> dict[str, object]:
        """Return the selector as JSON-LD."""
        return {"type": "TextPositionSelector", "start": self.start, "end": self.end}


class TextQuoteSelector(NamedTuple):
    """A place by its words and what stands before and after them."""

    exact: str
    prefix: str
    suffix: str

    @classmethod
    def of(cls, text: str, span: Span) -> TextQuoteSelector:
        """Return the selector of a span of a text."""
        before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
        return cls(text[span.start : span.end], before, after)

    def to_json(self) -> dict[str, object]:
        """Return the selector as JSON-LD."""
        return {"type": "TextQuoteSelector", "exact": self.exact, "prefix": self.prefix, "suffix": self.suffix}

    def find(self, text: str) -> list[Span]:
        """Return the places that fit best: those with the most of the prefix and the suffix around the exact words.

        More than one place means that the words alone do not tell which is meant. Where there are no words (something
        was put in), the prefix and the suffix have to stand as they did.

        >>> TextQuoteSelector("two", "one ", " three").find("two, one two three")
        [Span(start=9, end=12)]
        """
        if not self.exact:
            return [Span(at, at) for at in self._seams(text)]
        places, best = list[Span](), -1
        start = text.find(self.exact)
        while start >= 0:
            span = Span(start, start + len(self.exact))
            score = self._agreement(text, span)
            if score >= best:
                places = [span] if score > best else [*places, span]
                best = score
            start = text.find(self.exact, start + 1)
        return places

    def _seams(self, text: str) -> Iterator[int]:
        """Yield where the prefix ends and the suffix begins; a short one stands at that end of the text."""
        context, at = self.prefix + self.suffix, -1
        while context and (at := text.find(context, at + 1)) >= 0:
            place = at + len(self.prefix)
            if (len(self.prefix) == CONTEXT or at == 0) and (len(self.suffix) == CONTEXT or text.endswith(context)):
                yield place

    def _agreement(self, text: str, span: Span) -> int:
        before, after = (
            text[max(0, span.start - len(self.prefix)) : span.start],
            text[span.end : span.end + len(self.suffix)],
        )
        return _common(before[::-1], self.prefix[::-1]) + _common(after, self.suffix)


def _common(one: str, other: str) -> int:
    """Return the length of the common beginning."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
