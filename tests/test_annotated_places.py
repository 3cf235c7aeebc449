"""Sentences of the development texts annotated apart: figures do not fall below ``annotated_floors.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.annotated import SCORERS, Tally, score
from tests.test_quality_gate import BENCH

FLOORS = tomllib.loads(Path(__file__).with_name("annotated_floors.toml").read_text(encoding="utf-8"))
HALVES = ("development", "unseen")


@pytest.fixture(scope="module", params=HALVES)
def half(request: pytest.FixtureRequest) -> tuple[str, Mapping[str, Tally]]:
    """Score a half of the annotated sentences, or skip."""
    if not BENCH.exists():
        pytest.skip("no development bench beside the clone: annotated sentences are not scored")
    return request.param, score(list(SCORERS), request.param, BENCH)


@pytest.mark.parametrize("label", FLOORS["development"])
def test_as_much_is_right_and_found_as_before(half: tuple[str, Mapping[str, Tally]], label: str) -> None:
    """Precision and recall of a label, in percent."""
    name, sums = half
    floor, found = FLOORS[name][label], sums[label]
    assert 100 * found.right / found.shown >= floor["precision"]
    assert 100 * found.found / found.wanted >= floor["recall"]
