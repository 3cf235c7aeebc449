"""Paragraphs that a blank line breaks in mid-sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from copydesk.proposals import Proposal
from copydesk.repairs.hyphens import HYPHENS, Hyphens
from copydesk.repairs.line_breaks import MAX_WIDTH
from copydesk.repairs.sentences import (
    MIN_LONG,
    STOPS,
    WIDE,
    Ending,
    ending,
    ends_in_open_word,
    first_word,
    glue,
    goes_on,
    has_sentences,
    is_item,
    last_word,
    opener_words,
)
from copydesk.view import Line, View

VERSION = 1

MANY = 4
MIN_LABEL = 20
AT_TOP = 2
"""Lines that may be a title and what stands under it."""
MIN_PROSE = 40
"""Characters of a piece that is no heading or label."""
_CREDIT = re.compile(
    r"(?:by|von|par|por|di|da|door|av|af|przez|text|foto|photo|via|with|from|source|story|words)\b", re.IGNORECASE
)
_OBJECTS = frozenset(("it", "you", "there", "so"))
"""Open words that end a sentence too."""
_LIST_END = re.compile(r"; (?:and|or|und|oder|et|ou|y|o|e)$")
_NAME = re.compile(r"(?<=[^\W\d_A-Z] )[^\W\d_a-zß-öø-ÿ][^\W\d_]+")
_PAIR = re.compile(r"\b[^\W\d_]+ [^\W\d_a-zß-öø-ÿ][^\W\d_]+")
_SMALL_WORD = re.compile(r"\b[a-zß-öø-ÿ]\w+")
_DOUBT = frozenset("|©_/=>*#@")


def find_split_paragraphs(view: View) -> Iterator[Proposal]:
    r"""Propose to join a paragraph that a blank line breaks in mid-sentence.

    The piece before does not end with a sentence's end, and the next one goes on with a small letter; before a capital
    it has to end in a word that no sentence ends with ("the", "von"), or with a name that the text has elsewhere in one
    piece.

    Left alone: headings, captions, list items, verses, lines that end in a colon, by-lines, labels.

    >>> text = "The lamp went dark in the\n\nmonth of January.\n\nNo one came."
    >>> [(p.start, p.end) for p in find_split_paragraphs(View(text))]
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
        cut = (
            self.hyphens.replacement(end, start)
            if text[end - 1] in HYPHENS and text[end - 2 : end - 1].isalpha()
            else None
        )
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
        if self._is_apart(before) or (is_item(text, *after.span) and not goes_on(text, after.text_start)):
            return False
        if goes_on(text, after.text_start):
            return self._goes_on(i, before, after)
        return self._is_prose(i, after) and self._is_open(i, before, after)

    def _is_said_behind(self, before: Line, after: Line) -> bool:
        """Tell whether a quotation that ends with a question or exclamation is followed by its "he said"."""
        text = self.view.text
        is_question = text[before.text_end - 2 : before.text_end - 1] in "?!" and text[before.text_end - 1] in '"”’»'
        is_long = (
            before.text_end - before.text_start >= MIN_PROSE and after.text_end - after.text_start >= MIN_PROSE // 2
        )
        return is_question and is_long and goes_on(text, after.text_start) and text[after.text_start].islower()

    def _is_apart(self, line: Line) -> bool:
        """Tell whether a line is an item, a label or furniture: it does not go on, whatever follows."""
        text, length = self.view.text, line.text_end - line.text_start
        if length >= MIN_LONG * 2:
            return False
        words = text[line.text_start : line.text_end]
        if not _DOUBT.isdisjoint(words) or not any(map(str.isalpha, words)):
            return True
        return length < MIN_LONG and (is_item(text, *line.span) or bool(_CREDIT.match(words)))

    def _goes_on(self, i: int, before: Line, after: Line) -> bool:
        """Tell whether a piece that begins with a small letter goes on with the one before."""
        text = self.view.text
        length = before.text_end - before.text_start
        is_firm = length < MIN_LABEL and not last_word(text, *before.span).islower()
        is_open = ends_in_open_word(text, *before.span, is_firm=is_firm) or text[before.text_end - 1] in ",;-–—"
        if goes_on(text, before.text_start):  # a piece of a paragraph that is cut twice, or one of a list of phrases
            is_piece = i > 1 and ending(text, *self.view.lines[i - 2].span) is Ending.OPEN
            is_first = i > 1 and not goes_on(text, self.view.lines[i - 2].text_start)
            if not is_open and not (is_piece and is_first) and not has_sentences(text, *before.span):
                return False
            is_open = is_open or (is_piece and is_first)
        if _CREDIT.match(text, after.text_start, after.text_end) and not self._ends(after) and not is_open:
            return False
        if not is_open and length < MIN_LONG and (length < MIN_LABEL or self._opens_paragraphs(before, after)):
            return False
        if is_open or length >= MIN_LONG:
            return self._is_prose(i, after) or (is_open and not self._is_apart(after))
        is_prose = self._is_prose(i, after) and after.text_end - after.text_start >= MIN_PROSE
        return is_prose and (
            self._ends(after) or self._is_cut(i, after) or after.text_end - after.text_start > 2 * MIN_LONG
        )

    def _opens_paragraphs(self, before: Line, line: Line) -> bool:
        """Tell whether the first word of a line begins others too, with its small letter: a name, or lines of code."""
        word = first_word(self.view.text, *line.span)
        return last_word(self.view.text, *before.span) == word or self.first_words[word] > 1

    @cached_property
    def first_words(self) -> Counter[str]:
        """How often each word begins a line."""
        return Counter(first_word(self.view.text, *line.span) for line in self.view.lines)

    def _is_prose(self, i: int, line: Line) -> bool:
        """Tell whether a piece is prose: long, or ended as a sentence is, or cut itself."""
        text = self.view.text
        if line.text_end - line.text_start < MIN_LONG and is_item(text, *line.span):
            return False
        if line.text_end - line.text_start >= MIN_PROSE or self._ends(line):
            return True
        return self._is_cut(i, line)

    def _is_cut(self, i: int, line: Line) -> bool:
        text = self.view.text
        is_before_small = i + 1 < len(self.view.lines) and goes_on(text, self.view.lines[i + 1].text_start)
        return is_before_small or ends_in_open_word(text, *line.span)

    def _ends(self, line: Line) -> bool:
        return ending(self.view.text, line.text_start, line.text_end) is Ending.STOP

    def _is_open(self, i: int, before: Line, after: Line) -> bool:
        """Tell whether a piece with a capital, a figure or a letter without case goes on with the one before."""
        text = self.view.text
        word = first_word(text, *after.span)
        if _LIST_END.search(text, max(before.text_start, before.text_end - MIN_LABEL), before.text_end):
            return False
        if ends_in_open_word(text, *before.span, is_firm=True):
            return word not in opener_words() or before.text_end - before.text_start >= MIN_LONG
        if not has_sentences(text, *before.span) or word in opener_words() or not self._ends(after):
            return False
        if WIDE.match(text, before.text_end - 1):
            return text[before.text_end - 1].isalpha() and text[after.text_start].isalpha()
        last = last_word(text, *before.span)
        if last not in _OBJECTS and ends_in_open_word(text, *before.span):
            return True
        is_prose = bool(last) and not is_item(text, *before.span)
        return is_prose and self._is_name(last, word or text[after.text_start], is_below=i > AT_TOP)

    def _is_name(self, last: str, word: str, *, is_below: bool) -> bool:
        """Tell whether two words belong together: the text has them in one piece, or a small word before a name."""
        if f"{last} {word}" in self.pairs:
            return True
        return last.islower() and self.is_rare and (word.isdigit() or (is_below and word in self.names))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Two words, the second with a capital, that follow one another."""
        return frozenset(_PAIR.findall(self.view.text))

    @cached_property
    def names(self) -> frozenset[str]:
        """Words that stand with a capital in mid-sentence in this text, and never with a small letter."""
        found = frozenset(_NAME.findall(self.view.text))
        small = frozenset(_SMALL_WORD.findall(self.view.text)) if found else frozenset[str]()
        return frozenset(word for word in found if word.lower() not in small)

    @cached_property
    def is_rare(self) -> bool:
        """Whether paragraphs of several sentences end with a sentence's end here, all but very few."""
        prose = [line for line in self.view.lines if has_sentences(self.view.text, *line.span)]
        unended = sum(not self._ends(line) and line.text_end < len(self.view.text.rstrip()) for line in prose)
        return len(prose) >= MANY and unended <= max(2, len(prose) // MANY)
