"""The words of English sentences: tokens put together where they are one word, clitics apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from copydesk.document import Span
from copydesk.extract.tokens import ABBREVIATIONS, Tokens

if TYPE_CHECKING:
    from copydesk.extract.attributions import Cue
    from copydesk.extract.reading import ReadingPassage

MAX_SENTENCE = 4000
"""Characters. What goes on for longer without a stop is a table or a list, and has no clauses."""

_ELIDED = frozenset(("O", "D", "d", "L", "l"))
"""What stands before an apostrophe within a name."""

_HYPHENS = frozenset("-‐‑")
_APOSTROPHES = frozenset("'’")
_JOINTS = _HYPHENS | _APOSTROPHES | {"."}
_CLITICS = frozenset("s re ve ll d m t".split())


class Word(NamedTuple):
    """A word or a mark of a sentence: hyphenated words and initials are one, clitics stand alone (n’t, ’s)."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_name(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it holds letters or digits."""
        return self.text[:1].isalnum()


_made = partial(tuple.__new__, Word)
"""Makes a word of a tuple of its fields, in half the time of ``Word(...)``."""


class Words(list[Word]):
    """The words of a sentence, with what is found in them once for all extractors.

    Attributes:
        cues: who says or thinks what, by ``attributions.find_cues``.

    """

    cues: Sequence[Cue] | None = None

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words in lower case, each once."""
        return frozenset([word[3] for word in self])


def places_of(words: Sequence[Word], wanted: AbstractSet[str]) -> Sequence[int]:
    """Return the indexes of the words whose lower case is wanted.

    Most sentences have no word of most lexicons: that is told from their vocabulary, without a look at each word.
    """
    if isinstance(words, Words) and wanted.isdisjoint(words.vocabulary):
        return ()
    return [at for at, word in enumerate(words) if word[3] in wanted]


def words_of(passage: ReadingPassage, span: Span) -> Words:
    """Return the words of a span of a passage, from its tokens."""
    return passage.joiner.words(passage.token_at(span.start), passage.token_at(span.end))


def sentences_of(passage: ReadingPassage) -> Iterator[tuple[Span, Words]]:
    """Yield the sentences of a passage with their words; what is too long to be a sentence has none."""
    return zip(passage.sentences, passage.words, strict=True)


class Joiner:
    """Makes the words of a text: of one token each, of several where the mark of a joint stands close to one."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        """Make a word of each token, and tell which marks may join some."""
        self.text = text
        self.texts, self.starts, self.ends, self.lowers = tokens.texts, tokens.starts, tokens.ends, tokens.lowers
        self.plain = list(map(_made, zip(self.starts, self.ends, self.texts, self.lowers, strict=True)))
        self.joints = [at for at, mark in enumerate(self.texts) if mark in _JOINTS and self._may_join(at)]
        self.first = self.last = 0

    def words(self, first: int, last: int) -> Words:
        """Return the words of the tokens ``first`` to ``last``, past the last one."""
        words, index, self.first, self.last = Words(), first, first, last
        for mark in self.joints[bisect_left(self.joints, first) : bisect_left(self.joints, last)]:
            if mark >= index:
                begin = max(index, mark - 1)
                words += self.plain[index:begin]
                index = begin
                while index <= mark:
                    index = self._add(words, index)
        words += self.plain[index:last]
        return words

    def _may_join(self, mark: int) -> bool:
        """Tell whether a mark may be a part of a word; most full stops are none at a glance."""
        if self.texts[mark] in _APOSTROPHES:
            return True
        if mark == 0 or not self._is_close(mark):
            return False
        return self.texts[mark] != "." or len(self.texts[mark - 1]) == 1 or self.lowers[mark - 1] in ABBREVIATIONS

    def _add(self, words: Words, index: int) -> int:
        """Add the word that starts at a token; return the index after it."""
        size = self._size(index)
        if size == 1 and self.texts[index] in _APOSTROPHES and self._clitic_follows(index):
            size = 2
        start, end = self.starts[index], self.ends[index + size - 1]
        text = self.text[start:end]
        words.append(Word(start, end, text, text.lower().replace("'", "’")))
        if words[-1].lower == "’t" and len(words) > 1 and words[-2].lower.endswith("n"):
            _split_not(words)
        return index + size

    def _is_close(self, index: int) -> bool:
        """Tell whether a token touches the one before it."""
        return self.ends[index - 1] == self.starts[index]

    def _clitic_follows(self, index: int) -> bool:
        """Tell whether an apostrophe and the next token are a clitic: ’s, ’re, ’t ... with no space at either side."""
        if index == self.first or index + 1 >= self.last or self.lowers[index + 1] not in _CLITICS:
            return False
        return self._is_close(index) and self._is_close(index + 1) and self.texts[index - 1].isalnum()

    def _size(self, index: int) -> int:
        """Return how many tokens make one word: ``Jong-un``, ``U.S.``, ``O’Sullivan``."""
        end = index + 1
        while end + 1 < self.last and self._joins(end):
            end += 2
        if end < self.last and self.texts[end] == "." and self._is_close(end) and self._is_short(index, end - 1):
            end += 1
        return end - index

    def _joins(self, at: int) -> bool:
        """Tell whether a mark joins the tokens at its sides."""
        last, mark, after = self.texts[at - 1 : at + 2]
        if not (self._is_close(at) and self._is_close(at + 1) and last.isalnum() and after.isalnum()):
            return False
        if mark in _HYPHENS or (mark == "." and len(last) == 1 and len(after) == 1):
            return True
        return mark in _APOSTROPHES and last in _ELIDED and after[:1].isupper()

    def _is_short(self, index: int, at: int) -> bool:
        """Tell whether a full stop after a token belongs to it: after initials, abbreviations, a middle initial."""
        text = self.texts[at]
        if self.lowers[at] in ABBREVIATIONS or (at > index and len(text) == 1 and self.texts[at - 1] == "."):
            return True
        is_initial = len(text) == 1 and text.isupper() and text != "I" and at > self.first
        return is_initial and self.texts[at - 1][:1].isupper()


def _split_not(words: list[Word]) -> None:
    """Cut ``did’t``'s two pieces at the n: did, n’t."""
    head, tail = words[-2], words[-1]
    cut = head.end - 1
    words[-2] = Word(head.start, cut, head.text[:-1], head.lower[:-1])
    words[-1] = Word(cut, tail.end, head.text[-1] + tail.text, "n’t")
