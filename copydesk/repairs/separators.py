"""Which blank lines go with a block that is taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk.proposals import Proposal
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
        end = _behind(text, block.end)
        if end < limit:
            yield block._replace(end=text.rfind("\n", 0, end) + 1)  # the next line keeps its indent
            continue
        # Only blocks that go, and white space, stand behind it; one final line feed stays.
        start, final = _before(text, block.start), limit == len(text) and text.endswith("\n")
        yield block._replace(start=start, end=max(block.end, limit - final))
        limit = start


def _before(text: str, position: int) -> int:
    while position and text[position - 1].isspace():
        position -= 1
    return position


def _behind(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
