"""Characters that do not belong in a text: foreign line ends, control codes, invisible marks, special spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.proposals import Proposal
from copydesk.view import View

VERSION = 1

_LINE_END = "\r\n?|[\x0b\x0c\x85\u2028\u2029]"
_CONTROL = "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]"
_INVISIBLE = "[\u00ad\u200b\u2060\ufeff\ufffe]"
_DIRECTION = "[\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_JOINER = "[\u200c\u200d]"
_SPACE = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_ODD = re.compile(f"({_LINE_END})|({_CONTROL})|({_INVISIBLE}+)|({_DIRECTION})|({_JOINER}+)|({_SPACE}+)")
_DROPPED = re.compile(f"{_CONTROL}|{_INVISIBLE}|{_DIRECTION}|{_JOINER}")

NEAR = 200
"""Characters that are looked at on either side: a bound, so that a text of marks alone costs no more than any other."""
_LATIN = re.compile("[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff\\s.,;:!?'\"’”)(-]")
"""Beside these, a joiner does nothing; in Arabic, Indic scripts and emoji it does."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
_WIDE = re.compile("[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")
_FRENCH = re.compile("[;:!?»%]")


def find_odd_characters(view: View) -> Iterator[Proposal]:
    r"""Propose to mend line ends, to drop control codes and invisible marks, and to make special spaces plain.

    Left alone: joiners in scripts and emoji that need them, direction marks in a line with right-to-left letters, the
    ideographic space in East Asian text, the narrow space before French punctuation.

    >>> [(p.start, p.end, p.replacement, p.kind) for p in find_odd_characters(View("a\u00a0b\r\nc\u200bd"))]
    [(1, 2, ' ', 'spacing'), (3, 5, '\n', 'line_end'), (6, 7, '', 'invisible')]
    """
    text = view.text
    for match in _ODD.finditer(text):
        start, end = match.span()
        if match[1]:
            yield Proposal(start, end, "\n", "line_end", "characters.line_end", "not a line feed")
        elif match[2]:
            yield Proposal(start, end, "", "invisible", "characters.control", "control code")
        elif match[3]:
            yield Proposal(start, end, "", "invisible", "characters.invisible", "invisible mark")
        elif match[4] and not _is_in_rtl_line(text, start):
            yield Proposal(start, end, "", "invisible", "characters.direction", "direction mark without use")
        elif match[5] and _is_idle(text, start, end):
            yield Proposal(start, end, "", "invisible", "characters.joiner", "joiner that joins nothing")
        elif match[6] and not _is_wanted_space(text, start, end):
            yield Proposal(start, end, " " * (end - start), "spacing", "characters.space", "special space")


def _is_idle(text: str, start: int, end: int) -> bool:
    before, after = _visible_before(text, start), _visible_after(text, end)
    return not before or not after or bool(_LATIN.match(before) and _LATIN.match(after))


def _is_wanted_space(text: str, start: int, end: int) -> bool:
    before, after = _visible_before(text, start), _visible_after(text, end)
    if text[start] == "\u3000":
        return bool((before and _WIDE.match(before)) or (after and _WIDE.match(after)))
    return text[start] in "\u00a0\u202f" and (before == "«" or bool(_FRENCH.match(after)))


def _is_in_rtl_line(text: str, position: int) -> bool:
    first, last = max(0, position - NEAR), min(len(text), position + NEAR)
    begin, end = text.rfind("\n", first, position) + 1, text.find("\n", position, last)
    return bool(_RIGHT_TO_LEFT.search(text, max(begin, first), end if end >= 0 else last))


def _visible_before(text: str, position: int) -> str:
    """Return the last character before a position that is no mark to be dropped; nothing at the start."""
    least = max(0, position - NEAR)
    while position > least and _DROPPED.match(text, position - 1):
        position -= 1
    return text[position - 1 : position]


def _visible_after(text: str, position: int) -> str:
    """Return the first character from a position on that is no mark to be dropped; nothing at the end."""
    most = min(len(text), position + NEAR)
    while position < most and _DROPPED.match(text, position):
        position += 1
    return text[position : position + 1]
