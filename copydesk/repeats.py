"""Which words of a text stand in it a second time: said quickly where none do, exactly where some do.

Words are compared without case and punctuation. Two places are lined up as a chain of equal runs with small gaps, so
that a comma, a spelling or an elision does not part them. All of it takes time in proportion to the text.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, compress, count
from operator import ne
from typing import NamedTuple

from copydesk.document import Span

MARKS = ",.“”\"'’‘«»„‚‹›❝❞—–-…:;!?()[]*>"
"""Marks that part words here; one character each, so that places stay as they are."""
_ASCII_MARKS = {ord(mark): " " for mark in MARKS if mark.isascii()}
GRAM, CHARACTER_GRAM = 6, 10
"""Words in a row (or characters, in scripts without spaces) that two places must share before they are lined up."""
MAX_PLACES = 12
"""Places kept of one gram; those of a paragraph that stands 100,000 times are all alike."""
SURE_RUN = 32
"""With so many words in a row the first place will do."""
MAX_GAP = 10
"""Words that one of two places may have more than the other before they agree again for ``AGAIN`` words."""
AGAIN = 3
REACH = MAX_GAP + AGAIN
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff20]+"
)
"""Characters of scripts that set no spaces between words (Thai to Khmer, kana, Chinese), one by one; else words."""
_SPACED = re.compile(r"\S+")
MEAN_WORD = 12
"""Characters between spaces; more on average is a script without spaces (German keeps below 8)."""


class Run(NamedTuple):
    """Words that stand at two places, ``size`` of them in a row."""

    earlier: int
    later: int
    size: int


class Chain(NamedTuple):
    """Two stretches of words that say the same: equal runs in order, with small gaps between."""

    runs: tuple[Run, ...]

    @property
    def earlier(self) -> range:
        """The words of the first stretch."""
        return range(self.runs[0].earlier, self.runs[-1].earlier + self.runs[-1].size)

    @property
    def later(self) -> range:
        """The words of the second stretch, all behind the first."""
        return range(self.runs[0].later, self.runs[-1].later + self.runs[-1].size)


class _Lines(NamedTuple):
    """Where each line of the text begins, in characters and in words."""

    starts: Sequence[int]
    words: Sequence[int]


class _Grams(NamedTuple):
    """The words at which a gram begins that stands twice, the first place of each, and the first places of that."""

    hits: Sequence[int]
    firsts: Mapping[int, int]
    places: Mapping[int, Sequence[int]]


@dataclass(frozen=True)
class Repeats:
    """The words of a text and which of them stand a second time."""

    text: str

    @cached_property
    def _flat(self) -> str:
        flat = self.text
        if flat.isascii():
            return flat.translate(_ASCII_MARKS)
        for mark in MARKS:
            flat = flat.replace(mark, " ")
        return flat

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        spaces = self.text.count(" ") + 1
        if len(self.text) > MEAN_WORD * spaces:
            spaces += self.text.count("\n")
        return _SPACED if len(self.text) <= MEAN_WORD * spaces else _UNSPACED

    @property
    def is_spaced(self) -> bool:
        """The script sets spaces between words; else a word is one character here."""
        return self._pattern is _SPACED

    @cached_property
    def words(self) -> list[str]:
        """The words in text order, in small letters."""
        small = self._flat.lower()
        return small.split() if self.is_spaced else _UNSPACED.findall(small)

    @cached_property
    def _grams(self) -> _Grams:
        words, size = self.words, GRAM if self.is_spaced else CHARACTER_GRAM
        grams = list(map(hash, zip(*(words[shift:] for shift in range(size)), strict=False)))
        if len(set(grams)) == len(grams):
            return _Grams((), {}, {})
        known = dict[int, int]()
        firsts = list(map(known.setdefault, grams, count()))
        later = list(compress(count(), map(ne, firsts, count())))
        places = {first: [first] for first in map(firsts.__getitem__, later)}
        for i in later:
            if len(places[firsts[i]]) < MAX_PLACES:
                places[firsts[i]].append(i)
        hits = sorted({*later, *places})
        return _Grams(hits, {i: firsts[i] for i in hits}, places)

    @property
    def hits(self) -> Sequence[int]:
        """The words at which a gram begins that stands a second time, in text order."""
        return self._grams.hits

    def places_of(self, word: int) -> Sequence[int]:
        """Return where the gram at one of ``hits`` stands, itself included (the first places)."""
        return self._grams.places[self._grams.firsts[word]]

    def repeats_in(self, words: range) -> Sequence[int]:
        """Return those of ``hits`` that lie in a range of words."""
        return self.hits[bisect_left(self.hits, words.start) : bisect_left(self.hits, words.stop)]

    # Places in the text -------------------------------------------------------------------------------------------

    @cached_property
    def _lines(self) -> _Lines:
        lines = self._flat.split("\n")
        find: Callable[[str], list[str]] = str.split if self.is_spaced else self._pattern.findall
        starts = array("q", [0, *accumulate(len(line) + 1 for line in lines)])
        return _Lines(starts, array("q", [0, *accumulate(len(find(line)) for line in lines)]))

    @cached_property
    def _known(self) -> dict[int, list[tuple[int, int]]]:
        return {}

    def _spans(self, line: int) -> list[tuple[int, int]]:
        """Return the words of one line; kept, since neighbours are asked for together."""
        if line not in self._known:
            start, end = self._lines.starts[line], self._lines.starts[line + 1] - 1
            self._known[line] = [m.span() for m in self._pattern.finditer(self._flat, start, end)]
        return self._known[line]

    def word_span(self, word: int) -> Span:
        """Return where a word stands in the text."""
        line = self._line_of(word)
        return Span(*self._spans(line)[word - self._lines.words[line]])

    def line_start(self, word: int) -> int:
        """Return where the line of a word begins: told quicker than where the word does."""
        return self._lines.starts[self._line_of(word)]

    def before_in_line(self, word: int) -> int:
        """Return how many words stand before a word in its line."""
        return word - self._lines.words[self._line_of(word)]

    def _line_of(self, word: int) -> int:
        return bisect_right(self._lines.words, word) - 1

    def span(self, words: range) -> Span:
        """Return where some words stand in the text, from the first to the last."""
        return Span(self.word_span(words.start).start, self.word_span(words.stop - 1).end)

    def between(self, start: int, end: int) -> range:
        """Return the words that begin in [start, end) of the text."""
        return range(self._first_from(start), self._first_from(end))

    def _first_from(self, position: int) -> int:
        line = min(bisect_right(self._lines.starts, position), len(self._lines.starts) - 1) - 1
        if position == self._lines.starts[line]:
            return self._lines.words[line]
        if position >= self._lines.starts[line + 1] - 1:
            return self._lines.words[line + 1]
        return self._lines.words[line] + bisect_left(self._spans(line), (position, position))

    # Chains -------------------------------------------------------------------------------------------------------

    @cached_property
    def chains(self) -> Sequence[Chain]:
        """Every stretch that stands before, lined up with an earlier place, in the order of the later stretches."""
        return tuple(self._find_chains())

    def _find_chains(self) -> Iterator[Chain]:
        edge = 0
        for later in self.hits:
            if later < edge:
                continue
            size, earlier = self._best_place(later)
            if size >= GRAM:
                chain = self._chain(earlier, later, edge)
                edge = chain.later.stop
                yield chain
            elif size:
                edge = later + size - GRAM + 1

    def _best_place(self, later: int) -> tuple[int, int]:
        """Return how many words stand at an earlier place too, and where."""
        best = 0, 0
        for earlier in self.places_of(later):
            if earlier >= later or best[0] >= SURE_RUN:
                break
            best = max(best, (self._run(earlier, later, later), earlier), key=lambda found: found[0])
        return best

    def _run(self, earlier: int, later: int, limit: int) -> int:
        """Return how many words agree from two places on; the first place ends before ``limit``."""
        words, size = self.words, 0
        most = min(limit - earlier, len(words) - later)
        step = SURE_RUN
        while (
            size + step <= most
            and words[earlier + size : earlier + size + step] == words[later + size : later + size + step]
        ):
            size += step
        while size < most and words[earlier + size] == words[later + size]:
            size += 1
        return size

    def _chain(self, earlier: int, later: int, edge: int) -> Chain:
        onward = list(self._onward(earlier, later))
        back = list(self._back(earlier, later, max(edge, onward[-1].earlier + onward[-1].size)))
        return Chain((*reversed(back), *onward))

    def _onward(self, earlier: int, later: int) -> Iterator[Run]:
        limit = later
        while True:
            size = self._run(earlier, later, limit)
            yield Run(earlier, later, size)
            earlier, later = earlier + size, later + size
            gap = self._gap(earlier, later, limit)
            if gap is None:
                return
            earlier, later = earlier + gap[0], later + gap[1]

    def _gap(self, earlier: int, later: int, limit: int) -> tuple[int, int] | None:
        """Return how many words to leave out at two places so that they agree again; None if they do not."""
        return _nearest(self.words[earlier : min(limit, earlier + REACH)], self.words[later : later + REACH])

    def _back(self, earlier: int, later: int, floor: int) -> Iterator[Run]:
        words = self.words
        while True:
            size = 0
            while earlier > size and later - size > floor and words[earlier - size - 1] == words[later - size - 1]:
                size += 1
            earlier, later = earlier - size, later - size
            if size:
                yield Run(earlier, later, size)
            gap = self._gap_before(earlier, later, floor)
            if gap is None:
                return
            earlier, later = earlier - gap[0], later - gap[1]

    def _gap_before(self, earlier: int, later: int, floor: int) -> tuple[int, int] | None:
        words = self.words
        one, other = words[max(0, earlier - REACH) : earlier], words[max(floor, later - REACH) : later]
        return _nearest(one[::-1], other[::-1])


def _nearest(one: Sequence[str], other: Sequence[str]) -> tuple[int, int] | None:
    """Return how many words to leave out of two stretches so that ``AGAIN`` words agree: the fewest, not none."""
    ours, theirs = (list(zip(*(words[shift:] for shift in range(AGAIN)), strict=False)) for words in (one, other))
    if set(ours).isdisjoint(theirs):
        return None
    found = ((skip + at, skip) for skip, gram in enumerate(ours) for at, near in enumerate(theirs) if near == gram)
    total, skip = min((gap for gap in found if gap[0]), default=(0, 0))
    return (skip, total - skip) if total else None
