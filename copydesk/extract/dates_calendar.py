"""The calendar behind TIMEX3 values: what a value covers, how fine it is, and how to count from one day to another."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

SEASON_MONTHS: Mapping[str, int] = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First months of the meteorological seasons of the northern half; a winter begins in December of its year."""

_MONTHS_OF: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS_OF: Mapping[str, int] = {"day": 1, "night": 1, "weekend": 7, "week": 7, "fortnight": 14}
_LAST_YEAR = date.max.year

_SHAPES: Mapping[str, str] = {
    "day": r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?",
    "month": r"(\d{4})-(\d{2})",
    "quarter": r"(\d{4})-Q([1-4])",
    "half": r"(\d{4})-H([12])",
    "season": r"(\d{4})-(SP|SU|FA|WI)",
    "week": r"(\d{4})-W(\d{2})",
    "weekend": r"(\d{4})-W(\d{2})-WE",
    "year": r"(?:FY)?(\d{4})",
    "decade": r"(\d{3})",
    "century": r"(\d{2})",
}
_COMPILED = {name: re.compile(shape) for name, shape in _SHAPES.items()}
_CLOCK = re.compile(r"T(\d{2})(:\d{2})?(:\d{2})?")
_DURATION = re.compile(r"PT?[\dX.]+(DE|C|ML|FN|WE|SE|[SMHDWQYN])$")
_DURATION_UNITS = dict(
    zip(
        "M D N WE W FN Q SE Y DE C ML".split(),
        "month day day week week week quarter season year decade century century".split(),
        strict=True,
    )
)


@lru_cache(maxsize=1 << 12)
def precision_of(value: str) -> str:
    """Return how fine a TIMEX3 value is: ``minute``, ``day``, ``quarter``, ``vague`` ...

    >>> [precision_of(v) for v in ("2021-03-09T08:15", "2018-12", "1989-Q3", "P10Y", "PAST_REF")]
    ['minute', 'month', 'quarter', 'year', 'vague']
    """
    if clock := _CLOCK.search(value):
        return "second" if clock[3] else "minute" if clock[2] else "hour"
    if found := _DURATION.match(value):
        fine = {"S": "second", "M": "minute", "H": "hour"}.get(found[1]) if value.startswith("PT") else None
        return fine or _DURATION_UNITS.get(found[1], "vague")
    return next((name for name, shape in _COMPILED.items() if shape.fullmatch(value)), "vague")


@lru_cache(maxsize=1 << 12)
def bounds_of(value: str) -> tuple[date, date] | None:
    """Return the first and the last day that a value covers; None when it names no days.

    >>> bounds_of("2018-Q3")
    (datetime.date(2018, 7, 1), datetime.date(2018, 9, 30))
    """
    for name, shape in _COMPILED.items():
        if found := shape.fullmatch(value):
            try:
                return _BOUNDS[name](found)
            except (ValueError, OverflowError):
                return None
    return None


def is_day(year: int, month: int, day: int) -> bool:
    """Tell whether the calendar has such a day."""
    return 1 <= month <= 12 and 1 <= year <= _LAST_YEAR and 1 <= day <= monthrange(year, month)[1]


def shift(start: date, count: int, unit: str) -> date | None:
    """Return the day that lies ``count`` units after (before, when negative) a day; None off the calendar.

    >>> shift(date(2018, 3, 31), -1, "month")
    datetime.date(2018, 2, 28)
    """
    try:
        if unit in _DAYS_OF:
            return start + timedelta(days=count * _DAYS_OF[unit])
        months = start.year * 12 + start.month - 1 + count * _MONTHS_OF.get(unit, 0)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def value_at(day: date, unit: str) -> str:
    """Return the TIMEX3 value of the unit that holds a day.

    >>> [value_at(date(2018, 8, 5), unit) for unit in ("day", "week", "month", "quarter", "year", "decade")]
    ['2018-08-05', '2018-W31', '2018-08', '2018-Q3', '2018', '201']
    """
    return _VALUES.get(unit, date.isoformat)(day)


def season_at(day: date) -> str:
    """Return the season that holds a day."""
    return "WI" if day.month in {12, 1, 2} else "SP SU FA".split()[(day.month - 3) // 3]


def _week(day: date, suffix: str = "") -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}{suffix}"


_VALUES: Mapping[str, Callable[[date], str]] = {
    "week": _week,
    "weekend": lambda day: _week(day, "-WE"),
    "month": lambda day: f"{day.year:04}-{day.month:02}",
    "quarter": lambda day: f"{day.year:04}-Q{(day.month + 2) // 3}",
    "half": lambda day: f"{day.year:04}-H{(day.month + 5) // 6}",
    "season": lambda day: f"{day.year - (day.month < 3):04}-{season_at(day)}",
    "year": lambda day: f"{day.year:04}",
    "decade": lambda day: f"{day.year // 10:03}",
    "century": lambda day: f"{day.year // 100:02}",
}


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last = year * 12 + month - 1 + count - 1
    return date(year, month, 1), date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])


def _bounds_of_week(found: re.Match[str], first: int) -> tuple[date, date]:
    year, week = int(found[1]), int(found[2])
    return date.fromisocalendar(year, week, first), date.fromisocalendar(year, week, 7)


def _bounds_of_day(found: re.Match[str]) -> tuple[date, date]:
    day = date(int(found[1]), int(found[2]), int(found[3]))
    return day, day


_BOUNDS: Mapping[str, Callable[[re.Match[str]], tuple[date, date]]] = {
    "day": _bounds_of_day,
    "month": lambda found: _months(int(found[1]), int(found[2]), 1),
    "quarter": lambda found: _months(int(found[1]), 3 * int(found[2]) - 2, 3),
    "half": lambda found: _months(int(found[1]), 6 * int(found[2]) - 5, 6),
    "season": lambda found: _months(int(found[1]), SEASON_MONTHS[found[2]], 3),
    "week": lambda found: _bounds_of_week(found, 1),
    "weekend": lambda found: _bounds_of_week(found, 6),
    "year": lambda found: _months(int(found[1]), 1, 12),
    "decade": lambda found: _months(int(found[1]) * 10, 1, 120),
    "century": lambda found: _months(int(found[1]) * 100, 1, 1200),
}
