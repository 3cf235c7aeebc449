"""The title line above a pasted article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.proposals import FieldSpan, Proposal
from copydesk.repairs.bylines import BYLINE
from copydesk.repairs.datelines import is_date_line
from copydesk.repairs.inserts import lines_on_top
from copydesk.view import View

VERSION = 1

MAX_WORDS = 24
"""A longer line without a full stop is a standfirst or a sentence cut off. Headlines of news sites keep below 20."""
MIN_PROSE = 120
"""Characters of the first paragraph below a title that is recognised by its form alone."""
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’)\]]*$|[。！？]$")
_LIST_ITEM = re.compile(r"\s*(?:[-*•·–—]|\d{1,3}[.)])\s")
_BYLINE = re.compile(r"(?:by|von|par|por|di|от)\s+\w", re.IGNORECASE)


def find_title(view: View) -> Iterator[Proposal]:
    r"""Propose to take the title line out of the body.

    It is the first paragraph that is no insert, one line, no sentence, and stands above a date line, a byline, or
    prose. Left alone: first lines that end like a sentence, list items, bylines, headings over other short lines,
    texts of one paragraph.

    >>> prose = "The council met on Monday and agreed, after four hours, that the bridge will be built after all. " * 2
    >>> [p.fields[0].span for p in find_title(View("Council agrees on bridge\n\n" + prose + "\n\n" + prose))]
    [Span(start=0, end=24)]
    """
    if not view.is_pasted or len(view.paragraphs) < 2:
        return
    first = lines_on_top(view)
    paragraph = next((lines for lines in view.paragraphs if lines.start == first), range(0))
    if len(paragraph) != 1 or first + 1 >= len(view.lines):
        return
    line, text = view.lines[first], view.of(first)
    words = view.words.between(line.start, line.end)
    if not 2 <= len(words) <= MAX_WORDS or _LIST_ITEM.match(text) or is_date_line(text) or BYLINE.fullmatch(text):
        return
    confidence = _confidence(view, first, text)
    if confidence:
        reason = "title line; kept as a field"
        fields = (FieldSpan("title", line.span),)
        rule = "titles.first_line"
        yield Proposal(*line.span, "", "title", rule, reason, confidence, None, fields, is_block=True)


def _confidence(view: View, first: int, text: str) -> float:
    """Return how sure it is that the first line is a title, by what follows it; 0 when it is none."""
    following = view.of(first + 1)
    is_sentence = bool(_SENTENCE_END.search(text))
    if is_date_line(following) or _BYLINE.match(following):
        return 0.6 if is_sentence and not text.endswith("?") else 0.97
    span = view.paragraph_at(view.lines[first + 1].start)
    is_prose = span.end - span.start >= MIN_PROSE and bool(_SENTENCE_END.search(view.text[span.start : span.end]))
    return 0.8 if is_prose and not is_sentence and len(view.paragraphs) > 2 and text[:1].isupper() else 0.0
