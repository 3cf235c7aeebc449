"""Which neighbouring lines are one insert: a head with its headlines, a box, a notice with its buttons, a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from copydesk.repairs.bylines import is_byline
from copydesk.repairs.captions import is_credit
from copydesk.repairs.datelines import is_date_line
from copydesk.repairs.insert_lines import (
    BULLET,
    MAX_LENGTH,
    SHORT,
    Reading,
    Short,
    button_kinds,
    cores_of,
    is_headline,
    is_link,
    is_lone_head,
    is_of_kind,
    is_tag,
    is_telling_button,
    is_worth_reading,
    read_line,
    short_of,
)
from copydesk.repairs.insert_words import Tokens
from copydesk.view import View

MAX_HEADLINES = 6
"""Lines below the head of a list of links that are taken with it."""
MAX_TAGS = 3
"""Lines below the head of a newsletter's box."""
MAX_BUTTON = 6
"""Words of a button or a field's label."""
MAX_BOX = 6
"""Lines of a box."""
BUTTON_KINDS = ("comments", "share_row", "cookie", "newsletter", "paywall")
_CONSENTS = ("by", "mit", "en", "al", "ao", "door")
"""First words of what one agrees to: it belongs to the box above it."""


_DIALOGUE = re.compile(r"[^\W\d]{1,2}:")


class Insert(NamedTuple):
    """Neighbouring lines [first, last] of the view that are one insert."""

    first: int
    last: int
    kind: str
    rule: str
    confidence: float


class Page(NamedTuple):
    """The short lines of a view by their index, what they are taken for, counts of doubtful ones, rows of buttons."""

    view: View
    shorts: Mapping[int, Short]
    readings: Mapping[int, Reading]
    counts: Mapping[Tokens, int]
    rows: Mapping[int, Insert]


def find_lines(view: View) -> list[Insert]:
    """Return the inserts of a view in text order, disjoint."""
    page = _read_page(view)
    found: list[Insert] = []
    for i in page.shorts:
        if not found or i > found[-1].last:
            insert = _insert_at(page, i)
            if insert:
                found.append(insert)
    return _with_boxes(page, [insert for insert in found if insert.confidence > 0])


def _with_boxes(page: Page, found: Sequence[Insert]) -> list[Insert]:
    """Return the inserts; one in a paragraph of a few short lines takes the whole of it if it is a box."""
    grown: list[Insert] = []
    told = {n for each in found for n in range(each.first, each.last + 1)}
    for insert in found:
        if grown and insert.first <= grown[-1].last:
            continue
        first, last = insert.first, insert.last
        while first > insert.first - MAX_BOX and first > 0 and not page.view.is_gap(first):
            first -= 1
        while last < insert.last + MAX_BOX and last + 1 < len(page.view.lines) and not page.view.is_gap(last + 1):
            last += 1
        is_grown = insert.confidence >= 0.5 and 0 < last - first < MAX_BOX and (first, last) != insert[:2]
        if is_grown and (not grown or grown[-1].last < first) and _is_box(page, insert, first, last, told):
            insert = Insert(first, last, insert.kind, "inserts.box", 0.8)  # noqa: PLW2901
        grown.append(insert)
    return grown


def _is_box(page: Page, insert: Insert, first: int, last: int, told: Collection[int]) -> bool:
    """Tell whether the other lines of a paragraph go with an insert: buttons, its own words, a title."""
    if insert.kind in ("read_more", "ad_marker"):
        return False
    titles = 0
    for n in range(first, last + 1):
        line = None if n in told else _line(page, n)
        if n in told or (line and button_kinds(line)):
            continue
        if line is None or len(line.text) > SHORT or BULLET.match(line.text):
            return False
        if not is_of_kind(line, insert.kind):
            titles += 1
            if len(line.words) > MAX_BUTTON or line.text[-1] in ".,;:" or line.text[0].islower():
                return False
    return titles <= 1


def _read_page(view: View) -> Page:
    lines, text = view.lines, view.text
    shorts = {
        i: short_of(words)
        for i, (_, _, start, end) in enumerate(lines)
        if end - start <= MAX_LENGTH and is_worth_reading(words := text[start:end])
    }
    readings = {i: reading for i, line in shorts.items() if (reading := read_line(line))}
    counts = Counter(shorts[i].words for i, reading in readings.items() if reading.is_doubtful)
    return Page(view, shorts, readings, counts, _rows(shorts))


def _insert_at(page: Page, i: int) -> Insert | None:
    if i in page.rows:
        return page.rows[i]
    reading = page.readings.get(i)
    if reading is None or _is_real_heading(page, i):
        return None
    if reading.kind == "read_more":
        return _links_from(page, i, reading)
    last, text = i, page.shorts[i].text
    if reading.kind == "share_row" and (is_date_line(text) or is_byline(text)):
        return None
    if reading.kind == "newsletter":
        last = _box_end(page, i)
    elif reading.kind == "cookie":
        last = _notice_end(page, i)
    return Insert(i, last, reading.kind, f"inserts.{reading.kind}", reading.confidence)


