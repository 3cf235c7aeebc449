"""Who holds which office: the cases under tests/cases/officeholders, and the time that a text speaks of."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from copydesk.article import FieldName
from copydesk.extract.found import Found
from copydesk.extract.gazetteer import countries
from copydesk.extract.mentions import find_mentions
from copydesk.extract.officeholders import find_officeholders
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.facts import Date, DateType, Officeholder
from copydesk.tables import read_table

CASES = Path(__file__).parent / "cases" / "officeholders"
PUBLISHED = datetime(2012, 5, 4, 9, 30)  # noqa: DTZ001 - a wall clock time: no zone is made up


def cases(name: str) -> list[Any]:
    """Return the cases of a file as pytest parameters."""
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row["text"], row["officeholders"], id=row["label"]) for row in rows]


def holders_in(text: str, *dates: tuple[str, str]) -> list[Officeholder]:
    """Return the office-holders of a body; ``dates`` are words of it with their values."""
    passage = ReadingPassage(FieldName.BODY, 0, text)
    reading, found = Reading([passage], PUBLISHED), Found()
    found.dates = [date_at(passage, words, value) for words, value in dates]
    found.add(find_mentions(reading, found))
    return list(find_officeholders(reading, found))


def date_at(passage: ReadingPassage, words: str, value: str) -> Date:
    """Return a date where the words first stand."""
    start = passage.text.index(words)
    return Date(
        place=passage.place(start, start + len(words)),
        sentence=passage.sentence_at(start),
        rule="test",
        type=DateType.DATE,
        value=value,
        start_date=date(2001, 1, 1),
    )


def row(text: str, holder: Officeholder) -> list[Any]:
    """Return an office-holder as the cases write it."""
    words = text[holder.place.start : holder.place.end]
    named = [words, holder.person, holder.title, holder.title_norm]
    return [*named, holder.country, holder.organisation, holder.status.value]


@pytest.mark.parametrize(("text", "officeholders"), [*cases("synthetic"), *cases("negative")])
def test_cases(text: str, officeholders: list[list[Any]]) -> None:
    """Each case's office-holders are found as they stand, and nothing else."""
    assert [row(text, holder) for holder in holders_in(text)] == officeholders


def test_as_of_is_the_nearest_date_of_the_sentence() -> None:
    """Of two dates in the sentence the nearer one counts."""
    text = "In March 2011 Kenyan President Mwai Kibaki visited Rome, and in 2013 he left."
    holders = holders_in(text, ("March 2011", "2011-03"), ("2013", "2013"))
    assert [holder.as_of for holder in holders] == ["2011-03"]


def test_as_of_is_else_the_day_of_publication() -> None:
    """A date of another sentence does not count."""
    text = "It rained in 1999. Kenyan President Mwai Kibaki visited Rome."
    assert [holder.as_of for holder in holders_in(text, ("1999", "1999"))] == ["2012-05-04"]


def test_leaders_stand_for_known_countries() -> None:
    """Each row of the table of leaders has a country's code and a name, and no name is written twice in a country."""
    table = list(read_table("leaders.tsv"))
    assert {code for code, *_ in table} <= set(countries())
    names = [(code, name) for code, _, full in table for name in full.split(";")]
    assert all(name.strip() == name != "" for _, name in names)
    assert len(names) == len(set(names))
