"""The title line above a pasted article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from copydesk.document import Span
from copydesk.proposals import FieldSpan, Proposal
from copydesk.repairs.bylines import is_byline
from copydesk.repairs.datelines import is_date_line
from copydesk.tables import phrases
from copydesk.view import WORD, View

VERSION = 2

MAX_WORDS = 24
"""A longer line without a full stop is a standfirst or a sentence cut off. Headlines of news sites keep below 20."""
MAX_LENGTH = 250
MAX_BY_FORM = 72
"""Characters of a title that is recognised by its form alone; more are mostly a standfirst, unless set like a title."""
MIN_PROSE = 120
"""Characters of the first paragraph below a title that is recognised by its form alone."""
MIN_SENTENCE = 50
"""And of one that has words of the title in it."""
MIN_SITE_WORDS = 2
"""A line of no more words is a name with its place, or a label in capitals."""
NEAR = 300
SHORT = 60
MAX_SHORT = 0.3
"""Which part of the paragraphs may be shorter than ``SHORT``: where more are (results, line-ups), a first line is no
title by its form alone."""
LOOKED_AT = 200
"""How many paragraphs are looked at for that."""
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’)\]]*$|[。！？]$")
_LIST_ITEM = re.compile(r"\s*(?:[-*•·–—]|\d{1,3}[.)])\s")
_TELLING_WORD = re.compile(r"[^\W\d_]{4,}")
_SITE = re.compile(r"\s(?:[|·»]|[-–—]{1,2}|::)\s(?:the\s)?(?:[^\W\d_a-zß-öø-ÿ][\w.&’'-]*\s?){1,4}$")
"""What a page's title has behind the headline: a mark and a name."""


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
    if len(text) > MAX_LENGTH or _LIST_ITEM.match(text):
        return
    words = WORD.findall(text)
    if not 2 <= len(words) <= MAX_WORDS or sum(word.isdigit() for word in words) * 2 > len(words):  # a result
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
        is_standfirst = is_sentence and text[-1] in ".。" and len(text) > MAX_BY_FORM
        return 0.0 if is_standfirst else 0.6 if is_sentence and not text.endswith("?") else 0.97
    if is_sentence or not text[:1].isupper():
        return 0.0
    if _SITE.search(text) and len(WORD.findall(text)) > MIN_SITE_WORDS:
        return 0.9
    return _confidence_by_form(view, text)


def _confidence_by_form(view: View, text: str) -> float:
    """Return how sure it is that a line is a title by its letters, its length and the prose below it."""
    span = view.paragraph_at(view.lines[1].start)
    below = view.text[span.start : span.end]
    if _is_set_in_capitals(text, below):
        return 0.85
    is_above_prose = bool(_SENTENCE_END.search(below[-8:])) and len(view.paragraphs) > 2
    if not is_above_prose or _is_of_short_lines(view) or text.lower() in _sections():
        return 0.0
    if len(below) >= MIN_PROSE and (len(text) <= MAX_BY_FORM or _is_set_like_title(text)):
        return 0.8
    is_short = len(text) <= MAX_BY_FORM and len(below) >= MIN_SENTENCE
    return 0.7 if is_short and _shares_words(text, view, span) else 0.0


def _is_set_in_capitals(text: str, below: str) -> bool:
    return text.isupper() and not below.isupper() and len(WORD.findall(text)) > MIN_SITE_WORDS


def _shares_words(text: str, view: View, span: Span) -> bool:
    """Tell whether a telling word of the line stands in the paragraphs below it too."""
    below = view.text[span.start : span.end + NEAR].casefold()
    return any(word in below for word in _TELLING_WORD.findall(text.casefold()))


def _is_set_like_title(text: str) -> bool:
    """Tell whether most longer words of a line begin with capitals."""
    words = [word for word in WORD.findall(text) if len(word) > 3]
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
