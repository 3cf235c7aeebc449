"""The menus above a page's article and the links below it, where a whole page was copied."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from copydesk.proposals import Proposal
from copydesk.tables import phrases
from copydesk.view import View

VERSION = 1

MIN_LINES = 16
"""Lines of a text that can be a whole page."""
MIN_CUT = 5
"""Lines of a menu; fewer may be the article's own."""
SURE, LIKELY = 3.0, 1.0
"""Different entries of a menu that must be known on one side, and where the other side has one for sure."""
DENSITY = 0.03
"""The same for each line."""
SECTION, MIN_PAGE = 0.5, 2
"""What an entry counts that may be a heading too, and how many there must be of others."""
LONG_PROSE, PROSE = 140, 50
"""Characters of a line that is prose whatever it ends with, and of one that ends as sentences do."""
MOST, COST, LINK_COST = 400, 60, 45
"""A line of prose counts by its characters, up to so many, less what a teaser has; other lines count against."""
MIN_TITLE, TITLE_WITHIN = 32, 9
"""Characters of a title, and how many lines above the first paragraph it stands at most."""
MAX_LABEL, MAX_ROW = 48, 240
"""Characters of one entry of a menu, and of several in one line."""
_PIECES = re.compile(r"\s*[|•·,/&»>]+\s*|\s{2,}|\s(?:and|und|et|y|e|en)\s")
_TAB = re.compile(r",?\s*\(?opens? (?:in )?(?:a )?new (?:tab|window)\)?$")
"""What is said of a link to those who do not see it."""
_END = re.compile(r"[.!?…。！？؟।۔][\"'”’»)\]」』]*$")
MAX_GAP, MAX_PROSE, MAX_FOOT = 10, 250, 700
"""Long lines, and characters of sentences, between two lines of one menu; of those between it and the text's end."""
_EDGES = " \t\u00a0•·|»«›‹<>→←▸▾▼▲▶+–—-…:*#()[]0123456789"
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
UNSPACED = 0.4
"""Share of characters that prose needs in scripts without spaces."""


class _Side(NamedTuple):
    """Lines [first, stop) on one side of the article, and how much the different entries of a menu in them count."""

    first: int
    stop: int
    signs: Sequence[float]

    @property
    def weight(self) -> float:
        return sum(self.signs)

    @property
    def is_sure(self) -> bool:
        return self.signs.count(1.0) >= MIN_PAGE and self.weight >= max(SURE, DENSITY * (self.stop - self.first))


def find_page_menus(view: View) -> Iterator[Proposal]:
    r"""Propose to take out what stands above and below the article where a whole page was copied.

    The article is the stretch with the most prose for its short lines, from the title on. The rest goes only if several
    of its lines are what menus, footers and controls say (``data/menus.tsv``), or stand twice.

    Left alone: lists, tables, programmes and scores above or below an article; pages without prose.

    >>> menu = "Home\nSearch\nNews\nSport\nWeather\nSign in\nSubscribe\n\nFerry to Skarvik is late again this week\n\n"
    >>> prose = "Nobody on the quay could say on Monday why the ferry to Skarvik was late for the third week.\n\n"
    >>> text = menu + prose * 4 + "Contact us\nPrivacy policy\nTerms of use\nAbout us\nJobs\n"
    >>> [(p.rule, text[p.start : p.end].split("\n")[-1]) for p in find_page_menus(View(text))]
    [('page_menus.above', 'Subscribe'), ('page_menus.below', 'Jobs')]
    """
    count = len(view.lines)
    if not view.is_pasted or count < MIN_LINES or not _may_have_menus(view):
        return
    first, stop = _article(view)
    if stop <= first:
        return
    labels = [_label(view, i) for i in range(count)]
    again = Counter(label for label in labels if label)
    signs = [_sign(label, again[label]) for label in labels]
    above = _reach(view, labels, signs, range(_head(view, first)))
    below = _reach(view, labels, signs, range(count - 1, stop - 1, -1))
    for side, other, name in ((above, below, "above"), (below, above, "below")):
        size = side.stop - side.first
        if (size >= MIN_CUT and side.is_sure) or (size and other.is_sure and side.weight >= LIKELY):
            start, end = view.lines[side.first].text_start, view.lines[side.stop - 1].text_end
            reason = f"menus and links of a page {name} the article ({size} lines)"
            yield Proposal(start, end, "", "navigation", f"page_menus.{name}", reason, 0.9, is_block=True)


