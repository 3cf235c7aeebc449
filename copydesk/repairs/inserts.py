"""Lines that belong to the page and not to the article: ads, links to other stories, share rows, boxes and notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from copydesk.document import Span
from copydesk.proposals import Proposal
from copydesk.repairs.insert_lines import (
    BULLET,
    SHORT,
    Reading,
    Short,
    cores_of,
    is_button,
    is_button_of_any,
    is_headline,
    is_tag,
    is_telling_button,
    is_worth_reading,
    read_line,
    short_of,
)
from copydesk.view import View

VERSION = 1

MAX_HEADLINES = 6
"""Lines below the head of a list of links that are taken with it."""
MAX_TAGS = 3
"""Lines below the head of a newsletter's box."""
BUTTON_KINDS = ("comments", "share_row", "cookie", "newsletter", "paywall")
REASONS: Mapping[str, str] = {
    "ad_marker": "marks an advertisement",
    "read_more": "leads to other stories",
    "share_row": "buttons or counts for sharing",
    "newsletter": "asks to sign up",
    "cookie": "a notice on cookies, consent or the browser",
    "comments": "leads to the readers' comments",
    "paywall": "asks to subscribe or log in",
}


class Insert(NamedTuple):
    """Neighbouring lines [first, last] of the view that are one insert."""

    first: int
    last: int
    kind: str
    rule: str
    confidence: float


def find_inserts(view: View) -> Iterator[Proposal]:
    r"""Propose to take out lines that belong to the page: whole short lines only.

    Left alone: prose about ads, cookies, newsletters, comments; items of lists; headings such as Comments or Cookies
    above a section; words that are buttons elsewhere (Print, Save) when they stand alone.

    >>> text = "Rents rose in Oslo.\n\nRead more: Why rents rise\n\nThe newsletter's editor resigned.\n\nShare\n\nPrint"
    >>> [(p.kind, text[p.start : p.end]) for p in find_inserts(View(text))]
    [('read_more', 'Read more: Why rents rise'), ('share_row', 'Share\n\nPrint')]
    """
    yield from _proposals(view, find_lines(view))


def find_lines(view: View) -> list[Insert]:
    """Return the inserts of a view in text order, disjoint."""
    shorts: dict[int, Short] = {}
    for i, line in enumerate(view.lines):
        if line.text_end - line.text_start <= SHORT or is_worth_reading(view.of(i)):
            shorts[i] = short_of(view.of(i))
    readings = {i: reading for i, line in shorts.items() if (reading := read_line(line))}
    found: list[Insert] = []
    i = -1
    for i in sorted(shorts):
        if found and i <= found[-1].last:
            continue
        insert = _insert_at(view, i, shorts, readings)
        if insert:
            found.append(insert)
    return [insert for insert in found if insert.confidence > 0]


def _insert_at(view: View, i: int, shorts: Mapping[int, Short], readings: Mapping[int, Reading]) -> Insert | None:
    buttons = _buttons_from(i, shorts)
    reading = readings.get(i)
    if buttons and (buttons.last > i):
        return buttons
    if reading is None or _is_real_heading(view, i, shorts, readings):
        return None
    if reading.kind == "read_more":
        return _links_from(view, i, reading, shorts, readings)
    last = i
    if reading.kind == "newsletter":
        last = _box_end(i, shorts, readings)
    elif reading.kind == "cookie":
        last = _notice_end(i, shorts, readings)
    return Insert(i, last, reading.kind, f"inserts.{reading.kind}", reading.confidence)


def _buttons_from(i: int, shorts: Mapping[int, Short]) -> Insert | None:
    """Return the row of buttons that begins at a line: two or more of one kind, not all of which stand anywhere."""
    if i + 1 not in shorts or not is_button_of_any(shorts[i]):
        return None
    best: tuple[int, int, str] | None = None
    for rank, kind in enumerate(BUTTON_KINDS):
        last = i
        while last in shorts and is_button(shorts[last], kind):
            last += 1
        size = last - i
        if size >= 2 and _is_row([shorts[n] for n in range(i, last)], kind):
            best = max(best or (0, 0, ""), (size, -rank, kind))
    return Insert(i, i + best[0] - 1, best[2], f"inserts.{best[2]}_buttons", 0.9) if best else None


def _is_row(lines: Sequence[Short], kind: str) -> bool:
    telling = {line.words for line in lines if is_telling_button(line, kind)}
    return bool(telling) and len({line.words for line in lines}) > 1


