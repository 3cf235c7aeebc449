"""The texts of an article as the extractors read them: cut into sentences and tokens once, for all of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from copydesk.article import Article, FieldName
from copydesk.document import Span
from copydesk.extract.quotes_marks import Quoted, find_quoted
from copydesk.extract.tokens import ABBREVIATIONS, Tokens
from copydesk.extract.words import MAX_SENTENCE, Joiner, Words
from copydesk.facts import Place

_STOP = re.compile(r"(?:[.!?…]+[\"'”’)\]»]*|\n\s*\n|[。！？]+[”」』）]*)")
_WORD_BEFORE = re.compile(r"[\w.]+$")
_STARTS = re.compile(r"\s+[\"'“‘(\[«¿¡—–-]*\s*[^\W\d_a-zß-öø-ÿ]|\s+[\"'“‘(\[«]*\d|\s*$")
_GOES_ON = re.compile(r" *[^\s]")
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")
_MAX_WORD = 24


@dataclass(frozen=True)
class ReadingPassage:
    """One text, with its sentences and tokens.

    ``sentences`` are spans without the white space around them.
    """

    field: FieldName
    ordinal: int
    text: str

    @cached_property
    def plain(self) -> str:
        """The text with plain spaces, apostrophes and hyphens, of the same length."""
        return plain(self.text)

    @cached_property
    def sentences(self) -> Sequence[Span]:
        """The sentences in text order."""
        return list(split_sentences(self.text))

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens in text order."""
        return Tokens(self.text)

    @cached_property
    def quoted(self) -> Sequence[Quoted]:
        """The pieces between quotation marks, in text order."""
        return find_quoted(self.text)

    @cached_property
    def joiner(self) -> Joiner:
        """What makes words of the tokens."""
        return Joiner(self.text, self.tokens)

    @cached_property
    def words(self) -> Sequence[Words]:
        """The words of each sentence; what is too long to be a sentence has none."""
        return [
            self.joiner.words(self.token_at(start), self.token_at(end)) if end - start <= MAX_SENTENCE else Words()
            for start, end in self.sentences
        ]

    @cached_property
    def _sentence_starts(self) -> Sequence[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, position: int) -> Span:
        """Return the sentence that holds a position (the first one, when before all)."""
        index = max(0, bisect_right(self._sentence_starts, position) - 1)
        return self.sentences[index] if self.sentences else Span(0, len(self.text))

    def token_at(self, position: int) -> int:
        """Return the index of the first token that ends after a position."""
        index = bisect_right(self.tokens.starts, position)
        if index and self.tokens.ends[index - 1] > position:
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


_PLAIN = {"\u00a0": " ", "\u202f": " ", "\t": " ", "’": "'", "‑": "-", "‐": "-", "–": "-"}


def plain(text: str) -> str:
    """Return a text of the same length with plain spaces, apostrophes and hyphens; line ends stay."""
    for mark, replacement in _PLAIN.items():
        text = text.replace(mark, replacement)
    return text


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
    word = _word_before(text, stop.start())
    if word in ABBREVIATIONS or _INITIALS.fullmatch(word):
        return not _GOES_ON.match(text, stop.end())
    return not (len(word) == 1 and word.isalpha() and word != "i")


def _word_before(text: str, end: int) -> str:
    """Return the letters, figures and full stops that end at a position, in lower case."""
    window = text[max(0, end - _MAX_WORD) : end]
    last = window[window.rfind(" ") + 1 :]
    if not last.isalnum():
        found = _WORD_BEFORE.search(window)
        last = found.group() if found else ""
    return last.lower()


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end].rstrip()
    if length := len(piece.lstrip()):
        yield Span(start + len(piece) - length, start + len(piece))
