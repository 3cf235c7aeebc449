"""Characters that do not belong in a text: foreign line ends, control codes, invisible marks, special spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.proposals import Proposal
from copydesk.view import View

VERSION = 2

_LINE_END = "(?:\r\n?|[\x85\u2028\u2029])+"
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f]"
_INVISIBLE = "[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffc\ufffe]"
_DIRECTION = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_JOINER = "[\u200c\u200d]"
_SPACE = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_LIGATURE = "[\ufb00-\ufb06]"
_ODD = re.compile(
    f"({_LINE_END})|({_CONTROL})|({_INVISIBLE}+)|({_DIRECTION})|({_JOINER}+)|"
    f"(?<! )( *{_SPACE}[ \t]*(?:{_SPACE}[ \t]*)*)|({_LIGATURE})"
)
_SET = re.compile(f"\r|\x85|[\u2028\u2029]|{_CONTROL}|{_INVISIBLE}|{_DIRECTION}|{_JOINER}|{_SPACE}|{_LIGATURE}")
_DROPPED = re.compile(f"{_CONTROL}|{_INVISIBLE}|{_DIRECTION}|{_JOINER}")
_LETTERS = dict(
    zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
)
"""What the ligatures of a printed page stand for (Unicode, Alphabetic Presentation Forms)."""

NEAR = 200
"""Characters that are looked at on either side: a bound, so that a text of marks alone costs no more than any other."""
_LATIN = re.compile("[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff\\s.,;:!?'\"’”)(-]")
"""Beside these, a joiner does nothing; in Arabic, Indic scripts and emoji it does."""
_ANY_LINE_END = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
WIDE = re.compile("[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")
"""Characters beside which the ideographic space is wanted."""
_FRENCH = re.compile("[;:!?»%]")
_THOUSANDS = re.compile("[0-9][\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_WRAPPED = re.compile("\u00ad[ \t]*\r?\n(?=[^\\W\\d_])")


def find_odd_characters(view: View) -> Iterator[Proposal]:
    r"""Propose to mend line ends, to drop control codes and invisible marks, and to make special spaces plain.

    Left alone: joiners in scripts and emoji that need them, direction marks in a line with right-to-left letters, the
    ideographic space in East Asian text, the narrow space before French punctuation and between thousands.

    >>> [(p.start, p.end, p.replacement, p.kind) for p in find_odd_characters(View("a\u00a0b\r\nc\u200bd"))]
    [(1, 2, ' ', 'invisible'), (3, 5, '\n', 'spacing'), (6, 7, '', 'invisible')]
    """
    if not any(map(_SET.match, view.odd)):
        return
    text = view.text
    for match in _ODD.finditer(text):
        start, end = match.span()
        if match[1]:
            lines = match[1].replace("\r\n", "\n")
            yield Proposal(start, end, "\n" * len(lines), "spacing", "characters.line_end", "not a line feed")
        elif match[2]:
            yield _control(text, start)
        elif match[3]:
            yield _invisible(text, start, end)
        elif match[4] and not _is_in_rtl_line(text, start):
            yield Proposal(start, end, "", "invisible", "characters.direction", "direction mark without use")
        elif match[5] and _is_idle(text, start, end):
            yield Proposal(start, end, "", "invisible", "characters.joiner", "joiner that joins nothing")
        elif match[6]:
            yield from _space(text, start, end)
        elif match[7]:
            yield Proposal(start, end, _LETTERS[match[7]], "invisible", "characters.ligature", "letters printed as one")


def _control(text: str, at: int) -> Proposal:
    # A vertical tab or form feed ends a line, unless it stands in a word.
    ends_line = text[at] in "\x0b\x0c" and not (text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha())
    if ends_line:
        return Proposal(at, at + 1, "\n", "spacing", "characters.line_end", "not a line feed")
    return Proposal(at, at + 1, "", "invisible", "characters.control", "control code")


def _invisible(text: str, start: int, end: int) -> Proposal:
    wrapped = _WRAPPED.match(text, end - 1)
    if wrapped and text[start - 1 : start].isalpha():
        return Proposal(
            start, wrapped.end(), "", "hyphen_wrap", "characters.soft_hyphen", "soft hyphen at a line's end"
        )
    return Proposal(start, end, "", "invisible", "characters.invisible", "invisible mark")


def _space(text: str, start: int, end: int) -> Iterator[Proposal]:
    """Yield what makes a run of spaces, special ones among them, plain."""
    if _is_wanted_space(text, start, end):
        return
    before, after = text[start - 1 : start], text[end : end + 1]
    if (not before or before == "\n") and after.strip() and _begins_paragraph(text, start):
        yield Proposal(start, end, "", "spacing", "characters.indent", "indent of special spaces")
        return
    count = len(_ANY_SPACE.findall(text, start, end))
    plain = text[start:end].replace("\t", " ") if count > 2 else " "
    yield Proposal(start, end, " " * len(plain), "invisible", "characters.space", "special space")


_ANY_SPACE = re.compile(_SPACE)


def _begins_paragraph(text: str, start: int) -> bool:
    end = text.find("\n", start)
    return (start < 2 or text[start - 2] in "\n\r") and (end < 0 or text[end + 1 : end + 2] in {"", "\n", "\r"})


def _is_idle(text: str, start: int, end: int) -> bool:
    before, after = _visible_before(text, start), _visible_after(text, end)
    return not before.strip() or not after.strip() or bool(_LATIN.match(before) and _LATIN.match(after))


def _is_wanted_space(text: str, start: int, end: int) -> bool:
    if _THOUSANDS.match(text, start - 1 if start else 0, end + 4):
        return True
    before, after = _visible_before(text, start), _visible_after(text, end)
    if "\u3000" in text[start:end]:
        return bool((before and WIDE.match(before)) or (after and WIDE.match(after)))
    return end == start + 1 and text[start] in "\u00a0\u202f" and (before == "«" or bool(_FRENCH.match(after)))


def _is_in_rtl_line(text: str, position: int) -> bool:
    first, last = max(0, position - NEAR), min(len(text), position + NEAR)
    before, behind = _ANY_LINE_END.split(text[first:position]), _ANY_LINE_END.split(text[position:last], maxsplit=1)
    return bool(_RIGHT_TO_LEFT.search(before[-1]) or _RIGHT_TO_LEFT.search(behind[0]))


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
