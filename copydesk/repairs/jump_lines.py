"""Lines that lead readers of a printed paper from one page to another."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from functools import cache

from copydesk.proposals import Proposal
from copydesk.repairs.cuts import is_cut, is_tight, take_out
from copydesk.view import View

VERSION = 1

MAX_LINE = 70
_BEHIND = ("sayfa", "版", "頁", "页", "面", "ページ", "면", " page", "Seite", "seite")
"""Words behind a page's number, and those that need none: "continued on next page"."""
_NUMBER = r"[A-Z]{0,2}-?\d{1,4}[A-Z]?"


def find_jump_lines(view: View) -> Iterator[Proposal]:
    r"""Propose to take out lines as "Continued from page 4", and to join the sentence that they cut.

    Left alone: such words in a longer line; "see page 3" and "from page 3" in a text's own sentence.

    >>> text = "The lamp at Skarvik went dark\n\n(Turn to Page 5, Col. 2)\n\nin January."
    >>> [(p.start, p.end, p.replacement) for p in find_jump_lines(View(text))]
    [(31, 55, '')]
    """
    text = view.text
    for i, line in enumerate(view.lines):
        if line.text_end - line.text_start <= MAX_LINE and is_jump_line(text[line.text_start : line.text_end]):
            whole = Proposal(0, 0, "", "continued", "jump_lines.page", "leads to another page of a paper", 0.95)
            yield take_out(view, i, i, whole, is_joined=is_cut(view, i, i) or _is_inside(view, i))


def is_jump_line(line: str) -> bool:
    """Tell whether a line leads from one page to another.

    >>> is_jump_line("Fortsetzung auf Seite 5"), is_jump_line("Skarvik Observer 5")
    (True, False)
    """
    return _may_lead(line) and _pattern().fullmatch(line) is not None


def _is_inside(view: View, i: int) -> bool:
    """Tell whether lines follow without a blank one on both sides, as in the middle of a paragraph."""
    return is_tight(view, i, i) and not view.is_gap(i) and not view.is_gap(i + 1)


def _may_lead(line: str) -> bool:
    """Tell whether a line ends with a figure, brackets aside, or has one in words of another script: cheap to ask."""
    last = line.rstrip(").]»>…→ ")[-1:]
    if last.isdigit():
        return not line[0].isdigit()
    return any(word in line for word in _BEHIND) or (last.isalpha() and last.isupper() and line[-2:-1].isdigit())


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a whole jump line: a label in front, words, a page, a column, marks around."""
    phrases: dict[str, list[str]] = {"go": [], "page": [], "column": [], "whole": []}
    for row in (pkgutil.get_data("copydesk", "data/jump_lines.tsv") or b"").decode("utf-8").splitlines():
        if row and not row.startswith("#"):
            _, name, listed = row.split("\t")
            phrases[name] += [
                re.escape(phrase).replace("\\ ", r"\s").replace("'", "['’]") for phrase in listed.split(";")
            ]
    go, page, column, whole = ("|".join(sorted(set(phrases[name]), key=len, reverse=True)) for name in phrases)
    whole = whole.replace("\\#", _NUMBER)
    label = r"(?:[^\W\d_][\w'’ .&-]{0,30}\s?(?:[—–:,|]|-\s|\s-)\s?)?"
    tail = rf"(?:\s?[,;/]?\s?\(?(?:{column})\s?\d{{1,2}}\)?)?"
    named = rf"(?:{go})(?:\s[^\W\d_][\w'’-]{{0,20}},)?\s?(?:{page})\s?{_NUMBER}{tail}"
    verb = r"(?:continue[ds]|cont['’]?d\.?|contd\.?|cont\.|turn|fortsetzung|suite|segue|continua)"
    bare = rf"{verb}\s(?:on|from|to|at|auf|von|a|en)\s{_NUMBER}{tail}"
    near = r"(?:next|previous|preceding|following)\spage|la\spage\ssuivante|der\snächsten\sseite"
    alone = rf"{verb}\s(?:on|from|auf|à)\s(?:the\s)?(?:{near})"
    see = r"(?:see|please see|please turn to)\s(?-i:[A-Z]{2,20}),\s(?:page\s)?[A-Z]?\d{1,3}"
    return re.compile(rf"[^\w\n]{{0,4}}\s?{label}(?:{named}|{bare}|{alone}|{see}|{whole})[^\w\n]{{0,4}}", re.IGNORECASE)
