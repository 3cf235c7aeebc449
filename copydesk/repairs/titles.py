"""The title line above a pasted article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from copydesk.proposals import FieldSpan, Proposal
from copydesk.repairs.bylines import is_byline
from copydesk.repairs.datelines import is_date_line
from copydesk.tables import phrases
from copydesk.view import View

VERSION = 2

MAX_WORDS = 24
"""A longer line without a full stop is a standfirst or a sentence cut off. Headlines of news sites keep below 20."""
MAX_LENGTH = 250
MAX_BY_FORM = 72
"""Characters of a title that is recognised by its form alone; more are mostly a standfirst, unless set like a title."""
MIN_PROSE = 120
"""Characters of the first paragraph below a title that is recognised by its form alone."""
SHORT = 60
MAX_SHORT = 0.3
"""Which part of the paragraphs may be shorter than ``SHORT``: where more are (results, line-ups), a first line is no
title by its form alone."""
LOOKED_AT = 200
"""How many paragraphs are looked at for that."""
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’)\]]*$|[。！？]$")
_LIST_ITEM = re.compile(r"\s*(?:[-*•·–—]|\d{1,3}[.)])\s")
_WORD = re.compile(r"[^\W_]+")


def find_title(view: View) -> Iterator[Proposal]:
    r"""Propose to take the title line out of the body.

    It is the first paragraph, one line, no sentence, and stands above a date line, a byline, or prose. Left alone:
    first lines that end like a sentence, list items, bylines, headings over other short lines, texts of one paragraph.

    >>> prose = "The council met on Monday and agreed, after four hours, that the bridge will be built after all. " * 2
    >>> [p.fields[0].span for p in find_title(View("Council agrees on bridge\n\n" + prose + "\n\n" + prose))]
    [Span(start=0, end=24)]
    """
    if not view.is_pasted or len(view.lines) < 2 or not view.is_gap(1):
        return
    line, text = view.lines[0], view.of(0)
    if len(text) > MAX_LENGTH or _LIST_ITEM.match(text) or not 2 <= len(_WORD.findall(text)) <= MAX_WORDS:
        return
    confidence = _confidence(view, text)
    if confidence and not is_date_line(text) and not is_byline(text):
        reason = "title line; kept as a field"
        fields = (FieldSpan("title", line.span),)
        rule = "titles.first_line"
        yield Proposal(*line.span, "", "title", rule, reason, confidence, None, fields, is_block=True)


def _confidence(view: View, text: str) -> float:
    """Return how sure it is that the first line is a title, by what follows it; 0 when it is none."""
    following = view.of(1)
    is_sentence = bool(_SENTENCE_END.search(text[-8:]))
    if is_date_line(following) or is_byline(following):
        if is_sentence and text[-1] in ".。" and len(text) > MAX_BY_FORM:
            return 0.0
        return 0.6 if is_sentence and not text.endswith("?") else 0.97
    if is_sentence or not text[:1].isupper():
        return 0.0
    span = view.paragraph_at(view.lines[1].start)
    is_prose = span.end - span.start >= MIN_PROSE and bool(_SENTENCE_END.search(view.text[span.end - 8 : span.end]))
    is_form = is_prose and len(view.paragraphs) > 2
    is_form = is_form and (len(text) <= MAX_BY_FORM or _is_set_like_title(text)) and text.lower() not in _sections()
    return 0.8 if is_form and not _is_of_short_lines(view) else 0.0


def _is_set_like_title(text: str) -> bool:
    """Tell whether most longer words of a line begin with capitals."""
    words = [word for word in _WORD.findall(text) if len(word) > 3]
    return bool(sum(word[0].isupper() for word in words) > 0.8 * len(words))


@cache
def _sections() -> frozenset[str]:
    """Headings of a first section: the text begins with it, and has no title."""
    return phrases("bylines.tsv", "section")


def _is_of_short_lines(view: View) -> bool:
    """Tell whether many paragraphs below the first are no prose."""
    paragraphs = view.paragraphs[1 : 1 + LOOKED_AT]
    short = sum(view.lines[lines[-1]].text_end - view.lines[lines[0]].text_start < SHORT for lines in paragraphs)
    return short > 1 + MAX_SHORT * len(paragraphs)
