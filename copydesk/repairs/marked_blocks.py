"""Blocks that a reader has marked as no part of the running text: captions and pull quotes of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copydesk.document import BlockKind
from copydesk.proposals import FieldSpan, Proposal
from copydesk.view import View

VERSION = 1
_KINDS: Mapping[BlockKind, tuple[str, str, str | None]] = {
    BlockKind.CAPTION: ("caption", "the page sets it as a caption; kept as a field", "caption"),
    BlockKind.PULL_QUOTE: ("pull_quote", "the page sets it as a pull quote", None),
}
"""By kind of block: kind of edit, reason, and the field that keeps it."""


def find_marked_blocks(view: View) -> Iterator[Proposal]:
    r"""Propose to take out the captions and pull quotes that the reader of a page has marked.

    Left alone: all other blocks, and texts whose reader marks nothing.

    >>> from copydesk.document import Block, Span
    >>> block = Block(BlockKind.CAPTION, Span(12, 28))
    >>> [(p.kind, p.start, p.end) for p in find_marked_blocks(View("It rained.\n\nA ferry at dawn.", blocks=(block,)))]
    [('caption', 12, 28)]
    """
    for kind, span in view.blocks:
        if kind in _KINDS:
            name, reason, field = _KINDS[kind]
            fields = (FieldSpan(field, span),) if field else ()
            rule = f"marked_blocks.{name}"
            yield Proposal(*span, "", name, rule, reason, 0.95, fields=fields, is_block=True)
