"""A light stemmer for English: the forms of a word that grammar makes become one.

Plurals and the forms of verbs; never one word made from another (nation, national, nationalise stay three). What is
left need be no word (``resume`` and ``resumed`` give ``resum``): it is only compared.

Sources: plurals as in D. Harman, "How effective is suffixing?" (JASIS 42, 1991), the S stemmer; -ed and -ing as in
steps 1b and 5 of M. Porter, "An algorithm for suffix stripping" (Program 14, 1980).
"""

from __future__ import annotations

import re

VERSION = 1
"""Raise it when a word gets another stem: what was indexed by other rules is indexed again."""

_KEPT = frozenset(
    "news always perhaps besides sometimes towards afterwards means series species physics politics economics "
    "mathematics ethics lens gas bus atlas texas arkansas wales brussels "
    "during thing anything everything something nothing king ring spring string wing bring sing morning evening "
    "ceiling sterling beijing nursing united hundred sacred naked wicked shed sled proceed exceed succeed "
    "indeed".split()
)
"""Words whose end only looks like that of a form."""
_SHORTEST = 4
"""Letters of the shortest word that is changed: "is", "gas" and "red" are what they are."""
_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
"""Doubled before an ending (planned, sitting); not l, s and z, which words end in (calling, missing, buzzing)."""
_LOST_E = re.compile("[^aeiou]?[aeiou][^aeiouwxy]")
"""What is left of a short word that ends in e: mak(ing), us(ed)."""


def stem(word: str) -> str:
    """Return the stem of a word in lower case, without marks.

    >>> [stem(word) for word in "ferries ferry planned planning make making resume resumed agreed died".split()]
    ['ferry', 'ferry', 'plan', 'plan', 'make', 'make', 'resum', 'resum', 'agree', 'die']
    >>> [stem(word) for word in "news boss virus king united 1990s née".split()]
    ['news', 'boss', 'virus', 'king', 'united', '1990s', 'née']
    """
    if len(word) < _SHORTEST or word in _KEPT or not (word.isascii() and word.isalpha()):
        return word
    word = _without_ending(_singular(word))
    return word[:-1] if len(word) > _SHORTEST and word.endswith("e") and not word.endswith("ee") else word


def _singular(word: str) -> str:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > _SHORTEST:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def _without_ending(word: str) -> str:
    """Take off -ed and -ing where what is left can be a word."""
    if word in _KEPT:
        return word
    if word.endswith("ied"):
        return word[:-3] + "y" if len(word) > _SHORTEST else word[:-1]
    if word.endswith("eed"):
        return word[:-1] if _VOWEL.search(word[:-3]) else word
    for ending in ("ed", "ing"):
        left = word.removesuffix(ending)
        if left == word:
            continue
        if _LOST_E.fullmatch(left):
            return left + "e"
        if len(left) >= 3 and _VOWEL.search(left):
            return _DOUBLED.sub(r"\1", left)
    return word
