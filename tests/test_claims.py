"""Statements that somebody makes or holds: the cases under tests/cases/claims."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import FieldName
from copydesk.document import Span
from copydesk.extract.claims import find_claims
from copydesk.extract.found import Found
from copydesk.extract.quotes import find_quotes
from copydesk.extract.reading import Reading, ReadingPassage

CASES = Path(__file__).parent / "cases" / "claims"


def cases(name: str) -> list[Any]:
    """Return the cases of a file as pytest parameters."""
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row["text"], row["claims"], id=row["label"]) for row in rows]


def words(text: str, span: Span | None) -> str | None:
    """Return the words of a span."""
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(("text", "wanted"), cases("synthetic") + cases("negative"))
def test_claims_are_found_with_holder_cue_and_modality(text: str, wanted: list[list[str | None]]) -> None:
    """Kind, content, holder, cue and modality are those of the case, and nothing more is found."""
    reading, found = Reading([ReadingPassage(FieldName.BODY, 0, text)], None, "en"), Found()
    found.add(find_quotes(reading, found))
    claims = [
        [c.kind.value, words(text, c.content), words(text, c.holder_span), words(text, c.cue), c.modality.value]
        for c in find_claims(reading, found)
    ]
    assert claims == wanted


PIECES = "The ministry hopes to , rebuild . that it thinks “ ” could weaken led aims: are and remains weak ;".split()


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_places_hold_whatever_the_text(pieces: list[str]) -> None:
    """Contents, holders and cues lie within the place of their claim, and are not empty."""
    reading, found = Reading([ReadingPassage(FieldName.BODY, 0, " ".join(pieces))], None, "en"), Found()
    found.add(find_quotes(reading, found))
    for claim in find_claims(reading, found):
        inner = [s for s in (claim.content, claim.holder_span, claim.cue) if s is not None]
        assert all(claim.place.start <= s.start < s.end <= claim.place.end for s in inner)
