"""Paragraphs that a blank line breaks in mid-sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from copydesk.proposals import Proposal
from copydesk.repairs.hyphens import HYPHENS, Hyphens
from copydesk.repairs.line_breaks import MAX_WIDTH
from copydesk.repairs.sentences import (
    STOPS,
    Ending,
    ending,
    ends_in_open_word,
    first_word,
    glue,
    goes_on,
    last_word,
    opener_words,
)
from copydesk.view import Line, View

VERSION = 1

MIN_PROSE = 40
"""Characters of a piece that is no heading or label."""
MIN_LONG = 60
_ITEM = re.compile(r"(?:[-–—*•·▪‣●◦○■□➢➤✓→|#>=+~]|\(?\d{1,3}[.)]\s|\(?[a-zA-Z][.)]\s|\d+$|©)")
_LABEL = re.compile(r"[^\W_][^.!?:|\n]{0,30}(?:[:：|]|\s[—–]\s)")
_CREDIT = re.compile(
    r"(?:by|von|par|por|di|da|door|av|af|przez|text|foto|photo|via|with|from|source|story|words)\b", re.IGNORECASE
)
_INNER_STOP = re.compile(r"[.!?…][\"”’»)]?\s+[\"“‘«„(]?[^\W\d_]")
_DOUBT = frozenset("|©_/=>*#@")


def find_split_paragraphs(view: View) -> Iterator[Proposal]:
    r"""Propose to join a paragraph that a blank line breaks in mid-sentence.

    The piece before does not end with a sentence's end, and the next one goes on with a small letter; before a capital it
    has to end in a word that no sentence ends with ("the", "von"), or with a name that the text has elsewhere in one piece.

    Left alone: headings, captions, list items, verses, lines that end in a colon, by-lines, labels.

    >>> [(p.start, p.end) for p in find_split_paragraphs(View("The lamp went dark in the\n\nmonth of January.\n\nNo one came."))]
    [(25, 27)]
    """
    yield from _Splits(view).proposals()


@dataclass(frozen=True)
class _Splits:
    view: View

    @cached_property
    def hyphens(self) -> Hyphens:
        return Hyphens(self.view.text)

    def proposals(self) -> Iterator[Proposal]:
        text, lines = self.view.text, self.view.lines
        for i in range(1, len(lines)):
            before, after = lines[i - 1], lines[i]
            if text[before.text_end - 1] in STOPS and not text[after.text_start].islower():
                continue
            if after.start <= before.end + 1 or ending(text, before.text_start, before.text_end) is Ending.COLON:
                continue
            if self._is_split(i) and self._is_single(i - 1) and self._is_single(i):
                yield self._join(before.text_end, after.text_start)

    def _join(self, end: int, start: int) -> Proposal:
        text = self.view.text
        cut = self.hyphens.replacement(end, start) if text[end - 1] in HYPHENS and text[end - 2 : end - 1].isalpha() else None
        begin, replacement = cut or (end, glue(text, end, start))
        reason = "a blank line in the middle of a sentence"
        return Proposal(begin, start, replacement, "para_split", "split_paragraphs.sentence", reason, 0.85)

    def _is_single(self, i: int) -> bool:
        """Tell whether a line is a paragraph by itself, not one of several short ones, as in a verse or an address."""
        line, lines = self.view.lines[i], self.view.lines
        if line.text_end - line.text_start > MAX_WIDTH:
            return True
        is_first = i == 0 or self.view.is_gap(i)
        return is_first and (i + 1 == len(lines) or self.view.is_gap(i + 1))

    def _is_split(self, i: int) -> bool:
        text = self.view.text
        before, after = self.view.lines[i - 1], self.view.lines[i]
        if ending(text, before.text_start, before.text_end) is Ending.STOP:
            return self._is_said_behind(before, after)
        if self._is_apart(before) or _ITEM.match(text, after.text_start, after.text_end):
            return False
        if goes_on(text, after.text_start):
            return self._goes_on(i, before, after)
        return self._is_prose(i, after) and self._is_open(before, after)

    def _is_said_behind(self, before: Line, after: Line) -> bool:
        """Tell whether a quotation that ends with a question or exclamation is followed by its "he said"."""
        text = self.view.text
        is_question = text[before.text_end - 2 : before.text_end - 1] in "?!" and text[before.text_end - 1] in "\"”’»"
        is_long = before.text_end - before.text_start >= MIN_PROSE and after.text_end - after.text_start >= MIN_PROSE // 2
        return is_question and is_long and goes_on(text, after.text_start) and text[after.text_start].islower()

    def _is_apart(self, line: Line) -> bool:
        """Tell whether a line is an item, a label or furniture: it does not go on, whatever follows."""
        text, length = self.view.text, line.text_end - line.text_start
        if length >= MIN_LONG * 2:
            return False
        words = text[line.text_start : line.text_end]
        if not _DOUBT.isdisjoint(words) or not any(map(str.isalpha, words)):
            return True
        return length < MIN_LONG and bool(_LABEL.match(words) or _ITEM.match(words) or _CREDIT.match(words))

    def _goes_on(self, i: int, before: Line, after: Line) -> bool:
        """Tell whether a piece that begins with a small letter goes on with the one before."""
        text = self.view.text
        is_open = ends_in_open_word(text, *before.span) or text[before.text_end - 1] in ",;-–—"
        if _CREDIT.match(text, after.text_start, after.text_end) and not self._ends(after) and not is_open:
            return False
        if is_open or before.text_end - before.text_start >= MIN_LONG:
            return self._is_prose(i, after) or (is_open and not self._is_apart(after))
        return self._is_prose(i, after) and after.text_end - after.text_start >= MIN_PROSE and self._ends(after)

    def _is_prose(self, i: int, line: Line) -> bool:
        """Tell whether a piece is prose: long, or ended as a sentence is, or cut itself."""
        text = self.view.text
        if _LABEL.match(text, line.text_start, line.text_end) and line.text_end - line.text_start < MIN_LONG:
            return False
        if line.text_end - line.text_start >= MIN_PROSE or self._ends(line):
            return True
        is_cut = i + 1 < len(self.view.lines) and goes_on(text, self.view.lines[i + 1].text_start)
        return is_cut or ends_in_open_word(text, *line.span)

    def _ends(self, line: Line) -> bool:
        return ending(self.view.text, line.text_start, line.text_end) is Ending.STOP

    def _is_open(self, before: Line, after: Line) -> bool:
        """Tell whether a piece with a capital, a figure or a letter without case goes on with the one before."""
        text = self.view.text
        word = first_word(text, *after.span)
        is_long = before.text_end - before.text_start >= MIN_LONG
        if ends_in_open_word(text, *before.span):
            return word not in opener_words() or is_long
        if not is_long or word in opener_words() or not _INNER_STOP.search(text, before.text_start, before.text_end):
            return False
        if not word:
            return text[after.text_start].isdigit() and last_word(text, *before.span).islower()
        return word[0].isupper() and (word in self.names or text[before.text_end - 1] == ",")

    @cached_property
    def names(self) -> frozenset[str]:
        """Words that stand with a capital in mid-sentence in this text, and never with a small letter."""
        found = frozenset(re.findall(r"(?<=[^\W\d_A-Z] )[^\W\d_a-zß-öø-ÿ][^\W\d_]+", self.view.text))
        small = frozenset(re.findall(r"\b[a-zß-öø-ÿ]\w+", self.view.text)) if found else frozenset()
        return frozenset(word for word in found if word.lower() not in small)
