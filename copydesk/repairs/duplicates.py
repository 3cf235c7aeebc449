"""Paragraphs that stand a second time: whole, cut off, changed in a word or joined to one another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from copydesk.document import Span
from copydesk.proposals import Proposal
from copydesk.repairs.changes import is_cut_word, is_rewording
from copydesk.repairs.pull_quotes import is_set_as_quote
from copydesk.repeats import MAX_GAP, Chain, Repeats
from copydesk.view import View

VERSION = 1

MIN_WORDS = 8
"""Shorter lines stand twice by design: headings, replies, refrains."""
MIN_LENGTH = 40
"""Characters of the same, for scripts in which a word is one character."""
MIN_COVERAGE = 0.85
"""Share of a paragraph's words that stand at the other place too."""
FORMULA = 25
"""Words of a paragraph that may be a formula or a recurring question if it is one sentence."""
LONG = 40
"""Words that are more than a pull quote mostly shows."""
VERSE = 72
"""Characters of a line of verse, of a list, of an address."""
MAX_BETWEEN = 600
"""Characters that may stand between two paragraphs of one copy that are neighbours in the other."""
MAX_WRAPPED = 100
"""Characters of a line that was wrapped; mail breaks at 72 to 80."""
UNSPACED = 0.45
"""Share of characters that a text needs in scripts that set no spaces, against Latin ones."""
MIN_CUT = 60
"""Characters of a beginning without a mark of the cut; headings that the next paragraph takes up are shorter."""
SLACK = 2
"""Words at an end of a copy that may differ: one that was cut in two, one that was changed."""

CUT = re.compile(r"(?:…|\.\.+|\[\.\.\.\]|[-–—])[\"'”’»\s]*$")
STOP = re.compile(r"[.!?。！？؟।۔][\"'”’»)\]」』\s]*$")
_ITEM = re.compile(r"\s*(?:[-–—*•·▪‣]|\(?\d{1,3}[.)])\s")
_NO_PROSE = re.compile(r"[{}|=]|\t[^\t]+\t|\[\w+ \w+:")
"""A row of a table, a line of code, a note of an editor."""
MIN_ITEM = 18
"""Words of an item of a list that are hardly wanted twice."""
_LEFT_OUT = re.compile(r"\[\s*(?:…|\.{3})\s*\]|…|\.{3}")
_INNER_STOP = re.compile(r"\w[.!?][\"'”’]*\s+[\"'“‘]*\w")
_STOPS_BEFORE = re.compile(r"(?:[.!?…。！？؟।۔:][\"'”’»)\]」』]*\s*|[\"“«„‘「『]\s*|\n\s*)$")

Side = Literal["earlier", "later"]


def find_duplicates(view: View) -> Iterator[Proposal]:
    r"""Propose to take out paragraphs that stand in the text a second time; the evidence is the copy that stays.

    Of two copies the one goes that is cut, changed or joined, else the later one. A copy that is cut off is the
    beginning or the end of a longer paragraph. Left alone: short lines, verses and other runs of short lines, formulas
    and recurring questions, paragraphs that differ in a figure or a name, sentences that are cited within others.

    >>> lines = ["The ferry had been out of service since the storm in March.", "Nobody in town expected it back soon."]
    >>> text = "\n\n".join([*lines, lines[0]])
    >>> [(p.rule, p.start, p.evidence) for p in find_duplicates(View(text))]
    [('duplicates.whole', 100, Span(start=0, end=58))]
    """
    if view.repeats.chains:
        yield from _joined(view, _Search(view).proposals())


