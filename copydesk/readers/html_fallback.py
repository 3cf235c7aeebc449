"""Pages that the parser's rules of HTML swallow, read with Beautiful Soup instead.

Browsers, and the fast parser with them, know no ``<script/>``: what follows it belongs to the script, up to its end
tag. The same goes for other elements that XHTML closes in themselves, for buttons and menus that nobody closes, and for
pages of frames, where all but the frames is passed over.
"""

from __future__ import annotations

import re

from copydesk.readers.html_blocks import PRUNED, Page

MAX_SHOWN = 1000
"""Characters; a page that shows more is not swallowed."""
MAX_SOURCE = 2_000_000
"""Characters; Beautiful Soup takes a second for that much."""
MIN_PARAGRAPHS = 2
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_SHOWN = frozenset(PRUNED) - frozenset("script style template svg math head canvas iframe xmp plaintext".split())
"""Of the elements that are passed over, those that may hold the words of a page."""


def is_swallowed(page: Page, source: str) -> bool:
    """Tell whether a source has more paragraphs than the page that was read from it has blocks."""
    shown = sum(len(block.text) for block in page.blocks)
    if shown > MAX_SHOWN or len(source) > MAX_SOURCE:
        return False
    return len(_PARAGRAPH.findall(source)) > max(len(page.blocks), MIN_PARAGRAPHS)


def unswallow(source: str) -> str:
    """Return a source as Beautiful Soup reads it, every element closed, in elements that are passed over by nobody.

    >>> unswallow("<title/><noframes><p>One.<p>Two.<p>Three.")
    '<title></title><div><p>One.<p>Two.<p>Three.</p></p></p></div>'
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415 - next to no page needs it

    soup = BeautifulSoup(source, "html.parser")
    for tag in soup.find_all(["frameset", *_SHOWN]):
        if len(tag.find_all("p", limit=MIN_PARAGRAPHS)) == MIN_PARAGRAPHS:
            tag.name = "div"
    return str(soup)
