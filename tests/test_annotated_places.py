"""Sentences of the development texts annotated apart: figures do not fall below ``annotated_floors.toml``."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.annotated import SCORERS, Tally, score

ROOT = Path(__file__).parent.parent
BENCH = Path(os.environ.get("COPYDESK_BENCH") or ROOT.parent / "shared" / "bench")
FLOORS = tomllib.loads((ROOT / "tests" / "annotated_floors.toml").read_text(encoding="utf-8"))
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