def _joined(view: View, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield proposals in text order, neighbours with neighbouring evidence as one: something stood between the first."""
    last: Proposal | None = None
    for proposal in sorted(proposals):
        if last and last.evidence and proposal.evidence and not view.text[last.end : proposal.start].strip():
            if last.evidence.end <= proposal.evidence.start < last.evidence.end + MAX_BETWEEN:
                evidence = Span(last.evidence.start, proposal.evidence.end)
                last = last._replace(end=proposal.end, evidence=evidence)
                continue
        if last:
            yield last
        last = proposal
    if last:
        yield last


class _Copy(NamedTuple):
    """Paragraphs of one side of a chain that stand at the other side too."""

    units: range
    side: Side
    other: range
    """The words of the other side."""


@dataclass(frozen=True)
class _Search:
    view: View

    @property
    def repeats(self) -> Repeats:
        return self.view.repeats

    def proposals(self) -> Iterator[Proposal]:
        gone: dict[int, Side] = {}
        needed = set[int]()
        for chain in self.repeats.chains:
            if not self._may_be_paragraph(chain.later) and not self._may_be_paragraph(chain.earlier):
                continue
            for copy in self._copies(chain):
                kept = self._units_of(copy.other)
                if gone.keys() & set(copy.units) or needed & set(copy.units):
                    continue
                if any(gone.get(unit) == "earlier" or (gone.get(unit) and copy.side == "earlier") for unit in kept):
                    continue
                proposal = self._judge(copy, gone)
                if proposal:
                    gone.update(dict.fromkeys(copy.units, copy.side))
                    needed.update(kept if copy.side == "earlier" else ())
                    yield proposal

    def _may_be_paragraph(self, words: range) -> bool:
        """Tell whether a line begins at or in a stretch: most stretches are phrases within a sentence."""
        if len(words) < MIN_WORDS:
            return False
        start, end = self.repeats.span(words)
        line = self.view.text.rfind("\n", 0, start) + 1
        return len(self.repeats.between(line, start)) <= SLACK or self.view.text.find("\n", start, end) >= 0

    @property
    def _scale(self) -> float:
        return 1.0 if self.repeats.is_spaced else UNSPACED

    @property
    def _word(self) -> int:
        """Characters that make a word where each is one here."""
        return 1 if self.repeats.is_spaced else 2

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

    def _unit_at(self, word: int) -> int:
        return max(0, bisect_right(self._starts, self.repeats.word_span(word).start) - 1)

    def _units_of(self, words: range) -> range:
        return range(self._unit_at(words.start), self._unit_at(words.stop - 1) + 1)

    def _words(self, unit: int) -> range:
        return self.repeats.between(*self.units[unit])

    def _text(self, units: range) -> str:
        return self.view.text[self.units[units.start].start : self.units[units.stop - 1].end]

    # Copies -------------------------------------------------------------------------------------------------------

    def _copies(self, chain: Chain) -> Iterator[_Copy]:
        """Yield the stretches of whole paragraphs that a chain covers, on the side that goes."""
        later, earlier = self._whole_units(chain, "later"), self._whole_units(chain, "earlier")
        if later and earlier and self._is_rather_earlier(earlier, later, chain):
            later = []
        for side, found in (("later", later), ("earlier", [] if later else earlier)):
            for units in found:
                start, stop = self._words(units.start).start, self._words(units.stop - 1).stop
                yield _Copy(units, side, self._opposite(chain, side, range(start, stop)))  # type: ignore[arg-type]

    def _whole_units(self, chain: Chain, side: Side) -> list[range]:
        """Return runs of neighbouring paragraphs that a chain covers on one side."""
        words = chain.later if side == "later" else chain.earlier
        found: list[range] = []
        for unit in self._units_of(words):
            if not self._is_covered(chain, side, self._words(unit)):
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
        if self._is_common(words):
            return False
        place, changed, swaps = (1 if side == "later" else 0), 0, 0
        for before, after in zip(runs, runs[1:], strict=False):
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
        if swaps and swaps * FORMULA > len(words):
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
        one, other = self._text(earlier[-1]), self._text(later[-1])
        words = self._words(earlier[-1].stop - 1).stop - chain.earlier.stop
        others = self._words(later[-1].stop - 1).stop - chain.later.stop
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

    # Judgement ----------------------------------------------------------------------------------------------------

    def _judge(self, copy: _Copy, gone: Mapping[int, Side]) -> Proposal | None:
        words = range(self._words(copy.units.start).start, self._words(copy.units.stop - 1).stop)
        text = self._text(copy.units)
        kept = self._units_of(copy.other)
        if len(words) < MIN_WORDS or len(text) < MIN_LENGTH * self._scale or self._is_verse(copy.units):
            return None
        if any(self._is_no_prose(units, len(words)) for units in (copy.units, kept)):
            return None
        is_start = copy.other.start - self._words(kept.start).start <= SLACK
        is_end = self._words(kept.stop - 1).stop - copy.other.stop <= SLACK
        if self._is_pull_quote(copy, words, kept if is_start else range(0)):
            return None
        if is_start and is_end:
            is_formula = self._is_formula(copy, text, len(words))
            return None if is_formula else self._proposal(copy, gone, "whole", len(words))
        if len(copy.units) == 1 and not is_cut_copy(
            self.view, self.units[copy.units.start], self.repeats.span(copy.other)
        ):
            is_next = copy.units.start == kept.stop or kept.start == copy.units.stop
            most = LONG if is_start or is_end else 2 * LONG
            if len(words) < most * self._word and not (is_next and (is_start or is_end) and STOP.search(text)):
                return None
        return self._proposal(copy, gone, "beginning" if is_start else "end" if is_end else "part", len(words))

    def _is_no_prose(self, units: range, size: int) -> bool:
        text = self._text(units)
        return len(units) == 1 and bool(_NO_PROSE.search(text) or (size < MIN_ITEM and _ITEM.match(text)))

    def _is_pull_quote(self, copy: _Copy, words: range, kept: range) -> bool:
        """Tell whether one of the two is set as a quotation, by marks or a name that the other has not."""
        ours, theirs = self.units[copy.units.start], self.units[kept.start]
        if len(copy.units) == 1 and is_set_as_quote(self.view, ours, self.repeats.span(copy.other)):
            return True
        return len(kept) == 1 and is_set_as_quote(self.view, theirs, self.repeats.span(words))

    def _is_verse(self, units: range) -> bool:
        """Tell whether a copy is made of short lines among short lines, as verses and lists are."""
        last = min(len(self.units), units.stop + 1)
        around = [*range(max(0, units.start - 1), units.start), *range(units.stop, last)]
        text = self._text(units)
        is_many = len(units) > 1 or "\n" in text
        if not is_many and (CUT.search(text) or all(STOP.search(self._text(range(i, i + 1))) for i in around)):
            return False
        return all(self._is_short(i) for i in units) and (is_many or any(self._is_short(i) for i in around))

    def _is_short(self, unit: int) -> bool:
        start, end = self.units[unit]
        most = VERSE * self._scale
        return end - start <= most or max(map(len, self.view.text[start:end].split("\n"))) <= most

    def _is_formula(self, copy: _Copy, text: str, size: int) -> bool:
        """Tell whether one short sentence is a question, is led up to by a colon or stands more than twice."""
        if (
            len(copy.units) > 1
            or size > FORMULA * self._word
            or abs(copy.units.start - self._unit_at(copy.other.start)) == 1
        ):
            return False
        before = self.view.text[: self.units[copy.units.start].start].rstrip()[-1:] if copy.units.start else ""
        is_question = text.rstrip("\"'”’» ").endswith(("?", "？", "؟"))
        return is_question or before in {":", "："} or self._is_common(copy.other)

    def _is_common(self, words: range) -> bool:
        """Tell whether all of some words stand more than twice, as the sentences of a list do."""
        return min((len(self.repeats.places_of(w)) for w in self.repeats.repeats_in(words)), default=0) > 2

    def _staying(self, words: range, gone: Mapping[int, Side]) -> Span:
        """Return the part of some words that stands before the first paragraph which goes itself."""
        span = self.repeats.span(words)
        first = next((unit for unit in self._units_of(words) if unit in gone), None)
        return span if first is None else Span(span.start, max(span.start + 1, self.units[first].start))

    def _proposal(self, copy: _Copy, gone: Mapping[int, Side], form: str, size: int) -> Proposal:
        start, end = self.units[copy.units.start].start, self.units[copy.units.stop - 1].end
        count = f"{len(copy.units)} paragraphs" if len(copy.units) > 1 else "a paragraph"
        said = {"whole": "", "beginning": "the beginning of ", "end": "the end of ", "part": "a part of "}[form]
        verb = "stand" if len(copy.units) > 1 else "stands"
        reason = f"{said}{count} that {verb} in the text a second time ({size} words)"
        evidence = self._staying(copy.other, gone)
        confidence = 0.98 if form == "whole" else 0.93
        rule = f"duplicates.{form}"
        return Proposal(start, end, "", "duplicate", rule, reason, confidence, evidence, is_block=True)


def _is_cut(one: Sequence[str], other: Sequence[str], *, at_end: bool) -> bool:
    return len(one) == len(other) == 1 and is_cut_word(one[0], other[0], at_end=at_end)


def is_cut_copy(view: View, copy: Span, kept: Span) -> bool:
    """Tell whether a paragraph is one side of a longer one that was cut in mid-sentence, and not set as a quotation.

    Args:
        view: the text.
        copy: the paragraph.
        kept: the words of the longer paragraph that it repeats.

    """
    text, paragraph = view.text[slice(*copy)], view.paragraph_at(kept.start)
    before, behind = view.text[paragraph.start : kept.start], view.text[kept.end : paragraph.end]
    is_start = not re.search(r"\w", before)
    is_end = not re.search(r"\w", behind)
    if is_start == is_end:
        return False
    if is_start:
        is_alike = before.strip()[:1] == text[: len(before.strip())][:1]
        is_prose = len(text) > MIN_CUT or bool(_INNER_STOP.search(text))
        return is_alike and (bool(CUT.search(text)) or (is_prose and not STOP.search(text)))
    first = re.search(r"\w", text)
    mark = text[: first.start()].strip() if first else "?"
    if mark in {"…", "..."}:
        return True
    return mark in {"", "-", "–", "—"} and not _STOPS_BEFORE.search(before) and text[:1].lower() == text[:1]
