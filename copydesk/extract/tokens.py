"""The tokens of a text, kept in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, overload

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\w|[^\w\s]")
"""A number with its points and commas, a run of letters, or one mark."""

ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof rev hon gov sen rep gen col lt sgt capt cmdr adm maj st jr sr vs no nos dept est fig inc ltd co
    corp bros mt ft approx jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m e.g i.e u.s u.k u.n d.c ph.d cf al
    """.split()
)
"""English abbreviations (lower case, without the last full stop) after which a sentence usually goes on."""

_CUT = re.compile(f"({TOKEN.pattern})")


class Token(NamedTuple):
    """A token with its place in the passage."""

    start: int
    end: int
    text: str


class Tokens(Sequence[Token]):
    """The tokens of a text, kept in columns; one asked for is made when it is asked for.

    >>> tokens = Tokens("Rents rose 4.5%")
    >>> tokens[2], tokens.lowers, len(tokens)
    (Token(start=11, end=14, text='4.5'), ['rents', 'rose', '4.5', '%'], 4)
    """

    def __init__(self, text: str) -> None:
        """Cut a text; the work is done by loops of the interpreter's own, not by ours."""
        pieces = _CUT.split(text)  # gaps and tokens in turn, a gap at both ends
        offsets = list(accumulate(map(len, pieces)))
        self.texts: list[str] = pieces[1::2]
        self.starts: list[int] = offsets[:-1:2]
        self.ends: list[int] = offsets[1::2]

    @cached_property
    def lowers(self) -> list[str]:
        """The tokens in lower case."""
        return list(map(str.lower, self.texts))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The tokens in lower case, each once: tells at once which lexicons have nothing to find."""
        return frozenset(self.lowers)

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | Sequence[Token]:
        if isinstance(index, slice):
            return list(map(Token, self.starts[index], self.ends[index], self.texts[index]))
        return Token(self.starts[index], self.ends[index], self.texts[index])
