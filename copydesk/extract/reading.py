"""The texts of an article as the extractors read them: cut into sentences and tokens once, for all of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from copydesk.article import Article, FieldName
from copydesk.document import Span
from copydesk.facts import Place

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\w|[^\w\s]")
"""A number with its points and commas, a run of letters, or one mark."""

ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof rev hon gov sen rep gen col lt sgt capt cmdr adm maj st jr sr vs no nos dept est fig inc ltd co
    corp bros mt ft approx jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m e.g i.e u.s u.k u.n d.c ph.d cf al
    """.split()
)
"""English abbreviations (lower case, without the last full stop) after which a sentence usually goes on."""

_STOP = re.compile(r"(?:[.!?…]+[\"'”’)\]»]*|\n\s*\n|[。！？]+[”」』）]*)")
_WORD_BEFORE = re.compile(r"[\w.]+$")
_STARTS = re.compile(r"\s+[\"'“‘(\[«¿¡—–-]*\s*[^\W\d_a-zß-öø-ÿ]|\s+[\"'“‘(\[«]*\d|\s*$")
_GOES_ON = re.compile(r" *[^\s]")
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")
_MAX_WORD = 24


class Token(NamedTuple):
    """A token with its place in the passage."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class ReadingPassage:
    """One text, with its sentences and tokens.

    ``sentences`` are spans without the white space around them.
    """

    field: FieldName
    ordinal: int
    text: str

    @cached_property
    def sentences(self) -> Sequence[Span]:
        """The sentences in text order."""
        return list(split_sentences(self.text))

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """The tokens in text order."""
        return [Token(m.start(), m.end(), m.group()) for m in TOKEN.finditer(self.text)]

    @cached_property
    def _sentence_starts(self) -> Sequence[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def _token_starts(self) -> Sequence[int]:
        return [t.start for t in self.tokens]

    def sentence_at(self, position: int) -> Span:
        """Return the sentence that holds a position (the first one, when before all)."""
        index = max(0, bisect_right(self._sentence_starts, position) - 1)
        return self.sentences[index] if self.sentences else Span(0, len(self.text))

    def token_at(self, position: int) -> int:
        """Return the index of the first token that ends after a position."""
        index = bisect_right(self._token_starts, position)
        if index and self.tokens[index - 1].end > position:
            return index - 1
        return index

    def place(self, start: int, end: int) -> Place:
        """Return a place in this passage."""
        return Place(self.field, self.ordinal, start, end)


@dataclass(frozen=True)
class Reading:
    """An article as read: its passages (the body first), when it was published, and its language."""

    passages: Sequence[ReadingPassage]
    published: datetime | None = None
    language: str | None = None

    @classmethod
    def of(cls, article: Article) -> Reading:
        """Return the reading of an article."""
        passages = [ReadingPassage(p.field, p.ordinal, p.text) for p in article.passages]
        published = article.published.local if article.published else None
        return cls(passages, published, article.language)

    def passage(self, place: Place) -> ReadingPassage:
        """Return the passage that a place is in."""
        return next(p for p in self.passages if (p.field, p.ordinal) == (place.field, place.ordinal))


def split_sentences(text: str) -> Iterator[Span]:
    """Yield the spans of the sentences of a text.

    A sentence ends at a stop that is followed by white space and no lower case letter, or at a blank line. It does not
    end after an initial, an abbreviation or a number that the next word belongs to ("No. 5").

    >>> text = "Mr. Kim met J. Doe in the U.S. capital. He left at 5 p.m. on Monday."
    >>> [text[s.start:s.end] for s in split_sentences(text)]
    ['Mr. Kim met J. Doe in the U.S. capital.', 'He left at 5 p.m. on Monday.']
    """
    start = 0
    for stop in _STOP.finditer(text):
        if _ends_sentence(text, stop):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, len(text))


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    mark = text[stop.start()]
    if mark not in ".!?…":
        return True
    if not _STARTS.match(text, stop.end()):
        return False
    if stop.group() != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, stop.start() - _MAX_WORD), stop.start())
    word = before.group().lower() if before else ""
    if word in ABBREVIATIONS or _INITIALS.fullmatch(word):
        return not _GOES_ON.match(text, stop.end())
    return not (len(word) == 1 and word.isalpha() and word != "i")


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    if piece.strip():
        yield Span(start + lead, start + lead + len(piece.strip()))
