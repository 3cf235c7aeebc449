"""When a page was published and updated, out of the places that state a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from copydesk.moments import Stamp, parse_stamp, parse_stamps
from copydesk.readers.metadata_day_order import DayOrder, find_day_order, read_both_ways, spell_out
from copydesk.readers.metadata_jsonld import Value, first_text
from copydesk.readers.metadata_page import NEAR_BEFORE, NEAR_BEHIND, Page, addresses, text_of
from copydesk.repairs.datelines import label_pattern

_PUBLISHED_META = re.compile(
    r"(?:.*[.:_/-])?(?:published(?:[_-]?(?:time|date|at))?|publi(?:sh|cation|c)[_-]?(?:date|time)|pub-?_?date|datepublished|"
    r"date[_.-]?(?:published|created|issued)|issued|created|creation[_-]?date|display-?date|firstpublishdate|publishtime|"
    r"release[_-]?date|citation_(?:publication_|online_)?date|sailthru\.date|dc\.date|dcterms\.date|date)$"
)
_UPDATED_META = re.compile(
    r"(?:.*[.:_/-])?(?:modified(?:[_-]?(?:time|date))?|updated(?:[_-]?(?:time|date|at))?|datemodified|date[_.-]?(?:modified|updated)|"
    r"last[_-]?(?:modified|updated?)|lastmod|revised)$"
)
_NOT_META = re.compile(r"verif|expir|valid|event|video|image|twitter|build|deploy|cache|copyright|valid|available")
_UPDATED = re.compile(
    r"updat|modif|aktualis|geaender|geänder|changed|lastchange|actualiz|aggiorn|revised|edited|reviewed"
)
_PUBLISHED = re.compile(
    r"publi|posted|created|erstell|veroeff|veröff|issued|entry-date|article.?date|pub-?date|dateline"
)
_DATE = re.compile(r"<time>|date|datum|fecha|time|publish|posted|zeit")
_OTHERS = re.compile(
    r"comment|kommentar|related|teaser|card|sidebar|widget|footer|latest|recent|promo|next|prev|popular|event|tweet|trending|"
    r"recommend|most-|nav|menu|list-item|listing|pagination|live|copyright|expire|timeline|carousel|slider|thumb|current"
)
_URL_DAY = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)([/_.-]?)(?P<m>0[1-9]|1[0-2])\2(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_URL_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<d>0[1-9]|[12]\d|3[01])([/_.-])(?P<m>0[1-9]|1[0-2])\2(?P<y>(?:19|20)\d\d)(?!\d)"
)
MAX_LOOKED_AT = 40
MAX_KEYS = 2000
"""Names of meta elements that are kept in mind: pages have the same some hundred."""
MAX_TEXT = 120
MAX_LINE = 80
MAX_BARE = 36
"""Length of a line that is hardly more than a date."""
_FIGURE = re.compile(r"\d\d|\d[./]\d")
_TITLE_DATE = re.compile(r"[|·–—-]\s*(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d)\s*$")
_SENTENCE = re.compile(r"[.!?…]$|\w{3}[.!?] |©|\(c\)|copyright|[“”„«»]", re.IGNORECASE)
ONE_DAY = timedelta(days=1)
LATE = 12
"""The hour of UTC from which on it can be the next day's midnight somewhere."""
_VISIBLE = ("time element", "date element", "date line")


class Stated(NamedTuple):
    """A time as one place states it; written: how, where ``value`` spells out a date in figures."""

    stamp: Stamp
    value: str
    source: str
    written: str = ""


class _Lines(NamedTuple):
    """A line that states times of publication; either: the days that its date may be, if it can be read in two ways."""

    line: str = ""
    published: Sequence[Stated] = ()
    either: frozenset[date] = frozenset()


