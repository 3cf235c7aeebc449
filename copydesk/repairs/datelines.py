"""Lines that say when an article was published or updated, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from copydesk.moments import day_names, find_stamps, stamp_start
from copydesk.proposals import FieldSpan, Proposal
from copydesk.repairs.name_shapes import EASTERN
from copydesk.tables import pattern_of, phrases
from copydesk.view import View

VERSION = 2

MAX_LENGTH = 160
HEAD_LINES = 12
"""How far from the top of the text such lines stand; at the end a third of that."""
MAX_BLANKS = 24
MAX_PROSE = 900
"""Characters above a date line at the top, at most."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(
    r"(?<![\w:])\d{1,3}[:.h]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?", re.IGNORECASE
)
_AGO_WORD = re.compile(r"\b(?:ago|vor|il y a|hace|fa|há|geleden|sedan|siden|назад|temu)\b|前|전", re.IGNORECASE)
_ZONE_NAME = re.compile(
    r"\b(?:[A-Z]{2,4}T|GMT|UTC|ET|MSK|МСК|WIB)(?:[+-]\d{1,2}(?::?\d{2})?)?\b|(?<!\w)[+-]\d{2}:?\d{2}\b"
)
BLANK = "\x00"
"""What times become, so that offsets stay."""


@cache
def label_pattern() -> re.Pattern[str]:
    """Return the pattern of words that tell what a time is, with a group ``published`` or ``updated``."""
    updated, published = pattern_of("bylines.tsv", "updated"), pattern_of("bylines.tsv", "published")
    return re.compile(
        rf"(?<![^\W\d_])(?:(?P<updated>{updated})|(?P<published>{published}))(?![a-zà-ÿа-я])", re.IGNORECASE
    )


@cache
def _words() -> frozenset[str]:
    """Return the words that may stand beside the times of a date line."""
    table = phrases("bylines.tsv", "published", "updated", "beside")
    return frozenset(word.lower() for words in table for word in _WORD.findall(words)) | day_names()


@cache
def _eastern_words() -> re.Pattern[str]:
    """Return the pattern of the same in scripts without blanks."""
    table = phrases("bylines.tsv", "published", "updated", "beside")
    known = sorted((words for words in table if EASTERN.match(words)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)))


@cache
def _spans_of_time() -> re.Pattern[str]:
    """Return the pattern of times ago and reading times: a number, and what it counts."""
    units, reading = pattern_of("bylines.tsv", "unit"), pattern_of("bylines.tsv", "reading")
    return re.compile(
        rf"(?:\b(?:\d+|an?|one|two|few)[\s-]+(?:(?P<reading>{reading})|(?P<unit>{units}))\b(?:\s+ago\b)?)"
        rf"|\d+\s?(?:分|時間|小时|小時|分钟|分鐘|天|日|시간|분|일)\s?[前전]",
        re.IGNORECASE,
    )


class _Times:
    """A line whose times are blanked, with what was found."""

    def __init__(self, text: str) -> None:
        self.has_stamp = self.has_ago = False
        self.start, self.end = len(text), 0
        self.text = text
        if not _DIGIT.search(text) and not _AGO_WORD.search(text):
            return
        for match in find_stamps(text):
            self.has_stamp = True
            self._blank(stamp_start(match), match.end())
        for match in _spans_of_time().finditer(self.text):
            is_ago = bool(_AGO_WORD.search(text) or label_pattern().search(text))
            is_reading = bool(match["reading"])
            self.has_ago |= is_ago and not is_reading
            if is_ago or is_reading or self.has_stamp:
                self._blank(*match.span(), counts=not is_reading)
        for pattern in (_CLOCK, _ZONE_NAME) if self.has_stamp or self.has_ago else ():
            for match in pattern.finditer(self.text):
                self._blank(*match.span())

    def _blank(self, start: int, end: int, *, counts: bool = True) -> None:
        self.text = self.text[:start] + BLANK * (end - start) + self.text[end:]
        if counts:
            self.start, self.end = min(self.start, start), max(self.end, end)


def blank_times(text: str) -> _Times:
    """Return a line with the times in it blanked; offsets stay."""
    return _Times(text)


def is_beside(words: str) -> bool:
    """Tell whether words are none but those that stand beside the times of a date line."""
    if EASTERN.search(words):
        words = _eastern_words().sub(" ", words)
    return all(word.lower() in _words() or (word.isdigit() and len(word) < 2) for word in _WORD.findall(words))


@lru_cache(maxsize=256)
def is_date_line(text: str) -> bool:
    """Tell whether a line holds times of publication and nothing but labels and marks beside them.

    >>> is_date_line("Published : 4 Jun 2019 06:37 PM | Updated : 7 Sep 2020"), is_date_line("He left on 14 June 2019")
    (True, False)
    """
    if len(text) > MAX_LENGTH or text[-1:] == ":" or not _DIGIT.search(text):
        return False
    if text.count(" ") > MAX_BLANKS:
        return False
    times = blank_times(text)
    if not times.has_stamp and not times.has_ago:
        return False
    return is_beside(times.text) and len(_WORD.findall(times.text)) < 12


def find_date_lines(view: View) -> Iterator[Proposal]:
    r"""Propose to take date lines at the top or the end out of the body.

    Left alone: dates in the middle of a text, and lines with any other word in them.

    >>> [p.fields[0] for p in find_date_lines(View("Title\n\nUpdated 7 September 2020\n\nText."))]
    [FieldSpan(name='dateline', span=Span(start=7, end=31))]
    """
    if not view.is_pasted or len(view.lines) < 2:
        return
    for i in _ends(view):
        line = view.lines[i]
        is_short = line.text_end - line.text_start <= MAX_LENGTH and line.end - line.start <= MAX_LENGTH * 2
        if is_short and is_date_line(view.of(i)):
            reason, fields = "date line; kept as a field", (FieldSpan("dateline", line.span),)
            rule = "datelines.line"
            yield Proposal(*line.span, "", "dateline", rule, reason, 0.97, None, fields, is_block=True)


def _ends(view: View) -> Iterator[int]:
    """Yield the lines at the top, down to where the article has begun, and those at the end."""
    count, prose = len(view.lines), 0
    for i in range(min(HEAD_LINES, count)):
        yield i
        prose += view.lines[i].text_end - view.lines[i].text_start
        if prose > MAX_PROSE:
            break
    yield from range(max(HEAD_LINES, count - HEAD_LINES // 3), count)
