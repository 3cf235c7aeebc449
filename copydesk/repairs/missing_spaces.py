"""Spaces that are missing behind a mark: ``It rained.The roads``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from copydesk.proposals import Proposal
from copydesk.view import View

VERSION = 1

_LOWER, _UPPER = "a-zß-öø-ÿā-žа-яёα-ωά-ώ", "A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω"
_CLOSING, _OPENING = '"”’»)\\]', '"“„‘«(\\['
_STOP = rf"(?<=[{_LOWER}0-9%])[.?][{_CLOSING}]?(?=[{_OPENING}]?[{_UPPER}])"
"""A sentence ends, and the next begins at once."""
_SHOUT = rf"(?<=[{_LOWER}])[!?]+[{_CLOSING}]?(?=[{_OPENING}]?[{_UPPER}])|(?<=[{_LOWER}])[!?](?=[{_LOWER}]{{2}})"
_QUOTED = rf"(?<=[{_LOWER}0-9%{_CLOSING}])[.!?,]”(?=[{_LOWER}{_UPPER}“‘])"
_CLOSED = rf"(?<=[{_LOWER}])[”»)](?=[{_UPPER}])"
_COMMA = rf"(?<=[{_LOWER}])[,;][{_CLOSING}]?(?=[{_OPENING}]?[{_LOWER}{_UPPER}])"
_COLON = rf"(?<=[{_LOWER}]):(?=[{_OPENING}]?[{_UPPER}][{_LOWER}’'])"
_GLUED = re.compile(rf"{_STOP}|{_SHOUT}|{_QUOTED}|{_CLOSED}|{_COMMA}|{_COLON}")
_MARK = re.compile(rf"[.!?,;:”»)](?=[{_CLOSING}]?[{_OPENING}]?[^\W\d_])")
"""A mark with a letter close behind; what is glued is told only where one stands."""
_WORD_BEFORE = re.compile(r"[^\s“„«(\[]*$")
_WORD_AFTER = re.compile(r"[^\s”»)\],;:!?]*")
SLIP = 2500
"""Characters of a text in which one lone place is a slip of the writer's, and is only pointed at."""
_NEAR = 60
"""Characters of a word that are looked at; longer ones are no words."""
_PARAGRAPH = 5000
"""Characters around a quotation mark within which its fellow stands."""
_LEAST = 2
"""Letters of the word before a stop: one letter is an initial (J.Crew)."""
_TECHNICAL = re.compile(r"[@/\\_=#<>{}|~^]|://|www\.|\d\.\d|\.[a-z]{2,4}$", re.IGNORECASE)
_NAME = re.compile(rf"[{_LOWER}{_UPPER}]+\.(?:NET|Net|JS|Js|AI|IO|TV|Com|Org)\b")
"""Names with a full stop of their own: of programs and sites."""
_CAPITALS = re.compile(rf"[{_UPPER}]\.(?:[{_UPPER}]\.)*$")


def find_missing_spaces(view: View) -> Iterator[Proposal]:
    r"""Propose a space behind a mark that two words stand glued to.

    Left alone: initials, abbreviations with stops, addresses of pages and of mail, names of files and programs,
    figures, code. One lone place in a long text is only suggested.

    >>> text = "It rained.The roads,said Ada, were wet. See docs.python.org, J.Crew, U.S.A. and Node.js."
    >>> [p.start for p in find_missing_spaces(View(text))]
    [10, 20]
    """
    text = view.text
    marks = (_GLUED.match(text, mark.start()) for mark in _MARK.finditer(text))
    found = [match for match in marks if match and _is_glued(text, match)]
    openings: set[int] = set()
    confidence = 0.9 if len(found) > 1 or len(text) < SLIP else 0.45
    for match in found:
        at = match.end()
        if match.group()[-1] == '"' and _opens(text, at - 1, openings):
            at -= 1
            openings.add(at)
        reason = f"no space behind {text[match.start() : at]}"
        yield Proposal(at, at, " ", "missing_space", "missing_spaces.mark", reason, confidence)


def _opens(text: str, position: int, openings: AbstractSet[int]) -> bool:
    """Tell whether a straight quotation mark opens, by the next one of its paragraph, or by the one before.

    Their number tells nothing: a quotation that goes on opens anew and was not closed. ``openings`` are those among
    glued words that were told before.
    """
    end = text.find("\n", position)
    following = text.find('"', position + 1, min(end if end >= 0 else len(text), position + _PARAGRAPH))
    if following >= 0:
        return not _looks_opening(text, following)
    before = text.rfind('"', max(0, position - _PARAGRAPH), position)
    return before not in openings and (before < 0 or not _looks_opening(text, before))


def _looks_opening(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    return before in {"", " ", "\n", "(", "["} or (before == ":" and after.isalpha())


def _is_glued(text: str, match: re.Match[str]) -> bool:
    found = _WORD_BEFORE.search(text, max(0, match.start() - _NEAR), match.start())
    before = found.group().strip("\"'‘’“") if found else ""
    after = _word_after(text, match.end())
    if _TECHNICAL.search(before) or _TECHNICAL.search(after) or len(before) >= _NEAR:
        return False
    mark = match.group()[0]
    if mark == ".":
        return _ends_sentence(before, after.lstrip("\"'‘“„«(["))
    if mark in ",;":
        return "." not in before and len(before) >= _LEAST
    return mark != "!" or before.islower() or after[:1].islower()


def _word_after(text: str, at: int) -> str:
    found = _WORD_AFTER.match(text, at, at + _NEAR)
    return found.group() if found else ""


def _ends_sentence(before: str, after: str) -> bool:
    """Tell whether a full stop between two words ends a sentence, and is no part of a name."""
    if _NAME.match(f"{before.rpartition('.')[2]}.{after}") or "." in before.rstrip("."):
        return False
    if len(after) == 1 and after not in {"I", "A"} and not before.islower():
        return False  # a version: Zafi.D
    letters = len(re.findall(r"[^\W_]", before))
    return letters >= _LEAST and not _CAPITALS.match(after)
