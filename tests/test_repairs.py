"""The repairs on cases kept as data: ``tests/cases/repairs``.

A case has a label, a comment, the input, the text that is expected, and the edits that are: kind and words (for edits
of characters as they are, else without the white space around them), in the order of the ledger. ``aside`` names kinds
that are not listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NotRequired, TypedDict, cast

import pytest

import copydesk
from copydesk.edits import Edit, EditStatus

CASES = Path(__file__).parent / "cases" / "repairs"
OF_CHARACTERS = ("line_end", "spacing", "invisible")


class Case(TypedDict):
    """One case; see above."""

    label: str
    comment: str
    input: str
    text: str
    edits: list[list[str]]
    aside: NotRequired[list[str]]


KNOWN_FAILURES = "known-failures"


def read_cases(pattern: str) -> Iterator[tuple[str, Case]]:
    """Yield (name of the file, case)."""
    for path in sorted(CASES.glob(pattern)):
        for case in cast("list[Case]", json.loads(path.read_text("utf-8"))):
            yield path.stem, case


def parameters() -> Iterator[object]:
    """Yield every case; what is known to fail is held to fail, so that an improvement is noticed."""
    for group, case in read_cases("*.json"):
        marks = [pytest.mark.xfail(strict=True)] if group == KNOWN_FAILURES else []
        yield pytest.param(case, id=f"{group}: {case['label']}", marks=marks)


def words(text: str, edit: Edit) -> str:
    """Return what an edit took or changed."""
    raw = text[edit.raw_start : edit.raw_end]
    return raw if edit.kind in OF_CHARACTERS else raw.strip()


@pytest.mark.parametrize("case", list(parameters()))
def test_a_case_is_repaired_as_expected(case: Case) -> None:
    """The text and the edits are the expected ones; the edit of a pull quote names words that it repeats."""
    article = copydesk.clean(copydesk.read(case["input"]))
    assert article.text == case["text"]
    edits = [edit for edit in article.log.edits if edit.status is EditStatus.ACTIVE]
    base, aside = article.document.text, case.get("aside", ())
    assert [[edit.kind, words(base, edit)] for edit in edits if edit.kind not in aside] == case["edits"]
    for edit in edits:
        if edit.kind == "pull_quote":
            assert edit.evidence
            repeated = set(base[slice(*edit.evidence)].casefold().split())
            taken = set(words(base, edit).casefold().split())
            assert len(taken & repeated) > len(repeated) / 2


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{group}: {c['label']}") for group, c in read_cases("[!k]*.json")]
)
def test_cleaning_a_clean_text_again_changes_nothing(case: Case) -> None:
    """What a case expects is clean already."""
    assert copydesk.clean(copydesk.read(case["text"])).text == case["text"]
