"""What the finders of mentions share: words, runs of capitalised words, candidates, and which of them stay."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from copydesk.document import Span
from copydesk.extract.gazetteer import Hit, find_known, plain
from copydesk.extract.reading import ReadingPassage
from copydesk.facts import Entity, EntityType, MentionKind

WORD = re.compile(r"[^\W_]+(?:(?:'(?!s\b)|-|&(?=\w))[^\W_]+)*")
"""A word with its inner apostrophes and hyphens, without a possessive."""

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
        return self.text[0].isupper() or bool(_ARTICLE.match(self.text))


@dataclass(frozen=True, slots=True)
class Candidate:
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
    words: Sequence[Word]
    hits: Sequence[Hit]
    sentence_starts: frozenset[int] = field(default=frozenset())

    @classmethod
    def of(cls, passage: ReadingPassage) -> Draft:
        """Prepare a passage."""
        text = plain(passage.text)
        words = [Word(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
        starts = frozenset(_first_letter(text, sentence) for sentence in passage.sentences)
        return cls(passage, text, words, list(find_known(passage)), starts)

    @cached_property
    def runs(self) -> Sequence[Sequence[Word]]:
        """All runs of capitalised words."""
        return list(name_runs(self, ()))

    def hits_in(self, start: int, end: int) -> Sequence[Hit]:
        """Return the hits that start in a stretch."""
        return self.hits[bisect_left(self.hits, start, key=_start) : bisect_left(self.hits, end, key=_start)]

    def words_in(self, start: int, end: int) -> Sequence[Word]:
        """Return the words that start in a stretch."""
        return self.words[bisect_left(self.words, start, key=_start) : bisect_left(self.words, end, key=_start)]

    def before(self, position: int, size: int = 40) -> str:
        """Return the plain text before a position."""
        return self.text[max(0, position - size) : position]

    def after(self, position: int, size: int = 40) -> str:
        """Return the plain text after a position."""
        return self.text[position : position + size]


def _start(item: Hit | Word) -> int:
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


def name_runs(draft: Draft, blocked: Iterable[Span]) -> Iterator[Sequence[Word]]:
    """Yield the runs of capitalised words that lie in no blocked span.

    A full stop joins two words only after an initial or a short title ("J. Doe", "Gen. Doe").
    """
    walls = iter(sorted(blocked))
    wall = next(walls, None)
    run: list[Word] = []
    for word in draft.words:
        while wall and wall.end <= word.start:
            wall = next(walls, None)
        is_free = not (wall and wall.start < word.end) and len(run) < _MAX_RUN
        if run and not (is_free and word.is_cap and _joins(draft.text, run[-1], word)):
            if not (is_free and word.text in PARTICLES and draft.text[run[-1].end : word.start] == " "):
                yield _without_particles(run)
                run = []
            else:
                run.append(word)
                continue
        if is_free and word.is_cap:
            run.append(word)
    if run:
        yield _without_particles(run)


def _without_particles(run: list[Word]) -> list[Word]:
    while run and not run[-1].is_cap:
        run.pop()
    return run


def _joins(text: str, last: Word, word: Word) -> bool:
    gap = text[last.end : word.start]
    if gap in (" ", "-"):
        return True
    is_short = len(last.text) == 1 or last.text.lower() in _DOTTED
    return is_short and gap in (". ", ".")


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
