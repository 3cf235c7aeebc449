"""Marks at the end of a text that say that it was cut: what feeds and previews leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.proposals import Proposal
from copydesk.repairs.insert_words import lexicon
from copydesk.view import View

VERSION = 2

TAIL = 80
"""Characters at the end of the last line in which a mark is looked for."""
_CLOSING = "]>)】）»→›"
_DOTS = r"(?:\s*(?:…+|\.{3,}|\.\s\.\s\.))"
_BRACKETED = re.compile(
    rf"{_DOTS}?\s*[\[(<【（]\s*\+?(?P<words>[^\[\](){{}}<>【】（）]*?)\s*[\])>】）]\s*(?P<behind>[\w\s]{{0,24}}?)\s*[»→>›]*$"
)
_OPEN = re.compile(rf"{_DOTS}\s*(?P<words>[^\s.…][^.…]{{0,40}}?)\s*(?:[.…]{{1,3}})?\s*[»→›>]*$")
_FULL_STOP = re.compile(r"\.(?=\.{3}(?!\.))")
"""A sentence's own full stop before three dots."""
_ONLY_DOTS = re.compile(r"[\s.…]+")


def find_cut_ends(view: View) -> Iterator[Proposal]:
    """Propose to take the mark of a cut off the end of a text; the article is then flagged as truncated.

    A mark is a phrase such as *read more* behind dots or in brackets, a count of the characters that are left, or dots
    in brackets. Left alone: dots by themselves, which are the writer's, and brackets with other words.

    >>> text = "The ferry was late because [+210 chars]"
    >>> [text[p.start : p.end] for p in find_cut_ends(View(text))]
    [' [+210 chars]']
    """
    last = _last_line(view)
    if last is None:
        return
    span = view.lines[last].span
    start = max(span.start, span.end - TAIL)
    found = _mark(view.text[start : span.end])
    if found is not None and start + found > span.start:
        reason = "the mark of a cut end"
        yield Proposal(start + found, span.end, "", "truncated", "cut_ends.mark", reason, 0.95)


def _last_line(view: View) -> int | None:
    """Return the last line; None when there is none or it cannot end in a mark."""
    if not view.lines:
        return None
    tail = view.of(-1)[-TAIL:]
    return len(view.lines) - 1 if tail[-1] in _CLOSING or "…" in tail or "..." in tail or ". . ." in tail else None


def _mark(tail: str) -> int | None:
    """Return where the mark begins in the end of a line."""
    for pattern in (_BRACKETED, _OPEN):
        match = pattern.search(tail)
        if match and _is_mark(match):
            return match.start() + (_FULL_STOP.match(tail, match.start()) is not None)
    return None


def _is_mark(match: re.Match[str]) -> bool:
    words = match["words"]
    behind = match.groupdict().get("behind") or ""
    if behind and not _is_phrase(behind):
        return False
    return _is_phrase(words) or bool(_ONLY_DOTS.fullmatch(words))


def _is_phrase(words: str) -> bool:
    table = lexicon()
    return bool(table.phrases["mark"].find(table.split(words)) & table.bits["truncated"])
