"""The quality gate of facts: figures on the development bench, and our own sentences in which there is nothing to find.

As for ``test_quality_gate.py``: the texts of the bench may not be published; where they are not, the gate is skipped.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import copydesk
from benchmarks.held_out import load_scorer
from copydesk.config import Options
from copydesk.facts import QuoteKind
from copydesk.render import facts_to_json
from flows.inputs import clean_line
from tests.test_quality_gate import BENCH, gold_file

FLOORS = tomllib.loads(Path(__file__).with_name("fact_floors.toml").read_text(encoding="utf-8"))
NEGATIVES = json.loads(Path(__file__).with_name("cases").joinpath("fact_negatives.json").read_text(encoding="utf-8"))
NAME_OF_A_ROW = ("set", "kind", "class")


def floors() -> Iterator[tuple[str, str, str]]:
    """Yield the floors: set, row and figure."""
    for name, entry in FLOORS.items():
        yield from ((name, row, figure) for row, figures in entry["at_least"].items() for figure in figures)


def predicted(cases: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return what `copydesk facts --jsonl` gives for the cases, by their ids."""
    rows = {}
    for case in cases:
        row = {"id": case["id"], "text": case["text"], "published": case.get("published") or case.get("dct")}
        article = clean_line(row, Options())
        rows[case["id"]] = {"id": case["id"], "facts": facts_to_json(article, copydesk.extract(article))}
    return rows


@cache
def scores(name: str) -> Mapping[str, Mapping[str, float]]:
    """Return the figures of a set by row; a scorer without rows has one, called all."""
    gold = gold_file(f"facts/{name}/dev.jsonl")
    cases = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    result = load_scorer(BENCH, f"facts/{name}").evaluate(cases, predicted(cases), 0)
    if isinstance(result, tuple):
        return {"all": result[0]}
    return {next(row[key] for key in NAME_OF_A_ROW if key in row): row for row in result}


@pytest.mark.parametrize("name", FLOORS)
def test_the_floors_are_those_of_these_texts(name: str) -> None:
    """Figures on other texts say nothing about these floors."""
    data = gold_file(f"facts/{name}/dev.jsonl").read_bytes()
    assert hashlib.sha256(data).hexdigest() == FLOORS[name]["digest"]


@pytest.mark.parametrize(("name", "row", "figure"), list(floors()))
def test_a_figure_is_not_too_low(name: str, row: str, figure: str) -> None:
    """Of a kind of facts, on the texts of a set."""
    assert scores(name)[row][figure] >= FLOORS[name]["at_least"][row][figure]


@pytest.mark.parametrize("case", NEGATIVES, ids=lambda case: f"{case['kind']}: {case['label']}")
def test_nothing_is_found_where_there_is_nothing(case: Mapping[str, str]) -> None:
    """Our own sentences that look like more than they are; terms in quotation marks are no quotations."""
    found = copydesk.extract(copydesk.clean(copydesk.read(case["text"])))
    facts = [f for f in getattr(found, case["kind"]) if getattr(f, "kind", None) is not QuoteKind.TERM]
    assert facts == []
