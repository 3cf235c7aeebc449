"""How the text is joined again where something foreign stood in it."""

from __future__ import annotations

from copydesk.document import Span
from copydesk.proposals import Proposal
from copydesk.repairs.line_breaks import MAX_WIDTH
from copydesk.repairs.sentences import (
    Ending,
    ending,
    ends_in_open_word,
    first_word,
    glue,
    goes_on,
    has_sentences,
    is_item,
    opener_words,
)
from copydesk.view import View

QUOTES = '"“„«‘「'
MIN_PROSE = 40
"""Characters of a line that is no heading."""


def is_cut(view: View, first: int, last: int) -> bool:
    """Tell whether the lines ``first`` to ``last`` stand in the middle of a sentence."""
    if first == 0 or last + 1 >= len(view.lines):
        return False
    before, after = view.lines[first - 1], view.lines[last + 1]
    text = view.text
    how = ending(text, *before.span)
    if how is not Ending.OPEN:
        return how is Ending.COLON and text[after.text_start] in QUOTES
    is_long = max(after.text_end - after.text_start, before.text_end - before.text_start) >= MIN_PROSE
    if goes_on(text, after.text_start):
        return is_long
    if text[before.text_end - 1] in ",;-–—":
        return is_long and not is_item(text, *after.span)
    return _is_cut_before_capital(text, before.span, after.span, is_first=first == 1)


def _is_cut_before_capital(text: str, before: Span, after: Span, *, is_first: bool) -> bool:
    """Tell whether an open piece goes on with one that begins with a capital; the first line may be a title."""
    if is_item(text, *before) or is_item(text, *after):
        return False
    if ends_in_open_word(text, *before, is_firm=is_first):
        return True
    is_long = after.end - after.start >= MIN_PROSE or ending(text, *after) is Ending.STOP
    if not is_long or first_word(text, *after) in opener_words():
        return False
    return has_sentences(text, *before) or (not is_first and _is_prose(text, before))


def _is_prose(text: str, span: Span) -> bool:
    """Tell whether a piece without a sentence's end has small words, and at its end too, so that it is no heading."""
    words = text[max(span.start, span.end - MAX_WIDTH) : span.end].split()
    small = sum(word[0].islower() for word in words)
    return len(words) > 3 and small * 2 >= len(words) and span.end - span.start >= MIN_PROSE // 2


def is_tight(view: View, first: int, last: int) -> bool:
    """Tell whether lines have text on both sides, and no blank line before or none behind them."""
    inside = first > 0 and last + 1 < len(view.lines)
    return inside and not (view.is_gap(first) and view.is_gap(last + 1))


def take_out(view: View, first: int, last: int, proposal: Proposal, *, is_joined: bool) -> Proposal:
    """Return a proposal that takes lines out, and joins what stands on both sides or leaves it apart.

    In wrapped text a line feed stays between the two sides, to be joined with all others later.
    """
    lines = view.lines
    if not is_joined:
        return proposal._replace(start=lines[first].text_start, end=lines[last].text_end, is_block=True)
    start, end = lines[first - 1].text_end, lines[last + 1].text_start
    return proposal._replace(
        start=start, end=end, replacement="\n" if _is_wrapped(view, first, last) else glue(view.text, start, end)
    )


def _is_wrapped(view: View, first: int, last: int) -> bool:
    """Tell whether three short lines follow one another on either side."""
    above, below = first - 3, last + 1
    return any(_are_lines(view, i) and _are_lines(view, i + 1) for i in (above, below))


def _are_lines(view: View, i: int) -> bool:
    if i < 0 or i + 1 >= len(view.lines) or view.is_gap(i + 1):
        return False
    return all(MIN_PROSE // 2 <= line.text_end - line.text_start <= MAX_WIDTH for line in view.lines[i : i + 2])
