"""The base text of a page while it is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from copydesk.document import Block, BlockKind, LeftOut, Span
from copydesk.readers.html_blocks import Element, Page, PageBlock

UNLIKE = "unlike the text of an article"


class Judged(NamedTuple):
    """What the judge says of a page.

    Attributes:
        page: its blocks.
        scores: of each block the chance that it is part of the article, 0 to 1.
        kinds: what each block of the article is; None for those left out.
        titles: what the page gives as its title, in plain letters and digits.

    """

    page: Page
    scores: Sequence[float]
    kinds: Sequence[BlockKind | None]
    titles: Sequence[str]


def why_left_out(element: Element, block: PageBlock) -> str:
    """Return why the judge leaves a block out that stands in an element, as far as it can be said in a line."""
    if element.is_hidden:
        return "not shown"
    if 2 * block.linked > len(block.text):
        return "links"
    return UNLIKE


@dataclass(slots=True)
class Draft:
    """The blocks of a page that are its article, and those that are not, in page order."""

    texts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    made: list[Span] = field(default_factory=list)
    start: int = 0
    """Where the next block begins."""

    def keep(self, kind: BlockKind, text: str, *, is_made: bool = False) -> None:
        """Take a block into the article; ``is_made`` if its words are not the page's."""
        span = Span(self.start, self.start + len(text))
        self.texts.append(text)
        self.blocks.append(Block(kind, span))
        if is_made:
            self.made.append(span)
        self.start = span.end + 2

    @property
    def text(self) -> str:
        """The blocks of the article with blank lines between them."""
        return "\n\n".join(self.texts)
