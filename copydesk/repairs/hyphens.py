"""Hyphens at line ends: whether one was put in to break a word, or is the word's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from copydesk.proposals import Proposal
from copydesk.view import View
from copydesk.word_list import common_words, english_words

VERSION = 1

HYPHENS = "-\u2010\u00ac\u00ad"
_SOFT_AT_LINE_END = re.compile("\u00ad+(?=[ \t\u00a0]*[\r\n])")
_LEFT = re.compile(r"[^\W_]+(?:[-\u2010'’][^\W_]+)*$")
_RIGHT = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?(?:-[^\W_]+)*")
_TOKEN = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_INNER = re.compile("[^\\W_]\u2010[^\\W_]")
_SUSPENDED = frozenset(
    ("and", "or", "to", "und", "oder", "bis", "sowie", "bzw", "et", "ou", "y", "o", "en", "of", "och", "og")
)
"""Behind these the hyphen stands for a word left out: "pre- and post-war", "Ein- und Ausgabe"."""
_PREFIXES = frozenset(
    "non self ex mid pro anti semi multi pre post ultra all full half high low long short well far cross part".split()
)
"""English first parts that keep their hyphen before a word."""
_FIRM = frozenset(("self", "non", "anti", "semi", "multi"))
"""And these before anything."""
_ENGLISH = frozenset(
    ("the", "of", "and", "to", "in", "that", "is", "was", "for", "with", "on", "has", "have", "he", "it")
)
SAMPLE = 20_000
"""Characters from which the language is told."""
MAX_WORD = 40
SHORTEST = 3


def find_soft_hyphens(view: View) -> Iterator[Proposal]:
    r"""Propose to make soft hyphens at line ends visible, so that what breaks lines there can be told later.

    Left alone: soft hyphens inside a line, which are invisible marks.

    >>> [(p.start, p.end, p.replacement) for p in find_soft_hyphens(View("a light\u00ad\nhou\u00adse"))]
    [(7, 8, '‐')]
    """
    if "\u00ad" in view.text:
        for match in _SOFT_AT_LINE_END.finditer(view.text):
            start, end = match.span()
            yield Proposal(start, end, "\u2010", "hyphen_wrap", "hyphens.soft", "soft hyphen at the end of a line")


@dataclass(frozen=True)
class Hyphens:
    """What a text knows about its hyphens. Its words are looked at only when a line end asks for them."""

    text: str

    @cached_property
    def tokens(self) -> frozenset[str]:
        """The words of the text, compounds with their hyphens, case aside."""
        return frozenset(token.replace("\u2010", "-").casefold() for token in _TOKEN.findall(self.text))

    @cached_property
    def is_english(self) -> bool:
        """Whether English words for grammar make up much of the text."""
        words = re.findall(r"[^\W\d_]+", self.text[:SAMPLE].lower())
        return sum(word in _ENGLISH for word in words) * 7 > len(words)

    @cached_property
    def has_own(self) -> bool:
        """Whether the mark that else only breaks words (U+2010) stands in compounds here."""
        return bool(_INNER.search(self.text))

    def replacement(self, end: int, start: int) -> tuple[int, str] | None:
        """Tell how to join the line that ends in a hyphen at ``end`` and the one that begins at ``start``.

        Returns:
            Where the cut begins (at the hyphen when it goes, else behind it) and what takes its place; None when
            the next line does not go on with the word.

        """
        left = _LEFT.search(self.text, max(0, end - 1 - MAX_WORD), end - 1)
        right = _RIGHT.match(self.text, start, start + MAX_WORD)
        if not left or not right:
            return None
        if right.group().casefold() in _SUSPENDED and not self._is_known(left.group(), right.group()):
            return end, " "
        if self._keeps(left.group(), right.group(), self.text[end - 1]):
            return end, ""
        return end - 1, ""

    def _is_known(self, left: str, right: str) -> bool:
        joined = (_last(left) + _first(right)).casefold()
        return joined in self.tokens or (self.is_english and _is_word(joined))

    def _keeps(self, left: str, right: str, mark: str) -> bool:
        if mark != "-" and not (mark == "\u2010" and self.has_own):
            return False
        if not _goes_on(left, right):
            return True
        if f"{left}-{right}".casefold().replace("\u2010", "-") in self.tokens:
            return True
        if (left + right).casefold() in self.tokens:
            return False
        return self._is_compound(_last(left), _first(right))

    def _is_compound(self, left: str, right: str) -> bool:
        if f"{left}-{right}".casefold() in self.tokens:
            return True
        if not self.is_english:
            return left.isupper() and len(left) > 1
        if self._is_known(left, right):
            return False
        if (
            len(left) == 1
            or (left.isupper() and not right.isupper())
            or (left.lower() in _FIRM and len(right) > SHORTEST)
        ):
            return True
        return _is_part(right) and (left.lower() in _PREFIXES or _is_part(left) or _is_name(left))


def _goes_on(left: str, right: str) -> bool:
    """Tell whether two halves can be one word: small letters, or capitals alone."""
    is_lower = right[0].islower() and left[-1].isalpha()
    return is_lower or (right[:2].isupper() and left[-2:].isupper() and left.isalpha())


def _last(left: str) -> str:
    return left.replace("\u2010", "-").rpartition("-")[2]


def _first(right: str) -> str:
    return right.partition("-")[0]


def _is_word(word: str) -> bool:
    words = english_words()
    return word in words or (word.endswith("s") and word[:-1] in words)


def _is_part(word: str) -> bool:
    """Tell whether a half can be a part of a compound: a word, and not in the list as a name alone."""
    small = word.lower().partition("'")[0].partition("’")[0]
    return len(small) > 1 and (small in common_words() or (small.endswith("s") and small[:-1] in common_words()))


def _is_name(word: str) -> bool:
    return word[:1].isupper() and len(word) > 3 and word.lower() in english_words()
