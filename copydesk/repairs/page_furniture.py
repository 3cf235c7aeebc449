"""What the pages of a printed or saved document have and its text has not: numbers, running heads, addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from copydesk.proposals import Proposal
from copydesk.repairs.cuts import is_cut, is_tight, take_out
from copydesk.repairs.lone_pages import is_lone_page
from copydesk.repairs.page_heads import (
    ADDRESS,
    END_MARK,
    INNER_STOP,
    MAX_HEAD,
    MAX_NAME,
    STOP,
    has_digit,
    is_dated_title,
    is_explicit,
    is_head,
    is_numbered,
    may_be_head,
    number_line,
    shape,
)
from copydesk.repairs.page_lines import is_stamp
from copydesk.repairs.sentences import ends_in_open_word, goes_on, has_sentences
from copydesk.view import View

VERSION = 3

MAX_LINE = 90
"""Characters of a running head; with an address more."""
MAX_ADDRESS = 300
MAX_NUMBERED = 70
MIN_PAGE, MAX_PAGE = 4, 1000
"""Of a page's number alone: lower ones are sections, higher ones years and sums."""
SHORT = 6
MIN_PROSE = 60
MAX_HEADS = 2
"""Lines of a running head on either side of the number."""
INNER_STOPS = 1
"""So many sentences that end inside a paragraph for each one: a page that ends with a sentence likely ends inside."""
_OUTER_NUMBER = re.compile(r"^\d{1,4}\s|\s\d{1,4}$")
_PAGE_SIGN = re.compile(
    r"\d|^[ivxl]{2,6}$|^[ivxl]{1,6}\s?[|•·]|[|•·]\s?[ivxl]{1,6}$|\|[^|]+\||\|left blank|\.(?:pdf|doc|indd)\b"
)
_DATED = re.compile(r"(?:19|20)\d\d")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def find_page_furniture(view: View) -> Iterator[Proposal]:
    r"""Propose to take out page numbers and running heads, and to join the sentence that they cut.

    They are known by their place (in mid-sentence, behind a form feed), by their shape ("- 12 -", "Page 3 of 12", an
    address and "3/12", "Vol. 4, No. 2", "Not for circulation") and by coming again with another number.

    Left alone: years and numbers that stand between paragraphs by themselves, scores, tables, lists.

    >>> text = "The lamp at Skarvik went dark in\n\n\f12\nSkarvik Observer | Vol. 3\n\nJanuary and stayed so."
    >>> [(p.start, p.end, p.replacement) for p in find_page_furniture(View(text))]
    [(35, 63, '')]
    """
    pages = _Pages(view)
    if pages.marks:
        yield from pages.proposals()


