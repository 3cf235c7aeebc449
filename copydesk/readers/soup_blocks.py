"""The text blocks of a page's soup, each with the text nodes that it is made of.

The blocks are those of ``html_blocks.read_blocks``, which takes the markup of a whole page in one pass and forgets it.
People's own rules are written against Beautiful Soup: here its nodes are kept, so that it is known of each block what a
rule leaves of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from copydesk.document import BlockKind
from copydesk.readers.html_blocks import INLINE, VOID, kind_given_by

Node = NavigableString | None
"""A text of a page; None for a line break."""


class SoupBlock(NamedTuple):
    """A block of a soup.

    Attributes:
        text: its words; white space is one space, a line break one line feed.
        kind: what it is, by the elements around it.
        nodes: its texts and line breaks, in order.

    """

    text: str
    kind: BlockKind
    nodes: tuple[Node, ...]


def parse_soup(html: str) -> BeautifulSoup:
    """Return the soup of well-nested markup (as lexbor writes it), or of a source as it came."""
    return BeautifulSoup(html, "html.parser")


def soup_blocks(root: Tag) -> Iterator[SoupBlock]:
    r"""Yield the blocks in an element, in document order.

    >>> [(block.text, block.kind.value) for block in soup_blocks(parse_soup("<h2>Lamp</h2>It <b>is</b> on<br>again."))]
    [('Lamp', 'heading'), ('It is on\nagain.', 'paragraph')]
    """
    known: dict[int, BlockKind] = {}
    for element, run in _runs(root):
        kind = _kind_of(element, known)
        for nodes in _parts(run):
            yield SoupBlock(text_of(nodes), kind, nodes)


def text_of(nodes: Sequence[Node]) -> str:
    """Return the words of some text nodes, a line for each line."""
    lines = ("".join(str(node) for node in line) for line in _lines(nodes))
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _runs(root: Tag) -> Iterator[tuple[Tag, list[Node]]]:
    """Yield the texts between two edges of elements that do not stand within a line, with the element around them."""
    run: list[Node] = []
    has_words = False
    for node, is_end in _events(root):
        if not isinstance(node, Tag):
            is_blank = node.isspace()
            if run or not is_blank:
                run.append(node)
            has_words = has_words or not is_blank
        elif node.name == "br":
            run += () if is_end else (None,)
        elif node.name not in INLINE and (node.name not in VOID or (node.name == "hr" and not is_end and has_words)):
            if has_words:
                yield _around(node if is_end else node.parent, root), run
            run, has_words = [], False
    if has_words:
        yield root, run


def _events(root: Tag) -> Iterator[tuple[Tag | NavigableString, bool]]:
    """Yield the beginnings and the ends (True) of elements, and the texts, in document order."""
    open_tags = [(root, iter(list(root.contents)))]
    while open_tags:
        tag, inner = open_tags[-1]
        for child in inner:
            if isinstance(child, Tag):
                yield child, False
                open_tags.append((child, iter(list(child.contents))))
                break
            if isinstance(child, NavigableString) and not isinstance(child, PreformattedString):  # no comment
                yield child, False
        else:
            open_tags.pop()
            if open_tags:
                yield tag, True


def _around(tag: Tag | None, root: Tag) -> Tag:
    """Return the innermost element around a place that does not stand within a line."""
    while tag is not None and tag is not root and tag.name in INLINE:
        tag = tag.parent
    return tag or root


def _kind_of(element: Tag, known: dict[int, BlockKind]) -> BlockKind:
    """Return what the text of an element is; ``known`` keeps it in mind for it and those around it."""
    passed: list[Tag] = []
    tag: Tag | None = element
    kind: BlockKind | None = None
    while tag is not None and kind is None:
        kind = known.get(id(tag)) or kind_given_by(tag.name)
        passed.append(tag)
        tag = tag.parent
    found = kind or BlockKind.PARAGRAPH
    known.update((id(tag), found) for tag in passed)
    return found


def _lines(nodes: Sequence[Node]) -> Iterator[list[NavigableString]]:
    line: list[NavigableString] = []
    for node in nodes:
        if node is None:
            yield line
            line = []
        else:
            line.append(node)
    yield line


def _parts(run: Sequence[Node]) -> Iterator[tuple[Node, ...]]:
    """Yield the parts of a run between its blank lines."""
    for is_blank, lines in groupby(_lines(run), key=lambda line: all(node.isspace() for node in line)):
        if not is_blank:
            nodes: list[Node] = []
            for line in lines:
                nodes += (None, *line) if nodes else line
            yield tuple(nodes)
