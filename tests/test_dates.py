"""Dates: what is found, with which value, role and bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from copydesk.article import FieldName
from copydesk.extract.dates import find_dates
from copydesk.extract.found import Found
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.facts import Date, DateRole, DateType

CASES = json.loads(Path(__file__).with_name("cases").joinpath("dates/synthetic.json").read_text("utf-8"))
PUBLISHED = datetime(2019, 6, 14, 18, 37)  # noqa: DTZ001 - a wall clock time: no zone is made up


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
    text = "Published : 14 Jun 2019 06:37 PM | Updated : 07 Sep 2020 07:58 PM"
    found = dates_of(text, field=FieldName.DATELINE)
    assert [(d.role, d.value, d.precision) for d in found] == [
        (DateRole.PUBLISHED, "2019-06-14T18:37", "minute"),
        (DateRole.UPDATED, "2020-09-07T19:58", "minute"),
    ]
    assert {d.type for d in found} == {DateType.TIME}
    assert found[0].start_date == found[0].end_date == date(2019, 6, 14)


def test_period_and_baseline() -> None:
    """A figure's year is its period, and the year that it is compared with its baseline, counted from the first."""
    period, baseline = dates_of("Trade was 12 per cent higher in 2018 than it had been the previous year.")
    assert (period.role, period.anchor) == (DateRole.MEASURE_PERIOD, None)
    assert (baseline.role, baseline.anchor, baseline.value) == (DateRole.BASELINE, "2018", "2017")


def test_bounds_of_a_period_that_ends_at_publication() -> None:
    """The past ten years run from ten years before publication to publication."""
    (period,) = dates_of("Ties have deepened over the past 10 years.")
    assert (period.start_date, period.end_date) == (date(2009, 6, 14), date(2019, 6, 14))
    assert (period.role, period.anchor, period.precision) == (DateRole.PERIOD, "published", "year")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("At present", DateRole.PRESENT),
        ("recent", DateRole.VAGUE),
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
