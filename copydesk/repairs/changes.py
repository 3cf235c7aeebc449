"""What is only another wording of the same words, and what says something else."""

from __future__ import annotations

from collections.abc import Sequence

MAX_WORDS = 3
"""Words that a small change puts in or takes out."""
SMALL = 4
"""Characters of the words that a change of wording puts in, takes out or exchanges: articles, auxiliaries."""
MEANING = frozenset(
    "not no nor non never he she his her him i we you they our your up down in out one two six ten four five nine "
    "won lost win lose may june july mon tue wed thu fri sat sun left east west more less uk us eu un "
    "nie kein er sie es ja nein ein zwei drei vier pas ni il elle un une deux trois oui "
    "sin más si uno dos tres ella él не нет он она да".split()
)
"""Small words that are no detail: who, how many, when, whether."""


def is_rewording(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two wordings, in small letters, differ in spelling or in small words only.

    >>> is_rewording(["organisation"], ["organization"]), is_rewording(["it", "is"], ["its"])
    (True, True)
    >>> is_rewording(["tuesday"], ["thursday"]), is_rewording(["12"], ["13"])
    (False, False)
    """
    ours, theirs = "".join(one), "".join(other)
    if ours == theirs:
        return True
    if max(len(one), len(other)) > MAX_WORDS or any(map(str.isdigit, ours + theirs)):
        return False
    left = [word for word in one if word not in other], [word for word in other if word not in one]
    if all(len(word) <= SMALL and word not in MEANING for words in left for word in words):
        return True
    return _is_spelling(ours, theirs)


def _is_spelling(one: str, other: str) -> bool:
    """Tell whether two long words differ in one or two letters inside, as British and American spellings do."""
    if abs(len(one) - len(other)) > 2 or min(len(one), len(other)) <= SMALL:
        return False
    head = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest = zip(reversed(one[head:]), reversed(other[head:]), strict=False)
    tail = next((i for i, (a, b) in enumerate(rest) if a != b), min(len(one), len(other)) - head)
    return head >= SMALL - 1 and max(len(one), len(other)) - head - tail <= 2


def is_cut_word(one: str, other: str, *, at_end: bool) -> bool:
    """Tell whether a word is another one that was cut in two.

    >>> is_cut_word("ot", "other", at_end=True), is_cut_word("meone", "someone", at_end=False)
    (True, True)
    """
    return len(one) <= len(other) and (other.startswith(one) if at_end else other.endswith(one))
