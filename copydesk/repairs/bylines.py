"""Lines above a pasted article that name its writers, with the dates beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import pairwise

from copydesk.document import Span
from copydesk.proposals import FieldSpan, Proposal
from copydesk.repairs.datelines import is_date_line
from copydesk.repairs.head_lines import MAX_LENGTH, HeadLine, read_head_line
from copydesk.repairs.name_shapes import has_given_name, is_agency, is_medium
from copydesk.view import View

VERSION = 2

HEAD_LINES = 12
"""How far from the top such lines stand: below a title, a standfirst and the buttons of a page."""
PROSE = 120
"""A longer line is prose: a standfirst or the article itself."""
MAX_PROSE = 1
"""Lines of prose above them, at most: a standfirst."""
MAX_BLOCKS = 2
"""More of them near the top are a list of works and their makers."""
NAMED_WITHIN = 20_000
"""How far a name alone is looked for in the body: somebody whom the article is about is named soon."""


class _Part(Enum):
    """What a line near the top is."""

    BYLINE = auto()
    """It names writers, and says so."""
    NAME = auto()
    """A name and no more."""
    DATE = auto()
    BESIDE = auto()
    """What somebody is called, or a house: part of a byline only beside one."""


def is_byline(text: str) -> bool:
    """Tell whether a line names writers, or an article's house and date, and says so by more than a name alone.

    >>> [is_byline(line) for line in ("By Ida Holm", "Ida Holm | AFP | 3 March 2021", "By the sea", "Ida Holm")]
    [True, True, False, False]
    """
    return len(text) <= MAX_LENGTH and _part_of(text) is _Part.BYLINE


def _part_of(text: str) -> _Part | None:
    if len(text) > MAX_LENGTH:
        return None
    if is_date_line(text):
        return _Part.DATE
    head = read_head_line(text)
    if head is None or text[-1:] in "?!":
        return None
    if _says_so(head, text):
        return _Part.BYLINE
    if head.names and not head.houses and not head.callings:
        return _Part.NAME
    return _Part.BESIDE if head.callings or (head.houses and not head.names and head.time) else None


def _says_so(head: HeadLine, text: str) -> bool:
    """Tell whether a line is a byline by its own words."""
    if head.is_credited:
        return bool(head.names or head.houses)
    if head.time:
        return _is_signed(head, text)
    if head.names:
        is_known = any(is_agency(text[slice(*span)]) or is_medium(text[slice(*span)]) for span in head.houses)
        return bool(head.callings) or head.has_address or (is_known and has_given_name(text[slice(*head.names[0])]))
    return (
        bool(head.callings)
        and not head.houses
        and text.split(maxsplit=1)[0].lower() in ("from", "by", "von", "de", "our", "staff", "par")
    )


def _is_signed(head: HeadLine, text: str) -> bool:
    """Tell whether names or houses beside a time are those of makers: a heading may hold a date, too."""
    if head.callings:
        return True
    if not head.names:
        return any(is_agency(text[slice(*span)]) or is_medium(text[slice(*span)]) for span in head.houses)
    is_parted = any(mark in text for mark in ("|", "•", "·", "/", "—", " - ", " – ", ", "))
    return len(head.names) + len(head.houses) < 5 and (is_parted or has_given_name(text[slice(*head.names[0])]))


def find_bylines(view: View) -> Iterator[Proposal]:
    r"""Propose to take bylines at the top out of the body, each with the lines of names, callings and dates beside it.

    A line is one when it has a credit (by), or a name or house beside a date, or a name and what somebody is called. A
    name alone is one only beside a date line. Left alone: lines with any other word (By the sea), credits in the midst
    of a text, names alone, texts of one line.

    >>> [p.fields for p in find_bylines(View("A title\n\nBy Ada Lund and Per Dahl\n\nIt rained."))]
    [(FieldSpan(name='byline', span=Span(start=9, end=33)),)]
    """
    if not view.is_pasted or len(view.lines) < 2:
        return
    head = _head(view)
    if sum(part is _Part.BYLINE and before is not part for before, part in pairwise((None, *head))) > MAX_BLOCKS:
        return
    for block in _blocks(view, head):
        span = Span(view.lines[block[0]].text_start, view.lines[block[-1]].text_end)
        fields = tuple(field for i in block for field in _fields(view, i))
        yield Proposal(
            *span, "", "byline", "bylines.block", "byline; kept as a field", 0.9, None, fields, is_block=True
        )


def _head(view: View) -> Sequence[_Part | None]:
    """Return what the first lines are, down to where the article has begun."""
    found: list[_Part | None] = []
    prose = 0
    for i, line in enumerate(view.lines[:HEAD_LINES]):
        part = None if line.end - line.start > 2 * MAX_LENGTH else _part_of(view.of(i))
        prose += part is None and line.text_end - line.text_start > PROSE
        if prose > MAX_PROSE:
            break
        found.append(part)
    return found


def _blocks(view: View, head: Sequence[_Part | None]) -> Iterator[range]:
    """Yield runs of lines of names and dates in which at least one is a byline."""
    start = 0
    for stop in (*(i for i, part in enumerate(head) if part is None), len(head)):
        first, last = start, stop
        start = stop + 1
        parts = list(head[first:last])
        while len(parts) > 1 and (parts[0] is _Part.BESIDE or parts[:2] == [_Part.NAME, _Part.BYLINE]):
            first, parts = first + 1, parts[1:]
        while parts and parts[-1] is _Part.NAME and len(parts) > 1 and _Part.BYLINE in parts:
            last, parts = last - 1, parts[:-1]
        if parts and (_Part.BYLINE in parts or _is_named_and_dated(view, range(first, last), parts)):
            yield range(first, last)


def _is_named_and_dated(view: View, block: range, parts: Sequence[_Part | None]) -> bool:
    """Tell whether a block is a name alone with a date beside it, and the name no title."""
    if not 1 < len(parts) <= 4 or parts.count(_Part.NAME) != 1 or _Part.DATE not in parts:
        return len(parts) == 1 and parts[0] is _Part.NAME and _stands_alone(view, block[0])
    i = block[parts.index(_Part.NAME)]
    if any({a, b} == {_Part.NAME, _Part.DATE} for a, b in pairwise(parts)) or _Part.BESIDE in parts:
        return has_given_name(view.of(i)) or not _is_of_words(view, i)
    return False


def _is_of_words(view: View, line: int) -> bool:
    """Tell whether a word of a line stands in the text without its capital: a heading's, not a name's."""
    text = view.text[:NAMED_WITHIN]
    return any(f" {word.lower()}" in text for word in view.of(line).split() if len(word) > 2)


def _stands_alone(view: View, line: int) -> bool:
    """Tell whether a name without a date is a byline: right below a title, and of nobody whom the article names."""
    if line != 1 or line + 1 >= len(view.lines) or not view.is_gap(line) or not view.is_gap(line + 1):
        return False
    name = view.of(line)
    following = view.lines[line + 1]
    is_prose = following.end - following.start > MAX_LENGTH / 2
    rest = view.text[following.start : following.start + NAMED_WITHIN]
    return is_prose and has_given_name(name) and name.split()[-1] not in rest and len(view.of(0)) <= MAX_LENGTH


def _fields(view: View, line: int) -> Iterator[FieldSpan]:
    """Yield the fields of one line of a block: its names, and its times when it has any."""
    span = view.lines[line].span
    text = view.of(line)
    head = None if is_date_line(text) else read_head_line(text)
    if head is None:
        yield FieldSpan("dateline", span)
    elif head.time is None:
        yield FieldSpan("byline", span)
    else:
        before, behind = text[: head.time.start].rstrip(" \t-–—|,/•·:("), text[head.time.end :].lstrip(" \t-–—|,/•·:)")
        is_before = len(before) >= len(behind)
        start = span.start if is_before else span.end - len(behind)
        byline = FieldSpan("byline", Span(start, start + len(before if is_before else behind)))
        dateline = FieldSpan("dateline", Span(span.start + head.time.start, span.start + head.time.end))
        yield from (byline, dateline) if is_before else (dateline, byline)
