"""The first sentence of an article, set above it once more: under the title, as a standfirst or a feed's summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.document import Span
from copydesk.proposals import FieldSpan, Proposal
from copydesk.view import WORD, View

VERSION = 1

LOOKED_AT = 12
"""Paragraphs at the top of the text among which a lead is looked for: rows and notices may stand above it."""
BETWEEN = 2
"""Short paragraphs that may stand between the two leads: a byline, a date."""
SHORT = 72
MAX_LENGTH = 800
MIN_WORDS = 5
MIN_LENGTH = 24
MAX_TITLE_WORDS = 24
_OPENING = "\"'“‘«"
_SENTENCE_END = re.compile(r"[.!…:;,][\"'”’)\]]*$|[。！]$")
_SITE = re.compile(r"\s+[|•»]\s+[^|•»]{2,40}$")
_LIST_ITEM = re.compile(r"(?:[-*•·–—]|\d{1,3}[.)])\s")


def find_repeated_lead(view: View) -> Iterator[Proposal]:
    r"""Propose to take out a lead that stands above the paragraph that begins with the same words.

    The title line above it goes along and is kept as a field. Left alone: a title alone (``titles``), first paragraphs
    that say something else, a lead without a title that is more than the beginning of the next paragraph.

    >>> lead = "The council has agreed to build the bridge after all."
    >>> text = f"Council agrees on bridge\n\n{lead}\n\n{lead} It will cost a million.\n\nWork begins in May."
    >>> [(p.start, p.end, p.fields[0].span) for p in find_repeated_lead(View(text))]
    [(0, 79, Span(start=0, end=24))]
    """
    if not view.is_pasted:
        return
    for i in _candidates(view):
        title, lead, *following = (_span(view, lines) for lines in view.paragraphs[i - 1 : i + 2 + BETWEEN])
        if not MIN_LENGTH <= lead.end - lead.start <= MAX_LENGTH:
            continue
        evidence = _again(view, lead, following)
        if evidence and _is_title(view, title):
            yield _proposal(view, title, lead, evidence)
            return


def _span(view: View, lines: range) -> Span:
    return Span(view.lines[lines[0]].text_start, view.lines[lines[-1]].text_end)


def _candidates(view: View) -> Iterator[int]:
    """Yield the paragraphs near the top that may begin like one of the next, by their first letters: few do."""
    lines = view.lines
    begins = [_beginning_of(view.text, lines[group[0]].text_start) for group in view.paragraphs[: LOOKED_AT + 2]]
    for i in range(1, len(begins) - 1):
        following = begins[i + 1 : i + 2 + BETWEEN]
        if not begins[i] or begins[i] in following or "" in following:
            yield i


def _beginning_of(text: str, start: int) -> str:
    """Return the first two letters of a paragraph, or its only one; nothing where others than plain ones stand."""
    letters = text[start : start + 3].lstrip(_OPENING)[:2]
    if not letters[0:1].isalnum() or not letters.isascii() or len(letters) < 2:
        return ""
    return letters.lower() if letters.isalnum() else letters[0].lower()


def _again(view: View, lead: Span, following: list[Span]) -> Span | None:
    """Return where the words of a lead stand again at the beginning of one of the next paragraphs."""
    for span in following:
        evidence = _beginning(view.text, lead, span)
        if evidence:
            return evidence
        if span.end - span.start > SHORT:
            return None
    return None


def _beginning(text: str, lead: Span, span: Span) -> Span | None:
    first, other = WORD.search(text, *lead), WORD.search(text, *span)
    if not first or not other or first.group().casefold() != other.group().casefold():
        return None
    if not _go_on_alike(text, first.end(), other.end()):
        return None
    limit = min(span.end, span.start + 2 * (lead.end - lead.start) + SHORT)
    ours = WORD.findall(text[slice(*lead)].casefold())
    end = span.start
    for count, match in enumerate(WORD.finditer(text, span.start, limit)):
        if count == len(ours) or not _agree(match.group().casefold(), ours[count], is_last=count + 1 == len(ours)):
            return Span(span.start, end) if count == len(ours) >= MIN_WORDS else None
        end = match.end()
        if count + 1 == len(ours) >= MIN_WORDS:
            return Span(span.start, end)
    return None


def _go_on_alike(text: str, one: int, other: int) -> bool:
    """Tell whether two places may go on with the same word: quicker than to read all words, and mostly they do not."""
    ours, theirs = WORD.search(text, one), WORD.search(text, other)
    if not ours or not theirs or not ours.group().isascii() or not theirs.group().isascii():
        return True
    return ours.group().lower() == theirs.group().lower()


def _agree(word: str, ours: str, *, is_last: bool) -> bool:
    return word == ours or (is_last and len(ours) > 1 and word.startswith(ours))


def _is_title(view: View, span: Span) -> bool:
    """Tell whether a paragraph is a line like a title's."""
    text = view.text[slice(*span)]
    size = len(WORD.findall(text)) if len(text) < MAX_LENGTH else 0
    return (
        1 <= size <= MAX_TITLE_WORDS
        and "\n" not in text
        and not _SENTENCE_END.search(text)
        and not _LIST_ITEM.match(text)
    )


def _proposal(view: View, title: Span, lead: Span, evidence: Span) -> Proposal:
    site = _SITE.search(view.text, title.start, title.end)
    fields = (FieldSpan("title", Span(title.start, site.start() if site else title.end)),)
    reason = "the first sentence, set above the article once more under the title; the title is kept as a field"
    return Proposal(
        title.start, lead.end, "", "lead_repeat", "leads.below_title", reason, 0.97, evidence, fields, is_block=True
    )
