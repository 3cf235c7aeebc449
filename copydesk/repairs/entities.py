"""Character references of HTML that were never resolved, or were escaped once too often."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from html.entities import html5

from copydesk.proposals import Proposal
from copydesk.view import View

VERSION = 1

ENOUGH = 3
"""So many references in other lines, and a line that speaks of HTML is broken itself."""
_REFERENCE = re.compile(
    r"&(?:(?:(?:amp|AMP|#0{0,4}38|#[xX]0{0,4}26);)*(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|(?:amp;)*(nbsp|[lr][sd]quo|[mn]dash|hellip|#(?:8211|8212|8216|8217|8220|8221|8230|0?39|160))(?![\w;=#-]))"
)
_HALF = re.compile(r"#(?<=[a-z\s“].)(8211|8212|8216|8217|8220|8221|8230|039);")
"""A reference, under any number of escapes, or one without its semicolon that cannot be anything else."""
_ABOUT = re.compile(r"\bHTML|\bentit(?:y|ies)\b|\bampersand|\bescap(?:e|ed|ing)\b|\bentité|\bentidad", re.IGNORECASE)
_SPACES = frozenset("\u00a0\u2002\u2003\u2009\u202f")
_FRENCH = re.compile("[;:!?»%]")


def find_entities(view: View) -> Iterator[Proposal]:
    r"""Propose to put the character in the place of a leftover reference (``&rsquo;``, ``&amp;#8217;``).

    Left alone: ``AT&T;``, the parameters of an address, and references that a text about HTML shows.

    >>> [(p.start, p.end, p.replacement) for p in find_entities(View("It&amp;rsquo;s R&D; at?a=1&copy=2 &#x201c;x"))]
    [(2, 13, '’'), (34, 42, '“')]
    """
    text = view.text
    if "&" not in text and not ("#8" in text or "#039;" in text):
        return
    matches = [*_REFERENCE.finditer(text), *_HALF.finditer(text)] if "#" in text else _REFERENCE.finditer(text)
    found = [(match, meant) for match in matches if (meant := _meant(match)) is not None]
    for match, meant in _broken(text, found):
        start, end = match.span()
        is_plain = meant in _SPACES and not (text[start - 1 : start] == "«" or _FRENCH.match(text, end))
        character = " " if is_plain else meant
        yield Proposal(start, end, character, "entities", "entities.reference", "character reference of HTML", 0.97)


def _meant(match: re.Match[str]) -> str | None:
    """Return the character of a reference; None when there is none."""
    body = f"#{match[1]}" if match.re is _HALF else match[1] or match[2]
    if not body.startswith("#") and f"{body};" not in html5:
        return None
    meant = html.unescape(f"&{body};")
    return (
        None if not meant or "\ufffd" in meant or (len(meant) == 1 and ord(meant) < 0x20 and meant != "\n") else meant
    )


def _broken(text: str, found: Sequence[tuple[re.Match[str], str]]) -> Sequence[tuple[re.Match[str], str]]:
    """Leave out the references in lines that speak of HTML, unless others stand elsewhere."""
    if not found or not _ABOUT.search(text):
        return found
    aside = [_ABOUT.search(_line(text, match.start())) is not None for match, _ in found]
    if aside.count(False) >= ENOUGH:
        return found
    return [item for item, is_aside in zip(found, aside, strict=True) if not is_aside]


def _line(text: str, position: int) -> str:
    end = text.find("\n", position, position + 500)
    return text[max(text.rfind("\n", 0, position) + 1, position - 500) : end if end >= 0 else position + 500]
