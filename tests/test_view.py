"""The text as repairs see it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.document import Span
from copydesk.view import View

TEXTS = st.text("ab é1_.\n\u00a0", max_size=60)


@given(TEXTS)
def test_lines_and_paragraphs_hold_all_that_shows(text: str) -> None:
    """Lines are what the text has between line feeds, blank ones aside; each stands in one paragraph."""
    view = View(text)
    assert [view.of(i) for i in range(len(view.lines))] == [raw.strip() for raw in text.split("\n") if raw.strip()]
    assert [i for lines in view.paragraphs for i in lines] == list(range(len(view.lines)))
    for i, line in enumerate(view.lines):
        assert view.line_at(line.text_start) == i
        assert view.paragraph_at(line.text_start).contains(line.span)


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_words_are_found_by_place(text: str, start: int, end: int) -> None:
    """Equal words bear equal numbers, and a range holds those that begin in it."""
    words = View(text).words
    shown = [text[a:b].casefold() for a, b in zip(words.starts, words.ends, strict=True)]
    assert len({*zip(shown, words.ids, strict=True)}) == len({*shown})
    assert [i for i, at in enumerate(words.starts) if start <= at < end] == list(words.between(start, end))


def test_a_line_of_no_break_spaces_is_a_gap() -> None:
    """It looks blank, and is."""
    view = View("One\n\u00a0\nTwo\nThree")
    assert [tuple(lines) for lines in view.paragraphs] == [(0,), (1, 2)]
    assert view.paragraph_at(6) == Span(6, 15)


def test_the_form_of_a_text_has_its_letters_and_marks_alike() -> None:
    """Letters of any script are ``a`` and marks ``.``; quotation marks and opening brackets are left out."""
    assert View('“Né d, (ж).” 12\n"w i l d" e.g.').form == b"aa a. a.. 12\na a a a a.a."
