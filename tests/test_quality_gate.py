"""The quality gate: figures on the development bench do not fall below ``tests/floors.toml``.

The texts of the bench may not be published. It is looked for beside the clone (``../shared/bench``) or where
``COPYDESK_BENCH`` says; where it is not, the gate is skipped and says so.
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import copydesk
from benchmarks.held_out import load_scorer
from copydesk.render import article_to_json

ROOT = Path(__file__).parent.parent
BENCH = Path(os.environ.get("COPYDESK_BENCH") or ROOT.parent / "shared" / "bench")
FLOORS = tomllib.loads((ROOT / "tests" / "floors.toml").read_text(encoding="utf-8"))
REPAIR = FLOORS["repair"]


def gold_file(name: str) -> Path:
    """Return a file of the bench, or skip."""
    path = BENCH / name
    if not path.exists():
        pytest.skip("no development bench beside the clone: the quality gate is not checked")
    return path


@pytest.fixture(scope="module")
def repair() -> Mapping[str, Any]:
    """Clean all cases of text repair and score them; the summary, with the share fixed of each kind under its name."""
    gold = gold_file("repair/cases.jsonl")
    cases = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    scorer = load_scorer(BENCH)
    predicted = {case["id"]: article_to_json(copydesk.clean(copydesk.read(case["raw"]))) for case in cases}
    result = scorer.evaluate(cases, predicted, with_edits=True)
    fixed = {kind: 100 * counts["fixed"] / counts["n"] for kind, counts in result["kinds"].items()}
    return {**scorer.summary(result), **fixed}


def test_the_floors_are_those_of_these_cases() -> None:
    """Figures on other cases say nothing about these floors."""
    assert hashlib.sha256(gold_file("repair/cases.jsonl").read_bytes()).hexdigest() == REPAIR["digest"]


@pytest.mark.parametrize("kind", REPAIR["fixed"])
def test_a_kind_of_damage_is_repaired_as_often_as_before(repair: Mapping[str, Any], kind: str) -> None:
    """In so many of its cases every edit is repaired."""
    assert repair[kind] >= REPAIR["fixed"][kind]


@pytest.mark.parametrize("figure", REPAIR["at_least"])
def test_a_figure_is_not_too_low(repair: Mapping[str, Any], figure: str) -> None:
    """Of all cases together."""
    assert round(repair[figure], 6) >= REPAIR["at_least"][figure]


@pytest.mark.parametrize("figure", REPAIR["at_most"])
def test_harm_is_not_too_high(repair: Mapping[str, Any], figure: str) -> None:
    """What is lost of the true text, and how many texts without damage are touched."""
    assert repair[figure] <= REPAIR["at_most"][figure]
