"""The quality gate: figures on the development bench do not fall below ``tests/floors.toml``.

The texts of the bench may not be published. It is looked for beside the clone (``../shared/bench``) or where
``COPYDESK_BENCH`` says; where it is not, the gate is skipped and says so.
"""

from __future__ import annotations

import gzip
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
HTML = FLOORS["html"]
AT_LEAST = [(name, figure) for name, figures in HTML["at_least"].items() for figure in figures]
AT_MOST = [(name, figure) for name, figures in HTML["at_most"].items() for figure in figures]


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


@pytest.fixture(scope="module")
def pages() -> Mapping[str, Any]:
    """Read and clean all pages and score them: the scores of each set, in percent."""
    gold = gold_file("html/dev.jsonl.gz")
    scorer = load_scorer(BENCH, "html")
    sets: dict[str, list[dict[str, Any]]] = {}
    predicted = {}
    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            source = row.pop("html")
            document = copydesk.read(source, format="html", url=row.get("url"))
            found = predicted[row["id"]] = article_to_json(copydesk.clean(document))
            sets.setdefault(row["set"], []).append({**row, "_spans": scorer.span_counts(source, found)})
    scores = {name: scorer.score(rows, predicted, rounds=2) for name, rows in sets.items()}
    return {
        name: {figure: 100 * value for figure, value in found.items() if isinstance(value, float)}
        for name, found in scores.items()
    }


def test_the_floors_are_those_of_these_pages() -> None:
    """Figures on other pages say nothing about these floors."""
    assert hashlib.sha256(gold_file("html/dev.jsonl.gz").read_bytes()).hexdigest() == HTML["digest"]


@pytest.mark.parametrize(("name", "figure"), AT_LEAST)
def test_pages_are_read_as_well_as_before(pages: Mapping[str, Any], name: str, figure: str) -> None:
    """Body, snippets, metadata, and the places in the source."""
    assert round(pages[name][figure], 6) >= HTML["at_least"][name][figure]


@pytest.mark.parametrize(("name", "figure"), AT_MOST)
def test_pages_are_misread_no_more_often_than_before(pages: Mapping[str, Any], name: str, figure: str) -> None:
    """A wrong date is worse than none."""
    assert pages[name][figure] <= HTML["at_most"][name][figure]
