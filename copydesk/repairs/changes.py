"""What is only another wording of the same words, and what says something else."""

from __future__ import annotations

from collections.abc import Sequence

MAX_WORDS = 3
"""Words that a small change puts in or takes out."""
SMALL = 4
"""Characters of the words that a change of wording puts in, takes out or exchanges: articles, auxiliaries."""


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
    if all(len(word) <= SMALL for words in left for word in words):
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
