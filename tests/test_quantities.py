"""Figures: what is found, with which value, unit, kind, direction and periods."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import FieldName
from copydesk.extract.dates import find_dates
from copydesk.extract.found import Found
from copydesk.extract.numerals import find_numerals
from copydesk.extract.quantities import find_quantities
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.facts import Direction, EntityType, Mention, MentionKind, Quantity, QuantityKind

CASES = json.loads(Path(__file__).with_name("cases").joinpath("quantities/synthetic.json").read_text("utf-8"))
PUBLISHED = datetime(2019, 6, 14, 9, 0)  # noqa: DTZ001 - a wall clock time: no zone is made up


def quantities_of(text: str, *names: str) -> list[Quantity]:
    """Return the figures of one passage in which some words are known as names."""
    passage = ReadingPassage(FieldName.BODY, 0, text)
    reading, found = Reading([passage], PUBLISHED), Found()
    found.add(find_dates(reading, found))
    for name in names:
        start = text.index(name)
        place, sentence = passage.place(start, start + len(name)), passage.sentence_at(start)
        kinds = {"type": EntityType.EVENT, "kind": MentionKind.NAME}
        found.add([Mention(place=place, sentence=sentence, rule="test", entity_id="event:x", **kinds)])  # type: ignore[arg-type]
    return list(find_quantities(reading, found))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_expressions(case: Mapping[str, Any]) -> None:
    """Each case's words, kinds, values and units are found, and nothing else."""
    found = quantities_of(case["text"])
    words = [[case["text"][q.place.start : q.place.end], q.kind.value, q.value, q.unit] for q in found]
    assert words == case["expected"]


def test_percent_change() -> None:
    """A change has its direction, its modifier, what is measured, and its two periods from the sentence's dates."""
    text = "Wheat output in the valley was almost 12 per cent lower in 2014 than in the previous year."
    (change,) = quantities_of(text)
    assert text[change.place.start : change.place.end] == "almost 12 per cent"
    assert (change.kind, change.value, change.direction) == (QuantityKind.PERCENT_CHANGE, 12, Direction.DECREASE)
    assert (change.modifier, change.measure) == ("almost", "Wheat output in the valley")
    assert (change.period, change.baseline) == ("2014", "2013")


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Sales rose 5 per cent.", Direction.INCREASE),
        ("Sales fell by almost 5 per cent.", Direction.DECREASE),
        ("It was a 5 percent drop in sales.", Direction.DECREASE),
        ("Prices are up 5%.", Direction.INCREASE),
        ("They hold 5 per cent of the shares.", None),
        ("They bought a 5% stake.", None),
    ],
)
def test_direction(text: str, direction: Direction | None) -> None:
    """The words beside a percentage tell which way it went; a share goes nowhere."""
    (found,) = quantities_of(text)
    assert found.direction is direction


def test_bounds() -> None:
    """Ranges and vague counts have bounds and no value."""
    (spread,) = quantities_of("It takes 5 to 7 per cent.")
    assert (spread.value, spread.value_min, spread.value_max) == (None, 5, 7)
    (vague,) = quantities_of("Hundreds of people came.")
    assert (vague.value, vague.value_min, vague.value_max) == (None, 200, None)


def test_names_hold_no_figures() -> None:
    """A number within a known name is no figure."""
    text = "Ministers praised the Three Seas summit for 3 days."
    assert [q.value for q in quantities_of(text, "Three Seas summit")] == [3]


def test_period_of_a_duration() -> None:
    """A duration within a date carries the date's value as its period."""
    (found,) = quantities_of("The herd has shrunk over the past 15 years.")
    assert (found.kind, found.period, found.baseline) == (QuantityKind.DURATION, "P15Y", None)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("four hundred and six thousand", [406_000]),
        ("one million two thousand three hundred and four", [1_002_304]),
        ("three lakh crore", [3e12]),
        ("12,34,567.5", [1_234_567.5]),
        ("nine point nought four", [9.04]),
        ("3 hundred and 2 hundred", [300, 200]),
        ("forty-two and a third", [42 + 1 / 3]),
        ("three million and a half", [3_500_000]),
        ("two out of five hundred", [0.004]),
        ("1.5e3, 2x10^3 and 10½", [1500, 2000, 10.5]),
        ("5bn and 10k", [5e9, 10_000]),
        ("minus five", [-5]),
        ("the 7th and B2B", []),
    ],
)
def test_numerals(text: str, values: list[float]) -> None:
    """Numbers in digits and words have the value that they spell."""
    assert [n.value for n in find_numerals(text)] == pytest.approx(values)


@given(st.text("$£€%0123456789.,/-+^ xk½minety hudrf'’" + chr(10), max_size=40))
def test_any_text(text: str) -> None:
    """Whatever the text: figures do not overlap, have words, and have a value or a bound."""
    found = quantities_of(text)
    assert all(one.place.end <= other.place.start for one, other in pairwise(found))
    assert all(q.place.start < q.place.end and (q.value is not None or q.value_min is not None) for q in found)
