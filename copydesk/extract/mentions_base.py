"""What the finders of mentions share: words, runs of capitalised words, candidates, and which of them stay."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from copydesk.document import Span
from copydesk.extract.gazetteer import Hit, find_known
from copydesk.extract.reading import ReadingPassage
from copydesk.extract.spans import Spans
from copydesk.facts import Entity, EntityType, MentionKind

WORD = re.compile(r"[^\W_]+(?:(?:'(?!s\b)|-|&(?=\w))[^\W_]+)*")
"""A word with its inner apostrophes and hyphens, without a possessive."""

_CUT = re.compile(f"({WORD.pattern})")

PARTICLES = frozenset(
    "al el bin ibn bint van von der den de del della di da dos das du la le ten ter abu arap y".split()
)
"""Lower case parts of family names."""


_ARTICLE = re.compile(r"(?:al|el|as|ad|an|ar|ash|at|az|ul|ez|ed)-[A-Z]")


class Word(NamedTuple):
    """A word of the (plain) text of a passage."""

    start: int
    end: int
    text: str

    @property
    def is_cap(self) -> bool:
        """Whether it starts with a capital letter, an Arabic article aside."""
        return is_cap(self.text)


def is_cap(word: str) -> bool:
    """Tell whether a word starts with a capital letter, an Arabic article aside."""
    return word[0].isupper() or ("-" in word and bool(_ARTICLE.match(word)))


class Candidate(NamedTuple):
    """A possible mention.

    Attributes:
        is_phrase: a description made of names and common words ("Moscow–Seoul partnership"): the names in it stand on
            their own.
        is_inner: found as a part of a longer name.

    """

    start: int
    end: int
    entity: Entity
    kind: MentionKind
    rule: str
    confidence: float = 1.0
    is_phrase: bool = False
    is_inner: bool = False


@dataclass(frozen=True)
class Draft:
    """A passage on its way: its plain text, words and what the tables know of it."""

    passage: ReadingPassage
    text: str
    hits: Sequence[Hit]
    sentence_starts: frozenset[int] = field(default=frozenset())

    @classmethod
    def of(cls, passage: ReadingPassage) -> Draft:
        """Prepare a passage."""
        starts = frozenset(_first_letter(passage.plain, sentence) for sentence in passage.sentences)
        return cls(passage, passage.plain, list(find_known(passage)), starts)

    def has(self, words: frozenset[str]) -> bool:
        """Tell whether one of some lower case words stands in the passage, in any case."""
        return not words.isdisjoint(self.passage.tokens.vocabulary)

    @cached_property
    def _columns(self) -> tuple[Sequence[int], Sequence[int], Sequence[str]]:
        """Starts, ends and texts of the words: few of them are ever looked at one by one."""
        pieces = _CUT.split(self.text)  # gaps and words in turn, a gap at both ends
        offsets = list(accumulate(map(len, pieces)))
        return offsets[:-1:2], offsets[1::2], pieces[1::2]

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """The words without a capital, each once."""
        return frozenset([word for word in set(self._columns[2]) if word.islower() or not is_cap(word)])

    @cached_property
    def chains(self) -> Sequence[Chain]:
        """Capitalised words that stand close to each other."""
        return list(_chains(self.text, *self._columns))

    @cached_property
    def runs(self) -> Sequence[Sequence[Word]]:
        """All runs of capitalised words."""
        return list(name_runs(self, ()))

    def hits_in(self, start: int, end: int) -> Sequence[Hit]:
        """Return the hits that start in a stretch."""
        return self.hits[bisect_left(self.hits, start, key=_start) : bisect_left(self.hits, end, key=_start)]

    def words_in(self, start: int, end: int) -> Sequence[Word]:
        """Return the words that start in a stretch."""
        starts = self._columns[0]
        piece = slice(bisect_left(starts, start), bisect_left(starts, end))
        return list(map(Word, *(column[piece] for column in self._columns)))

    def before(self, position: int, size: int = 40) -> str:
        """Return the plain text before a position."""
        return self.text[max(0, position - size) : position]

    def after(self, position: int, size: int = 40) -> str:
        """Return the plain text after a position."""
        return self.text[position : position + size]


def _start(item: Hit) -> int:
    return item.start


def _first_letter(text: str, sentence: Span) -> int:
    position = sentence.start
    while position < sentence.end and not text[position].isalnum():
        position += 1
    return position


_GAP = re.compile(r" |\. (?=\S)|\.(?=[A-Z])")
_PARTICLE_GAP = re.compile(rf" (?:(?:{'|'.join(sorted(PARTICLES))})[ -]){{1,2}}|-(?=[A-Z])")
_DOTTED = frozenset("jr sr st gen col lt maj capt sgt adm cmdr gov sen rep dr mr mrs ms prof rev hon brig cpl".split())


_MAX_RUN = 30
"""No name has more words; longer runs are cut."""


def name_runs(
    draft: Draft, blocked: Iterable[Span], may_hold: Callable[[Sequence[Word]], bool] | None = None
) -> Iterator[Sequence[Word]]:
    """Yield the runs of capitalised words that lie in no blocked span; ``may_hold`` passes over chains of no interest.

    A full stop joins two words only after an initial or a short title ("J. Doe", "Gen. Doe").
    """
    walls: Spans | None = None
    for chain in draft.chains:
        if may_hold is not None and not may_hold(chain.run):
            continue
        if walls is None:
            walls = Spans(blocked)
        if walls.touch(chain.start, chain.end) or len(chain.words) > _MAX_RUN:
            yield from _pieces(chain.words, walls)
        else:
            yield chain.run


def _pieces(chain: Sequence[Word], walls: Spans) -> Iterator[Sequence[Word]]:
    """Yield what is left of a chain between the walls; a word past the longest run is lost."""
    run: list[Word] = []
    for word in chain:
        is_free = len(run) < _MAX_RUN and not walls.touch(word.start, word.end)
        if is_free and (run or word.is_cap):
            run.append(word)
        elif run:
            yield _without_particles(run)
            run = []
    if run:
        yield _without_particles(run)


_NEVER_ALONE = frozenset(
    """
    The A An In On At By For From With And But Or If When While As After Before Since This That Its His Her Their He She
    It We They I You There These Those
    """.split()
)
"""Words that bear a capital at the start of a sentence only: alone they name nothing."""


class Chain(NamedTuple):
    """Capitalised words with the particles among them and behind them; ``run`` is without those behind."""

    start: int
    end: int
    words: Sequence[Word]
    run: Sequence[Word]


def _chains(text: str, starts: Sequence[int], ends: Sequence[int], texts: Sequence[str]) -> Iterator[Chain]:
    words: list[Word] = []
    caps = 0  # words up to the last one with a capital
    for at in [at for at, word in enumerate(texts) if not word.islower() or word in PARTICLES]:
        word = texts[at]
        is_a_cap = word[0].isupper() or is_cap(word)
        if words:
            gap = text[words[-1].end : starts[at]]
            if (is_a_cap and _joins(gap, words[-1].text)) or (gap == " " and word in PARTICLES):
                words.append(Word(starts[at], ends[at], word))
                caps = len(words) if is_a_cap else caps
                continue
            if len(words) > 1 or words[0].text not in _NEVER_ALONE:
                yield _chain(words, caps)
            words = []
        if is_a_cap:
            words, caps = [Word(starts[at], ends[at], word)], 1
    if len(words) > 1 or (words and words[0].text not in _NEVER_ALONE):
        yield _chain(words, caps)


def _chain(words: Sequence[Word], caps: int) -> Chain:
    return Chain(words[0].start, words[-1].end, words, words if caps == len(words) else words[:caps])


def _without_particles(run: Sequence[Word]) -> Sequence[Word]:
    end = len(run)
    while end and not run[end - 1].is_cap:
        end -= 1
    return run[:end]


def _joins(gap: str, last: str) -> bool:
    if gap in (" ", "-"):
        return True
    return gap in (". ", ".") and (len(last) == 1 or last.lower() in _DOTTED)


def keep(candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, bool]]:
    """Yield the candidates that stay, with whether they are nested, in text order.

    Of two with the same span the surer one stays, of two that cross the longer one; a shorter one within a longer one
    stays, as nested, when it names a country, a person or a place within an organisation's name and the like.
    """
    ordered = sorted(candidates, key=lambda c: (c.start, -c.end, c.is_inner, -c.confidence))
    open_ones: list[Candidate] = []
    for one in ordered:
        open_ones = [o for o in open_ones if o.end > one.start]
        if any((o.start, o.end) == (one.start, one.end) or o.end < one.end for o in open_ones):
            continue
        if all(_may_hold(outer, one) for outer in open_ones):
            yield one, any(not outer.is_phrase for outer in open_ones)
            open_ones.append(one)


_HOLDERS = frozenset([EntityType.ORG, EntityType.EVENT, EntityType.POLICY, EntityType.TREATY, EntityType.DOCUMENT])


def _may_hold(outer: Candidate, inner: Candidate) -> bool:
    if outer.is_phrase or inner.is_inner:
        return True
    if outer.entity.type is EntityType.PERSON:
        return False
    if outer.rule in ("places.town", "places.direction"):
        return inner.rule in ("places.country", "places.region")
    if inner.rule == "places.adjective":
        return False
    return outer.entity.type in _HOLDERS and inner.entity.type is not EntityType.ORG
