"""The text blocks of a page: every run of text between two edges of block elements, in document order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
_NAME = re.compile(r' (?:class|id|itemprop|role|data-[a-z-]*(?:type|name|test-?id|component|module|qa))="([^"]+)"')
_HIDDEN = re.compile(r' (?:hidden="|aria-hidden="true"|style="[^"]*(?:display:\s*none|visibility:\s*hidden))')
MAX_BLOCKS = 25_000
"""Blocks of a page that are read: about 8 MB of prose."""
LONG = 2_000_000
"""Characters of a page whose tags are not listed all at once, for the memory that this takes."""
MAX_CELL = 250
"""Characters of a cell of a table; what holds more is no row of one."""
BREAK = "\x01"
"""A line break within a block. Readers get no such character: it is no character of XML or HTML."""
_GIVES_KIND = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    "blockquote": BlockKind.QUOTE,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "tr": BlockKind.TABLE,
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
        linked: how many characters of it are links.
        bold: how many characters are bold.

    """

    text: str
    element: int
    leaf: int
    linked: int
    bold: int


@dataclass(slots=True)
class Page:
    """The elements with text and the blocks of a page in document order.

    ``last[i]`` is the number of blocks up to the end of element i; ``is_cut`` tells that the page has more blocks.
    """

    elements: list[Element] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    blocks: list[PageBlock] = field(default_factory=list)
    is_cut: bool = False


def read_blocks(tree: LexborHTMLParser) -> Page:
    """Return the blocks of a page. The tree loses what is never shown (``PRUNED``)."""
    tree.strip_tags(PRUNED)
    root = tree.body or tree.root
    return _Walk().read(root.html or "" if root else "")


_OPENS, _CLOSES, _IS_EDGE, _IS_BREAK, _IS_ROW, _IS_LINK, _IS_BOLD = 1, 2, 4, 8, 16, 32, 64
"""What a tag does."""


class _Acts(dict[str, int]):
    """What each tag does, by its name as written (``/p`` ends a ``p``)."""

    def __missing__(self, tag: str) -> int:
        name = tag.removeprefix("/")
        act = 0
        if name in VOID:
            act = _IS_BREAK if name == "br" else _IS_EDGE if name == "hr" else 0
        elif name:
            act = _CLOSES if name is not tag else _OPENS
            act |= 0 if name in INLINE else _IS_EDGE
            act |= _IS_LINK if name == "a" else _IS_BOLD if name in _BOLD else _IS_ROW if name == "tr" else 0
        if len(self) < MAX_KNOWN:
            self[tag] = act
        return act


MAX_KNOWN = 1000
"""Names of tags that are kept in mind; those of the language are some hundred."""
_ACTS = _Acts()


