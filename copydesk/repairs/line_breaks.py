"""Line breaks of a text that may be wrapped, and the width at which it is.

A wrapped line is as full as it can be: the next word would not have fitted. So each break tells from how many to how
many columns the text may be wide, and the width is where most breaks agree. Verses, lists and addresses agree on none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from copydesk.repairs.hyphens import HYPHENS
from copydesk.repairs.sentences import WIDE, Ending, ending, goes_on
from copydesk.view import View

MAX_WIDTH = 110
"""Columns. Longer lines are paragraphs."""
MIN_WIDTH = 30
"""Narrower text is set so on purpose, or a pull quote."""

SLACK = 16
"""One column in so many may be off."""

_QUOTING = re.compile(r"(?:>[ \t]?)+")
_DASH = re.compile(r"[-–—*•·▪‣][ \t]+\S")
_BULLET = re.compile(r"[*•·▪‣●◦○■□➢➤✓→][ \t\u00a0]*\S")
_NUMBER = re.compile(r"(?:\(?\d{1,3}[.)]|\(?[a-zA-Z][)])[ \t]+\S")
_RULED = re.compile(
    r"\|.*\||[^\s.!?\"”’]\t[^\t\n]*\S\t|[^\s.!?\"”’](?:\t| {3,})(?=[\d$€£+-]|[^a-z\n]*$)|\S {3,}\S+ {3,}\S"
)
"""Columns of a table; a gap in a sentence is none."""


@dataclass(frozen=True, slots=True)
class Break:
    """The line feed between two lines that follow one another.

    ``length`` and ``reach`` are columns: of the line before, and of that line with the first word of the next.
    ``indent`` is the width of the white space (or mail quoting) before the next line, ``has_blank`` tells of a blank
    before the line feed.
    """

    start: int
    end: int
    length: int
    reach: int
    indent: int
    has_blank: bool
    is_open: bool
    goes_on: bool
    has_case: bool
    is_hyphen: bool

    def misses(self, width: int) -> int:
        """Return by how many columns a text of a width is wrapped elsewhere; 0 or less when it is wrapped here."""
        return max(self.length - width, width - self.reach + 1)

    def fits(self, width: int) -> bool:
        """Tell whether a text of about a width is wrapped here: it may have changed by some columns since."""
        return self.misses(width) <= width // SLACK


def find_runs(view: View) -> Iterator[list[Break]]:
    """Yield the breaks of each run of short lines with no blank line, item or table row between them."""
    lines, text = view.lines, view.text
    run: list[Break] = []
    last = _core(view, 0)[0] if lines else 0
    for i in range(1, len(lines)):
        before, line = lines[i - 1], lines[i]
        is_next = line.start <= before.end + 1
        if not is_next or before.text_end - last > MAX_WIDTH:
            if run:
                yield run
                run = []
            last = _core(view, i)[0] if is_next or text[line.text_start] == ">" else line.text_start
            continue
        start, indent = _core(view, i)
        if start >= line.text_end or _parts(text, last, before.text_end, start, line.text_end):
            if run:
                yield run
                run = []
        else:
            run.append(
                _break(text, (last, before.text_end), (start, line.text_end), indent, before.text_end < before.end)
            )
        last = start
    if run:
        yield run


def _core(view: View, i: int) -> tuple[int, int]:
    """Return where the words of a line begin, behind indent and marks of quoted mail, and how wide these are."""
    line = view.lines[i]
    start = line.text_start
    if view.text[start] == ">":
        match = _QUOTING.match(view.text, start, line.text_end)
        start = match.end() if match else start
    return start, start - line.start


def _break(text: str, before: tuple[int, int], after: tuple[int, int], indent: int, has_blank: bool) -> Break:  # noqa: FBT001
    end, start = before[1], after[0]
    length = end - before[0]
    is_hyphen = length > 1 and text[end - 1] in HYPHENS and text[end - 2].isalpha()
    lower = goes_on(text, start)
    first = text[start]
    return Break(
        start=end,
        end=start,
        length=length,
        reach=length + 1 + _first_length(text, start, after[1]),
        indent=indent,
        has_blank=has_blank,
        is_open=ending(text, before[0], end) is not Ending.STOP,
        goes_on=lower,
        has_case=lower or first.isupper() or not first.isalpha(),
        is_hyphen=is_hyphen and (lower or first.isupper()),
    )


def _first_length(text: str, start: int, end: int) -> int:
    if WIDE.match(text, start):
        return 1
    space = text.find(" ", start, min(end, start + MAX_WIDTH))
    return (space if space >= 0 else min(end, start + MAX_WIDTH)) - start


def _parts(text: str, last: int, before: int, start: int, end: int) -> bool:
    """Tell whether the break before a line is one that a writer made: an item, a row of a table, a rule."""
    if not text[start].isalnum() and not any(c.isalnum() for c in text[start : min(end, start + MAX_WIDTH)]):
        return True
    if _BULLET.match(text, start, end):
        return True
    is_item = _DASH.match(text, start, end) or _NUMBER.match(text, start, end)
    if is_item:
        is_cut = ending(text, last, before) is Ending.OPEN and not _DASH.match(text, last, before)
        return not (is_cut and before - last >= MIN_WIDTH and not _NUMBER.match(text, last, before))
    return bool(_RULED.search(text, start, min(end, start + MAX_WIDTH)))


def width_of(breaks: Sequence[Break]) -> int:
    """Return the width on which most breaks agree, 0 when there are none; mid-sentence breaks count twice."""
    change = [0] * (2 * MAX_WIDTH + 3)
    for item in breaks:
        weight = 1 + item.is_open
        change[min(item.length, MAX_WIDTH)] += weight
        change[min(item.reach, MAX_WIDTH + 1)] -= weight
    best = total = width = 0
    for column in range(MIN_WIDTH, MAX_WIDTH + 1):
        total = sum(change[: column + 1]) if column == MIN_WIDTH else total + change[column]
        if total > best:
            best, width = total, column
    return width
