"""Lasting ties: the cases under tests/cases/relations, and what follows from office-holders."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from copydesk.article import FieldName
from copydesk.extract.dates import find_dates
from copydesk.extract.found import Found
from copydesk.extract.mentions import find_mentions
from copydesk.extract.officeholders import find_officeholders
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.extract.relations import find_relations
from copydesk.facts import Relation

PUBLISHED = datetime(2024, 6, 14, 9, 0)  # noqa: DTZ001 - a wall clock time: no zone is made up
CASES = Path(__file__).parent / "cases" / "relations"


def cases(name: str) -> list[Any]:
    """Return the cases of a file as pytest parameters."""
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row["text"], row["relations"], id=row["label"]) for row in rows]


def relations_in(text: str) -> list[Relation]:
    """Return the relations of a body."""
    reading, found = Reading([ReadingPassage(FieldName.BODY, 0, text)], PUBLISHED), Found()
    found.add(find_dates(reading, found))
    found.add(find_mentions(reading, found))
    found.add(find_officeholders(reading, found))
    return list(find_relations(reading, found))


@pytest.mark.parametrize(("text", "relations"), [*cases("synthetic"), *cases("negative")])
def test_cases(text: str, relations: list[list[str]]) -> None:
    """Each case's ties are found, and nothing else."""
    assert [[r.subject, r.predicate, r.object] for r in relations_in(text)] == relations


@pytest.mark.parametrize(("text", "relations"), cases("dated"))
def test_ties_have_a_beginning_and_an_end(text: str, relations: list[list[str | None]]) -> None:
    """Each tie says since and until when it holds, where the text does; what is not so is no tie."""
    assert [[r.subject, r.predicate, r.object, r.since, r.until] for r in relations_in(text)] == relations


def test_a_tie_is_given_once() -> None:
    """The second time that a tie is said adds nothing; the first words are its evidence."""
    text = "China's Green Coast Initiative began. China's Green Coast Initiative goes on."
    relations = relations_in(text)
    assert [text[r.place.start : r.place.end] for r in relations] == ["China's Green Coast Initiative"]
    assert relations[0].place.start == 0
