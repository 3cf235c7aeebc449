"""The part of a text that shows best why it was found."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from copydesk.document import Span
from copydesk.search_terms import Word, forms_of

LENGTH = 200
"""Characters of a snippet, about two lines."""
_LEAD = 40
"""Characters before the first match that are shown, too."""
_SPACES = re.compile(r"\s+")
_SPACES = re.compile(r"\s+")


class Snippet(NamedTuple):
    """A part of a text.

    Attributes:
        span: where it stands in the text.
        text: its words; white space is one blank each.
        marks: where in ``text`` the words stand that were looked for, in code points.

    """

    span: Span
    text: str
    marks: tuple[Span, ...]


def find_matches(words: Iterable[Word], terms: AbstractSet[str]) -> list[Word]:
    """Return the words that were looked for."""
    matches: list[Word] = []
    before: Word | None = None
    for word in words:
        if word.is_joined and before and before.folded + word.folded in terms:
            if not matches or matches[-1].end < word.start:
                matches.append(before)
            if matches[-1] is not word:
                matches.append(word)
        elif not terms.isdisjoint(forms_of(word.folded)):
            matches.append(word)
        before = word
    return matches


def make_snippet(text: str, matches: Sequence[Word], length: int = LENGTH) -> Snippet:
    """Return the part of a text, about ``length`` characters, with most of the words; the first of equals.

    Args:
        text: the text.
        matches: the words that were looked for, in order.
        length: how long it may be, in characters.

    """
    window: deque[Word] = deque()
    seen: Counter[str] = Counter()
    best, chosen = (0, 0), Span(0, 0)
    for match in matches:
        window.append(match)
        seen[match.folded] += 1
        while match.end - window[0].start > length - _LEAD and len(window) > 1:
            gone = window.popleft().folded
            seen[gone] -= 1
            if not seen[gone]:
                del seen[gone]
        if (len(seen), len(window)) > best:
            best, chosen = (len(seen), len(window)), Span(window[0].start, match.end)
    start = _begin(text, max(0, chosen.start - _LEAD), chosen.start)
    end = _finish(text, start + length, chosen.end)
    return _tidy(text, Span(start, end), [word for word in matches if start <= word.start and word.end <= end])


def _begin(text: str, start: int, latest: int) -> int:
    """Return where a snippet begins: behind a blank, if there is one before its first match."""
    if start == 0 or text[start - 1].isspace():
        return start
    return next((place + 1 for place in range(start, latest) if text[place].isspace()), start)


def _finish(text: str, end: int, earliest: int) -> int:
    if end >= len(text):
        return len(text)
    return next((place for place in range(end, max(earliest, end - _LEAD), -1) if text[place].isspace()), end)


def _tidy(text: str, span: Span, matches: Sequence[Word]) -> Snippet:
    """Make one line of a part of a text, with its marks."""
    made, marks, place = "", list[Span](), span.start
    for word in matches:
        made = _joined(made, text[place : word.start])
        start, made = len(made), made + text[word.start : word.end]
        if marks and marks[-1].end == start:  # characters of one run
            start = marks.pop().start
        marks.append(Span(start, len(made)))
        place = word.end
    return Snippet(span, _joined(made, text[place : span.end]).rstrip(), tuple(marks))


def _joined(line: str, text: str) -> str:
    """Put a text behind a line, with one blank for each stretch of white space."""
    return line + (_SPACES.sub(" ", text) if line else _SPACES.sub(" ", text).lstrip())
