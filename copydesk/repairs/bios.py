"""Paragraphs at the end that tell who the author is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.document import Span
from copydesk.proposals import FieldSpan, Proposal
from copydesk.repairs.bylines import BYLINE, HEAD_LINES, MAX_LENGTH
from copydesk.view import View

VERSION = 1

MAX_WORDS = 70
TAIL_PARAGRAPHS = 4
"""How far from the end a bio stands."""

NAME = r"(?:[^\W\d_a-z][\w.'’-]*\s+)(?:(?:[^\W\d_a-z][\w.'’-]*|de|der|van|von|bin|al|el|la|di|da|dos|du|y)\s+){0,4}"
ROLES = (
    "editor author writer journalist columnist reporter correspondent contributor specialist analyst researcher "
    "scholar fellow professor lecturer director historian economist lawyer student teacher scientist expert ambassador "
    "diplomat consultant adviser advisor novelist poet photographer producer broadcaster critic blogger founder "
    "president chair chairman chairwoman member candidate associate partner strategist activist physician engineer"
)
"""Callings under which people write in newspapers."""
_IS = re.compile(rf"(?P<name>{NAME})(?:is|was|are)\s+(?:an?|the|currently|also|our)\b", re.UNICODE)
_ROLE = re.compile(rf"\b(?:{'|'.join(ROLES.split())})s?\b", re.IGNORECASE)
_HEAD = re.compile(r"(?:(?!\b(?:of|to|for|in|at|with|on|by|from|that|who|which)\b)[^,.;:()])*")
"""The noun that somebody is said to be, up to what narrows it."""
_ABOUT = re.compile(
    r"(?:about the authors?\b|the (?:author|writer)s?(?:,[^,]+,)? (?:is|are|was|can be)\b)", re.IGNORECASE
)
_SPEECH = re.compile(r"[“”\"]|\b(?:said|says|told|added)\b")


def find_author_bios(view: View) -> Iterator[Proposal]:
    r"""Propose to take author bios at the end out of the body.

    A bio presents somebody by name, in the present, with a calling, and the article does not speak of that person
    elsewhere. Left alone: people that the article is about, and paragraphs in which somebody speaks.

    >>> text = "Rents rose again. " * 9 + "\n\nAda B Lund is an economist and editor at the Quay Institute."
    >>> [p.fields[0].name for p in find_author_bios(View(text))]
    ['bio']
    """
    for lines in view.paragraphs[1:][-TAIL_PARAGRAPHS:]:
        span = Span(view.lines[lines[0]].text_start, view.lines[lines[-1]].text_end)
        confidence = _confidence(view, span)
        if confidence:
            reason, fields = "author bio; kept as a field", (FieldSpan("bio", span),)
            yield Proposal(*span, "", "author_bio", "bios.presented", reason, confidence, None, fields, is_block=True)


def _confidence(view: View, span: Span) -> float:
    text = view.text[span.start : span.end]
    if len(view.words.between(*span)) > MAX_WORDS or _SPEECH.search(text):
        return 0.0
    if _ABOUT.match(text):
        return 0.9
    presented = _IS.match(text)
    head = _HEAD.match(text, presented.end()) if presented else None
    if not presented or not head or not _ROLE.search(head.group()):
        return 0.0
    return 0.0 if _is_named_elsewhere(view, span, presented["name"].split()) else 0.95


def _is_named_elsewhere(view: View, span: Span, name: list[str]) -> bool:
    """Tell whether the body names the person: by the full name, or by the last name alone, twice or more."""
    rest = view.text[: span.start] + view.text[span.end :]
    for line in (view.of(i) for i in range(min(HEAD_LINES, len(view.lines)))):
        if len(line) <= MAX_LENGTH and BYLINE.fullmatch(line):
            rest = rest.replace(line, "", 1)
    full = " ".join(name)
    return (
        len(name) == 1
        or full in _without_byline(rest, full)
        or len(re.findall(rf"\b{re.escape(name[-1])}\b", rest)) > 1
    )


def _without_byline(text: str, name: str) -> str:
    """Return a text without a short line near its top that names a person: a byline may still stand there."""
    top, _, rest = text.partition(name)
    begins = top.rfind("\n") + 1
    is_byline = len(top) - begins < 24 and rest.partition("\n")[0].strip(" .,|") == "" and top.count("\n") < 12
    return rest if is_byline else text
