"""Times as articles state them."""

from __future__ import annotations

import pytest

from copydesk.moments import parse_stamps
from copydesk.repairs.datelines import is_date_line

DAY, MINUTE, SECOND = "day", "minute", "second"


@pytest.mark.parametrize(
    ("written", "local", "precision", "zone"),
    [
        ("14 March 2021", "2021-03-14T00:00:00", DAY, None),
        ("March 14th, 2021", "2021-03-14T00:00:00", DAY, None),
        ("Sun, 14 Mar 2021 18:30:05 GMT", "2021-03-14T18:30:05", SECOND, "Z"),
        ("2021-03-14T18:30:05+02:00", "2021-03-14T18:30:05", SECOND, "+02:00"),
        ("2021-03-14 18:30 +0530", "2021-03-14T18:30:00", MINUTE, "+05:30"),
        ("2021-03-14T18:30:05.123Z", "2021-03-14T18:30:05", SECOND, "Z"),
        ("14. März 2021 um 18:30 Uhr", "2021-03-14T18:30:00", MINUTE, None),
        ("Sonntag, 14. März 2021", "2021-03-14T00:00:00", DAY, None),
        ("14.3.2021", "2021-03-14T00:00:00", DAY, None),
        ("14 mars 2021 à 18h30", "2021-03-14T18:30:00", MINUTE, None),
        ("14 de marzo de 2021", "2021-03-14T00:00:00", DAY, None),
        ("14 марта 2021 18:30", "2021-03-14T18:30:00", MINUTE, None),
        ("12:05 AM, 14 March 2021", "2021-03-14T00:05:00", MINUTE, None),
        ("14 March 2021 12:05 pm", "2021-03-14T12:05:00", MINUTE, None),
        ("14 March 2021 at 6 p.m.", "2021-03-14T18:00:00", MINUTE, None),
        ("14 March 2021 18:30 KST", "2021-03-14T18:30:00", MINUTE, "+09:00"),
        ("14 March 2021 18:30 IST", "2021-03-14T18:30:00", MINUTE, None),
        ("14/03/2021", "2021-03-14T00:00:00", DAY, None),
        ("03/14/2021 6:30 PM", "2021-03-14T18:30:00", MINUTE, None),
        ("03/03/2021", "2021-03-03T00:00:00", DAY, None),
        ("29 February 2024", "2024-02-29T00:00:00", DAY, None),
    ],
)
def test_a_time_is_read_as_written(written: str, local: str, precision: str, zone: str | None) -> None:
    """The wall clock as stated, no finer than stated, and a zone where one is named that means one offset only."""
    (stamp,) = parse_stamps(written)
    assert (stamp.local.isoformat(), stamp.precision, stamp.zone) == (local, precision, zone)
    assert is_date_line(written)


@pytest.mark.parametrize(
    "written",
    [
        "02/03/2024",
        "29 February 2023",
        "31 April 2021",
        "14 March 2021 25:00",
        "14 March 2021 13:30 pm",
        "2021-13-01",
        "March 2021",
        "14 March",
        "room 14, 2021 guests",
    ],
)
def test_what_is_no_certain_day_gives_no_time(written: str) -> None:
    """A day that could be either of two, or that no calendar has, is not guessed."""
    assert parse_stamps(written) == []


def test_several_times_in_one_line_keep_their_places() -> None:
    """Each stamp says where it stands."""
    line = "Posted 1 May 2020 09:00 | Updated 2 May 2020 10:15"
    assert [line[s.start : s.end] for s in parse_stamps(line)] == ["1 May 2020 09:00", "2 May 2020 10:15"]
