"""Whether one text was made from another: copied, cut short, or taken into a longer one.

What is measured is how many of a text's words stand in runs of five words that the other text has, too. Not enough are
what different texts have in common:

- **a quotation**: of the words outside quotation marks, as many must be shared;
- **lines that stand under many texts** (about the author, the company, the case): more than one paragraph must be
  shared, and some of each half of the text, unless it is nearly all of it;
- **a mould** (forecasts, results, rates): of the figures, at least half must be the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from copydesk.shingles import SHINGLE, plain_words_of, shingles_of, words_of

LEAST = 20
"""Words that must be shared: shorter ones are headlines and formulas."""
HALF, THIRD = 0.5, 1 / 3
"""Of a copy, at least so much is shared of the one text, and of the other."""
PIECE = 0.8
"""Of a text that is a piece of a longer one, at least so much is there."""
EXPANDED = 0.2
"""Of a later text that holds an earlier one, at least so much is from it: else it is a round-up of many."""
SHORTER = 2 / 3
"""An excerpt has at most so many of the words of its original, and an original of its expansion."""
EACH_HALF = 0.2
"""Of each half of the text, at least so much is shared."""
FEW = 3
"""Figures, from which on they count."""

_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]|\"[^\"]*\"|「[^「」]*」")


class StoryRole(StrEnum):
    """What a text is in a story."""

    ORIGINAL = "original"
    """The earliest of its story, as far as is known."""
    COPY = "copy"
    """The text again, word for word or rewritten in part."""
    EXCERPT = "excerpt"
    """A piece of the text that it is a copy of."""
    EXPANSION = "expansion"
    """A longer text that holds the earlier one nearly whole."""


@dataclass(frozen=True)
class Wording:
    """The words of a text, as they are compared.

    Attributes:
        words: in order, in small letters.
        paragraphs: for each word, the number of its paragraph, from 0.
        is_quoted: for each word, whether it stands in quotation marks.

    """

    words: tuple[str, ...]
    paragraphs: tuple[int, ...]
    is_quoted: tuple[bool, ...]

    @classmethod
    def of(cls, paragraphs: Sequence[str]) -> Wording:
        """Return the words of a text that comes in paragraphs."""
        words: list[str] = []
        numbers: list[int] = []
        quoted: list[bool] = []
        for number, text in enumerate(paragraphs):
            if not _QUOTED.search(text):
                found = plain_words_of(text)
                words += found
                numbers += [number] * len(found)
                quoted += [False] * len(found)
                continue
            inside = bytearray(len(text))
            for match in _QUOTED.finditer(text):
                inside[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            for start, word in words_of(text):
                words.append(word)
                numbers.append(number)
                quoted.append(bool(inside[start]))
        return cls(tuple(words), tuple(numbers), tuple(quoted))

    @cached_property
    def runs(self) -> list[str]:
        """The runs of five words, in order."""
        return shingles_of(self.words)

    @cached_property
    def run_set(self) -> frozenset[str]:
        """The runs of five words, each once."""
        return frozenset(self.runs)

    @cached_property
    def figures(self) -> Counter[str]:
        """Its figures, with how often each is there."""
        return Counter(word for word in self.words if word[0].isdigit())


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a text resembles an earlier one.

    Attributes:
        similarity: of all the runs of five words in both, the part that both have (Jaccard), 0 to 1.
        share: of its words, the part that stands in runs of five that the earlier text has, 0 to 1.
        share_of_earlier: the same the other way round.
        is_same_text: the same words in the same order.
        paragraphs: the numbers of its paragraphs, from 0, of whose words at least half are shared.
        role: what it is to the earlier text.

    """

    similarity: float
    share: float
    share_of_earlier: float
    is_same_text: bool
    paragraphs: tuple[int, ...]
    role: StoryRole


def find_likeness(later: Wording, earlier: Wording) -> Likeness | None:
    """Return how a text was made from an earlier one; None when it was not, as far as its words tell.

    >>> late = "The ferry to Skarvik was late again on Monday, and nobody on the quay could say why it was not there."
    >>> note = "The boat to Holm was on time."
    >>> found = find_likeness(Wording.of([late]), Wording.of([note, late, note]))
    >>> found.role.value, found.share, found.paragraphs
    ('excerpt', 1.0, (0,))
    >>> find_likeness(Wording.of([note]), Wording.of([late])) is None
    True
    """
    mine, others = _shared(later, earlier), _shared(earlier, later)
    if not mine.count(1) or not others.count(1):
        return None
    share, of_earlier = mine.count(1) / len(mine), others.count(1) / len(others)
    if share >= of_earlier:
        is_made, shared = _is_made_of(later, mine), mine
    else:
        is_made, shared = _is_made_of(earlier, others), others
    if not is_made or shared.count(1) < LEAST or not _has_its_figures(later, earlier):
        return None
    role = _role(share, of_earlier, len(mine) / len(others))
    if role is None:
        return None
    both = len(later.run_set & earlier.run_set)
    similarity = both / (len(later.run_set) + len(earlier.run_set) - both)
    is_same = later.words == earlier.words
    return Likeness(similarity, share, of_earlier, is_same, tuple(_paragraphs(later, mine)), role)


def _role(share: float, of_earlier: float, length: float) -> StoryRole | None:
    """Return what a text is to an earlier one that is shared to some part; ``length`` is its length in that of it."""
    if share >= PIECE and length <= SHORTER:
        return StoryRole.EXCERPT
    if of_earlier >= PIECE and share >= EXPANDED and length >= 1 / SHORTER:
        return StoryRole.EXPANSION
    if max(share, of_earlier) >= HALF and min(share, of_earlier) >= THIRD:
        return StoryRole.COPY
    return None


def _shared(text: Wording, other: Wording) -> bytearray:
    """Return for each word of a text whether it stands in a run that the other text has."""
    shared = bytearray(len(text.words))
    for at, run in enumerate(text.runs):
        if run in other.run_set:
            shared[at : at + SHINGLE] = b"\1" * SHINGLE
    return shared


def _is_made_of(text: Wording, shared: bytearray) -> bool:
    """Tell whether more is shared of a text than a quotation, or a paragraph, or its beginning or end."""
    middle = len(shared) // 2
    if any(half.count(1) < EACH_HALF * len(half) for half in (shared[:middle], shared[middle:])):
        return False
    if shared.count(1) < PIECE * len(shared) and text.paragraphs[-1] and len(_paragraphs(text, shared)) < 2:
        return False
    outside = [is_shared for is_shared, is_quoted in zip(shared, text.is_quoted, strict=True) if not is_quoted]
    return len(outside) < LEAST or sum(outside) >= HALF * len(outside)


def _has_its_figures(one: Wording, other: Wording) -> bool:
    """Tell whether of the figures of the shorter text half are in the other."""
    shorter, longer = sorted((one, other), key=lambda text: len(text.words))
    count = shorter.figures.total()
    return count < FEW or (shorter.figures & longer.figures).total() >= HALF * count


def _paragraphs(text: Wording, shared: bytearray) -> list[int]:
    """Return the numbers of the paragraphs that are shared, by half or more."""
    words = Counter(text.paragraphs)
    found = Counter(number for number, is_shared in zip(text.paragraphs, shared, strict=True) if is_shared)
    return sorted(number for number, count in found.items() if count >= HALF * words[number])
