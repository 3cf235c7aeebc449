"""Web pages: the base text is the article's blocks; what the page says of itself are candidates."""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from copydesk.document import Block, Candidate, Decoding, Document, LeftOut, Span
from copydesk.readers.html_blocks import VOID, Page, PageBlock, read_blocks
from copydesk.readers.html_choice import choose_blocks, hints_of, mark_blocks, score_blocks
from copydesk.readers.html_model import load_model
from copydesk.readers.metadata import read_metadata

MAX_OPEN = 500
"""Elements of one name that may be open at a time, and ten times as many of all names together: the parser takes time
with the square of the depth."""
MANY_TAGS = 16_000
"""Pages with fewer cannot nest so deep that it matters."""
_CLOSED_BY_THEMSELVES = VOID | frozenset("p li dt dd td th tr option rb rp rt".split())
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")


def read_html(text: str, decoding: Decoding | None = None, url: str | None = None) -> Document:
    """Return the document of a page; without an article its text is empty, and a candidate says so."""
    tree = LexborHTMLParser(bound_depth(text))
    candidates = tuple(read_metadata(tree, text, url))
    page = read_blocks(tree)
    model = load_model()
    scores = score_blocks(page, hints_of(candidates), model)
    kept = choose_blocks(page, scores, model.cut)
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    texts: list[str] = []
    start = 0
    for block, kind, score in zip(page.blocks, mark_blocks(page, scores, kept), scores, strict=True):
        if kind:
            texts.append(block.text)
            blocks.append(Block(kind, Span(start, start + len(block.text))))
            start += len(block.text) + 2
        else:
            left_out.append(
                LeftOut(page.elements[block.element].kind, block.text, start, _reason(page, block), round(score, 3))
            )
    if not blocks:
        candidates = (Candidate("kind", "not_an_article", "body"), *candidates)
    return Document(
        "\n\n".join(texts), tuple(blocks), candidates, "html", decoding, url, source=text, left_out=tuple(left_out)
    )


def _reason(page: Page, block: PageBlock) -> str:
    """Return why a block was left out, as far as it can be said in a line."""
    if page.elements[block.element].is_hidden:
        return "not shown"
    if 2 * block.linked > len(block.text):
        return "links"
    return "unlike the text of an article"


def bound_depth(source: str) -> str:
    """Return a source without the opening tags that would nest deeper than any page does.

    >>> len(bound_depth("<div>" * 100_000)) == len("<div>") * MAX_OPEN
    True
    """
    if source.count("<") <= MANY_TAGS:
        return source
    count = Counter[str]()
    depth = 0
    dropped: list[Span] = []
    for tag in _TAG.finditer(source):
        name = tag[2].lower()
        if name in _CLOSED_BY_THEMSELVES:
            continue
        if tag[1]:
            if count[name]:
                count[name] -= 1
                depth -= 1
        elif count[name] >= MAX_OPEN or depth >= 10 * MAX_OPEN:
            end = source.find(">", tag.end())
            dropped.append(Span(tag.start(), len(source) if end < 0 else end + 1))
        else:
            count[name] += 1
            depth += 1
    return _without(source, dropped) if dropped else source


def _without(source: str, spans: list[Span]) -> str:
    parts, at = [], 0
    for start, end in spans:
        if start >= at:
            parts.append(source[at:start])
        at = max(at, end)
    return "".join((*parts, source[at:]))
