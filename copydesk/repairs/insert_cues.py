"""Fragments by which a page talks to its reader (``data/insert_cues.tsv``), and how much a line sounds like that."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from copydesk.repairs.insert_words import EAST_ASIAN, Lexicon, Tokens, fold, kind_in, lexicon

SURE, CUE = 3.0, 1.5
"""What a fragment counts that tells the kind by itself, and one that needs company."""
ENOUGH = 3.0
PROSE = 2.0
"""What a word of reported speech counts against a line."""
UNKNOWN = 0.4
"""What a word counts against it that pages do not use."""
UNKNOWN_IN_PROSE = 1.0
"""The same in a line that speaks to nobody."""
HERE = 0.75
"""What it counts for a line that it speaks of its page."""
MAX_WORDS = 48
MAX_EAST_ASIAN = 110
"""Characters of the longest East Asian line that is a page's."""

_CAPITALISED = re.compile(r"(?<=[^.!?…] )[^\W\d_a-z]\w*")
_ENDS = ".。।؟۔"


class Found(NamedTuple):
    """A fragment in a line: its kinds and languages, where it stands and how many words it has, what it counts."""

    bits: int
    start: int
    size: int
    weight: float


def cued_kind(text: str, words: Tokens) -> str | None:
    """Return the kind of a line that talks as pages do, by the fragments in it; None for text.

    >>> text = "Comments are moderated before publication."
    >>> cued_kind(text, lexicon().split(text))
    'comments'
    """
    table = lexicon()
    if not text.isascii() and EAST_ASIAN.search(text):
        return _east_asian_kind(table, text, words)
    if not 1 < len(words) <= MAX_WORDS or table.cues.keys().isdisjoint(words):
        return None
    found = list(_fragments(table, words))
    if not found:
        return None
    counts: dict[int, float] = defaultdict(float)
    for bits, _, _, weight in found:
        for bit in _each(bits):
            counts[bit] += weight
    best = max(counts.values())
    for bit in sorted((bit for bit, count in counts.items() if count >= best - 1.0), key=lambda b: (-counts[b], b)):
        address = _address(table, bit, text, words)
        if counts[bit] < SURE and not address:
            continue
        is_page = counts[bit] >= SURE and speaks_of_itself(words)
        spare = counts[bit] + address + HERE * is_page - _enough(bit, found, address)
        if spare < 0:  # before what speaks against it is counted, which takes longest
            continue
        if _against(table, bit, text, words, found, unknown=_unknown(address, is_page=is_page)) <= spare:
            return kind_in(table, bit)
    return None


def _unknown(address: float, *, is_page: bool) -> float:
    """Return what a word counts against a line that pages do not use: less where it speaks to the reader."""
    if not address:
        return UNKNOWN_IN_PROSE
    return UNKNOWN / 2 if is_page else UNKNOWN


def _holds(marked: Mapping[str, int], bit: int, words: Tokens) -> bool:
    return any(marked.get(word, 0) & bit for word in words)


def speaks_of_itself(words: Tokens) -> bool:
    """Tell whether a line speaks of the page that it stands on: "this page", "our reporters".

    >>> speaks_of_itself(("what", "is", "on", "this", "page")), speaks_of_itself(("this", "harbour"))
    (True, False)
    """
    ours, things = _own()
    return any(one in ours and other in things for one, other in pairwise(words))


@cache
def _own() -> tuple[frozenset[str], frozenset[str]]:
    exact = lexicon().phrases
    return tuple(frozenset(words[0] for words in exact[role].exact) for role in ("this", "thing"))  # type: ignore[return-value]


def _each(bits: int) -> Iterator[int]:
    while bits:
        yield bits & -bits
        bits &= bits - 1


def _enough(bit: int, found: list[Found], address: float) -> float:
    """Return from what count on a line is a page's: more where no fragment suffices, or nobody is spoken to."""
    if not address:
        return ENOUGH + 1.0
    return ENOUGH if any(each.bits & bit and each.weight == SURE for each in found) else ENOUGH + 0.5


def _east_asian_kind(table: Lexicon, text: str, words: Tokens) -> str | None:
    """Return the kind of a line without blanks between its words: fragments are looked for anywhere in it."""
    if len(text) > MAX_EAST_ASIAN:
        return None
    folded = "".join(fold(text).split())
    counts: dict[int, float] = defaultdict(float)
    last: dict[int, str] = {}
    for fragment, bits, is_sure in table.east_asian_cues:
        if fragment in folded:
            weight = SURE if is_sure and len(fragment) > 2 else CUE
            for bit in _each(bits):
                if fragment not in last.get(bit, ""):
                    counts[bit] += weight
                    last[bit] = f"{last.get(bit, '')} {fragment}"
    if not counts:
        return None
    best = max(counts, key=lambda bit: (counts[bit], -bit))
    said = sum(1 for word in words if (table.speech.get(word, 0) | table.prose.get(word, 0)) & best)
    length = 0.5 * (len(text) <= 16) - 0.5 * (len(text) > 60)
    return kind_in(table, best) if counts[best] + length - PROSE * said >= ENOUGH else None


def _fragments(table: Lexicon, words: Tokens) -> Iterator[Found]:
    """Yield the fragments of a line from left to right, the longest at each place, none within another."""
    sure, cue, cues = table.phrases["sure"].exact, table.phrases["cue"].exact, table.cues
    found = [
        (start, -size)
        for i, word in enumerate(words)
        if word in cues
        for (at, size), fragments in cues[word].items()
        if (start := i - at) >= 0 and words[start : start + size] in fragments
    ]
    end = 0
    for start, size in sorted(found):
        if start >= end:
            end = start - size
            part = words[start:end]
            yield from _counted(sure.get(part, 0), cue.get(part, 0), start, -size)


def _counted(sure: int, cue: int, start: int, size: int) -> Iterator[Found]:
    if sure:
        yield Found(sure, start, size, SURE if size > 1 else CUE)
    if cue & ~sure:
        yield Found(cue & ~sure, start, size, CUE)


def _address(table: Lexicon, bit: int, text: str, words: Tokens) -> float:
    """Return how much a line speaks to the reader: *you*, a call, *we*, no full stop."""
    has_you, has_we = _holds(table.you, bit, words), _holds(table.we, bit, words)
    is_call = bool(table.phrases["open"].begins(words) & bit)
    return 0.75 * has_you + 0.75 * is_call + 0.5 * has_we + 0.5 * (text[-1] not in _ENDS and len(words) <= 10)


def _is_name(word: str) -> bool:
    """Tell whether a word has a capital; scripts without any have names that none can tell."""
    return word[0].isupper() or not word[0].islower()


def _against(table: Lexicon, bit: int, text: str, words: Tokens, found: list[Found], *, unknown: float) -> float:
    """Return how much a line reads as prose: words of reports, and words that pages do not use."""
    covered = {n for _, start, size, _ in found for n in range(start, start + size)}
    names = frozenset(lexicon().split(" ".join(filter(_is_name, _CAPITALISED.findall(text)))))
    against = 0.0
    for n, word in enumerate(words):
        if n in covered or word in names:
            continue
        if table.speech.get(word, 0) & bit or table.prose.get(word, 0) & bit:
            against += PROSE
        elif not table.allowed.get(word, 0) & bit:
            against += unknown
    return against
