"""Which paragraphs of a text stand in it a second time, on which side, whole or nearly so."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from copydesk.document import Span
from copydesk.repairs.changes import is_cut_word, is_rewording
from copydesk.repeats import MAX_GAP, Chain, Repeats
from copydesk.view import View

MIN_COVERAGE = 0.85
"""Share of a paragraph's words that stand at the other place too."""
PER_SWAP = 25
"""Words of a paragraph for each one that is exchanged for another word."""
MAX_WRAPPED = 100
"""Characters of a line that was wrapped; mail breaks at 72 to 80."""
SLACK = 2
"""Words at an end of a copy that may differ: one that was cut in two, one that was changed."""

STOP = re.compile(r"[.!?。！？؟।۔][\"'”’»)\]」』\s]*$")
_LEFT_OUT = re.compile(r"\[\s*(?:…|\.{3})\s*\]|…|\.{3}")

Side = Literal["earlier", "later"]


class Copy(NamedTuple):
    """Paragraphs of one side of a chain that stand at the other side too."""

    units: range
    side: Side
    other: range
    """The words of the other side."""


@dataclass(frozen=True)
class CopyFinder:
    """The paragraphs of a view and which of them a chain covers."""

    view: View

    @property
    def repeats(self) -> Repeats:
        """The words of the view that stand twice."""
        return self.view.repeats

    # Paragraphs ---------------------------------------------------------------------------------------------------

    @cached_property
    def units(self) -> Sequence[Span]:
        """The paragraphs; lines are paragraphs where they are longer than wrapped lines are."""
        found: list[Span] = []
        lines = self.view.lines
        for run in self.view.paragraphs:
            spans = [lines[i].span for i in run]
            if len(spans) > 1 and self._are_paragraphs(spans):
                found += spans
            else:
                found.append(Span(spans[0].start, spans[-1].end))
        return found

    def _are_paragraphs(self, spans: Sequence[Span]) -> bool:
        text = self.view.text
        is_long = max(span.end - span.start for span in spans) > MAX_WRAPPED
        return is_long or all(STOP.search(text, max(span.start, span.end - 4), span.end) for span in spans)

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [unit.start for unit in self.units]

    def unit_at(self, word: int) -> int:
        """Return which paragraph holds a word."""
        return max(0, bisect_right(self._starts, self.repeats.word_span(word).start) - 1)

    def units_of(self, words: range) -> range:
        """Return the paragraphs in which some words stand."""
        return range(self.unit_at(words.start), self.unit_at(words.stop - 1) + 1)

    def words_in(self, unit: int) -> range:
        """Return the words of a paragraph."""
        return self.repeats.between(*self.units[unit])

    def text_in(self, units: range) -> str:
        """Return the text of some paragraphs."""
        return self.view.text[self.units[units.start].start : self.units[units.stop - 1].end]

    def copies_in(self, chain: Chain) -> Iterator[Copy]:
        """Yield the stretches of whole paragraphs that a chain covers, on the side that goes."""
        later, earlier = self._whole_units(chain, "later"), self._whole_units(chain, "earlier")
        if later and earlier and self._is_rather_earlier(earlier, later, chain):
            later = []
        for side, found in (("later", later), ("earlier", [] if later else earlier)):
            for units in found:
                start, stop = self.words_in(units.start).start, self.words_in(units.stop - 1).stop
                yield Copy(units, side, self._opposite(chain, side, range(start, stop)))  # type: ignore[arg-type]

    def _whole_units(self, chain: Chain, side: Side) -> list[range]:
        """Return runs of neighbouring paragraphs that a chain covers on one side."""
        words = chain.later if side == "later" else chain.earlier
        found: list[range] = []
        for unit in self.units_of(words):
            if not self._is_covered(chain, side, self.words_in(unit)):
                continue
            if found and found[-1].stop == unit:
                found[-1] = range(found[-1].start, unit + 1)
            else:
                found.append(range(unit, unit + 1))
        return found

    def _is_covered(self, chain: Chain, side: Side, words: range) -> bool:
        place = 1 if side == "later" else 0
        first = max(0, bisect_right(chain.runs, words.start, key=lambda run: run[place]) - 1)
        last = bisect_left(chain.runs, words.stop, key=lambda run: run[place])
        runs = chain.runs[first:last]
        if not runs or runs[0][place] - words.start > SLACK or words.stop - runs[-1][place] - runs[-1].size > SLACK:
            return False
        matched = sum(min(words.stop, run[place] + run.size) - max(words.start, run[place]) for run in runs)
        if matched == len(words):
            return True
        return self._has_like_ends(runs, place, words) and self._is_nearly(runs, side, words, matched)

    def _has_like_ends(self, runs: Sequence[tuple[int, int, int]], place: int, words: range) -> bool:
        """Tell whether the words before the first run and behind the last are only cut or worded in another way."""
        first, last = runs[0], runs[-1]
        before, behind = max(0, first[place] - words.start), max(0, words.stop - last[place] - last[2])
        head, tail = range(words.start, words.start + before), range(words.stop - behind, words.stop)
        start, end = first[1 - place], last[1 - place] + last[2]
        heads = range(max(0, start - before - MAX_GAP), start)
        tails = range(end, min(len(self.repeats.words), end + behind + MAX_GAP))
        return (not head or self._is_like(head, heads, at_end=False)) and (
            not tail or self._is_like(tail, tails, at_end=True)
        )

    def _is_like(self, ours: range, theirs: range, *, at_end: bool) -> bool:
        """Tell whether one or two words at an end stand in the other copy too, behind a word more or an elision."""
        words = self.repeats.words
        mine, other = words[ours.start : ours.stop], words[theirs.start : theirs.stop]
        nearest = other[: len(mine)] if at_end else other[len(other) - len(mine) :]
        if _is_cut(mine, nearest, at_end=at_end):
            return True
        gap = range(ours.start, ours.start) if at_end else range(ours.stop, ours.stop)
        most = MAX_GAP if self._is_elided(gap) else 1
        shifts = range(min(most, len(other) - len(mine)) + 1)
        starts = (shift if at_end else len(other) - len(mine) - shift for shift in shifts)
        return any(other[start : start + len(mine)] == mine for start in starts)

    def _is_nearly(self, runs: Sequence[tuple[int, int, int]], side: Side, words: range, matched: int) -> bool:
        """Tell whether the words that differ between the runs are a rewording, and few but for elisions."""
        if self.is_common(words):
            return False
        place, changed, swaps = (1 if side == "later" else 0), 0, 0
        for before, after in pairwise(runs):
            one = range(before[place] + before[2], after[place])
            other = range(before[1 - place] + before[2], after[1 - place])
            if self._is_elided(one) or self._is_elided(other):
                changed -= len(one)
                continue
            ours, theirs = self.repeats.words[one.start : one.stop], self.repeats.words[other.start : other.stop]
            if not is_rewording(ours, theirs):
                swaps += 1
                if any(map(str.isdigit, "".join([*ours, *theirs]))):
                    return False
        if swaps and swaps * PER_SWAP > len(words):
            return False
        return matched - changed >= MIN_COVERAGE * len(words)

    def _is_elided(self, gap: range) -> bool:
        """Tell whether dots stand for words in a gap."""
        words, span = self.repeats, Span(0, len(self.view.text))
        start = words.word_span(gap.start - 1).end if gap.start else span.start
        end = words.word_span(gap.stop).start if gap.stop < len(words.words) else span.end
        return end - start < 100 and bool(_LEFT_OUT.search(self.view.text, start, end))

    def _is_rather_earlier(self, earlier: list[range], later: list[range], chain: Chain) -> bool:
        """Tell whether the earlier copy is the one that is cut off or shortened."""
        one, other = self.text_in(earlier[-1]), self.text_in(later[-1])
        words = self.words_in(earlier[-1].stop - 1).stop - chain.earlier.stop
        others = self.words_in(later[-1].stop - 1).stop - chain.later.stop
        if others > words:
            return True
        if others == words and bool(STOP.search(one)) != bool(STOP.search(other)):
            return bool(STOP.search(other))
        return len(_LEFT_OUT.findall(one)) > len(_LEFT_OUT.findall(other))

    def _opposite(self, chain: Chain, side: Side, words: range) -> range:
        """Return the words of the other side that belong to some words of one side."""
        place = 1 if side == "later" else 0
        runs = chain.runs
        first = runs[max(0, bisect_right(runs, words.start, key=lambda run: run[place]) - 1)]
        last = runs[bisect_left(runs, words.stop, key=lambda run: run[place]) - 1]
        start = first[1 - place] + max(0, words.start - first[place])
        stop = last[1 - place] + min(last.size, words.stop - last[place])
        return range(start, max(start + 1, stop))

    def is_common(self, words: range) -> bool:
        """Tell whether all of some words stand more than twice, as the sentences of a list do."""
        return min((len(self.repeats.places_of(w)) for w in self.repeats.repeats_in(words)), default=0) > 2


def _is_cut(one: Sequence[str], other: Sequence[str], *, at_end: bool) -> bool:
    return len(one) == len(other) == 1 and is_cut_word(one[0], other[0], at_end=at_end)
