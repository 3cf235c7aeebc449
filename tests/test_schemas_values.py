"""The small grammars and tables that rules stand on."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest

from copydesk.extract.dates_durations import duration_value
from copydesk.extract.dates_words import UNIT_LETTERS
from schemas.ids import document_id, make_id
from schemas.iso import ALPHA3
from schemas.timex import days_of, is_real, is_timex
from tests.warehousing import RULESET, RUN, TEXT, make_article, make_facts, make_rows, planned_alone
from warehouse.rows import document_rows

GOOD = """
2018 2018-12 2018-12-05 2018-W05 2018-W05-1 2018-W05-WE 2018-Q3 2018-H1 2018-SU 201 19 XXXX-12-25 XXXX-WXX-5 2018-XX-05
FY2019 BC0044 2019-06-14T18:37 2019-06-14T18:37:05Z 2019-06-14T18:37+09:00 2019-06-14TMO T09:30 P10Y P2Y6M P1.5Y PXD P2W
2006/2007 XXXX-01-10/XXXX-01-16 2018-03/2018-05 PT36H PT1H30M P1DT12H P3DE P1Q P1WE PAST_REF PRESENT_REF FUTURE_REF
""".split()
BAD = """
2018-13 2018-00 2018-1 2018-12-32 2018-W54 2018-Q5 2018-H3 18-12 20188 2018/12/05 P P10 PT P10YT 10Y PAST NOW 2018-12T
2019-06-14T25:00 2019-06-14T18:61 XX-12 2006/ /2007 2006/07 2018/P1Y
""".split()


@pytest.mark.parametrize("value", GOOD)
def test_timex_values_are_known(value: str) -> None:
    """What ISO 24617-1 and TimeML write."""
    assert is_timex(value)


@pytest.mark.parametrize("value", [*BAD, "", "next week", "2018 ", "2018-12-05\n"])
def test_what_is_no_timex_value_is_told(value: str) -> None:
    """Half a value is none."""
    assert not is_timex(value)


@pytest.mark.parametrize("unit", UNIT_LETTERS)
def test_every_length_of_time_that_is_found_may_be_stored(unit: str) -> None:
    """The desk and the contract write one TIMEX3; "for centuries" once waited in quarantine."""
    assert [count for count in (None, 1, 2.5, 3e6) if not is_timex(duration_value(count, unit))] == []


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-02", date(2018, 2, 1), date(2018, 2, 28)),
        ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29)),
        ("2019-06-14T18:37", date(2019, 6, 14), date(2019, 6, 14)),
        ("2018-Q4", date(2018, 10, 1), date(2018, 12, 31)),
        ("2018-H2", date(2018, 7, 1), date(2018, 12, 31)),
        ("2018-WI", date(2018, 12, 1), date(2019, 2, 28)),
        ("2018-W01", date(2018, 1, 1), date(2018, 1, 7)),
        ("2018-W01-WE", date(2018, 1, 6), date(2018, 1, 7)),
        ("2018-W01-3", date(2018, 1, 3), date(2018, 1, 3)),
        ("201", date(2010, 1, 1), date(2019, 12, 31)),
        ("19", date(1900, 1, 1), date(1999, 12, 31)),
        ("2006/2007", date(2006, 1, 1), date(2007, 12, 31)),
        ("2018-02-27/2018-03-02", date(2018, 2, 27), date(2018, 3, 2)),
    ],
)
def test_a_value_covers_days(value: str, first: date, last: date) -> None:
    """From the first to the last."""
    assert days_of(value) == (first, last)


@pytest.mark.parametrize("value", ["P10Y", "PAST_REF", "XXXX-12-25", "2019-02-29", "2019-W53", "0000", "2018/PAST_REF"])
def test_some_values_cover_none(value: str) -> None:
    """A length, a vague time, and what is not in the calendar."""
    assert days_of(value) is None


def test_the_calendar_is_the_real_one() -> None:
    """Leap years and long years have their days."""
    assert [
        is_real(v) for v in ("2020-02-29", "2019-02-29", "2020-W53", "2019-W53", "2019-04-31", "2019-02-01/2019-02-29")
    ] == [*(True, False, True, False, False, False)]


def test_country_codes_are_those_of_iso() -> None:
    """All that are assigned, and the one for Kosovo."""
    assert len(ALPHA3) == 250
    assert {"KOR", "PRK", "RUS", "XKX", "SSD", "TLS"} <= ALPHA3
    assert ALPHA3.isdisjoint({"UK", "EUU", "ROM", "ZAR", "SCG", "TMP"})


def test_ids_follow_from_their_parts() -> None:
    """UUIDs of version 8; parts are told apart, whatever is in them."""
    assert UUID(make_id("a")).version == 8
    assert UUID(make_id("a")).variant == UUID(int=0x8000 << 48).variant
    assert (
        len({make_id("a", "b"), make_id("ab"), make_id("a", None, "b"), make_id("a", "-", "b"), make_id("1:a1:b")}) == 5
    )
    assert make_id(12) == make_id("12")


def test_a_document_is_known_by_its_address_or_its_place() -> None:
    """The address that a page gives for itself comes first; without any, there is no document."""
    assert document_id("raw", "a.txt", None) == document_id("raw", "a.txt", None)
    assert document_id("raw", "a.txt", None) != document_id("feed", "a.txt", None)
    assert document_id("raw", "a.txt", "https://example.org/a?x") != document_id("raw", "a.txt", None)
    assert document_id("raw", None, "https://example.org/a?x", "https://example.org/a") == document_id(
        "feed", "b", "https://example.org/a"
    )
    with pytest.raises(ValueError, match="needs a URL or a path"):
        document_id("raw", None, None)


def test_rows_are_the_same_every_time() -> None:
    """No clock and no randomness; another run changes the run's id and nothing else."""
    planned = planned_alone()
    one, again, other = (make_rows(planned, run_id=run) for run in (RUN, RUN, planned.document_id))
    assert one == again
    for table, columns in one.tables.items():
        for name, values in columns.items():
            assert (name == "run_id") or values == other.tables[table][name]


@pytest.mark.parametrize(
    ("zone", "precision", "expected"),
    [
        (None, "minute", None),
        ("Z", "minute", "2026-03-01T18:30:00+00:00"),
        ("+09:00", "minute", "2026-03-01T09:30:00+00:00"),
        ("-03:30", "second", "2026-03-01T22:00:00+00:00"),
        ("Z", "day", None),
    ],
)
def test_a_point_in_time_needs_a_zone(zone: str | None, precision: str, expected: str | None) -> None:
    """No zone is made up, and a day is no moment."""
    article = make_article(TEXT)
    assert article.published is not None
    local = datetime(2026, 3, 1, 18, 30)  # noqa: DTZ001 - a wall clock
    object.__setattr__(article, "published", article.published._replace(local=local, zone=zone, precision=precision))
    rows = document_rows(planned_alone(), article, make_facts(article), ruleset=RULESET, run_id=RUN)
    (found,) = rows.tables["derivations"]["published_at"]
    assert (found.isoformat() if isinstance(found, datetime) else None) == expected
    assert rows.tables["derivations"]["published_local"] == [local]
