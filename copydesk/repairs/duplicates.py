"""Paragraphs that stand a second time: whole, cut off, changed in a word or joined to one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from copydesk.document import Span
from copydesk.proposals import Proposal
from copydesk.repairs.copies import SLACK, STOP, Copy, CopyFinder, Side
from copydesk.repairs.pull_quotes import is_set_as_quote
from copydesk.repeats import Repeats
from copydesk.view import View

VERSION = 1

MIN_TWIN = 40
"""Characters of a line of a page that does not stand twice by chance."""
MIN_WORDS = 8
"""Shorter lines stand twice by design: headings, replies, refrains."""
MIN_LENGTH = 40
"""Characters of the same, for scripts in which a word is one character."""
FORMULA = 25
"""Words of a paragraph that may be a formula or a recurring question if it is one sentence."""
QUESTION = 15
"""Words of a question that is asked again, of each who is interviewed: longer ones are asked once."""
LONG = 40
"""Words that are more than a pull quote mostly shows."""
VERSE = 72
"""Characters of a line of verse, of a list, of an address."""
MAX_BETWEEN = 600
"""Characters that may stand between two paragraphs of one copy that are neighbours in the other."""
UNSPACED = 0.45
"""Share of characters that a text needs in scripts that set no spaces, against Latin ones."""
NEAR = 40
"""Characters before a place that are looked at."""
MIN_CUT = 60
"""Characters of a beginning without a mark of the cut; headings that the next paragraph takes up are shorter."""

CUT = re.compile(r"(?:…|\.\.+|\[\.\.\.\]|[-–—])[\"'”’»\s]*$")
_ITEM = re.compile(r"\s*(?:[-–—*•·▪‣]|\(?\d{1,3}[.)])\s")
_NO_PROSE = re.compile(r"[{}|=]|\t[^\t]+\t|\[\w+ \w+:")
"""A row of a table, a line of code, a note of an editor."""
MIN_ITEM = 18
"""Words of an item of a list that are hardly wanted twice."""
_WORD = re.compile(r"\w")
_INNER_STOP = re.compile(r"\w[.!?][\"'”’]*\s+[\"'“‘]*\w")
_STOPS_BEFORE = re.compile(r"(?:[.!?…。！？؟।۔:][\"'”’»)\]」』]*\s*|[\"“«„‘「『]\s*|\n\s*)$")


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
    if (view.is_pasted or _has_twin_lines(view)) and view.repeats.chains:
        yield from _joined(view, _Search(view).proposals())


def _has_twin_lines(view: View) -> bool:
    """Tell whether a line of some length stands twice: on a page, copies come whole. Rows of tables may be alike."""
    text = view.text
    lines = [text[start:end] for _, _, start, end in view.lines if end - start >= MIN_TWIN]
    if len({*lines}) == len(lines):
        return False
    return any(n > 1 and _may_be_copy(line) for line, n in Counter(lines).items())


def _may_be_copy(line: str) -> bool:
    is_long = line.count(" ") >= MIN_WORDS - 1 or not line.isascii()  # in some scripts, words are not told by blanks
    return is_long and not _NO_PROSE.search(line)


def _joined(view: View, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield proposals in text order, as one those that are neighbours here and nearly so in what they repeat."""
    last: Proposal | None = None
    for proposal in sorted(proposals):
        joined = _join(view, last, proposal) if last else None
        if last and not joined:
            yield last
        last = joined or proposal
    if last:
        yield last


def _join(view: View, one: Proposal, other: Proposal) -> Proposal | None:
    if not one.evidence or not other.evidence or view.text[one.end : other.start].strip():
        return None
    if not one.evidence.end <= other.evidence.start < one.evidence.end + MAX_BETWEEN:
        return None
    return one._replace(end=other.end, evidence=Span(one.evidence.start, other.evidence.end))


