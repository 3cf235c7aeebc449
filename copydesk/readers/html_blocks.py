"""The text blocks of a page: every run of text between two edges of block elements, in document order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from copydesk.document import BlockKind

PRUNED = [
    *(
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
    ),
    *("select", "textarea", "button", "map", "nav", "noembed", "noframes", "dialog", "head", "xmp", "plaintext"),
    *("amp-ad", "amp-sticky-ad", "amp-sidebar", "amp-consent", "amp-user-notification"),
]
"""Elements that hold no words of an article, or none that are shown. They go before the page is looked at."""
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt ruby s samp "
    "small span strike strong sub sup time tt u var amp-link".split()
)
"""Elements that stand within a line; all others end a block where they begin and end."""
_BOLD = frozenset(("b", "strong"))
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
_TOKEN = re.compile(r'<(?:!--.*?--|([^ >]++)((?: [^ >][^ =>]*+="[^"]*+")*+))>([^<]*+)', re.DOTALL)
"""A tag with its attributes and the text behind it, as lexbor writes them: well nested, quoted with ``"``."""
_NAMES = re.compile(r' (class|id|itemprop|role|data-[a-z-]*(?:type|name|test-?id|component|module|qa))="([^"]+)"')
_HIDDEN = re.compile(r' (?:hidden="|aria-hidden="true"|style="[^"]*(?:display:\s*none|visibility:\s*hidden))')
BREAK = "\x01"
"""A line break within a block. Readers get no such character: it is no character of XML or HTML."""
_GIVES_KIND = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    "blockquote": BlockKind.QUOTE,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "td": BlockKind.TABLE,
    "th": BlockKind.TABLE,
    "pre": BlockKind.PREFORMATTED,
}


def kind_given_by(tag: str) -> BlockKind | None:
    """Return what the text in an element of a name is; None where the name says nothing."""
    return _GIVES_KIND.get(tag)


class Element(NamedTuple):
    """An element that is open or was: its name, what its attributes call it, and its place in the tree."""

    tag: str
    names: str
    parent: int
    depth: int
    is_hidden: bool
    kind: BlockKind
    first: int
    """The number of blocks before it."""
    block: int
    """The innermost element around it, or itself, that does not stand within a line."""


@dataclass(slots=True)
class PageBlock:
    """A run of text of a page.

    Attributes:
        text: its words; white space is one space, a line break one line feed.
        element: the block element that it stands in, an index into ``Page.elements``.
        leaf: the innermost element that its first words stand in.
        links: its links.
        linked: how many characters of it are links.
        bold: how many characters are bold.

    """

    text: str
    element: int
    leaf: int
    links: int
    linked: int
    bold: int


@dataclass(slots=True)
class Page:
    """The elements and blocks of a page in document order; ``last[i]`` is the number of blocks up to the end of i."""

    elements: list[Element] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    blocks: list[PageBlock] = field(default_factory=list)


def read_blocks(tree: LexborHTMLParser) -> Page:
    """Return the blocks of a page. The tree loses what is never shown (``PRUNED``)."""
    tree.strip_tags(PRUNED)
    root = tree.body or tree.root
    return _Walk().read(root.html or "" if root else "")


class _Walk:
    """One pass over the tags and texts of a page."""

    def __init__(self) -> None:
        self.page = Page()

    def read(self, source: str) -> Page:  # noqa: C901, PLR0912, PLR0915 - the hot loop of the reader: one pass, no calls
        page, elements, last = self.page, self.page.elements, self.page.last
        named: dict[str, tuple[str, bool]] = {"": ("", False)}
        stack: list[int] = []
        parts: list[str] = []
        in_link = in_bold = links = linked = bold = 0
        leaf = -1
        up = Element("", "", -1, 0, is_hidden=False, kind=BlockKind.PARAGRAPH, first=0, block=0)
        elements.append(up)
        last.append(0)
        top = 0
        for tag, attributes, text in _TOKEN.findall(source):
            if not tag:
                pass
            elif tag in VOID:
                if tag == "br":
                    parts.append(BREAK)
                elif tag == "hr" and leaf >= 0:
                    self.end(parts, up.block, leaf, (links, linked, bold))
                    parts, leaf, links, linked, bold = [], -1, 0, 0, 0
            else:
                is_end = tag[0] == "/"
                if (up.tag if is_end else tag) not in INLINE:
                    if leaf >= 0:
                        self.end(parts, up.block, leaf, (links, linked, bold))
                        parts, leaf, linked, bold = [], -1, 0, 0
                    elif parts:
                        parts = []
                    links = 0
                if is_end:
                    if not stack:
                        continue
                    if up.tag == "a":
                        in_link -= 1
                    elif up.tag in _BOLD:
                        in_bold -= 1
                    last[top] = len(page.blocks)
                    top = stack.pop()
                    up = elements[top]
                else:
                    if tag == "a":
                        in_link += 1
                        links += 1
                    elif tag in _BOLD:
                        in_bold += 1
                    known = named.get(attributes)
                    if known is None:
                        known = named[attributes] = _name(attributes)
                    stack.append(top)
                    parent, top = top, len(elements)
                    up = Element(
                        tag,
                        known[0],
                        parent,
                        len(stack),
                        known[1] or up.is_hidden,
                        _GIVES_KIND.get(tag, up.kind),
                        len(page.blocks),
                        up.block if tag in INLINE else top,
                    )
                    elements.append(up)
                    last.append(0)
            if text:
                if text.isspace():
                    if parts:
                        parts.append(" ")
                    continue
                parts.append(text)
                if leaf < 0:
                    leaf = top
                if in_link:
                    linked += len(text)
                if in_bold:
                    bold += len(text)
        if leaf >= 0:
            self.end(parts, up.block, leaf, (links, linked, bold))
        last[0] = len(page.blocks)
        return page

    def end(self, parts: list[str], element: int, leaf: int, counts: tuple[int, int, int]) -> None:
        """End the block that is open: more than one if it has blank lines."""
        raw = "".join(parts)
        if "&" in raw:
            raw = raw.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        blocks = self.page.blocks
        if BREAK not in raw:
            text = " ".join(raw.split())
            if text:
                blocks.append(PageBlock(text, element, leaf, *counts))
            return
        for piece in _DOUBLE.split(raw):
            text = "\n".join(filter(None, (" ".join(line.split()) for line in piece.split(BREAK))))
            if text:
                share = len(piece) / len(raw)
                blocks.append(PageBlock(text, element, leaf, *(round(count * share) for count in counts)))


_DOUBLE = re.compile(rf"{BREAK}\s*{BREAK}[{BREAK}\s]*")


def _name(attributes: str) -> tuple[str, bool]:
    names = " ".join(value for _, value in _NAMES.findall(attributes))
    may_be_hidden = "hidden" in attributes or "none" in attributes  # a cheap look before the dear one
    return names, may_be_hidden and _HIDDEN.search(attributes) is not None