@dataclass(frozen=True)
class _Pages:
    view: View

    def proposals(self) -> Iterator[Proposal]:
        groups = list(self._groups())
        sure = [self._is_sure(*group) for group in groups]
        known = {form for group, is_sure in zip(groups, sure, strict=True) if is_sure for form in self._shapes(*group)}
        for (first, last), is_sure in zip(groups, sure, strict=True):
            if is_sure or self._comes_again(first, last, known):
                is_joined = is_cut(self.view, first, last) or self._is_inside(first, last)
                whole = Proposal(0, 0, "", "pdf_page", "page_furniture.page", "page number or running head", 0.9)
                yield take_out(self.view, first, last, whole, is_joined=is_joined)

    def _groups(self) -> Iterator[tuple[int, int]]:
        """Yield the first and last line of what may be one page's furniture, in text order, with text between them."""
        start, end = 0, -1
        for i in self.marks:
            if i <= end:
                continue
            first, last = self._extent(i)
            if end >= 0 and (
                first <= end or (first == end + 1 and (not self.view.is_gap(first) or self._is_fed(first)))
            ):
                end = last
                continue
            if end >= 0:
                yield start, end
            start, end = first, last
        if end >= 0:
            yield start, end

    @cached_property
    def marks(self) -> Sequence[int]:
        """The lines that bear a page's number, or stand behind a form feed and look like a head."""
        text = self.view.text
        has_feed = "\f" in text
        found, numbered = list[int](), list[int]()
        for i, line in enumerate(self.view.lines):
            length = line.text_end - line.text_start
            if length > MAX_LINE and (length > MAX_ADDRESS or not text[line.text_end - 1].isdigit()):
                continue
            words = text[line.text_start : line.text_end]
            if not has_feed and not _PAGE_SIGN.search(words) and not is_stamp(words):
                continue
            if self._is_mark(words) or self._is_lone(i) or (has_feed and self._is_fed(i) and is_head(words)):
                found.append(i)
            elif length <= MAX_NUMBERED and may_be_head(words):
                numbered.append(i)
        if not numbered:
            return found
        again = Counter(map(shape, {self.view.of(i) for i in numbered}))  # with another number, not the same line twice
        found += [i for i in numbered if self._is_alone(i, is_again=again[shape(self.view.of(i))] > 1)]
        return sorted(found)

    def _is_mark(self, words: str) -> bool:
        if not (words[-1].isdigit() or words[0].isdigit() or (len(words) < MAX_LINE // 2 and has_digit(words))):
            return False
        if number_line().fullmatch(words) is not None:
            return words != END_MARK
        return ADDRESS.fullmatch(words) is not None or is_numbered(words)

    def _is_lone(self, i: int) -> bool:
        """Tell whether a line, or a few together, say that they are a page's, and stand beside prose."""
        words = self.view.of(i)
        if _PAGE_SIGN.search(words) is None and not is_stamp(words):
            return False
        first = last = i
        while last - first < MAX_HEADS and not self._is_edge(last, is_below=True):
            last += 1
        while last - first < MAX_HEADS and not self._is_edge(first, is_below=False):
            first -= 1
        if not (self._is_edge(last, is_below=True) and self._is_edge(first, is_below=False)):
            return False
        near = [self.view.lines[j] for j in (first - 1, last + 1) if 0 <= j < len(self.view.lines)]
        sizes = [other.text_end - other.text_start for other in near]
        if max(sizes, default=0) <= MIN_PROSE or (first and sizes[0] <= MIN_PROSE):
            return False
        if first == 0 and _DATED.search(words):  # a byline and its date
            return False
        if first == last:
            return is_lone_page(words) or (words.isdigit() and self._is_only_number(int(words), sizes))
        others = [self.view.of(j) for j in range(first, last + 1) if j != i]
        is_number = number_line().fullmatch(words) is not None and has_digit(words)
        return all(map(is_head, others)) and (is_number or is_lone_page(words))

    def _is_only_number(self, number: int, sizes: Sequence[int]) -> bool:
        """Tell whether a number between two paragraphs of prose is the only one: sections are counted from one."""
        is_page = MIN_PAGE <= number < MAX_PAGE and len(sizes) > 1 and min(sizes) > 2 * MIN_PROSE
        return is_page and sum(self.view.of(i).isdigit() for i in self.short) == 1

    @cached_property
    def short(self) -> Sequence[int]:
        """The lines of a few characters."""
        return [i for i, line in enumerate(self.view.lines) if line.text_end - line.text_start < SHORT]

    def _is_alone(self, i: int, *, is_again: bool) -> bool:
        """Tell whether a line is names with a number, and a blank line or form feed parts it from the text."""
        head = _OUTER_NUMBER.sub("", self.view.of(i)).strip() or "."
        if head.isupper() and " " in head:
            return True
        if not is_head(head) and (not is_again or len(head.split()) > MAX_NAME or STOP.search(head)):
            return False
        return is_again or self._is_edge(i, is_below=True) or self._is_edge(i, is_below=False)

    def _is_edge(self, i: int, *, is_below: bool) -> bool:
        """Tell whether a blank line or form feed stands above a line (or below it), or nothing at all."""
        if is_below:
            return i + 1 >= len(self.view.lines) or self.view.is_gap(i + 1) or self._is_fed(i + 1)
        return i == 0 or self.view.is_gap(i) or self._is_fed(i)

    def _is_fed(self, i: int) -> bool:
        if i >= len(self.view.lines):
            return False
        begin = self.view.lines[i - 1].text_end if i else 0
        return "\f" in self.view.text[begin : self.view.lines[i].text_start]

    def _extent(self, i: int) -> tuple[int, int]:
        """Return the first and last line of the furniture that a mark belongs to."""
        first = last = i
        while last - i < MAX_HEADS and last + 1 < len(self.view.lines) and self._belongs(last + 1, last + 1):
            last += 1
        while i - first < MAX_HEADS and first > 0 and self._belongs(first - 1, first):
            first -= 1
        return first, last

    def _belongs(self, i: int, lower: int) -> bool:
        """Tell whether a line is part of the furniture beside it; ``lower`` is the lower one of both."""
        is_below = lower == i
        is_near = not self.view.is_gap(lower) or (is_below and self._is_fed(lower))
        line = self.view.lines[i]
        if line.text_end - line.text_start > MAX_HEAD:
            return False
        words = self.view.of(i)
        if number_line().fullmatch(words) or ADDRESS.fullmatch(words):
            return is_near
        if is_near and is_dated_title(words) and ADDRESS.fullmatch(self.view.of(lower if lower != i else lower - 1)):
            return True
        if is_near and self._is_edge(i, is_below=is_below) and self.repeats[shape(words)] > 1:
            return is_head(words) or (len(words.split()) <= MAX_NAME and not STOP.search(words))
        return is_near and (" " in words or is_below) and is_head(words)

    def _is_sure(self, first: int, last: int) -> bool:
        """Tell whether lines are a page's: they cut a sentence, follow a form feed, or can be nothing else."""
        if first == 0 and last + 1 >= len(self.view.lines):
            return False
        if any(is_explicit(self.view.of(i)) or self._is_fed(i) for i in range(first, last + 1)) or self._is_fed(
            last + 1
        ):
            return True
        if any(map(self._is_lone, range(first, last + 1))):
            return True
        if not is_cut(self.view, first, last) or self._is_among_items(first, last):
            return False
        return self._has_number(first, last) or self._is_in_prose(first, last)

    def _has_number(self, first: int, last: int) -> bool:
        """Tell whether a line is a page's number and nothing else, or a number set apart from a head."""
        return any(
            number_line().fullmatch(words) or is_numbered(words) for words in map(self.view.of, range(first, last + 1))
        )

    def _is_in_prose(self, first: int, last: int) -> bool:
        """Tell whether long text stands before lines and goes on behind: names with a number may be text too."""
        before, after = self.view.lines[first - 1], self.view.lines[last + 1]
        if before.text_end - before.text_start < MIN_PROSE:
            return False
        text = self.view.text
        is_open = ends_in_open_word(text, *before.span) or has_sentences(text, *before.span)
        return is_open or goes_on(text, after.text_start)

    def _is_inside(self, first: int, last: int) -> bool:
        """Tell whether lines stand in a paragraph: no blank line parts them from it, or paragraphs are long here."""
        inside = first > 0 and last + 1 < len(self.view.lines)
        return is_tight(self.view, first, last) or (inside and self.has_long_paragraphs)

    @cached_property
    def has_long_paragraphs(self) -> bool:
        """Whether a sentence's end is far more often one inside a paragraph."""
        inner = sum(1 for _ in INNER_STOP.finditer(self.view.text))
        return inner > INNER_STOPS * len(self.view.paragraphs)

    def _is_among_items(self, first: int, last: int) -> bool:
        """Tell whether the text around is short lines too, as in a table, where no sentence can be cut."""
        around = [i for i in (first - 1, last + 1) if 0 <= i < len(self.view.lines)]
        return all(self.view.lines[i].text_end - self.view.lines[i].text_start < MAX_LINE // 3 for i in around)

    def _shapes(self, first: int, last: int) -> set[str]:
        return {shape(self.view.of(i)) for i in range(first, last + 1)}

    def _comes_again(self, first: int, last: int, known: set[str]) -> bool:
        """Tell whether the head of this page stands elsewhere with another number; a year alone may be a heading."""
        if (last == first and _YEAR.fullmatch(self.view.of(first))) or self._is_among_items(first, last):
            return False
        shapes = self._shapes(first, last)
        if not known.isdisjoint(shapes):
            return True
        heads = [
            shape(words) for words in map(self.view.of, range(first, last + 1)) if not number_line().fullmatch(words)
        ]
        return self._has_number(first, last) and any(self.repeats[head] > 1 and len(head) > 3 for head in heads)

    @cached_property
    def repeats(self) -> Counter[str]:
        """How often each short line stands in the text, whatever its figures."""
        lines = self.view.lines
        return Counter(
            shape(self.view.of(i)) for i, line in enumerate(lines) if line.text_end - line.text_start <= MAX_HEAD
        )
