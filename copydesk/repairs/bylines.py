"""Lines above a pasted article that name its writers, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.proposals import FieldSpan, Proposal
from copydesk.view import View

VERSION = 1

HEAD_LINES = 4
"""How far from the top such lines stand: below the title and a standfirst."""
MAX_LENGTH = 100
_CREDIT = r"(?i:(?:written |text |words |story )?by|von|par|por|от)\s*:?"
_NAME = r"(?:\s+(?:and|und|et|y|e|и|&|de|van|von|der|den|du|da|dos|al|el|bin|[^\W\d_a-zß-öø-ÿ][\w.'’-]*,?)){1,9}"
BYLINE = re.compile(_CREDIT + _NAME)
"""Every word behind the credit is one of a name."""


def find_bylines(view: View) -> Iterator[Proposal]:
    r"""Propose to take bylines at the top out of the body.

    Left alone: lines with any word that is no name's (By the sea), credits in the middle of a text, texts of one line.

    >>> [p.fields[0].span for p in find_bylines(View("A title\n\nBy Ada Lund and Per Dahl\n\nIt rained."))]
    [Span(start=9, end=33)]
    """
    if not view.is_pasted or len(view.lines) < 2:
        return
    for i, line in enumerate(view.lines[:HEAD_LINES]):
        text = view.of(i)
        if len(text) <= MAX_LENGTH and BYLINE.fullmatch(text):
            reason, fields = "byline; kept as a field", (FieldSpan("byline", line.span),)
            yield Proposal(*line.span, "", "byline", "bylines.line", reason, 0.9, None, fields, is_block=True)
