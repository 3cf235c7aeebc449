"""Extractors take time in proportion to the length of a text, whatever it is made of."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from copydesk.article import FieldName
from copydesk.extract import extractors
from copydesk.extract.found import Found
from copydesk.extract.reading import Reading, ReadingPassage

SHAPES = (
    "7",
    "the ",
    "A",
    "Abc ",
    "A B ",
    '"',
    "“",
    "“no” ",
    "'",
    "‘",
    "(",
    "() ",
    " ",
    "\n ",
    "and ",
    "-",
    "A-",
    ". ",
    "half a ",
    "in May ",
    "Peru said that ",
    "the minister of ",
    "“No,” he said. ",
    "goal to ",
    "from 5 in 2018 to ",
    "fears that it is ",
    "Kenya and Peru ",
)
SMALL, LARGE = 12_500, 100_000
BEARABLE = 3 * LARGE / SMALL
"""Three times what a linear extractor would take more for the larger text; a quadratic one takes eight times that."""

NOTHING = 0.2
"""Processor seconds, below which a clock tells nothing of growth; what is quadratic takes many times that."""


def seconds(text: str) -> Mapping[str, float]:
    """Return the processor seconds of each extractor."""
    reading, found = Reading([ReadingPassage(FieldName.BODY, 0, text)], datetime(2024, 3, 4, tzinfo=UTC)), Found()
    spent = {}
    gc.disable()  # its pauses grow with all that the tests before hold
    try:
        for find in extractors():
            began = time.process_time()
            found.add(list(find(reading, found)))
            spent[find.__name__] = time.process_time() - began
    finally:
        gc.enable()
    return spent


@pytest.mark.parametrize("shape", SHAPES, ids=repr)
def test_extractors_are_linear(shape: str) -> None:
    """A text eight times as long takes no extractor more than about eight times as long."""
    small, large = (seconds(shape * (size // len(shape))) for size in (SMALL, LARGE))
    too_slow = {
        name: (small[name], took) for name, took in large.items() if took > NOTHING + BEARABLE * max(small[name], 1e-3)
    }
    assert not too_slow