def _rows(shorts: Mapping[int, Short]) -> dict[int, Insert]:
    """Return the rows of buttons by their first line: two or more of one kind, not all of which stand anywhere."""
    found: dict[int, Insert] = {}
    buttons = {
        i: kinds for i, line in shorts.items() if len(line.words) <= MAX_BUTTON and (kinds := button_kinds(line))
    }
    if len(buttons) < 2:
        return found
    for kind in BUTTON_KINDS:
        run: list[int] = []
        for i in [*(n for n, kinds in buttons.items() if kind in kinds), -1]:
            if run and i != run[-1] + 1:
                if len(run) > 1 and _is_row([shorts[n] for n in run], kind):
                    row = Insert(run[0], run[-1], kind, f"inserts.{kind}_buttons", 0.9)
                    found[row.first] = max(row, found.get(row.first, row), key=lambda r: r.last)
                run = []
            run.append(i)
    return found


def _is_row(lines: Sequence[Short], kind: str) -> bool:
    telling = {line.words for line in lines if is_telling_button(line, kind)}
    return bool(telling) and len({line.words for line in lines}) > 1


def _is_real_heading(page: Page, i: int) -> bool:
    """Tell whether a doubtful line is the heading of what follows: alone, above prose, perhaps on its own subject."""
    reading, line = page.readings[i], page.shorts[i]
    if not reading.is_doubtful or i - 1 in page.readings or i + 1 in page.readings:
        return False
    if reading.part == "head":
        return not line.is_upper or not _headlines_below(page, i)
    behind = [n for n in range(i + 1, min(i + 3, len(page.view.lines))) if n not in page.readings]
    if not behind or (line.is_upper and len(line.words) == 1):
        return False
    if reading.kind != "ad_marker":
        return True
    if page.counts[line.words] > 1:
        return False
    near = page.view.of(behind[0])[:SHORT].casefold()
    return any(core[:6] in near for core in cores_of(line.words, reading.kind))


def _headlines_below(page: Page, i: int) -> int:
    """Return how many headlines stand below a head: all of one form, as items or as paragraphs of a line each."""
    count, form = 0, (False, False)
    for n in range(i + 1, i + 1 + MAX_HEADLINES):
        if n not in page.shorts or (n in page.readings and page.readings[n].part != "line"):
            break
        text = page.shorts[n].text
        item = BULLET.match(text)
        found = bool(item), not item and _is_paragraph(page, n)
        if (count and found != form) or _DIALOGUE.match(text) or not is_headline(text[item.end() if item else 0 :]):
            break
        if item and n > i + 2 and page.view.is_gap(n) != page.view.is_gap(i + 2):
            break
        form, count = found, count + 1
    return count


def _is_paragraph(page: Page, n: int) -> bool:
    return page.view.is_gap(n) and (n + 1 == len(page.view.lines) or page.view.is_gap(n + 1))


def _links_from(page: Page, i: int, reading: Reading) -> Insert | None:
    if reading.part == "labelled":
        text = page.shorts[i].text
        if is_date_line(text) or is_byline(text) or is_credit(text):
            return None
        confidence = 0.0 if _is_series(page, i) else reading.confidence
        return Insert(i, i, "read_more", "inserts.labelled_link", confidence)
    count = 0 if is_link(page.shorts[i]) else _headlines_below(page, i)
    is_alone = i + 1 < len(page.view.lines) and i - 1 not in page.readings and i + 1 not in page.readings
    if not count and is_alone and (reading.is_doubtful or reading.part == "head") and not is_lone_head(page.shorts[i]):
        return None
    return Insert(i, i + count, "read_more", "inserts.list_of_links", reading.confidence)


def _is_series(page: Page, i: int) -> bool:
    """Tell whether a line with an arrow is one of several in a paragraph: a list of the writer's own."""
    mark = page.view.of(i)[0]
    if mark.isalnum() or mark == ">":
        return False
    return any(
        n in page.readings and not page.view.is_gap(max(n, i)) and page.view.of(n)[0] == mark for n in (i - 1, i + 1)
    )


def _box_end(page: Page, i: int) -> int:
    last = i
    while last - i < MAX_TAGS and (below := _line(page, last + 1)):
        reading = page.readings.get(last + 1)
        if reading and (reading.kind != "newsletter" or (reading.is_call and below.words[0] not in _CONSENTS)):
            break
        if last + 1 in page.rows or not is_tag(below):
            break
        last += 1
    return last


def _line(page: Page, i: int) -> Short | None:
    """Return a short line, also one that was not worth reading by itself."""
    if i in page.shorts or i >= len(page.view.lines):
        return page.shorts.get(i)
    text = page.view.of(i)
    return short_of(text) if len(text) <= SHORT else None


def _notice_end(page: Page, i: int) -> int:
    last = i
    while below := page.shorts.get(last + 1):
        reading = page.readings.get(last + 1)
        if not (reading and reading.kind == "cookie") and "cookie" not in button_kinds(below):
            break
        last += 1
    return last
