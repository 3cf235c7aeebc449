"""The text of one stage as repairs see it: its lines, paragraphs and words, found once for all repairs of the stage."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, pairwise
from typing import NamedTuple

from copydesk.config import Options
from copydesk.document import Block, Span
from copydesk.repeats import Repeats

WORD = re.compile(r"[^\W_]+")
"""A run of letters and digits, in any script."""
_PLAIN = b"\n" + bytes(range(0x20, 0x7F))
_FORMS = bytes(
    ord("a") if chr(b).isalpha() or b >= 0x80 else ord(".") if chr(b) in ".!?,;:)" else b for b in range(0x100)
)
_FORMLESS = b"\"'([]\xc2\xe2" + bytes(range(0x80, 0xC0))
"""Quotation marks and brackets; what follows the first byte of a character; the first bytes of its marks."""


class Line(NamedTuple):
    """A line of the view that is not blank.

    ``start`` and ``end`` are those of the line without its line feed; ``text_start`` and ``text_end`` leave out
    the white space at both ends, no-break spaces included.
    """

    start: int
    end: int
    text_start: int
    text_end: int

    @property
    def span(self) -> Span:
        """The line without the white space at its ends."""
        return Span(self.text_start, self.text_end)


class Words(NamedTuple):
    """The words of a view as columns: where each begins and ends, and a number for each different word (case aside)."""

    starts: array[int]
    ends: array[int]
    ids: array[int]

    def between(self, start: int, end: int) -> range:
        """Return the indexes of the words that begin in [start, end) of the view."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


@dataclass(frozen=True)
class View:
    """A text on which repairs work.

    Attributes:
        text: the text of the active edits so far.
        is_pasted: the text is all there is (no reader has told blocks apart), so that lines have to be understood.
        options: what the user chose.
        blocks: the blocks that the reader has marked, as long as the text is as it gave it.

    """

    text: str
    is_pasted: bool = True
    options: Options = field(default_factory=Options)
    blocks: Sequence[Block] = ()

    @cached_property
    def odd(self) -> frozenset[str]:
        """The different characters that are neither printable ASCII nor line feeds, found at C speed.

        What a repair of characters looks for is here or nowhere.
        """
        beyond = self.text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
        return frozenset(beyond.decode("utf-8", "surrogatepass"))

    @cached_property
    def form(self) -> bytes:
        """The text with ``a`` for each letter, ``.`` for each mark, and no quotation marks and opening brackets.

        Letters of all scripts are told but for a few of which no text is made (Coptic, Glagolitic), and some that are
        none are told too: what is not here in this form is not in the text, and that is known at C speed.
        """
        return self.text.encode("utf-8", "surrogatepass").translate(_FORMS, _FORMLESS)

    @cached_property
    def lines(self) -> Sequence[Line]:
        """The lines that are not blank, in text order."""
        found: list[Line] = []
        start = 0
        new = tuple.__new__  # lines are many: half the time that it takes by the name
        for raw in self.text.split("\n"):
            end = start + len(raw)
            core = raw.strip()
            if core is raw and raw:
                found.append(new(Line, (start, end, start, end)))
            elif core:
                lead = len(raw) - len(raw.lstrip())
                found.append(Line(start, end, start + lead, start + lead + len(core)))
            start = end + 1
        return found

    @cached_property
    def paragraphs(self) -> Sequence[range]:
        """Runs of lines with no blank line between them, as indexes into ``lines``."""
        found, first = [], 0
        for i, (before, line) in enumerate(pairwise(self.lines), 1):
            if line[0] > before[1] + 1:  # a gap: by place, since a name takes longer and lines are many
                found.append(range(first, i))
                first = i
        if self.lines:
            found.append(range(first, len(self.lines)))
        return found

    def is_gap(self, line: int) -> bool:
        """Tell whether a blank line stands before a line."""
        return line > 0 and self.lines[line].start > self.lines[line - 1].end + 1

    def of(self, line: int) -> str:
        """Return the words of a line, without the white space at its ends."""
        return self.text[self.lines[line].text_start : self.lines[line].text_end]

    def line_at(self, position: int) -> int:
        """Return the index of the last line that begins at or before a position (0 when there is none)."""
        return max(0, bisect_right(self._line_starts, position) - 1)

    def paragraph_at(self, position: int) -> Span:
        """Return the span of the paragraph that holds a position."""
        lines = self.paragraphs[self.paragraph_number(position)]
        return Span(self.lines[lines[0]].text_start, self.lines[lines[-1]].text_end)

    def paragraph_number(self, position: int) -> int:
        """Return which of ``paragraphs`` holds a position (0 when there is none)."""
        return max(0, bisect_right(self._paragraph_starts, position) - 1)

    @cached_property
    def _line_starts(self) -> Sequence[int]:
        return [line.start for line in self.lines]

    @cached_property
    def _paragraph_starts(self) -> Sequence[int]:
        return [self.lines[lines[0]].start for lines in self.paragraphs]

    @cached_property
    def repeats(self) -> Repeats:
        """Which words stand a second time; found once for all repairs that ask."""
        return Repeats(self.text)

    @cached_property
    def words(self) -> Words:
        """The words in text order."""
        return self.words_of([Span(0, len(self.text))])

    def words_of(self, spans: Iterable[Span]) -> Words:
        """Return the words of some spans, which are in text order and disjoint.

        Where a span ends stands an empty word that is like no other, so that no words seem neighbours that are not.
        """
        words = Words(array("q"), array("q"), array("q"))
        known = defaultdict[str, int](count().__next__)
        for start, end in spans:
            matches = list(WORD.finditer(self.text, start, end))
            words.starts.extend(map(re.Match.start, matches))
            words.ends.extend(map(re.Match.end, matches))
            words.ids.extend(map(known.__getitem__, map(str.casefold, map(re.Match.group, matches))))
            if end < len(self.text):
                words.starts.append(end)
                words.ends.append(end)
                words.ids.append(-end)
        return words
