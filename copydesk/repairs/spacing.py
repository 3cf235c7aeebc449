"""White space: more of it than a text needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.proposals import Proposal
from copydesk.view import View

VERSION = 2

_HINTS = ("  ", "\t", "\n\n\n", " \n", "\n ", "\u3000\n", " ,", " .")
"""One of these stands in every text that has something to tighten; to look for them costs next to nothing."""
_LOOSE = re.compile(
    r"(?P<lines>\n(?:[ \t\u3000]*\n){2,}|\n(?:[ \t\u3000]+\n)+)"
    r"|(?P<trail>[ \t]+(?=\n))"
    r"|(?P<indent>(?<=\n)[ \t]+(?=\S))"
    r"|(?P<mark>(?<=[^\W\d_])[ \t]+(?=[,.](?! ?\.)(?:[\s\"”’)]|$)))"
    r"|(?P<wide>(?<=\S)(?:[ ]*\t[ \t]*|[ ]{2,})(?=\S))"
)
_COLUMN = re.compile(r"\S(?:[ ]{2,}|[ ]*\t[ \t]*)\S")
_BULLET = re.compile(r"[-*•·–—>|]|\d{1,3}[.)]\s|[a-z][.)]\s")
_WIDE = re.compile("[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")
_REASONS = {
    "lines": "more than one blank line",
    "trail": "white space at a line's end",
    "indent": "indent of a paragraph",
    "mark": "blank before a mark",
    "wide": "more than one blank",
}


def find_loose_ends(view: View) -> Iterator[Proposal]:
    r"""Propose to drop white space before the first and behind the last word; one final line feed stays.

    >>> [(p.start, p.end) for p in find_loose_ends(View("\n One.\n\n\n"))]
    [(0, 2), (7, 9)]
    """
    text = view.text
    begin = len(text) - len(text.lstrip())
    begin -= text[:begin].endswith("\u3000") and _is_wide(text[begin : begin + 1])  # an East Asian paragraph's indent
    end = len(text.rstrip())
    if text[end : end + 1] == "\n":
        end += 1
    if 0 < begin < len(text):
        yield Proposal(0, begin, "", "spacing", "spacing.start", "white space before the text")
    if begin < end < len(text):
        yield Proposal(end, len(text), "", "spacing", "spacing.end", "white space behind the text")


def find_loose_spaces(view: View) -> Iterator[Proposal]:
    r"""Propose one blank for several and for tabs, none before full stop or comma, one blank line for many, no indents.

    Left alone: tables, verses and lists that blanks set in, blanks before ``;:!?`` (French has them), spaced dots.

    >>> [(p.start, p.end, p.replacement) for p in find_loose_spaces(View("One  two , three.\n\n\n\nFour."))]
    [(3, 5, ' '), (8, 9, ''), (17, 21, '\n\n')]
    """
    text = view.text
    if not any(hint in text for hint in _HINTS):
        return
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())  # beyond them, find_loose_ends has it
    found = [match for match in _LOOSE.finditer(text, first, last) if _is_loose(text, match)]
    for match in found:
        name = match.lastgroup or ""
        replacement = "\n\n" if name == "lines" else " " if name == "wide" else ""
        confidence = 0.45 if name == "mark" and len(found) == 1 and len(text) > SLIP else 1.0
        yield Proposal(*match.span(), replacement, "spacing", f"spacing.{name}", _REASONS[name], confidence)


def _is_loose(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if match.lastgroup == "wide":
        return not _is_in_table(text, start)
    return match.lastgroup != "indent" or not _is_set_in(text, start, end)


def _lines_beside(text: str, position: int) -> Iterator[str]:
    """Yield the lines right above and below the one that holds a position."""
    begin = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    if begin:
        yield text[max(text.rfind("\n", 0, begin - 1) + 1, begin - 1 - MAX_LINE) : begin - 1]
    if end >= 0:
        following = text.find("\n", end + 1)
        yield text[end + 1 : min(following if following >= 0 else len(text), end + 1 + MAX_LINE)]


SLIP = 1500
"""Characters of a text in which one lone blank before a mark is a slip of the writer's, and is only pointed at."""
MAX_LINE = 300
"""Characters of a line that may be the row of a table."""


def _is_in_table(text: str, position: int) -> bool:
    """Tell whether a wide gap parts columns: the line above or below has one too."""
    return any(_COLUMN.search(line) for line in _lines_beside(text, position))


def _is_set_in(text: str, start: int, end: int) -> bool:
    """Tell whether an indent is meant: a list item, or one of several lines in a row that are set in."""
    return bool(_BULLET.match(text, end)) or any(
        line[:1] in " \t" and line.strip() for line in _lines_beside(text, start)
    )


def _is_wide(character: str) -> bool:
    return bool(_WIDE.match(character))
