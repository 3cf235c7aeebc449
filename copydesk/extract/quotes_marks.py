"""Pairs of quotation marks. Apostrophes, feet and minutes are no quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copydesk.document import Span

PARAGRAPH = re.compile(r"\n\s*\n")
_DOUBLE = re.compile(r"[“”„«»\"]|''|``")
_SINGLE_OPEN = re.compile(r"[‘'‹](?:(?<![\w’'.].)(?<=[‘'])\b|(?<![\w’'].)(?<=‹)(?=\S))")
"""The mark comes first and what stands before it is looked at then: so the search leaps from mark to mark."""
_SINGLE_CLOSE = re.compile(r"(?<=[^\s(\[—–])[’'](?![\w’'])|›")
_CLIPPED = re.compile(r"['‘’](?:\d\ds?\b|(?:tis|twas|em|til|cause|bout|round|n)\b)", re.IGNORECASE)
_CLOSING = {"“": '”"', "„": "“”", "«": "»", '"': '"”', "''": "''", "``": "''"}
_MAX_SINGLE = 400


class Quoted(NamedTuple):
    """Words between quotation marks, the marks included; ``is_single`` for single marks."""

    start: int
    end: int
    is_single: bool

    @property
    def span(self) -> Span:
        """The whole, with its marks."""
        return Span(self.start, self.end)


def paragraphs(text: str) -> Iterator[Span]:
    """Yield what stands between blank lines."""
    start = 0
    for gap in PARAGRAPH.finditer(text):
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if start < len(text):
        yield Span(start, len(text))


def find_quoted(text: str) -> list[Quoted]:
    """Return the quoted pieces of a text, outermost only, in text order.

    A quotation that runs over paragraphs opens each of them anew and closes once: it is one piece. A mark that finds no
    partner in its paragraph is left alone.

    >>> text = "He won’t say ‘never’, she said: “It’s the boss’s call.”"
    >>> [text[q.start:q.end] for q in find_quoted(text)]
    ['‘never’', '“It’s the boss’s call.”']
    """
    found: list[Quoted] = []
    running: int | None = None
    for paragraph in paragraphs(text):
        if running is not None and not text.startswith(_mark_at(text, running), paragraph.start):
            running = None
        doubles, running = _doubles_in(text, paragraph, running)
        found += _outermost(doubles, list(_singles_in(text, paragraph)))
    return found


def _outermost(doubles: Sequence[Quoted], singles: Sequence[Quoted]) -> Iterator[Quoted]:
    """Yield the pieces that lie in no other; a single pair that crosses a double one goes."""
    starts = [d.start for d in doubles]
    ends = [d.end for d in doubles]

    def crosses(single: Quoted) -> bool:
        held = bisect_right(ends, single.start)  # the first double pair that ends after the single one starts
        last = bisect_left(starts, single.end) - 1
        return held <= last and (starts[held] < single.start or ends[last] > single.end)

    reached = -1
    for piece in sorted([*doubles, *(s for s in singles if not crosses(s))]):
        if piece.start >= reached:
            yield piece
            reached = piece.end


def _mark_at(text: str, start: int) -> str:
    """Return the mark that opens at a position: a paragraph that goes on with what it opened begins with it too."""
    return text[start : start + 2] if text.startswith(("''", "``"), start) else text[start]


def _doubles_in(text: str, paragraph: Span, running: int | None) -> tuple[list[Quoted], int | None]:
    """Return the pieces in double marks of a paragraph, and where a piece that stays open started."""
    found: list[Quoted] = []
    start, closing, began = running, "”\"»''" if running is not None else "", running
    for mark in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        if began is not None and mark.start() == paragraph.start and running is not None:
            closing = _CLOSING.get(mark.group(), closing)  # a running quotation opens anew
        elif start is not None and mark.group() in closing:
            found.append(Quoted(start, mark.end(), is_single=False))
            start = None
        elif start is None and mark.group() in _CLOSING and _may_open(text, mark):
            start, closing = mark.start(), _CLOSING[mark.group()]
    return found, start


def _may_open(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a mark may open: not after a letter or a figure (inches), and before something."""
    if mark.group() in "“„«" or mark.group() == "``":
        return True
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    return not before.isalnum() and not after.isspace()


def _singles_in(text: str, paragraph: Span) -> Iterator[Quoted]:
    """Yield the pieces in single marks; the closing mark is the first that is not the apostrophe of a plural."""
    at = paragraph.start
    while opening := _SINGLE_OPEN.search(text, at, paragraph.end):
        at = opening.end()
        if _CLIPPED.match(text, opening.start()):
            continue
        closing = _closing(text, opening.end(), min(paragraph.end, opening.end() + _MAX_SINGLE))
        if closing is not None:
            yield Quoted(opening.start(), closing, is_single=True)
            at = closing


def _closing(text: str, start: int, end: int) -> int | None:
    possible = list(_SINGLE_CLOSE.finditer(text, start, end))
    for index, mark in enumerate(possible):
        genitive = text[mark.start() - 1] == "s" and re.match(r" \w", text[mark.end() : mark.end() + 2])
        reopened = (
            _SINGLE_OPEN.search(text, mark.end(), possible[index + 1].start()) if index + 1 < len(possible) else True
        )
        if not (genitive and not reopened):
            return mark.end()
    return None