def _may_have_menus(view: View) -> bool:
    """Tell cheaply whether a few entries of menus are known: most texts have none."""
    text, page, found = view.text, _known("page"), set[str]()
    for _, _, start, end in view.lines:
        if end - start <= MAX_LABEL and (label := text[start:end].strip(_EDGES).lower()) in page:
            found.add(label)
            if len(found) >= MIN_PAGE:
                return True
    return False


def _article(view: View) -> tuple[int, int]:
    """Return the lines [first, stop) in which prose outweighs other lines the most."""
    scale = UNSPACED if _UNSPACED.search(view.text) else 1.0
    best = total = 0.0
    first, found = 0, (0, 0)
    for i, line in enumerate(view.lines):
        start, end = line.span
        length = (end - start) / scale
        is_prose = length >= LONG_PROSE or (length >= PROSE and _is_sentence(view, start, end))
        total += min(length, MOST) - COST if is_prose else -LINK_COST
        if total <= 0:
            total, first = 0.0, i + 1
        elif total > best:
            best, found = total, (first, i + 1)
    return found


def _head(view: View, first: int) -> int:
    """Return where the article's head may begin: the first line near its first paragraph that can be a title."""
    near = range(max(0, first - TITLE_WITHIN), first)
    return next((i for i in near if view.lines[i].text_end - view.lines[i].text_start >= MIN_TITLE), first)


def _label(view: View, line: int) -> str:
    """Return a line as it is looked up: short, in small letters, without marks at its ends; else nothing."""
    start, end = view.lines[line].span
    if end - start > MAX_ROW:
        return ""
    return _TAB.sub("", view.text[start:end].strip(_EDGES).lower())


def _sign(label: str, times: int) -> float | None:
    """Return how much a line speaks for a menu; 0 for one that may stand in a menu, None for any other."""
    if len(label) <= MAX_LABEL:
        if label in _known("page"):
            return 1.0
        if label in _known("section"):
            return SECTION
    pieces = [piece for piece in _PIECES.split(label) if piece] if label[-1:] != "." else ()
    if len(pieces) > 1 and 3 * sum(piece in _known("page") for piece in pieces) > len(pieces):
        return 1.0
    return 0.0 if label and times > 1 else None


def _reach(view: View, labels: Sequence[str], signs: Sequence[float | None], lines: range) -> _Side:
    """Return the lines from an end of the text on up to the last of a menu; prose and other long lines end it."""
    last, gap, prose, said = lines.start - lines.step, 0, 0, dict[str, float]()
    for i in lines:
        sign = signs[i]
        if sign is not None:
            last, gap, prose = i, 0, 0
            said[labels[i]] = sign
            continue
        start, end = view.lines[i].span
        gap += end - start > MAX_LABEL
        prose += end - start if end - start >= PROSE and _is_sentence(view, start, end) else 0
        if gap > MAX_GAP or prose > (MAX_PROSE if said else MAX_FOOT):
            break
    first, stop = (0, last + 1) if lines.step > 0 else (last, lines.start + 1)
    return _Side(first, stop, tuple(said.values()))


def _is_sentence(view: View, start: int, end: int) -> bool:
    """Tell whether a line ends as a sentence does, or goes on with one."""
    return view.text[start].islower() or _END.search(view.text, end - 4, end) is not None


@cache
def _known(role: str) -> frozenset[str]:
    return frozenset(words.lower() for words in phrases("menus.tsv", role))
