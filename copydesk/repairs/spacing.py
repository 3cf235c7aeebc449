"""White space at the ends of a text."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.proposals import Proposal
from copydesk.view import View

VERSION = 1


def find_loose_ends(view: View) -> Iterator[Proposal]:
    r"""Propose to drop white space before the first and behind the last word; one final line feed stays.

    >>> [(p.start, p.end) for p in find_loose_ends(View("\n One.\n\n\n"))]
    [(0, 2), (7, 9)]
    """
    text = view.text
    begin = len(text) - len(text.lstrip())
    begin -= text[:begin].endswith("\u3000")  # the indent of a paragraph in East Asian text
    end = len(text.rstrip())
    if text[end : end + 1] == "\n":
        end += 1
    if 0 < begin < len(text):
        yield Proposal(0, begin, "", "spacing", "spacing.start", "white space before the text")
    if begin < end < len(text):
        yield Proposal(end, len(text), "", "spacing", "spacing.end", "white space behind the text")
