"""Pull quotes: words of the article set a second time, large and in a box, that fall into the text when it is copied.

They are known by their content: lines of their own that repeat part of a longer paragraph, before or after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from copydesk.edits import Proposal
from copydesk.repairs.repeats import SEED, Repeat, RepeatFinder
from copydesk.view import View

VERSION = 1

MAX_LINE = 72
"""Characters of a line that is set narrow; text columns of pull quotes hold 25 to 60."""
MIN_WORDS = 6
"""Fewer words in a row stand twice by chance."""
MIN_FLAT_WORDS = 7
MAX_FLAT_WORDS = 80
MIN_COVERAGE = 0.8
MIN_DENSITY = 0.55
"""Below it the other place does not say the same, but uses the same words."""

_ATTRIBUTION = re.compile(r"(?:[—–―-]{1,2}|&[mn]dash;)\s*\S|[^\W\d_][\w .'’-]{2,40}$")
_DASHED = re.compile(r"(?:[—–―]|--|-\s|&[mn]dash;)\s*\S")
_OPENER = re.compile(r"[:：]\s*[\"'“‘]?$")
_LIST_ITEM = re.compile(r"\s*(?:[*•·▪‣]|\d{1,3}[.)]|[-–—]\s)")
_STOP = re.compile(r"[.!?…]+[\"'”’)\]»❞]*$")


def find_pull_quotes(view: View) -> Iterator[Proposal]:
    r"""Propose to take pull quotes out; the evidence of each is the span that it repeats.

    Left alone: block quotes, which stand once; quotes that a colon leads up to; lists; paragraphs that are repeated
    whole (``duplicates`` are another artifact).

    >>> words = "Nobody in the village had seen the river so high since the winter of the great flood"
    >>> text = f"It rained. {words}, they said.\n\nNobody in the village\n\nhad seen the river so\n\nThe end came soon."
    >>> [(p.start, p.end, p.evidence) for p in find_pull_quotes(View(text))]
    [(109, 153, Span(start=11, end=54))]
    """
    yield from _Search(view).proposals()


@dataclass(frozen=True)
class _Search:
    view: View

    @cached_property
    def finder(self) -> RepeatFinder:
        return RepeatFinder(self.view)

    def proposals(self) -> Iterator[Proposal]:
        taken = set[int]()
        for lines in self._narrow_runs():
            for part in self._repeating_parts(lines):
                proposal = self._wrapped(part)
                if proposal:
                    taken.update(part)
                    yield proposal
        for lines in self.view.paragraphs:
            if taken.isdisjoint(lines):
                yield from self._flat(lines)

    def _words(self, lines: Sequence[int]) -> range:
        start, end = self.view.lines[lines[0]].start, self.view.lines[lines[-1]].end
        return self.view.words.between(start, end)

    # Wrapped: a run of short broken lines -------------------------------------------------------------------------

    def _narrow_runs(self) -> Iterator[range]:
        """Yield runs of two or more short lines, whatever blank lines stand between them."""
        first = None
        for i, line in enumerate(self.view.lines):
            is_narrow = line.text_end - line.text_start <= MAX_LINE
            if is_narrow and first is None:
                first = i
            elif not is_narrow and first is not None:
                if i - first > 1:
                    yield range(first, i)
                first = None
        if first is not None and len(self.view.lines) - first > 1:
            yield range(first, len(self.view.lines))

    def _repeating_parts(self, run: range) -> Iterator[range]:
        """Yield the parts of a run whose lines follow one another in another place of the text."""
        first: int | None = None
        offsets: set[int] = set()
        for i in run:
            found = self._offsets(i, run)
            near = {o for o in found if any(abs(o - other) <= SEED for other in offsets)}
            if first is not None and not near:
                yield range(first, i)
                first = None
            if found and first is None:
                first, near = i, found
            offsets = near
        if first is not None:
            yield range(first, run.stop)

    def _offsets(self, line: int, run: range) -> set[int]:
        """Return how far away the seeds that begin in a line stand again, outside of the line's paragraph."""
        words, found = self._words([line]), set[int]()
        own = self._words(run)
        for word in words:
            found.update(place - word for place in self.finder.places_of(word) if abs(place - word) >= len(words))
        del own
        return found

    def _wrapped(self, lines: range) -> Proposal | None:
        lines = self._with_last_line(lines)
        words = self._words(lines)
        if len(lines) < 2 or len(words) < MIN_WORDS or not self._is_broken(lines):
            return None
        repeat = self.finder.find(words, words)
        if not repeat or repeat.matched < MIN_WORDS or repeat.matched / len(words) < MIN_COVERAGE:
            return None
        if repeat.density < MIN_DENSITY or not self._stands_in_prose(repeat):
            return None
        coverage = repeat.matched / len(words)
        return self._proposal(lines, repeat, "pull_quotes.wrapped", coverage * min(1.0, 0.5 + len(words) / 24))

    def _with_last_line(self, lines: range) -> range:
        """Add a last line that is too short for a seed, if the copy goes on with its words."""
        after = lines.stop
        if after >= len(self.view.lines):
            return lines
        words = self._words([after])
        if not len(words) or len(words) >= SEED:
            return lines
        longer = self._words(range(lines.start, after + 1))
        repeat = self.finder.find(longer, longer)
        return range(lines.start, after + 1) if repeat and repeat.words.stop == longer.stop else lines

    def _is_broken(self, lines: range) -> bool:
        """Tell whether lines break off in mid-sentence, as set text does, and sentences or items do not."""
        inner = [self.view.of(i) for i in lines[:-1]]
        broken = sum(not _STOP.search(text) for text in inner)
        items = sum(bool(_LIST_ITEM.match(self.view.of(i))) for i in lines)
        return broken >= max(1, len(inner) / 2) and items <= 1

    # Flat: one paragraph ------------------------------------------------------------------------------------------

    def _flat(self, lines: range) -> Iterator[Proposal]:
        words = self._words(lines)
        text = self.view.of(lines[0])
        if not MIN_FLAT_WORDS <= len(words) <= MAX_FLAT_WORDS or _LIST_ITEM.match(text) or self._is_introduced(lines):
            return
        repeat = self.finder.find(words, words)
        if not repeat or repeat.matched < MIN_FLAT_WORDS or repeat.density < MIN_DENSITY:
            return
        if not self._stands_in_prose(repeat, len(words)):
            return
        with_name = self._with_attribution(lines)
        coverage = repeat.matched / len(words)
        if coverage >= (MIN_COVERAGE if len(with_name) > len(lines) else 0.9):
            yield self._proposal(with_name, repeat, "pull_quotes.flat", coverage * min(1.0, 0.6 + len(words) / 40))

    def _is_introduced(self, lines: range) -> bool:
        return lines[0] > 0 and bool(_OPENER.search(self.view.of(lines[0] - 1)))

    def _with_attribution(self, lines: range) -> range:
        """Add the line behind that names the speaker after a dash."""
        after = lines.stop
        if after < len(self.view.lines) and len(self.view.of(after)) <= MAX_LINE and _DASHED.match(self.view.of(after)):
            return range(lines.start, after + 1)
        return lines

    def _stands_in_prose(self, repeat: Repeat, at_least: int = 0) -> bool:
        """Tell whether the other copy is part of a paragraph that has more to say."""
        span = self.finder.span(repeat.place)
        paragraph = self.view.paragraph_at(span.start)
        return len(self.view.words.between(*paragraph)) > max(at_least, len(repeat.place)) + SEED

    def _proposal(self, lines: range, repeat: Repeat, rule: str, confidence: float) -> Proposal:
        first, last = self.view.lines[lines[0]], self.view.lines[lines[-1]]
        evidence = self.finder.span(repeat.place)
        count = f"{len(lines)} lines" if len(lines) > 1 else "a paragraph"
        reason = f"{count} that repeat{'' if len(lines) > 1 else 's'} {repeat.matched} words of another paragraph"
        span = first.text_start, last.text_end
        return Proposal(*span, "", "pull_quote", rule, reason, round(min(0.99, confidence), 3), evidence, is_block=True)