def find_dates(page: Page) -> tuple[list[Stated], list[Stated]]:
    """Return the times of publication and those of update that a page states, the most believable first.

    The places, in this order: linked data; meta elements that name publication; microdata; a date at the end of the
    title; short lines next to the heading; the page's address; ``time`` elements and elements styled as a date, those
    nearest to the heading; meta elements that name no more than a date; short lines farther from the heading. The
    first place that states a day decides it, with these rules where places contradict:

    1. Of places that state the same day, the first with a time of day stands for it, and of those with the same wall
       clock the first with a zone.
    2. Of places that state the same moment in UTC and in another zone, the other one stands for it: it is the wall
       clock of the publisher. A full hour in UTC late in the day is the midnight of the next day where the page shows
       that day.
    3. Where publication is said to be no earlier than the last update, it is the last issue of the page: an earlier
       date that stands alone next to the heading is believed instead.
    4. A date in figures that may be either of two days is the one that another place states, too; else it is read in
       the order of day and month that the page's country writes. Where that is not known, it states none, and no date
       farther away is believed.
    """
    published: list[Stated] = []
    updated: list[Stated] = []
    weak: list[Stated] = []
    order = find_day_order(page)
    _from_linked_data(page, published, updated)
    _from_metas(page, published, updated, weak)
    _from_microdata(page, published, updated, order)
    if published:
        if updated and published[0].stamp.local.date() >= updated[0].stamp.local.date():
            near = _from_lines(_near_lines(page), [], order)
            if len(near.line) <= MAX_BARE and not near.either:
                published[:0] = [s for s in near.published[:1] if _is_days_before(s, published[0], updated[0])]
        published += [*_from_elements(page, updated, order), *_from_addresses(page)]
    else:
        near = _from_lines(_near_lines(page), updated, order)
        shown = _from_elements(page, updated, order)
        published += _from_title(page)
        published += [*(s for s in shown if s.stamp.local.date() in near.either), *near.published]
        published += _from_addresses(page)
        if not near.either:
            published += shown
        if not (published or near.either or weak):
            published += _from_lines((line for lines in page.lines() for line in lines), updated, order).published
    published += weak
    return _chosen_first(published), _chosen_first(updated)


def _is_days_before(one: Stated, *others: Stated) -> bool:
    return all(one.stamp.local < other.stamp.local - 2 * ONE_DAY for other in others)


def contradicting(stated: Sequence[Stated]) -> list[Stated]:
    """Return the times that are more than a day from the one that was chosen."""
    return [other for other in stated[1:] if abs(other.stamp.local - stated[0].stamp.local) > 2 * ONE_DAY]


def _chosen_first(stated: list[Stated]) -> list[Stated]:
    """Put the finest of the times that agree with the first before the others (rules 1 and 2)."""
    if not stated:
        return stated
    first = stated[0]
    if not _has_clock(first.stamp):
        first = next(
            (s for s in stated if s.stamp.local.date() == first.stamp.local.date() and _has_clock(s.stamp)), first
        )
    if first.stamp.zone is None:
        first = next((s for s in stated if s.stamp.zone and _minute(s.stamp) == _minute(first.stamp)), first)
    elif _is_utc(first.stamp):
        first = _in_local_time(first, stated)
    return [first, *(s for s in stated if s is not first)]


def _in_local_time(first: Stated, stated: Sequence[Stated]) -> Stated:
    instant = _instant(first.stamp)
    local = next((s for s in stated if not _is_utc(s.stamp) and instant and _instant(s.stamp) == instant), None)
    clock = first.stamp.local.time()
    if local is None and clock.hour >= LATE and not (clock.minute or clock.second):
        following = (first.stamp.local + ONE_DAY).date()
        local = next((s for s in stated if s.source in _VISIBLE and s.stamp.local.date() == following), None)
    return local or first


def _has_clock(stamp: Stamp) -> bool:
    return stamp.precision != "day" and stamp.local.time() != stamp.local.min.time()


def _minute(stamp: Stamp) -> datetime:
    return stamp.local.replace(second=0)


def _is_utc(stamp: Stamp) -> bool:
    return stamp.zone in ("Z", "+00:00")


def _instant(stamp: Stamp) -> datetime | None:
    """Return a time in UTC to the minute; None when it has no zone."""
    if stamp.zone is None or stamp.precision == "day":
        return None
    if _is_utc(stamp):
        return _minute(stamp)
    sign = -1 if stamp.zone[0] == "+" else 1
    try:
        return _minute(stamp) + sign * timedelta(hours=int(stamp.zone[1:3]), minutes=int(stamp.zone[4:6]))
    except OverflowError:
        return None


def _state(value: str | None, source: str) -> Iterator[Stated]:
    stamp = parse_stamp(value) if value else None
    if value and stamp is not None:
        yield Stated(stamp, value, source)


def _from_linked_data(page: Page, published: list[Stated], updated: list[Stated]) -> None:
    article = page.article
    if article is None:
        return
    value: Value = article.get("datePublished") or article.get("dateCreated") or article.get("uploadDate")
    published += _state(first_text(value), "json-ld datePublished")
    updated += _state(first_text(article.get("dateModified")), "json-ld dateModified")


def _from_metas(page: Page, published: list[Stated], updated: list[Stated], weak: list[Stated]) -> None:
    for key, values in page.metas.items():
        states = _stated_by(key)
        if states:
            {"updated": updated, "published": published, "weak": weak}[states].extend(_state(values[0], key))


