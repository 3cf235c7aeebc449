"""Dates: what is found, with which value, role and bounds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import FieldName
from copydesk.extract.dates import find_dates
from copydesk.extract.found import Found
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.facts import Date, DateRole, DateType

CASES = json.loads(Path(__file__).with_name("cases").joinpath("dates/synthetic.json").read_text("utf-8"))
WORDS = """last next the a previous this two 29 - 30 2018 , . May Monday year years ago later 5 p.m. Sept. third quarter
of at noon 10 / ' s every past since in 1990 : 75""".split()
VALUE = re.compile(
    r"P(?:T?(?:\d+(?:\.\d+)?|X)(?:[SMHDWNYQ]|WE|SE|ML|DE|CE))+|(?:PAST|PRESENT|FUTURE)_REF|\d{2,4}"
    r"|[\dX]{4}-(?:[\dX]{2}(?:-[\dX]{2})?|W[\dX]{2}(?:-(?:[1-7]|WE))?|Q[1-4X]|H[12]|S[PU]|FA|WI)"
    r"(?:T(?:\d\d:\d\d(?::\d\d)?|MO|AF|EV|NI))?(?:/[\dX]{4}-\d\d-\d\d)?|\d{4}/\d{4}|XXXX"
)
"""TIMEX3 values, and ISO 8601 intervals for ranges."""
PUBLISHED = datetime(2019, 6, 14, 9, 0)  # noqa: DTZ001 - a wall clock time: no zone is made up


def dates_of(text: str, published: datetime | None = PUBLISHED, field: FieldName = FieldName.BODY) -> list[Date]:
    """Return the dates of one passage."""
    return list(find_dates(Reading([ReadingPassage(field, 0, text)], published), Found()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_expressions(case: Mapping[str, Any]) -> None:
    """Each case's words, types and values are found, and nothing else."""
    published = datetime.fromisoformat(case["published"]) if case["published"] else None
    found = dates_of(case["text"], published)
    assert [[case["text"][d.place.start : d.place.end], d.type.value, d.value] for d in found] == case["expected"]


def test_date_line() -> None:
    """In the date line the labels give the roles; times are to the minute and have no zone."""
    text = "Posted: 03 Mar 2021 11:05 AM | Last updated: 12 Apr 2021 09:40 PM"
    found = dates_of(text, field=FieldName.DATELINE)
    assert [(d.role, d.value, d.precision) for d in found] == [
        (DateRole.PUBLISHED, "2021-03-03T11:05", "minute"),
        (DateRole.UPDATED, "2021-04-12T21:40", "minute"),
    ]
    assert {d.type for d in found} == {DateType.TIME}
    assert found[0].start_date == found[0].end_date == date(2021, 3, 3)


def test_period_and_baseline() -> None:
    """A figure's year is its period, and the year that it is compared with its baseline, counted from the first."""
    period, baseline = dates_of("Output was 12 per cent lower in 2014 than in the previous year.")
    assert (period.role, period.anchor) == (DateRole.MEASURE_PERIOD, None)
    assert (baseline.role, baseline.anchor, baseline.value) == (DateRole.BASELINE, "2014", "2013")


def test_bounds_of_a_period_that_ends_at_publication() -> None:
    """The past fifteen years run from fifteen years before publication to publication."""
    (period,) = dates_of("The herd has shrunk over the past 15 years.")
    assert (period.start_date, period.end_date) == (date(2004, 6, 14), date(2019, 6, 14))
    assert (period.role, period.anchor, period.precision) == (DateRole.PERIOD, "published", "year")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("At present", DateRole.PRESENT),
        ("recently", DateRole.VAGUE),
        ("in 2018", DateRole.EVENT),
        ("each day", DateRole.PERIOD),
    ],
)
def test_roles(text: str, role: DateRole) -> None:
    """Without a figure, a date's role follows from its value."""
    (found,) = dates_of(f"It is {text} so.")
    assert found.role is role


def test_bounds_and_precision() -> None:
    """Bounds are the first and the last day that a value covers."""
    month, quarter, year = dates_of("Between February 2016 and the third quarter of 2017, as in 2018, it held.")
    assert (month.start_date, month.end_date, month.precision) == (date(2016, 2, 1), date(2016, 2, 29), "month")
    assert (quarter.start_date, quarter.end_date) == (date(2017, 7, 1), date(2017, 9, 30))
    assert (year.start_date, year.end_date, year.precision) == (date(2018, 1, 1), date(2018, 12, 31), "year")


def test_every_passage_is_read() -> None:
    """Title and body each give their dates, in their own places."""
    passages = [ReadingPassage(FieldName.BODY, 0, "In 2018."), ReadingPassage(FieldName.TITLE, 0, "Back to 2017")]
    found = list(find_dates(Reading(passages), Found()))
    assert [(d.place.field, d.value) for d in found] == [(FieldName.BODY, "2018"), (FieldName.TITLE, "2017")]


@given(words=st.lists(st.sampled_from(WORDS), max_size=14), has_day=st.booleans())
def test_any_words(words: list[str], *, has_day: bool) -> None:
    """Whatever the words: dates do not overlap, bounds are in order, values follow the grammar of TIMEX3."""
    text = " ".join(words)
    found = dates_of(text, PUBLISHED if has_day else None)
    assert all(one.place.end <= other.place.start for one, other in pairwise(found))
    for d in found:
        assert text[d.place.start : d.place.end].strip() == text[d.place.start : d.place.end] != ""
        assert d.start_date is None or d.end_date is None or d.start_date <= d.end_date
        assert VALUE.fullmatch(d.value), d.value
