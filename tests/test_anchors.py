"""W3C selectors: places that are found again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.anchors import TextPositionSelector, TextQuoteSelector
from copydesk.document import Span


@st.composite
def places(draw: st.DrawFn) -> tuple[str, Span]:
    """Draw a text that repeats itself, and a span of it, empty ones too."""
    text = draw(st.text("ab ", max_size=90))
    start = draw(st.integers(0, len(text)))
    return text, Span(start, draw(st.integers(start, len(text))))


@given(places())
def test_a_place_is_found_in_the_same_text(place: tuple[str, Span]) -> None:
    """Among those that fit best there is the place itself."""
    text, span = place
    assert span in TextQuoteSelector.of(text, span).find(text) or not text


@given(places(), st.text("xyz", max_size=40))
def test_a_place_is_found_behind_what_was_put_before_the_text(place: tuple[str, Span], before: str) -> None:
    """Words move with their text."""
    text, span = place
    if span.start < span.end:
        moved = Span(span.start + len(before), span.end + len(before))
        assert moved in TextQuoteSelector.of(text, span).find(before + text)


def test_words_that_are_gone_have_no_place() -> None:
    """Nothing is guessed."""
    assert TextQuoteSelector("lamp", "the ", " is").find("The light is on.") == []
    assert TextQuoteSelector("", "dark ", "lamp").find("The light is on.") == []


def test_selectors_are_json_ld_of_the_data_model() -> None:
    """Names as in the W3C Web Annotation Data Model, 4.2.4 and 4.2.5."""
    selector = TextQuoteSelector.of("one two three", Span(4, 7))
    assert selector.to_json() == {"type": "TextQuoteSelector", "exact": "two", "prefix": "one ", "suffix": " three"}
    assert TextPositionSelector(4, 7).to_json() == {"type": "TextPositionSelector", "start": 4, "end": 7}