class _Walk:
    """One pass over the tags and texts of a page. Elements without text of their own or within are passed over."""

    def __init__(self) -> None:
        self.page = Page()
        self.named: dict[str, tuple[str, bool]] = {"": ("", False)}

    def read(self, source: str) -> Page:  # noqa: C901, PLR0912, PLR0915 - the hot loop: one pass, few calls
        elements, last, blocks = self.page.elements, self.page.last, self.page.blocks
        acts = _ACTS
        opened: list[Sequence[str]] = []  # the tags of the open elements, the outermost first
        numbers: list[int] = []  # of those among them that have text
        parts: list[str] = []
        in_link = in_bold = linked = bold = 0
        leaf = -1
        elements.append(Element("", "", -1, 0, is_hidden=False, kind=BlockKind.PARAGRAPH, first=0, block=0))
        last.append(0)
        for token in _TOKEN.findall(source) if len(source) < LONG else _tokens(source):
            tag, _, text = token
            act = acts[tag]
            if parts and act & _IS_EDGE:
                if leaf >= 0:
                    self.end(parts, leaf, linked, bold)
                    leaf, linked, bold = -1, 0, 0
                    if len(blocks) >= MAX_BLOCKS:
                        self.page.is_cut = True
                        break
                parts = []
            if act & _OPENS:
                opened.append(token)
                if act >= _IS_LINK:
                    in_link += act & _IS_LINK
                    in_bold += act & _IS_BOLD
            elif act & _CLOSES:
                if opened:
                    opened.pop()
                    if len(numbers) > len(opened):
                        number = numbers.pop()
                        if act & _IS_ROW:
                            self.join(number)
                        last[number] = len(blocks)
                    if act >= _IS_LINK:
                        in_link -= act & _IS_LINK
                        in_bold -= act & _IS_BOLD
            elif act & _IS_BREAK:
                parts.append(BREAK)
            if text:
                if text.isspace():
                    if parts:
                        parts.append(" ")
                    continue
                parts.append(text)
                if leaf < 0:
                    if len(numbers) < len(opened):
                        self.add(opened, numbers)
                    leaf = numbers[-1] if numbers else 0
                if in_link:
                    linked += len(text)
                if in_bold:
                    bold += len(text)
        if leaf >= 0:
            self.end(parts, leaf, linked, bold)
        for number in (0, *numbers):
            last[number] = len(blocks)
        return self.page

    def add(self, opened: Sequence[Sequence[str]], numbers: list[int]) -> None:
        """Add the open elements that have had no text so far."""
        page, named, inline, kinds = self.page, self.named, INLINE, _GIVES_KIND
        elements = page.elements
        new = tuple.__new__  # a third of the time that it takes by the name, and a page has hundreds
        first, number, depth = len(page.blocks), len(elements), len(numbers)
        parent = numbers[-1] if numbers else 0
        _, _, _, _, is_hidden, kind, _, block = elements[parent]
        for tag, said, _ in opened[depth:]:
            depth += 1
            known = named.get(said)
            if known is None:
                known = named[said] = _name(said)
            names, hides = known
            if hides:
                is_hidden = True
            if tag not in inline:
                block = number
            if tag in kinds:
                kind = kinds[tag]
            elements.append(new(Element, (tag, names, parent, depth, is_hidden, kind, first, block)))
            parent = number
            number += 1
        added = range(len(page.last), number)
        page.last.extend([0] * len(added))
        numbers.extend(added)

    def join(self, row: int) -> None:
        """Make the cells of a row one block, a tab between; not where they hold paragraphs, as in tables for layout."""
        elements, blocks = self.page.elements, self.page.blocks
        first = elements[row].first
        cells = blocks[first:]
        if len(cells) < 2 or any(elements[c.element].parent != row or len(c.text) > MAX_CELL for c in cells):
            return
        text = "\t".join([c.text.replace("\n", " ") for c in cells])
        blocks[first:] = [PageBlock(text, row, row, sum(c.linked for c in cells), sum(c.bold for c in cells))]
        del elements[row + 1 :], self.page.last[row + 1 :]

    def end(self, parts: Sequence[str], leaf: int, linked: int, bold: int) -> None:
        """End the block that is open: more than one if it has blank lines."""
        raw = "".join(parts) if len(parts) > 1 else parts[0]
        if "&" in raw:
            raw = raw.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        blocks, element = self.page.blocks, self.page.elements[leaf].block
        if BREAK not in raw:
            text = " ".join(raw.split())
            if text:
                blocks.append(PageBlock(text, element, leaf, linked, bold))
            return
        for piece in _DOUBLE.split(raw):
            text = "\n".join(filter(None, (" ".join(line.split()) for line in piece.split(BREAK))))
            if text:
                share = len(piece) / len(raw)
                blocks.append(PageBlock(text, element, leaf, round(linked * share), round(bold * share)))


_DOUBLE = re.compile(rf"{BREAK}\s*{BREAK}[{BREAK}\s]*")


def _tokens(source: str) -> Iterator[Sequence[str]]:
    """Yield the tags of a long page one by one."""
    return (match.groups("") for match in _TOKEN.finditer(source))


def _name(attributes: str) -> tuple[str, bool]:
    """Return what attributes call their element, and whether they hide it."""
    may_be_hidden = "hidden" in attributes or "none" in attributes  # a cheap look before the dear one
    return " ".join(_NAME.findall(attributes)), may_be_hidden and _HIDDEN.search(attributes) is not None
