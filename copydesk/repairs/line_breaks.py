"""Line breaks of a text that may be wrapped, and the width at which it is.

A wrapped line is as full as it can be: the next word would not have fitted. So each break tells how many columns wide
the text may be at least and at most, and the width is where most breaks agree. Verses, lists and addresses agree on
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copydesk.repairs.hyphens import HYPHENS
from copydesk.repairs.sentences import WIDE, Ending, ending, goes_on
from copydesk.view import View

MAX_WIDTH = 110
"""Columns. Longer lines are paragraphs."""
MIN_WIDTH = 30
"""Narrower text is set so on purpose, or a pull quote."""

SLACK = 16
"""One column in so many may be off."""

_RULED = re.compile(r"\|.*\||[^\s.!?\"”’]\t[^\t]*\S\t|[^\s.!?\"”’](?:\t| {3,})(?=[\d$€£+-]|[^a-z]*$)|\S {3,}\S+ {3,}\S")
"""Columns of a table; one gap in a sentence is none."""
_QUOTING = re.compile(r"(?:>[ \t]?)+")
_DASH = re.compile(r"[-–—*•·▪‣][ \t]+\S")
_BULLET = re.compile(r"[*•·▪‣●◦○■□➢➤✓→][ \t\u00a0]*\S")
_NUMBER = re.compile(r"(?:\(?\d{1,3}[.)]|\(?[a-zA-Z][)])[ \t]+\S")
_BEHIND_LETTER = frozenset((".", ")"))
_WIDE_MARKS = frozenset("。，、！？：；」』）")
FIRST_WIDE = "\u1100"
_DOUBLE = re.compile("[\u201c\u2018]?[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
"""The beginning of a line of letters that are two columns wide: Korean, Chinese, Japanese."""


class Break(NamedTuple):
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
        """Return by how many columns a text of a width is wrapped elsewhere; 0 or less: it is wrapped here."""
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
        if (
            start >= line.text_end
            or last >= before.text_end
            or _parts(text, last, before.text_end, start, line.text_end)
        ):
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
    columns = 2 if text[before[0]] >= FIRST_WIDE and _DOUBLE.match(text, before[0]) else 1
    length = columns * (end - before[0])
    is_hyphen = length > 1 and text[end - 1] in HYPHENS and text[end - 2].isalpha()
    lower = goes_on(text, start)
    first = text[start]
    return Break(
        start=end,
        end=start,
        length=length,
        reach=length + 1 + columns * _first_length(text, start, after[1]),
        indent=indent,
        has_blank=has_blank,
        is_open=ending(text, before[0], end) is not Ending.STOP,
        goes_on=lower,
        has_case=lower or first.isupper() or first.isdigit(),
        is_hyphen=is_hyphen and (lower or first.isupper()),
    )


def _first_length(text: str, start: int, end: int) -> int:
    if text[start] >= FIRST_WIDE and WIDE.match(text, start):
        return 1
    space = text.find(" ", start, end)
    return min(MAX_WIDTH, (space if space >= 0 else end) - start)


def _parts(text: str, last: int, before: int, start: int, end: int) -> bool:
    """Tell whether the break before a line is one that a writer made: an item, a row of a table, a rule."""
    line = text[start:end] if end - start <= MAX_WIDTH else text[start : start + MAX_WIDTH]
    if ("|" in line or "\t" in line or "   " in line) and _RULED.search(line):
        return True
    if line[0].isalpha() and line[1:2] not in _BEHIND_LETTER:
        return False
    if _BULLET.match(line) or (line[0] not in _WIDE_MARKS and not any(map(str.isalnum, line))):
        return True
    if not (_DASH.match(line) or _NUMBER.match(line)):
        return False
    is_cut = ending(text, last, before) is Ending.OPEN and not _DASH.match(text, last, before)
    return not (is_cut and before - last >= MIN_WIDTH and not _NUMBER.match(text, last, before))


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
