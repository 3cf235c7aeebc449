"""Copyright lines that were copied with an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from copydesk.proposals import FieldSpan, Proposal
from copydesk.repairs.captions import is_credit
from copydesk.tables import read_table
from copydesk.view import View

VERSION = 2

MAX_LENGTH = 420


@cache
def _any_of(role: str) -> str:
    """Return a pattern of the patterns of a role."""
    return "|".join(pattern for name, _, pattern in read_table("copyrights.tsv") if name == role)


_COPIED = (
    r"reproduc\w*|reprint\w*|republi\w*|redistribut\w*|re-?use\w*|copied|copying|duplicat\w*|distribut\w*|rewritten|"
    r"syndicat\w*|broadcast|transmitted"
)
"""What may not be done."""
_FORBIDDEN = (
    r"(?:written |prior |express |explicit |our |the )*(?:permission|consent|authori[sz]ation|approval|licen[cs]e)\b|"
    r"(?:strictly |expressly )?(?:prohibited|forbidden|not (?:permitted|allowed))|may not be|must not be|cannot be"
)
_ENGLISH = re.compile(
    rf"(?:[^.]{{0,120}}\b(?:{_COPIED})\b[^.]{{0,160}}\b(?:{_FORBIDDEN})|"
    rf"[^.]{{0,80}}\b(?:{_FORBIDDEN})[^.]{{0,120}}\b(?:{_COPIED})\b)",
    re.IGNORECASE,
)
_OF_TEXT = re.compile(
    r"\b(?:content|contents|article|articles|material|materials|text|story|stories|site|website|publication|work|"
    r"photos|images|copyright\w*|in whole|in part|without)\b",
    re.IGNORECASE,
)


@cache
def _pattern(role: str) -> re.Pattern[str]:
    """Return a pattern of the patterns of a role; of signs case counts."""
    return re.compile(_any_of(role), re.NOFLAG if role == "sign" else re.IGNORECASE)


@cache
def _open() -> re.Pattern[str]:
    """Return the pattern of how a line on rights opens: the sign, the word, the formula, what may not be done."""
    return re.compile(
        rf"[\s(\[*®™&]*(?:and\s)?(?:©|\(c\)\s|ⓒ|&copy;|copyright\b|copr\.\s|{_any_of('reserved')}|"
        r"(?:site\s|all\s)?(?:content|contents|text|photos)s?\s(?:is\s|are\s)?(?:copyright|©|\(c\))|"
        r"no part of this (?:\w+\s){0,2}(?:may|can|shall)|this (?:material|content|article|story|work) "
        r"(?:may not|must not|cannot|is protected|is (?:subject to )?copyright))",
        re.IGNORECASE,
    )


@cache
def _trailing() -> re.Pattern[str]:
    """Return the pattern of a house, and the sign with a year or the formula behind it."""
    year = r"(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?"
    return re.compile(
        rf"[^.!?©]{{2,60}}(?:[,.;|–—-]\s+|\s)(?:(?:©|\(c\)|copyright)\s*{year}|{_any_of('reserved')}|©)\W*",
        re.IGNORECASE,
    )


@cache
def _must() -> re.Pattern[str]:
    """Return the pattern of what a line must hold that opens so: "Copyright" opens sentences, too."""
    return re.compile(
        rf"©|ⓒ|\(c\)|{_any_of('reserved')}|\d{{4}}|reprint|permission|reproduc|redistribut|rewritten|"
        r"without|copyright (?:of|by|reserved|notice)\b|copyright\W+[A-Z][\w ]{2,40}\W?$|terms of use|"
        r"(?:content|contents|text|photos) (?:is |are )?(?:copyright|©)|cannot be|may not be|protected",
        re.IGNORECASE,
    )


def _is_line(text: str) -> bool:
    """Tell whether a line is about the rights in the text that it stands in."""
    if _open().match(text) and _must().search(text):
        return True
    if _trailing().fullmatch(text) or _pattern("about").match(text):
        return True
    return _ENGLISH.match(text) is not None and _OF_TEXT.search(text) is not None


def find_copyright_lines(view: View) -> Iterator[Proposal]:
    r"""Propose to take copyright lines out of the body.

    They open with the sign or the word, or with the formula that all rights are reserved, and are no sentence about
    copyright. Left alone: prose on the law, a picture's credit (a caption).

    >>> [p.kind for p in find_copyright_lines(View("It rained.\n\n© 2019 Harbour News. All rights reserved."))]
    ['copyright']
    """
    if not view.is_pasted or len(view.lines) < 2:
        return
    for line in view.lines:
        if line.text_end - line.text_start > MAX_LENGTH or not _pattern("sign").search(
            view.text, line.text_start, line.text_end
        ):
            continue
        text = view.text[line.text_start : line.text_end]
        if _is_line(text) and not _pattern("prose").search(_pattern("came").sub("", text)) and not is_credit(text):
            reason, fields = "copyright line; kept as a field", (FieldSpan("copyright", line.span),)
            yield Proposal(*line.span, "", "copyright", "copyrights.line", reason, 0.93, None, fields, is_block=True)
