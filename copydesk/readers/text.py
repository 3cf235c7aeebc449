"""Pasted and plain text: the source is the base text."""

from __future__ import annotations

import re

from copydesk.document import Block, BlockKind, Decoding, Document, Span

_GAP = re.compile(r"(?:\r\n?+|\n)(?:[^\S\r\n]*(?:\r\n?+|\n))+")
"""One blank line or more; a line of no-break spaces is blank too. CR LF is one line end, never two (``?+``)."""


def read_text(text: str, decoding: Decoding | None = None, url: str | None = None) -> Document:
    r"""Return the document of a plain text; its blocks are what stands between blank lines.

    >>> [tuple(block.span) for block in read_text("One.\n\nTwo,\ntwo.\n").blocks]
    [(0, 4), (6, 15)]
    """
    edges = [0, *(edge for gap in _GAP.finditer(text) for edge in gap.span()), len(text)]
    spans = (_trimmed(text, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))
    blocks = tuple(Block(BlockKind.PARAGRAPH, span) for span in spans if span.start < span.end)
    return Document(text, blocks, decoding=decoding, url=url)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
