"""What figures measure, the periods that they are about and are compared with: ``tests/cases/quantities/context.json``.

The first hundred sentences were annotated before the rules were written, the others before the rules saw them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from copydesk.article import FieldName
from copydesk.extract.dates import find_dates
from copydesk.extract.found import Found
from copydesk.extract.mentions import find_mentions
from copydesk.extract.quantities import find_quantities
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.facts import Quantity

CASES: Sequence[Mapping[str, Any]] = json.loads(
    Path(__file__).with_name("cases").joinpath("quantities/context.json").read_text("utf-8")
)
PUBLISHED = datetime(2019, 6, 14, 9, 0)  # noqa: DTZ001 - a wall clock time: no zone is made up
MOST_WORDS_MORE = 6


def figures_of(text: str) -> list[Quantity]:
    """Return the figures of a body, with the dates and names that they build on."""
    reading, found = Reading([ReadingPassage(FieldName.BODY, 0, text)], PUBLISHED, "en"), Found()
    found.add(list(find_dates(reading, found)))
    found.add(list(find_mentions(reading, found)))
    return list(find_quantities(reading, found))


def is_measure(got: str | None, wanted: str | None) -> bool:
    """Tell whether the words hold those that are wanted, and not many more."""
    if got is None or wanted is None:
        return False
    holds = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", got, re.IGNORECASE) is not None
    return holds and len(got.split()) <= len(wanted.split()) + MOST_WORDS_MORE


def judged() -> Iterator[tuple[str, str | None, str | None, bool]]:
    """Yield for each thing said of a figure: its name, what is wanted, what is found, whether it is right."""
    for case in CASES:
        found = figures_of(case["text"])
        for words, *wanted in case["figures"]:
            start = case["text"].index(words)
            at = (q for q in found if q.place.start < start + len(words) and start < q.place.end)
            figure = next(at, None)
            got = (figure.measure, figure.period, figure.baseline) if figure else (None, None, None)
            for name, want, have in zip(("measure", "period", "baseline"), wanted, got, strict=True):
                right = is_measure(have, want) if name == "measure" else have == want
                yield name, want, have, right


@pytest.fixture(scope="module")
def counts() -> Counter[str]:
    """Count what is wanted, found and right, by name."""
    total = Counter[str]()
    for name, want, have, right in judged():
        total[f"{name} wanted"] += want is not None
        total[f"{name} found"] += have is not None
        total[f"{name} right"] += want is not None and right
    return total


@pytest.mark.parametrize(
    ("name", "precision", "recall"), [("measure", 0.94, 0.92), ("period", 0.95, 0.95), ("baseline", 0.95, 0.85)]
)
def test_what_is_said_of_figures_is_right(counts: Counter[str], name: str, precision: float, recall: float) -> None:
    """Of what is found so much is right, and of what is there so much is found."""
    right = counts[f"{name} right"]
    assert right / counts[f"{name} found"] >= precision
    assert right / counts[f"{name} wanted"] >= recall
