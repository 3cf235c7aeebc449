"""Other languages than English: dates and figures where rules are known, and a plain word about what is not read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk.extract.languages import language_of, languages
from copydesk.facts import FACT_KINDS, Facts

CASES = json.loads(Path(__file__).with_name("cases").joinpath("foreign.json").read_text("utf-8"))


def facts_of(text: str) -> Facts:
    """Return the facts of a text that was published on 14 June 2019."""
    return copydesk.extract(copydesk.clean(copydesk.read(f"Posted: 14 June 2019\n\n{text}\n")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_dates_and_figures_are_read_and_the_rest_is_said_not_to_be(case: Mapping[str, Any]) -> None:
    """The words, values and units are those of the case; kinds that are not read are named and empty."""
    found, text = facts_of(case["text"]), case["text"]
    assert found.language == case["language"]
    dates = [d for d in found.dates if d.place.field == "body"]
    assert [[text[d.place.start : d.place.end], d.value] for d in dates] == case["dates"]
    figures = [
        [text[q.place.start : q.place.end], q.value, q.unit] for q in found.quantities if q.place.field == "body"
    ]
    assert figures == case["quantities"]
    known = {"dates", "quantities"} if "months" in languages().get(case["language"], {}) else set()
    assert found.not_supported == tuple(kind for kind in FACT_KINDS if kind not in known)
    assert all(not getattr(found, kind) for kind in found.not_supported)


def test_english_is_read_whole() -> None:
    """And so is what is too short to tell."""
    assert facts_of("The council of the town has met in the hall, and it will meet again.").not_supported == ()
    assert facts_of("Kenya, 2019.").language is None


@given(
    st.lists(
        st.sampled_from("3 . , 1.000 000 % € März mai 2019 de er und die der el la il het / - Euro".split()),
        max_size=40,
    )
)
def test_any_text(words: list[str]) -> None:
    """Whatever the words: places hold, and the language is one that is known."""
    text = " ".join(words)
    assert language_of(text) in {None, *languages()}
    found = facts_of(text + " Der Rat hat nicht getagt und ist auch nicht da, wie die Zeitung über das Haus schreibt.")
    assert all(0 <= f.place.start < f.place.end for f in (*found.dates, *found.quantities))
