"""Which blank lines go with a block that is taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk.edits import Proposal
from copydesk.view import View


def with_separators(view: View, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    r"""Widen the removals of whole lines by the blank lines that would be left double.

    A block takes the blank lines behind it; blocks at the end of the text, with nothing left behind them, take those
    before them instead.

    >>> gone = Proposal(6, 9, "", "bio", "r", is_block=True)
    >>> texts = "One.\n\nTwo\n\nThree.", "One.\n\nTwo"
    >>> [(p.start, p.end) for text in texts for p in with_separators(View(text), [gone])]
    [(6, 11), (4, 9)]
    """
    found = list(proposals)
    yield from (proposal for proposal in found if not proposal.is_block)
    text = view.text
    limit = len(text)
    for block in sorted((p for p in found if p.is_block), key=lambda p: -p.end):
        start, end = block.start, block.end
        while end < limit and text[end].isspace():
            end += 1
        if end == limit:  # only blocks that go, and white space, stand behind it
            limit = _before(text, start)
            yield block._replace(start=limit)
        else:
            yield block._replace(end=_line_start(text, end))


def _before(text: str, position: int) -> int:
    while position and text[position - 1].isspace():
        position -= 1
    return position


def _line_start(text: str, position: int) -> int:
    """Return where the line begins whose first visible character stands at a position."""
    return text.rfind("\n", 0, position) + 1
