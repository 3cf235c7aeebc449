"""White space: more of it than a text needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.proposals import Proposal
from copydesk.repairs.characters import WIDE
from copydesk.view import View

VERSION = 2

_HINTS = tuple(re.compile(hint).search for hint in ("  ", "\n(?: |\n\n)"))
"""One of these stands in every text that has something to tighten, or a tab, a wide blank, a blank before a mark or at
an end of a line; such patterns are found quicker than strings are."""
_AT_TAB = re.compile(r"\t[\n,.]|\n\t")
"""Where a tab on a page may be one too many; elsewhere it parts the cells of a row."""
_BEFORE_MARK = re.compile(rb" \.")
_LOOSE = re.compile(
    r"(?P<lines>\n(?:[ \t\u3000]*\n){2,}|\n(?:[ \t\u3000]+\n)+)"
    r"|(?P<trail>[ \t]+(?=\n))"
    r"|(?P<indent>(?<=\n)[ \t]+(?=\S))"
    r"|(?P<mark>(?<=[^\W\d_])[ \t]+(?=[,.](?! ?\.)(?:[\s\"”’)]|$)))"
    r"|(?P<wide>(?<=\S)(?:[ ]*\t[ \t]*|[ ]{2,})(?=\S))"
)
_SPOT = re.compile(r"[\n \t](?:(?<=\n)[ \t\u3000\n]|(?<=[ \t])[ \t\n,.]|(?<=\t))")
"""Where one of these may begin, or one character before: a set of characters first is what patterns find fast."""
_BLANKS = re.compile(r"[ \t]*+")
_COLUMN = re.compile(r"\S(?:[ ]{2,}|[ ]*\t[ \t]*)\S")
_BULLET = re.compile(r"[-*•·–—>|]|\d{1,3}[.)]\s|[a-z][.)]\s")
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
    if _may_be_loose(view):
        yield from _tightened(view)


def _may_be_loose(view: View) -> bool:
    if "\t" in view.odd and (view.is_pasted or _AT_TAB.search(view.text)):
        return True
    if "\u3000" in view.odd or _BEFORE_MARK.search(view.form) or any(h(view.text) for h in _HINTS):
        return True
    return any(start != text_start or end != text_end for start, end, text_start, text_end in view.lines)


def _tightened(view: View) -> Iterator[Proposal]:
    text = view.text
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())  # beyond them, find_loose_ends has it
    found = [match for match in _loose(text, first, last) if _is_loose(view, match)]
    for match in found:
        name = match.lastgroup or ""
        replacement = "\n\n" if name == "lines" else " " if name == "wide" else ""
        confidence = 0.45 if name == "mark" and len(found) == 1 and len(text) > SLIP else 1.0
        yield Proposal(*match.span(), replacement, "spacing", f"spacing.{name}", _REASONS[name], confidence)


def _loose(text: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """Yield what ``_LOOSE`` finds from left to right, at a tenth of the cost."""
    look = at = first
    while spot := _SPOT.search(text, look, last):
        here = spot.start()
        match = (here >= at and _LOOSE.match(text, here, last)) or _LOOSE.match(text, here + 1, last)
        if match:
            yield match
            at = match.end()
            look = max(here + 1, at - 1)
        elif blanks := _BLANKS.match(text, here + 1, last):  # what does not begin with them does not begin within them
            look = max(here + 1, blanks.end() - 1)


def _is_loose(view: View, match: re.Match[str]) -> bool:
    text = view.text
    start, end = match.span()
    if match.lastgroup == "wide":  # on a page, a tab parts the cells of a row
        return "\t" not in match[0] if not view.is_pasted else not _is_in_table(text, start)
    return match.lastgroup != "indent" or not _is_set_in(text, start, end)


def _lines_beside(text: str, position: int) -> Iterator[str]:
    """Yield the lines right above and below the one that holds a position, as far as lines are short."""
    begin = text.rfind("\n", max(0, position - MAX_LINE), position) + 1
    end = text.find("\n", position, position + MAX_LINE)
    if begin:
        above = text.rfind("\n", max(0, begin - 1 - MAX_LINE), begin - 1) + 1
        yield text[max(above, begin - 1 - MAX_LINE) : begin - 1]
    if end >= 0:
        below = text.find("\n", end + 1, end + 1 + MAX_LINE)
        yield text[end + 1 : below if below >= 0 else end + 1 + MAX_LINE]


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
    return bool(WIDE.match(character))