@dataclass(frozen=True)
class _Search:
    view: View

    @property
    def repeats(self) -> Repeats:
        return self.view.repeats

    @cached_property
    def copies(self) -> CopyFinder:
        return CopyFinder(self.view)

    def proposals(self) -> Iterator[Proposal]:
        gone: dict[int, Side] = {}
        needed = set[int]()
        for chain in self.repeats.chains:
            if not self._may_be_paragraph(chain.later) and not self._may_be_paragraph(chain.earlier):
                continue
            for copy in self.copies.copies_in(chain):
                kept = self.copies.units_of(copy.other)
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
        if self.repeats.before_in_line(words.start) <= SLACK:
            return True
        return self.repeats.line_start(words.start) != self.repeats.line_start(words.stop - 1)

    @property
    def _scale(self) -> float:
        return 1.0 if self.repeats.is_spaced else UNSPACED

    @property
    def _word(self) -> int:
        """Characters that make a word where each is one here."""
        return 1 if self.repeats.is_spaced else 2

    # Judgement ----------------------------------------------------------------------------------------------------

    def _judge(self, copy: Copy, gone: Mapping[int, Side]) -> Proposal | None:
        words = range(self.copies.words_in(copy.units.start).start, self.copies.words_in(copy.units.stop - 1).stop)
        text = self.copies.text_in(copy.units)
        kept = self.copies.units_of(copy.other)
        if len(words) < MIN_WORDS or len(text) < MIN_LENGTH * self._scale or self._is_verse(copy.units):
            return None
        if any(self._is_no_prose(units, len(words)) for units in (copy.units, kept)):
            return None
        is_start = copy.other.start - self.copies.words_in(kept.start).start <= SLACK
        is_end = self.copies.words_in(kept.stop - 1).stop - copy.other.stop <= SLACK
        if self._is_pull_quote(copy, words, kept if is_start else range(0)):
            return None
        if is_start and is_end:
            is_formula = self._is_formula(copy, text, len(words))
            return None if is_formula else self._proposal(copy, gone, "whole", len(words))
        if len(copy.units) == 1 and not is_cut_copy(
            self.view, self.copies.units[copy.units.start], self.repeats.span(copy.other)
        ):
            is_next = copy.units.start == kept.stop or kept.start == copy.units.stop
            most = LONG if is_start or is_end else 2 * LONG
            if len(words) < most * self._word and not (is_next and (is_start or is_end) and STOP.search(text)):
                return None
        return self._proposal(copy, gone, "beginning" if is_start else "end" if is_end else "part", len(words))

    def _is_no_prose(self, units: range, size: int) -> bool:
        text = self.copies.text_in(units)
        return len(units) == 1 and bool(_NO_PROSE.search(text) or (size < MIN_ITEM and _ITEM.match(text)))

    def _is_pull_quote(self, copy: Copy, words: range, kept: range) -> bool:
        """Tell whether one of the two is set as a quotation, by marks or a name that the other has not."""
        ours, theirs = self.copies.units[copy.units.start], self.copies.units[kept.start]
        if len(copy.units) == 1 and is_set_as_quote(self.view, ours, self.repeats.span(copy.other)):
            return True
        return len(kept) == 1 and is_set_as_quote(self.view, theirs, self.repeats.span(words))

    def _is_verse(self, units: range) -> bool:
        """Tell whether a copy is made of short lines among short lines, as verses and lists are."""
        last = min(len(self.copies.units), units.stop + 1)
        around = [*range(max(0, units.start - 1), units.start), *range(units.stop, last)]
        text = self.copies.text_in(units)
        is_many = len(units) > 1 or "\n" in text
        if not is_many and (CUT.search(text) or all(STOP.search(self.copies.text_in(range(i, i + 1))) for i in around)):
            return False
        return all(self._is_short(i) for i in units) and (is_many or any(self._is_short(i) for i in around))

    def _is_short(self, unit: int) -> bool:
        start, end = self.copies.units[unit]
        most = VERSE * self._scale
        return end - start <= most or max(map(len, self.view.text[start:end].split("\n"))) <= most

    def _is_formula(self, copy: Copy, text: str, size: int) -> bool:
        """Tell whether one short sentence is a question, is led up to by a colon or stands more than twice."""
        if (
            len(copy.units) > 1
            or size > FORMULA * self._word
            or abs(copy.units.start - self.copies.unit_at(copy.other.start)) == 1
        ):
            return False
        start = self.copies.units[copy.units.start].start
        before = self.view.text[max(0, start - NEAR) : start].rstrip()[-1:]
        is_question = size <= QUESTION * self._word and text.rstrip("\"'”’» ").endswith(("?", "？", "؟"))
        return is_question or before in {":", "："} or self.copies.is_common(copy.other)

    def _staying(self, words: range, gone: Mapping[int, Side]) -> Span:
        """Return the part of some words that stands before the first paragraph which goes itself."""
        span = self.repeats.span(words)
        first = next((unit for unit in self.copies.units_of(words) if unit in gone), None)
        return span if first is None else Span(span.start, max(span.start + 1, self.copies.units[first].start))

    def _proposal(self, copy: Copy, gone: Mapping[int, Side], form: str, size: int) -> Proposal:
        start, end = self.copies.units[copy.units.start].start, self.copies.units[copy.units.stop - 1].end
        count = f"{len(copy.units)} paragraphs" if len(copy.units) > 1 else "a paragraph"
        said = {"whole": "", "beginning": "the beginning of ", "end": "the end of ", "part": "a part of "}[form]
        verb = "stand" if len(copy.units) > 1 else "stands"
        reason = f"{said}{count} that {verb} in the text a second time ({size} words)"
        evidence = self._staying(copy.other, gone)
        confidence = 0.98 if form == "whole" else 0.93
        rule = f"duplicates.{form}"
        return Proposal(start, end, "", "duplicate", rule, reason, confidence, evidence, is_block=True)


def is_cut_copy(view: View, copy: Span, kept: Span) -> bool:
    """Tell whether a paragraph is one side of a longer one that was cut in mid-sentence, and not set as a quotation.

    Args:
        view: the text.
        copy: the paragraph.
        kept: the words of the longer paragraph that it repeats.

    """
    text, paragraph = view.text[slice(*copy)], view.paragraph_at(kept.start)
    is_start = not _WORD.search(view.text, paragraph.start, kept.start)
    is_end = not _WORD.search(view.text, kept.end, paragraph.end)
    before = view.text[max(paragraph.start, kept.start - NEAR) : kept.start]
    if is_start == is_end:
        return False
    if is_start:
        is_alike = before.strip()[:1] == text[: len(before.strip())][:1]
        is_prose = len(text) > MIN_CUT or bool(_INNER_STOP.search(text))
        return is_alike and (bool(CUT.search(text)) or (is_prose and not STOP.search(text)))
    first = _WORD.search(text)
    mark = text[: first.start()].strip() if first else "?"
    if mark in {"…", "..."}:
        return True
    return mark in {"", "-", "–", "—"} and not _STOPS_BEFORE.search(before) and text[:1].lower() == text[:1]
