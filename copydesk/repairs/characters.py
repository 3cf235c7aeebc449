"""Characters that do not belong in a text: foreign line ends, control codes, invisible marks, special spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.edits import Proposal
from copydesk.view import View

VERSION = 1

_LINE_END = "\r\n?|[\x0b\x0c\x85\u2028\u2029]"
_CONTROL = "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]"
_INVISIBLE = "[\u00ad\u200b\u2060\ufeff\ufffe\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_JOINER = "[\u200c\u200d]"
_SPACE = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_ODD = re.compile(f"({_LINE_END})|({_CONTROL})|({_INVISIBLE}+)|({_JOINER}+)|({_SPACE}+)")
_GOES = re.compile(f"{_CONTROL}|{_INVISIBLE}")

_LATIN = re.compile("[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff\\s.,;:!?'\"’”)(-]")
"""Beside these, a joiner does nothing; in Arabic, Indic scripts and emoji it does."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
_WIDE = re.compile("[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")
_FRENCH = re.compile("[;:!?»%]")


def find_odd_characters(view: View) -> Iterator[Proposal]:
    r"""Propose to mend line ends, to drop control codes and invisible marks, and to make special spaces plain.

    Left alone: joiners in scripts and emoji that need them, direction marks in a text with right-to-left letters, the
    ideographic space in East Asian text, the narrow space before French punctuation.

    >>> [(p.start, p.end, p.replacement, p.kind) for p in find_odd_characters(View("a\u00a0b\r\nc\u200bd"))]
    [(1, 2, ' ', 'spacing'), (3, 5, '\n', 'line_end'), (6, 7, '', 'invisible')]
    """
    text = view.text
    is_rtl = bool(_RIGHT_TO_LEFT.search(text))
    for match in _ODD.finditer(text):
        start, end = match.span()
        if match[1]:
            yield Proposal(start, end, "\n", "line_end", "characters.line_end", "not a line feed")
        elif match[2]:
            yield Proposal(start, end, "", "invisible", "characters.control", "control code")
        elif match[3] and not is_rtl:
            yield Proposal(start, end, "", "invisible", "characters.invisible", "invisible mark")
        elif match[4] and _is_idle(text, start, end):
            yield Proposal(start, end, "", "invisible", "characters.joiner", "joiner that joins nothing")
        elif match[5] and not _is_wanted_space(text, start, end):
            yield Proposal(start, end, " " * (end - start), "spacing", "characters.space", "special space")


def _is_idle(text: str, start: int, end: int) -> bool:
    """Tell whether a joiner stands beside nothing that it could join; marks and codes that go too do not count."""
    while start and _GOES.match(text[start - 1]):
        start -= 1
    while end < len(text) and _GOES.match(text[end]):
        end += 1
    before, after = text[start - 1 : start], text[end : end + 1]
    return not before or not after or bool(_LATIN.match(before) and _LATIN.match(after))


def _is_wanted_space(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start] == "\u3000":
        return bool((before and _WIDE.match(before)) or (after and _WIDE.match(after)))
    return text[start] in "\u00a0\u202f" and (before == "«" or bool(_FRENCH.match(after)))
