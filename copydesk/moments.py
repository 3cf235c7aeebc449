"""Times as articles state them beside their text: parsed, with nothing made up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import NamedTuple

from copydesk.tables import read_table

ZONES = {
    "utc": "Z",
    "gmt": "Z",
    "z": "Z",
    "est": "-05:00",
    "edt": "-04:00",
    "pst": "-08:00",
    "pdt": "-07:00",
    "cet": "+01:00",
    "cest": "+02:00",
    "jst": "+09:00",
    "kst": "+09:00",
    "msk": "+03:00",
}
"""Abbreviations that name one offset in news from anywhere. IST, BST, CST and AST name several: they give none."""

_NAME = r"[^\W\d_]{3,}"
"""What may be the name of a month; the calendar tells."""
_DATE = (
    r"(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?\.?[\s-]+(?:of\s+|de\s+|d['’])?(?P<m1>{_NAME})\.?,?[\s-]+(?:del?\s+)?(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_NAME})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
    rf"|(?P<y6>\d{{4}})\.?\s+(?P<m6>{_NAME})\.?\s+(?P<d6>\d{{1,2}})\.?(?!\d|:)"
    r"|(?P<y3>\d{4})[-/.]\s?(?P<m3>\d{1,2})[-/.]\s?(?P<d3>\d{1,2})(?:\.(?!\d))?"
    r"|(?P<y7>\d{4})\s?[年년]\s?(?P<m7>\d{1,2})\s?[月월]\s?(?P<d7>\d{1,2})\s?[日일]"
    r"|(?P<d8>\d{1,2})\s+tháng\s+(?P<m8>\d{1,2}),?\s+(?:năm\s+)?(?P<y8>\d{4})"
    r"|(?P<d4>\d{1,2})\.\s?(?P<m4>\d{1,2})\.\s?(?P<y4>\d{4})"
    r"|(?P<a>\d{1,2})(?P<bar>[/-])(?P<b>\d{1,2})(?P=bar)(?P<y5>\d{4})"
    r")"
)
_TIME = (
    r"(?P<hour>\d{1,2})(?!\d)(?:[:.h時시](?P<minute>\d{2})?(?:[:分분](?P<second>\d{2})?(?:\.\d+)?)?)?(?:\s*(?P<half>[ap]\.?m\b\.?))?"
    r"(?:\s*(?:Uhr|uur|hrs?|h|ET)\b)?(?:\s*\(?(?P<zone>[A-Z]{1,5}\b|Z|[+-]\d{2}(?::?\d{2})?)\)?)?"
)
_CLOCK = r"(?P<clock>(?:\d{1,2}[:.h]\d{2}|\d{1,2}\s*[ap]\.?m|\d{1,2}[時시]))"
_BEFORE = f"(?={_CLOCK}){_TIME}".replace("?P<", "?P<b_")
_AT = r"at|um|om|à|às|alle|ore|a\s+las|ora|kl|klo|klockan|saat|pukul|lúc|godz|в|о|об|u|v|la"
STAMP = re.compile(
    rf"(?<!\w)(?:{_BEFORE}\s*,?\s*(?:on\s+)?)?{_DATE}"
    rf"(?:(?:T|,?\s*(?:г\.?|р\.?)?,?\s*(?:(?:{_AT})\b\.?|-|–|\||,)?(?:\s*(?:ore|h)\b)?\s*)(?={_CLOCK}){_TIME})?(?!\d)",
    re.IGNORECASE,
)
"""What may be a date of one day, with a clock time before or behind it, if any: ``find_stamps`` looks at its names."""
_YEAR = re.compile(r"\d{4}")
"""What every date has: a cheap look."""
_DAY_BEFORE = re.compile(r"(?P<name>[^\W\d_]{2,}(?:-feira)?)\.?,?\s+(?:den\s+|the\s+)?$")


_ISO = re.compile(
    r"\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?\s*"
)
_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d:?\d\d)?\s*")
_CTIME = re.compile(
    r"\s*[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d) "
    r"(?P<zone>[A-Z]{1,5} )?(?P<year>\d{4})\s*"
)
_EARLIEST = 1800
"""A year before it is a number of another sort."""


class Stamp(NamedTuple):
    """A parsed time: see ``article.Moment``; ``start`` and ``end`` are its place in what was parsed."""

    start: int
    end: int
    local: datetime
    precision: str
    zone: str | None


@cache
def months() -> Mapping[str, int]:
    """Return the months by their names in any language; 0 for a name that means different ones (Polish, Croatian)."""
    found = defaultdict[str, set[int]](set)
    for what, number, _, names in read_table("calendar.tsv"):
        if what == "month":
            for name in names.split(";"):
                found[name].add(int(number))
    return {name: numbers.pop() if len(numbers) == 1 else 0 for name, numbers in found.items()}


@cache
def day_names() -> frozenset[str]:
    """Return the names of the days of the week in any language."""
    rows = read_table("calendar.tsv")
    return frozenset(name for what, _, _, names in rows if what == "day" for name in names.split(";"))


def find_stamps(text: str) -> Iterator[re.Match[str]]:
    """Yield what is written like a date of one day, whether or not it is one that a calendar has."""
    for match in STAMP.finditer(text) if _YEAR.search(text) else ():
        month = match["m1"] or match["m2"] or match["m6"]
        if month is None or month.lower() in months():
            yield match


def stamp_start(match: re.Match[str]) -> int:
    """Return where a date begins with the day of the week before it, if one is named."""
    before = _DAY_BEFORE.search(match.string, max(0, match.start() - 24), match.start())
    return before.start() if before and before["name"].lower() in day_names() else match.start()


def parse_stamps(text: str) -> list[Stamp]:
    """Return the times in a short text, in order. A day that could be read in two ways is left out.

    >>> [(s.local.isoformat(), s.precision, s.zone) for s in parse_stamps("14 Jun 2019 06:37 PM | 2020-09-07T19:58Z")]
    [('2019-06-14T18:37:00', 'minute', None), ('2020-09-07T19:58:00', 'minute', 'Z')]
    >>> parse_stamps("02/03/2024"), parse_stamps("31 June 2019")
    ([], [])
    """
    return [stamp for match in find_stamps(text) if (stamp := _stamp(match))]


def parse_stamp(value: str) -> Stamp | None:
    """Return the first time in the value of a property; None when it states none.

    Besides what articles write, values may be compact (20240503T1547) or as the C library prints them.

    >>> parse_stamp("2024-05-03T15:47:42.389+0200").zone, parse_stamp("Tue Jan 28 15:28:56 CET 2020").zone
    ('+02:00', '+01:00')
    """
    match = _ISO.fullmatch(value) or _COMPACT.fullmatch(value)
    if match:
        return _iso(match)
    ctime = _CTIME.fullmatch(value)
    if ctime:
        value = "{day} {month} {year} {clock} ".format(**ctime.groupdict()) + (ctime["zone"] or "")
    return next(iter(parse_stamps(value)), None)


def _iso(match: re.Match[str]) -> Stamp | None:
    year, month, day, hour, minute, second, zone = match.groups()
    local = _date(int(year), int(month), int(day))
    if local is None or local.year < _EARLIEST:
        return None
    if hour is None:
        return Stamp(*match.span(), local, "day", None)
    clock = _clock(int(hour), int(minute), int(second or 0), "")
    if clock is None:
        return None
    local = local.replace(hour=clock[0], minute=clock[1], second=clock[2])
    return Stamp(*match.span(), local, "second" if second else "minute", _offset(zone) if zone else None)


def _stamp(match: re.Match[str]) -> Stamp | None:
    found = match.groupdict()
    day = _day(found)
    if day is None:
        return None
    start, end = stamp_start(match), match.end()
    prefix = "" if found["hour"] else "b_"
    hour, minute, second = (found[prefix + name] for name in ("hour", "minute", "second"))
    if hour is None:
        return Stamp(start, end, day, "day", None)
    half = (found[prefix + "half"] or "").lower()[:1]
    clock = _clock(int(hour), int(minute or 0), int(second or 0), half)
    if clock is None:
        return None
    local = day.replace(hour=clock[0], minute=clock[1], second=clock[2])
    zone = found[prefix + "zone"]
    return Stamp(start, end, local, "second" if second else "minute", _offset(zone) if zone else None)


def _day(found: dict[str, str | None]) -> datetime | None:
    """Return midnight of the day; None when there is no such day, or it could be either of two."""
    for number in "1234678":
        year, month, day = (found[key + number] for key in "ymd")
        if year and month and day:
            return _date(int(year), int(month) if month.isdigit() else months()[month.lower()], int(day))
    first, second, year = (found[key] for key in ("a", "b", "y5"))
    if not (first and second and year):
        return None
    if int(first) > 12 or first == second:
        return _date(int(year), int(second), int(first))
    return _date(int(year), int(first), int(second)) if int(second) > 12 else None


def _date(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - the zone is kept apart, where one is known
    except ValueError:
        return None


def _clock(hour: int, minute: int, second: int, half: str) -> tuple[int, int, int] | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _offset(zone: str) -> str | None:
    if zone[0] in "+-":
        return zone if ":" in zone else f"{zone[:3]}:{zone[3:] or '00'}"
    return ZONES.get(zone.lower())
