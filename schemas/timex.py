"""The grammar of TIMEX3 values (ISO 24617-1, TimeML 1.2.1), and the days that they cover.

A stretch between two named points (10-16 January, the season 2006/07) is written as ISO 8601 has it, with a solidus.

This is the contract's own reading, apart from the extractor's: a check that shares its code with what it checks says
nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_CLOCK = (
    r"T(?:(?:[01]\d|2[0-4]|XX)(?::(?:[0-5]\d|XX)(?::[0-5]\d(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?|MO|MI|AF|EV|NI|DT)"
)
_YEAR = r"(?:BC|FY)?(?:\d{4}|\d{2}XX|\d{3}X|XXXX)"
_DATED = (
    rf"{_YEAR}(?:-(?:(?:0[1-9]|1[0-2]|XX)(?:-(?:0[1-9]|[12]\d|3[01]|XX))?"
    r"|W(?:0[1-9]|[1-4]\d|5[0-3]|XX)(?:-(?:[1-7]|WE))?|Q[1-4X]|H[12X]|SP|SU|FA|WI))?"
)
_AMOUNT = r"(?:\d+(?:\.\d+)?|X+)"
_PERIOD = (
    rf"P(?:(?:{_AMOUNT}(?:ML|CE|DE|SE|FN|WE|[YQMWDN]))+(?:T(?:{_AMOUNT}[HMS])+)?|T(?:{_AMOUNT}(?:[HMS]|MO|AF|EV|NI))+)"
)
_REF = "(?:PAST|PRESENT|FUTURE)_REF"
_VALUE = re.compile(rf"(?:\d{{2,3}}|{_DATED}(?:{_CLOCK})?(?:/{_DATED}(?:{_CLOCK})?)?|{_CLOCK}|{_PERIOD}|{_REF})")
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:T.*)?")
_PART = re.compile(
    r"(?:FY)?(?P<year>\d{4})(?:-(?:(?P<month>\d{2})|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>S[PU]|FA|WI)))?"
)
_WEEK = re.compile(r"(?P<year>\d{4})-W(?P<week>\d{2})(?:-(?P<day>[1-7]|WE))?")
_LONG = re.compile(r"(?P<years>\d{2,3})(?:X{1,2})?")
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SATURDAY = 6


def is_timex(value: str) -> bool:
    """Tell whether a value is written as TIMEX3 has it; whether its day exists is ``is_real``'s matter.

    >>> [is_timex(v) for v in ("2018-12", "P2Y6M", "2019-06-14T18:37", "PAST_REF", "next week", "2018-13")]
    [True, True, True, True, False, False]
    """
    return _VALUE.fullmatch(value) is not None


def is_real(value: str) -> bool:
    """Tell whether the day or week that a value names is in the calendar; any other value is real.

    >>> [is_real(v) for v in ("2020-02-29", "2019-02-29", "2019-W53", "2018")]
    [True, False, False, True]
    """
    points = (point for point in value.split("/") if _DAY.fullmatch(point) or _WEEK.fullmatch(point))
    return all(days_of(point) for point in points)


def days_of(value: str) -> tuple[date, date] | None:
    """Return the first and the last day that a value covers; None when it names no days of the calendar.

    >>> days_of("2018-Q3")
    (datetime.date(2018, 7, 1), datetime.date(2018, 9, 30))
    """
    first, _, last = value.partition("/")
    try:
        start, end = _days_of(first), _days_of(last or first)
    except ValueError:
        return None
    return (start[0], end[1]) if start and end else None


def _days_of(value: str) -> tuple[date, date] | None:
    if found := _DAY.fullmatch(value):
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        return day, day
    if found := _PART.fullmatch(value):
        return _part(found)
    if found := _WEEK.fullmatch(value):
        return _week(found)
    if found := _LONG.fullmatch(value):
        years = 10 ** (4 - len(found["years"]))
        first = int(found["years"]) * years
        return date(first, 1, 1), date(first + years - 1, 12, 31)
    return None


def _part(found: re.Match[str]) -> tuple[date, date]:
    first, months = 1, 12
    if found["month"]:
        first, months = int(found["month"]), 1
    elif found["quarter"]:
        first, months = 3 * int(found["quarter"]) - 2, 3
    elif found["half"]:
        first, months = 6 * int(found["half"]) - 5, 6
    elif found["season"]:
        first, months = _SEASONS[found["season"]], 3
    start = date(int(found["year"]), first, 1)
    later, month = divmod(first - 1 + months - 1, 12)
    year = start.year + later
    return start, date(year, month + 1, monthrange(year, month + 1)[1])


def _week(found: re.Match[str]) -> tuple[date, date]:
    year, week, day = int(found["year"]), int(found["week"]), found["day"]
    if day == "WE":
        start = date.fromisocalendar(year, week, _SATURDAY)
        return start, start + timedelta(days=1)
    start = date.fromisocalendar(year, week, int(day or 1))
    return start, start if day else start + timedelta(days=6)
