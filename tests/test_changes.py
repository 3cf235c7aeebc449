"""What differs between two states of an article: sentences and facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk.changes import Change, FactState, SentenceChange, compare_facts, compare_texts, fold

TEXT = (
    "The ferry was late on Monday. Fares rose by 29 per cent. Nobody on the quay knew why. The mayor will speak today."
)


def told(before: str, after: str) -> list[tuple[str, str | None, str | None]]:
    """Return the changes as plain values."""
    return [(c.change.value, c.before, c.after) for c in compare_texts(before, after)]


def test_one_figure_is_one_changed_sentence() -> None:
    """The others are not spoken of; word by word, only the figure."""
    (change,) = compare_texts(TEXT, TEXT.replace("29", "28"))
    assert change.change is Change.CHANGED
    assert [piece.text for piece in change.pieces() if piece.change] == ["29", "28"]


def test_what_came_went_and_moved() -> None:
    """A sentence that stands elsewhere is moved, not gone and new."""
    first, second, third, fourth = TEXT.split(". ")
    after = f"{first}. {third}. A crab was seen.\n\n{second}. "
    expected = [("new", None, "A crab was seen."), ("moved", f"{third}.", f"{third}."), ("gone", fourth, None)]
    assert sorted(told(TEXT, after), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    "after",
    [TEXT.replace(". ", ".\n\n"), TEXT.replace("late", "LATE"), TEXT.replace(" on", "  on")],
)
def test_spacing_and_case_are_no_change(after: str) -> None:
    """The same words."""
    assert compare_texts(TEXT, after) == []


@pytest.mark.parametrize(
    ("one", "other"), [("10²", "102"), ("5½", "51/2"), ("29 per cent", "28 per cent"), ("–5", "5")]
)
def test_other_figures_are_other_words(one: str, other: str) -> None:
    """A superscript is no digit, and a sign counts."""
    assert fold(one) != fold(other)


words = st.sampled_from(["Rain fell. ", "Rents rose by 5 per cent. ", "Nobody knew. ", "Snow fell. ", "Wir gehen. "])


@given(st.lists(words), st.lists(words))
def test_changes_lead_from_one_text_to_the_other(before: Sequence[str], after: Sequence[str]) -> None:
    """As many sentences come and go as the texts differ in, and every piece is of one of them."""
    changes = compare_texts("".join(before), "".join(after))
    gone = sum(c.change is Change.GONE for c in changes)
    new = sum(c.change is Change.NEW for c in changes)
    assert len(before) - gone + new == len(after)
    for change in changes:
        old = "".join(piece.text for piece in change.pieces() if piece.change is not Change.NEW)
        assert old in {change.before or "", change.after or ""}


def test_no_change_is_no_change_for_long_texts() -> None:
    """A thousand equal sentences are not compared each with each."""
    text = "It rained. " * 1000
    assert len(compare_texts(text, text + "It snowed on the quay. ")) == 1


# Facts ---------------------------------------------------------------------------------------------------------------


def facts_of(text: str) -> list[FactState]:
    """Return the figures and dates of a text."""
    article = copydesk.clean(copydesk.read(text))
    facts = copydesk.extract(article)
    found = []
    for quantity in facts.quantities:
        start, end = quantity.place[2:]
        found.append(
            FactState(
                *("quantity", f"{text[start - 9 : end + 9]}", "body", article.text[start:end]),
                *(article.text[slice(*quantity.sentence)], str(quantity.kind), quantity.measure, None, quantity.unit),
                *(quantity.value, quantity.direction and str(quantity.direction), quantity.period, None),
            )
        )
    return found


def test_a_figure_with_another_value_has_changed() -> None:
    """It is told with both values, and nothing else is told."""
    changes = compare_facts(facts_of(TEXT), facts_of(TEXT.replace("29", "28")))
    assert [(c.change.value, c.before and c.before.number, c.after and c.after.number) for c in changes] == [
        ("changed", 29.0, 28.0)
    ]


def fact(**values: Any) -> FactState:  # noqa: ANN401 - columns of a fact
    """Return a figure."""
    made = FactState("quantity", "k", "body", "5 per cent", "Rents rose by 5 per cent.", *([None] * 8))
    usual: dict[str, Any] = {"subkind": "percent_change", "subject": "rents", "value": "percent", "number": 5.0}
    return made._replace(**(usual | values))


def test_other_surroundings_make_no_other_fact() -> None:
    """The key goes by the words around; what the fact says is the same."""
    assert compare_facts([fact()], [fact(fact_key="other", sentence="In Oslo rents rose by 5 per cent.")]) == []


def test_another_figure_elsewhere_is_new() -> None:
    """The same slot in a sentence that is nothing like it is another fact."""
    changes = compare_facts([fact()], [fact(fact_key="o", number=7.0, sentence="Elsewhere nobody pays what he owes.")])
    assert sorted(c.change.value for c in changes) == ["gone", "new"]


def test_a_turned_direction_is_a_change() -> None:
    """Up and down are not the same."""
    up, down = (
        fact(direction="increase"),
        fact(fact_key="o", direction="decrease", sentence="Rents fell by 5 per cent."),
    )
    assert [c.change for c in compare_facts([up], [down])] == [Change.CHANGED]


def test_each_of_twins_is_paired_once() -> None:
    """Two equal facts, one of them gone: one is told."""
    twins = [fact(), fact(fact_key="l")]
    assert [c.change for c in compare_facts(twins, [fact(fact_key="m")])] == [Change.GONE]


def test_pieces_of_what_only_came() -> None:
    """A sentence that came is one piece."""
    change = SentenceChange(Change.NEW, None, "Snow fell.")
    assert [(piece.change, piece.text) for piece in change.pieces()] == [(Change.NEW, "Snow fell.")]
    assert replace(change, change=Change.MOVED).pieces()[0].change is None
