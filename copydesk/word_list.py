"""English words, for what has to be told apart by them."""

from __future__ import annotations

from functools import cache

from copydesk.tables import read_table


@cache
def english_words() -> frozenset[str]:
    """Return the words of ``data/words_en.txt``, names too, in lower case."""
    return frozenset(word.lower() for word in _list())


@cache
def common_words() -> frozenset[str]:
    """Return the words that are no names."""
    return frozenset(word for word in _list() if word[0].islower())


@cache
def _list() -> tuple[str, ...]:
    return tuple(word for (word,) in read_table("words_en.txt"))
