"""Finding where some words of a text stand a second time, word for word or nearly so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from copydesk.document import Span
from copydesk.view import View, Words

SEED = 3
"""Words in a seed: three in a row are rarely shared by chance, and a changed word spoils three seeds only."""
MAX_PLACES = 12
"""Places kept for a seed; one that stands in more is a phrase of the article's topic and tells nothing."""
AROUND = 3
"""Paragraphs at either side that are looked at too: short lines are often paragraphs of their own."""
DRIFT = 12
"""Words that may be missing or added in one copy between two seeds that still belong together."""


class Repeat(NamedTuple):
    """A run of words that stands a second time.

    Attributes:
        words: the words that were looked up, from the first to the last one that is matched.
        place: the words of the other copy, as indexes.
        matched: the number of words that agree.

    """

    words: range
    place: range
    matched: int

    @property
    def coverage(self) -> float:
        """Share of the words looked up that the other copy has."""
        return self.matched / len(self.words)

    @property
    def density(self) -> float:
        """Share of the other copy's words that agree."""
        return self.matched / len(self.place)


@dataclass(frozen=True)
class RepeatFinder:
    """Seeds of some words of a view with their places, found once."""

    words: Words

    @cached_property
    def _places(self) -> dict[tuple[int, ...], list[int]]:
        """The seeds that stand more than once, with where; most of a text stands once and is forgotten again."""
        ids = self.words.ids
        first: dict[tuple[int, ...], int] = {}
        places: dict[tuple[int, ...], list[int]] = {}
        for i, seed in enumerate(zip(*(ids[shift:] for shift in range(SEED)), strict=False)):
            other = first.setdefault(seed, i)
            if other != i:
                found = places.setdefault(seed, [other])
                if len(found) <= MAX_PLACES:
                    found.append(i)
        return places

    def places_of(self, word: int) -> Sequence[int]:
        """Return where else the seed that begins at a word stands; nothing for a common phrase."""
        found = self._places.get(tuple(self.words.ids[word : word + SEED]))
        return [place for place in found if place != word] if found and len(found) <= MAX_PLACES else []

    def find(self, words: range, outside: range) -> Repeat | None:
        """Return where most of some words stand again outside of a range, in one stretch; None if nowhere."""
        votes = Counter[int]()
        for word in words[: max(0, len(words) - SEED + 1)]:
            for place in self.places_of(word):
                if not outside.start - SEED < place < outside.stop:
                    votes[place - word] += 1
        if not votes:
            return None
        best = max(votes, key=lambda shift: (votes[shift], -abs(shift)))
        shifts = [s for s, n in votes.items() if abs(s - best) <= 2 * DRIFT and (s == best or n > 1)]
        start = max(0, words.start + min(shifts) - SEED)
        stop = min(len(self.words.ids), words.stop + max(shifts) + SEED)
        if start < outside.start < stop:
            stop = outside.start
        elif start < outside.stop < stop:
            start = outside.stop
        return self._align(words, range(start, stop))

    def _align(self, words: range, window: range) -> Repeat | None:
        """Match words in order; stray matches far from the others do not count."""
        ids = self.words.ids
        one, other = ids[words.start : words.stop].tolist(), ids[window.start : window.stop].tolist()
        matches = [b for b in LCSseq.opcodes(one, other) if b.tag == "equal"]
        solid = [b for b in matches if b.src_end - b.src_start >= 2 or len(words) < 2 * SEED]
        if not solid:
            return None
        first, last = solid[0], solid[-1]
        before = _shared(one[: first.src_start][::-1], other[: first.dest_start][::-1])
        after = _shared(one[last.src_end :], other[last.dest_end :])
        matched = sum(b.src_end - b.src_start for b in matches if first.src_start <= b.src_start <= last.src_start)
        place = range(window.start + first.dest_start - before, window.start + last.dest_end + after)
        found = range(words.start + first.src_start - before, words.start + last.src_end + after)
        return Repeat(found, place, matched + before + after)

    def span(self, words: range) -> Span:
        """Return the span of a run of words in the view."""
        return Span(self.words.starts[words.start], self.words.ends[words.stop - 1])


def words_near(view: View, candidates: Iterable[Span]) -> Words:
    """Return the words of the paragraphs in which words of the candidates stand, there and a second time."""
    repeats, seen, near = view.repeats, set[int](), set[int]()
    for span in candidates:
        for hit in repeats.repeats_in(repeats.between(*span)):
            places = repeats.places_of(hit)
            if places[0] not in seen:
                seen.add(places[0])
                near.update(view.paragraph_number(repeats.word_span(place).start) for place in (hit, *places))
    around = sorted({n for number in near for n in range(number - AROUND, number + AROUND + 1)})
    stretches: list[Span] = []
    for number, before in zip(around, [-2, *around], strict=False):
        if 0 <= number < len(view.paragraphs):
            lines = view.paragraphs[number]
            start, end = view.lines[lines[0]].start, view.lines[lines[-1]].end
            is_next = stretches and before == number - 1
            stretches[-1:] = [Span(stretches[-1].start, end)] if is_next else [*stretches[-1:], Span(start, end)]
    return view.words_of(stretches)


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many words two runs have in common at their beginning."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
