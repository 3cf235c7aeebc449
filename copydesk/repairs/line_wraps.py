"""Text that was wrapped by line feeds, as mail, print files and terminals have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from copydesk.proposals import Proposal
from copydesk.repairs.hyphens import Hyphens
from copydesk.repairs.line_breaks import MIN_WIDTH, Break, find_runs, width_of
from copydesk.repairs.sentences import ends_in_open_word, glue
from copydesk.view import View

VERSION = 1

MIN_FIT = 0.8
"""The share of mid-sentence breaks of a run that the width explains."""
MIN_SMALL = 0.3
"""The share of mid-sentence breaks with a small letter behind them; verses begin with capitals."""
MANY = 3
"""So many mid-sentence breaks speak for themselves; fewer need small letters, or a wrapped text around them."""
NARROW = 45
"""Columns below which verses are as wide as wrapped text, and twice as many breaks are asked for."""
NEAR = 8
TRUSTED = 6
"""So many wrapped breaks tell the width of the text."""
MIN_LINE = 38
"""Characters of a line that is joined without other evidence than the small letter behind it."""
TORN = 8
MIN_TORN = 0.6
"""So many mid-sentence breaks, and such a share of small letters behind them, show a text that was wrapped twice."""
NEARLY_ALL = 0.9
OUTLIERS = 33
"""One break in so many is off for reasons of its own."""
SHORT = 5
"""Where blank lines part paragraphs, a line that ends one without must fall short by a fifth of the width."""


def find_line_wraps(view: View) -> Iterator[Proposal]:
    r"""Propose to join wrapped lines to paragraphs, words broken at line ends too, and to set paragraphs apart.

    Left alone: verses, lists, tables, addresses, dialogues with a dash a line, one paragraph a line: their lines are
    not as full as they can be, or end with their sentences.

    >>> text = "The lamp at Skarvik went dark in Janu-\nary and stayed dark for most of a year\nbefore it was lit."
    >>> [(p.start, p.end, p.replacement, p.kind) for p in find_line_wraps(View(text))]
    [(37, 39, '', 'hyphen_wrap'), (77, 78, ' ', 'hyphen_wrap')]
    """
    if "\n" in view.text.replace("\n\n", ""):
        yield from _Wraps(view).proposals()


@dataclass(frozen=True)
class _Style:
    """What wrapped breaks of a text look like: with a blank before the line feed, with which indent behind it.

    None: now so, now so. ``slack`` is by how many columns they are off.
    """

    has_blank: bool | None
    indent: int | None
    slack: int

    def ends_paragraph(self, item: Break, width: int) -> bool:
        """Tell whether a break behind a sentence parts paragraphs: it looks otherwise, or the line is not full."""
        return self.differs(item) or (not self.has_blank and item.reach + self.slack <= width)

    def differs(self, item: Break) -> bool:
        """Tell whether a break does not look like a wrapped one."""
        is_bare = bool(self.has_blank) and not item.has_blank
        return is_bare or (self.indent is not None and item.indent != self.indent)


@dataclass(frozen=True)
class _Wraps:
    view: View

    @cached_property
    def hyphens(self) -> Hyphens:
        return Hyphens(self.view.text)

    def proposals(self) -> Iterator[Proposal]:
        runs = list(find_runs(self.view))
        width = width_of([item for run in runs for item in run])
        wrapped, others = list[list[Break]](), list[list[Break]]()
        for run in runs:
            (wrapped if self._is_wrapped(run, width) else others).append(run)
        sure = [item for run in wrapped for item in run if item.fits(width)]
        is_trusted = len(sure) >= TRUSTED
        if is_trusted:
            wrapped += [run for run in others if _is_like(run, width)]
        elif others:
            wrapped += [run for run in others if self._is_small(run)]
        style = _style_of([item for item in sure if item.is_open], width, has_gaps=len(wrapped) > 1)
        found = [p for run in wrapped for p in self._joins(run, width, style)]
        joined = {p.start for p in found} | {p.start + 1 for p in found}
        left = [item for run in runs for item in run if item.start not in joined and item.length >= MIN_WIDTH // 2]
        found += [p for item in left for p in self._broken_word(item)]
        kind = "hyphen_wrap" if any(p.kind == "hyphen_wrap" for p in found) else "hard_wrap"
        yield from (p._replace(kind=kind) for p in sorted(found, key=lambda p: p.start))

    def _is_wrapped(self, run: Sequence[Break], width: int) -> bool:
        """Tell whether a run is wrapped, by itself: many breaks that fit, not all with capitals behind them."""
        opened = [item for item in run if item.is_open]
        if len(opened) < MANY or not _has_small(opened) or self._are_verses(opened):
            return False
        if sum(self._breaks_phrase(item) for item in opened) * 2 < len(opened):
            return False
        if width < NARROW and len(opened) < 2 * MANY and not self._are_broken_phrases(opened):
            return False
        if _share(opened, width) >= MIN_FIT or (len(opened) > MANY and _share(opened, width_of(run)) >= NEARLY_ALL):
            return True
        return self._is_torn(run)

    def _are_verses(self, opened: Sequence[Break]) -> bool:
        """Tell whether most lines end in a mark, as verses do and wrapped lines only by chance."""
        marked = sum(self.view.text[item.start - 1] in ",;:—–" for item in opened)
        return len(opened) > 1 and marked * 3 > 2 * len(opened)

    def _is_torn(self, run: Sequence[Break]) -> bool:
        """Tell whether lines were wrapped more than once, at different widths: most break off within a phrase."""
        opened = [item for item in run if item.is_open]
        small = sum(item.goes_on for item in opened)
        if len(opened) < TORN or small < MIN_TORN * len(opened) or max(item.length for item in run) < MIN_LINE:
            return False
        words = sum(ends_in_open_word(self.view.text, item.start - item.length, item.start) for item in opened)
        return words * (MANY + 1) >= len(opened)

    def _are_broken_phrases(self, opened: Sequence[Break]) -> bool:
        """Tell whether lines break behind articles and prepositions, as verses seldom do."""
        words = sum(ends_in_open_word(self.view.text, item.start - item.length, item.start) for item in opened)
        return words * MANY >= len(opened) and not any(self.view.text[item.end].isupper() for item in opened)

    def _joins(self, run: Sequence[Break], width: int, style: _Style) -> Iterator[Proposal]:
        own = width if any(item.fits(width) for item in run) else width_of(run)
        opened = [item for item in run if item.is_open]
        is_torn = bool(opened) and _share(opened, own) < MIN_FIT and self._is_torn(run)
        is_behind = False  # a paragraph's end: a heading may follow
        for item in run:
            if item.is_hyphen:
                yield from self._broken_word(item)
                is_behind = False
                continue
            is_end = style.ends_paragraph(item, own) and not item.goes_on and not (is_torn and item.is_open)
            if not is_end or item.goes_on:
                if is_torn or not item.is_open or item.goes_on or item.misses(own) <= own // SHORT:
                    yield self._join(item)
            elif not item.is_open or style.differs(item) or self._is_heading(item, own, is_behind=is_behind):
                yield self._part(item)
            elif item.fits(own):
                yield self._join(item)
            is_behind = is_end

    def _is_heading(self, item: Break, width: int, *, is_behind: bool) -> bool:
        """Tell whether the line before a break stands alone: a short heading, or it ends in an abbreviation."""
        return self.view.text[item.start - 1] == "." or (is_behind and item.reach * 3 <= width * 2)

    def _is_small(self, run: Sequence[Break]) -> bool:
        """Tell whether a run of few breaks is wrapped: in mid-sentence, a small letter behind, full lines."""
        opened = [item for item in run if item.is_open]
        if not opened or len(opened) >= MANY or len(run) > len(opened) + 1 or self._are_verses(opened):
            return False
        if not any(self._breaks_phrase(item) for item in opened) or self._is_announced(run[0]):
            return False
        width = width_of(run)
        return all(item.fits(width) and item.length >= MIN_LINE and self._is_prose(item) for item in opened)

    def _is_prose(self, item: Break) -> bool:
        """Tell whether a small letter stands behind a break, and several words before it; quoted mail stays."""
        text = self.view.text
        words = text.count(" ", item.start - item.length, item.start)
        return item.goes_on and text[item.end].islower() and words >= MANY and ">" not in text[item.start : item.end]

    def _breaks_phrase(self, item: Break) -> bool:
        """Tell whether no mark stands at the end of a line: verses mostly end with one."""
        return self.view.text[item.start - 1] not in ",;:—–"

    def _is_announced(self, item: Break) -> bool:
        """Tell whether the paragraph before ends in a colon, as before words that are cited line by line."""
        start = item.start - item.length
        return self.view.text[max(0, start - NEAR) : start].rstrip().endswith((":", "："))

    def _broken_word(self, item: Break) -> Iterator[Proposal]:
        if not item.is_hyphen:
            return
        cut = self.hyphens.replacement(item.start, item.end)
        if cut:
            start, replacement = cut
            kind = "hyphen_wrap" if start < item.start else "hard_wrap"
            yield Proposal(start, item.end, replacement, kind, "line_wraps.hyphen", "a word broken at a line end", 0.9)

    def _join(self, item: Break) -> Proposal:
        replacement = glue(self.view.text, item.start, item.end)
        return Proposal(item.start, item.end, replacement, "hard_wrap", "line_wraps.line", "a wrapped line", 0.95)

    def _part(self, item: Break) -> Proposal:
        reason = "a paragraph ends in wrapped text"
        return Proposal(item.start, item.end, "\n\n", "hard_wrap", "line_wraps.paragraph", reason, 0.8)


def _is_like(run: Sequence[Break], width: int) -> bool:
    """Tell whether a run is wrapped as the text around it is."""
    opened = [item for item in run if item.is_open]
    if len(opened) >= MANY:
        return _share(opened, width) >= MIN_FIT and _has_small(opened)
    if opened:
        return all(item.fits(width) or item.goes_on for item in opened)
    return all(item.fits(width) for item in run)


def _has_small(opened: Sequence[Break]) -> bool:
    cased = [item for item in opened if item.has_case]
    return sum(item.goes_on for item in cased) >= MIN_SMALL * len(cased)


def _share(opened: Sequence[Break], width: int) -> float:
    return sum(item.fits(width) or item.is_hyphen for item in opened) / len(opened)


def _style_of(sure: Sequence[Break], width: int, *, has_gaps: bool) -> _Style:
    if len(sure) < MANY:
        return _Style(None, None, 0)
    least = NEARLY_ALL * len(sure)
    indent, count = Counter(item.indent for item in sure).most_common(1)[0]
    blanks = sum(item.has_blank for item in sure)
    has_blank = True if blanks >= least else (False if len(sure) - blanks >= least else None)
    slacks = sorted(max(0, item.misses(width)) for item in sure)
    slack = slacks[-1 - len(slacks) // OUTLIERS]
    return _Style(has_blank, indent if count >= least else None, slack + has_gaps * width // SHORT)
