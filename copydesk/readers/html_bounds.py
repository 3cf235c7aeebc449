"""Pages of shapes that the parser takes the square of their size for: what no real page has is dropped before."""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from copydesk.document import Span
from copydesk.readers.html_blocks import VOID

MAX_OPEN = 500
"""Elements of one name that may be open at a time, and ten times as many of all names together."""
MANY_TAGS = 16_000
"""Pages with fewer cannot nest so deep that it matters."""
LONG_TAG = 8_000
"""Bytes of a tag that may have too many attributes."""
MAX_ATTRIBUTES = 1_000
_CLOSED_BY_THEMSELVES = VOID | frozenset("p li dt dd td th tr option rb rp rt".split())
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_OPENING = re.compile(rb"<[^\W\d_]")
_ATTRIBUTE = re.compile(rb"[^\s/=\"'>]+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"'][^\s>]*+))?+")


def parse(source: str) -> LexborHTMLParser:
    """Return the tree of a page."""
    content = source.encode("utf-8", "replace")  # once for all: to count in bytes takes a tenth of the time
    if content.count(b"<") > MANY_TAGS:
        content = bound_depth(source).encode("utf-8", "replace")
    if _may_have_long_tag(content):
        tags = content.split(b"<")
        kept = [tag if len(tag) <= LONG_TAG else _bound_attributes(tag) for tag in tags]
        content = b"<".join(kept)
    return LexborHTMLParser(content)


def _may_have_long_tag(content: bytes) -> bool:
    """Tell whether a tag may have more than ``LONG_TAG`` bytes: in leaps of half of that, one meets no ``>`` then."""
    leap, at, size = LONG_TAG // 2, 0, len(content)
    while at + leap <= size:
        end = content.find(b">", at, at + leap)
        if end < 0:
            start = content.rfind(b">", 0, at) + 1
            end = content.find(b">", at)
            end = size if end < 0 else end
            opening = _OPENING.search(content, start, end)
            if opening and end - opening.start() > LONG_TAG:
                return True
            at = end
        else:
            at += leap
    return False


def _bound_attributes(tag: bytes) -> bytes:
    """Return a tag and the text behind it without the attributes that are too many."""
    end = tag.find(b">")
    end = len(tag) if end < 0 else end
    if end <= LONG_TAG or not tag[:1].isalpha():
        return tag
    for number, attribute in enumerate(_ATTRIBUTE.finditer(tag, 0, end)):
        if number > MAX_ATTRIBUTES:
            return tag[: attribute.start()] + tag[end:]
    return tag


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
