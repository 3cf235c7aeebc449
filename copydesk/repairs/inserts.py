"""Lines that belong to the page and not to the article: ads, links to other stories, share rows, boxes and notices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from copydesk.document import Span
from copydesk.proposals import Proposal
from copydesk.repairs.insert_groups import Insert, find_lines
from copydesk.repairs.insert_lines import BULLET, SHORT
from copydesk.view import View

VERSION = 2

LONG_LINE = 10
"""Words that few headings have: such a line without a stop at its end is a sentence that was cut, or an item."""
REASONS: Mapping[str, str] = {
    "ad_marker": "marks an advertisement",
    "read_more": "leads to other stories",
    "share_row": "buttons or counts for sharing",
    "newsletter": "asks to sign up",
    "cookie": "a notice on cookies, consent or the browser",
    "comments": "leads to the readers' comments",
    "paywall": "asks to subscribe or log in",
}


_STOPS = ".!?…:;。！？："
_STOP_WITHIN = re.compile(r"[a-z][.!?][\"”’)]* [A-Z]")
"""Prose: a sentence ends in the line."""
_OPEN_WORDS = frozenset(
    "the a an of to in on at for with by from and or but that which who is are was were has had have be will would his "
    "her their its mr mrs ms dr der die das und von le la les de du des et el los las y en di il e do da".split()
)
"""Words with which no sentence or heading ends."""


def find_inserts(view: View) -> Iterator[Proposal]:
    r"""Propose to take out lines that belong to the page: whole short lines only.

    Left alone: prose about ads, cookies, newsletters, comments; items of lists; headings such as Comments or Cookies
    above a section; words that are buttons elsewhere (Print, Save) when they stand alone.

    >>> text = "Rents rose in Oslo.\n\nRead more: Why rents rise\n\nThe newsletter's editor resigned.\n\nShare\n\nPrint"
    >>> [(p.kind, text[p.start : p.end]) for p in find_inserts(View(text))]
    [('read_more', 'Read more: Why rents rise'), ('share_row', 'Share\n\nPrint')]
    """
    yield from _proposals(view, find_lines(view))


def _proposals(view: View, inserts: Sequence[Insert]) -> Iterator[Proposal]:
    """Yield the proposals; an insert that cuts a sentence takes the line breaks on both sides and leaves a blank."""
    n = 0
    while n < len(inserts):
        end = n
        while end + 1 < len(inserts) and inserts[end + 1].first == inserts[end].last + 1:
            end += 1
        cuts = _cuts_sentence(view, inserts[n].first - 1, inserts[end].last + 1)
        for k in range(n, end + 1):
            yield _proposal(view, inserts[k], cuts=cuts, is_first=k == n)
        n = end + 1


def _proposal(view: View, insert: Insert, *, cuts: bool, is_first: bool) -> Proposal:
    lines = view.lines
    span = Span(lines[insert.first].text_start, lines[insert.last].text_end)
    reason = REASONS[insert.kind]
    if not cuts:
        return Proposal(*span, "", insert.kind, insert.rule, reason, insert.confidence, is_block=True)
    start = lines[insert.first - 1].text_end if is_first else span.start
    end = lines[insert.last + 1].text_start
    return Proposal(start, end, " " if is_first else "", insert.kind, insert.rule, reason, insert.confidence)


def _cuts_sentence(view: View, before: int, behind: int) -> bool:
    if before < 0 or behind >= len(view.lines):
        return False
    above, below = view.of(before), view.of(behind)
    last = above.rstrip("\"'”’)»")[-1:]
    if below[0].islower():
        return last not in _STOPS
    if BULLET.match(above) or BULLET.match(below) or last in _STOPS:
        return False
    if last == ",":
        return len(above) > SHORT // 2
    words = len(above.split())
    is_prose = words >= LONG_LINE or (words >= LONG_LINE // 2 and bool(_STOP_WITHIN.search(above)))
    return above[-1].isalnum() and (is_prose or above.rsplit(None, 1)[-1].casefold() in _OPEN_WORDS)