@lru_cache(MAX_KEYS)
def _stated_by(key: str) -> str:
    """Return what a meta element of this name states: ``published``, ``updated``, ``weak`` or nothing."""
    if _NOT_META.search(key):
        return ""
    if _UPDATED_META.match(key):
        return "updated"
    if _PUBLISHED_META.match(key):
        return "published" if "publi" in key or "issued" in key else "weak"
    return ""


def _from_microdata(page: Page, published: list[Stated], updated: list[Stated], order: DayOrder | None) -> None:
    for name, node in page.marked[:MAX_LOOKED_AT]:
        kind = name.split(":")[-1]
        if kind in ("datepublished", "datecreated", "datemodified") and node.tag != "meta":
            value = spell_out(_value_of(node), order)
            (updated if kind == "datemodified" else published).extend(_state(value, f"microdata {kind}"))


def _value_of(node: LexborNode) -> str:
    attributes = node.attributes
    return attributes.get("datetime") or attributes.get("content") or text_of(node, MAX_TEXT)


def _from_elements(page: Page, updated: list[Stated], order: DayOrder | None) -> list[Stated]:
    """Take the times of the elements nearest to the heading; one behind it is nearer than one before it."""
    found: dict[str, list[tuple[float, Stated]]] = {"published": [], "updated": []}
    for nodes, weight in zip(page.around_heading(), (1.0, 1.2), strict=True):
        looked_at = 0
        for distance, (label, node) in enumerate(nodes, 1):
            if not _DATE.search(label) or _OTHERS.search(label):
                continue
            looked_at += 1
            if looked_at > MAX_LOOKED_AT or (
                found["published"] and distance * weight * 0.5 > min(found["published"], key=_near)[0]
            ):
                break
            share = 0.5 if _PUBLISHED.search(label) else 1.0
            for name, stated in _from_element(label, node, order):
                found[name].append((distance * weight * share, stated))
    updated += [stated for _, stated in sorted(found["updated"], key=_near)[:2]]
    return [stated for _, stated in sorted(found["published"], key=_near)[:2]]


def _near(item: tuple[float, Stated]) -> float:
    return item[0]


def _from_element(label: str, node: LexborNode, order: DayOrder | None) -> Iterator[tuple[str, Stated]]:
    above = f"{node.parent.attributes.get('class') or ''} {label}".lower() if node.parent is not None else label
    if _OTHERS.search(above):
        return
    is_updated = bool(_UPDATED.search(above)) and not _PUBLISHED.search(label)
    machine = node.attributes.get("datetime")
    text = text_of(node, MAX_TEXT + 1)
    if machine and parse_stamp(machine):
        before = label_pattern().search(text)
        is_updated = is_updated or (before is not None and before.lastgroup == "updated")
        yield from (("updated" if is_updated else "published", s) for s in _state(machine, "time element"))
        return
    if len(text) > MAX_TEXT:
        return
    yield from _from_text(text, "date element", order, is_updated=is_updated)


def _from_text(
    text: str, source: str, order: DayOrder | None, *, is_updated: bool = False
) -> Iterator[tuple[str, Stated]]:
    spelled = spell_out(text, order)
    written = text if spelled != text else ""
    end = 0
    for stamp in parse_stamps(spelled):
        labels = [match.lastgroup for match in label_pattern().finditer(spelled, end, stamp.start)]
        name = (labels[-1] if labels else None) or ("updated" if is_updated else "published")
        yield name, Stated(stamp, spelled[stamp.start : stamp.end], source, written)
        end = stamp.end


def _from_addresses(page: Page) -> Iterator[Stated]:
    for address in addresses(page):
        match = _URL_DAY.search(address) or _URL_DAY_FIRST.search(address)
        if match:
            yield from _state("{y}-{m}-{d}".format(**match.groupdict()), "address")
            return


def _from_title(page: Page) -> Iterator[Stated]:
    """Take a date that a title ends in, behind a mark."""
    for title in (page.meta("og:title"), page.title):
        cut = _TITLE_DATE.search(title) if title else None
        if cut:
            yield from _state(cut[1], "title")


def _near_lines(page: Page) -> list[str]:
    behind, before = page.lines(NEAR_BEHIND, NEAR_BEFORE) if page.headings else ([], [])
    return [*behind[:NEAR_BEHIND], *before[NEAR_BEFORE - 1 :: -1]]


def _from_lines(lines: Iterable[str], updated: list[Stated], order: DayOrder | None) -> _Lines:
    """Take the times in the first short line that is no sentence and states one of publication."""
    for line in lines:
        published: list[Stated] = []
        if len(line) <= MAX_LINE and _FIGURE.search(line) and not _SENTENCE.search(line):
            for name, stated in _from_text(line, "date line", order):
                (updated if name == "updated" else published).append(stated)
            either = read_both_ways(line)
            if published or either:
                return _Lines(line, published, either)
    return _Lines()