def _is_real_heading(view: View, i: int, shorts: Mapping[int, Short], readings: Mapping[int, Reading]) -> bool:
    """Tell whether a doubtful line is the heading of what follows: alone, above prose, perhaps on its own subject."""
    reading, line = readings[i], shorts[i]
    if not reading.is_doubtful or i - 1 in readings or i + 1 in readings:
        return False
    if reading.part == "head":
        return not _headlines_below(view, i, shorts, readings)
    behind = [n for n in range(i + 1, min(i + 3, len(view.lines))) if n not in readings]
    if not behind or (line.is_upper and len(line.words) == 1):
        return False
    if reading.kind != "ad_marker":
        return True
    cores = cores_of(line.words, reading.kind)
    near = view.text[view.lines[behind[0]].text_start : view.lines[behind[-1]].text_end].casefold()
    return any(core[:6] in near for core in cores)


def _headlines_below(view: View, i: int, shorts: Mapping[int, Short], readings: Mapping[int, Reading]) -> int:
    """Return how many headlines stand below a head; a list of items goes whole, as far as no blank line parts it."""
    count, is_list = 0, False
    for n in range(i + 1, i + 1 + MAX_HEADLINES):
        if (
            n not in shorts
            or (n in readings and readings[n].part != "line")
            or (n in readings and not is_headline(shorts[n].text))
        ):
            break
        item = BULLET.match(shorts[n].text)
        if n > i + 1 and (bool(item) != is_list or (is_list and view.is_gap(n))):
            break
        if not is_headline(shorts[n].text[item.end() if item else 0 :]):
            break
        is_list, count = bool(item), count + 1
    return count


def _links_from(
    view: View, i: int, reading: Reading, shorts: Mapping[int, Short], readings: Mapping[int, Reading]
) -> Insert | None:
    if reading.part == "labelled":
        confidence = 0.0 if _is_series(view, i, readings) else reading.confidence
        return Insert(i, i, "read_more", "inserts.labelled_link", confidence)
    count = _headlines_below(view, i, shorts, readings)
    return Insert(i, i + count, "read_more", "inserts.list_of_links", reading.confidence)


def _is_series(view: View, i: int, readings: Mapping[int, Reading]) -> bool:
    """Tell whether a line with an arrow is one of several in a paragraph: a list of the writer's own."""
    mark = view.of(i)[0]
    if mark.isalnum() or mark == ">":
        return False
    return any(n in readings and not view.is_gap(max(n, i)) and view.of(n)[0] == mark for n in (i - 1, i + 1))


def _box_end(i: int, shorts: Mapping[int, Short], readings: Mapping[int, Reading]) -> int:
    last = i
    while last - i < MAX_TAGS and last + 1 in shorts:
        below, reading = shorts[last + 1], readings.get(last + 1)
        if reading and (
            reading.kind != "newsletter" or (reading.is_call and below.words[0] not in ("by", "mit", "en"))
        ):
            break
        if _buttons_from(last + 1, shorts) or not is_tag(below):
            break
        last += 1
    return last


def _notice_end(i: int, shorts: Mapping[int, Short], readings: Mapping[int, Reading]) -> int:
    last = i
    while last + 1 in shorts:
        reading = readings.get(last + 1)
        if not (reading and reading.kind == "cookie") and not is_button(shorts[last + 1], "cookie"):
            break
        last += 1
    return last


def _proposals(view: View, inserts: Sequence[Insert]) -> Iterator[Proposal]:
    """Yield the proposals; an insert that cuts a sentence takes the line breaks on both sides and leaves a blank."""
    n = 0
    while n < len(inserts):
        end = n
        while end + 1 < len(inserts) and inserts[end + 1].first == inserts[end].last + 1:
            end += 1
        cuts = _cuts_sentence(view, inserts[n].first - 1, inserts[end].last + 1)
        for k in range(n, end + 1):
            yield _proposal(view, inserts[k], cuts=cuts, is_first=k == n)
        n = end + 1


def _proposal(view: View, insert: Insert, *, cuts: bool, is_first: bool) -> Proposal:
    lines = view.lines
    span = Span(lines[insert.first].text_start, lines[insert.last].text_end)
    reason = REASONS[insert.kind]
    if not cuts:
        return Proposal(*span, "", insert.kind, insert.rule, reason, insert.confidence, is_block=True)
    start = lines[insert.first - 1].text_end if is_first else span.start
    end = lines[insert.last + 1].text_start
    return Proposal(start, end, " " if is_first else "", insert.kind, insert.rule, reason, insert.confidence)


def _cuts_sentence(view: View, before: int, behind: int) -> bool:
    if before < 0 or behind >= len(view.lines):
        return False
    above, below = view.of(before), view.of(behind)
    if above[-1] == "," and len(above) > SHORT // 2:
        return below[0].isalnum()
    return below[0].islower() and (above[-1].isalnum() or above[-1] in ",’'%)") and len(above.split()) > 1
