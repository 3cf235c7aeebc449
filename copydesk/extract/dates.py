"""Dates, times, durations and sets in an article's texts, as TIMEX3 (ISO 24617-1) values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from copydesk.article import FieldName
from copydesk.document import Span
from copydesk.extract import dates_durations, dates_explicit, dates_relative
from copydesk.extract.dates_calendar import bounds_of, precision_of
from copydesk.extract.dates_grammar import Hit, Rule, Story, Timex
from copydesk.extract.dates_words import CODES, compile_grammar, encode
from copydesk.extract.found import Found
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.facts import Date, DateRole, DateType

RULES: Sequence[Rule] = (*dates_explicit.RULES, *dates_relative.RULES, *dates_durations.RULES)

_RUN = re.compile(f"[^{CODES['no_class']}]+")
_TRIGGER = compile_grammar(
    """{any_month|weekday|weekdays|year|unit|units|day_name|day_part|decade_word|any_season|daily|now|currently|current
    |present|moment|recently|recent|past|soon|future|term|overnight|noon|am|m|oclock|s|quarter_letter|half|time|colon|slash
    |number_word|scale_word}"""
)
_UPDATED = re.compile(r"\b(?:updated?|modified|revised|changed|edited|corrected)\b[^|;\n]*$", re.IGNORECASE)
_FIGURE = re.compile(r"%|\bper\s?cent\b|[$£€¥]\s?\d|\b(?:million|billion|trillion)\b", re.IGNORECASE)
_FIGURE_WORDS = frozenset("% per cent percent $ £ € ¥ million billion trillion".split())
_COMPARED = re.compile(
    r"\b(?:than|from|versus|against|compared\s+(?:with|to)|over|(?:above|below)(?:\s+\w+)?)\s+(?:[\w$£€%.,'’-]+\s+){0,8}$",
    re.IGNORECASE,
)
_REACH = 300
"""How many characters around a date are read for the figure that it belongs to."""

_BASELINE_WORDS = re.compile(r"\b(?:previous|preceding|prior|earlier|before|ago|same|corresponding)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:than|higher|lower|more|less|fewer|rose|rise|risen|fell|fallen|up|down|increased?|decreased?|declined?|dropped|grew|grown"
    r"|jumped|climbed|gained|slipped|compared|versus)\b",
    re.IGNORECASE,
)


class _Candidate(NamedTuple):
    start: int
    end: int
    rank: int
    match: re.Match[str]


def find_dates(reading: Reading, found: Found) -> Iterator[Date]:
    """Yield the time expressions of every passage, in text order.

    Relative expressions count from ``reading.published``; without it they keep what they say of themselves: a weekday
    is ``XXXX-WXX-2``, a day without a year ``XXXX-05-29``, "this year" ``XXXX``, "yesterday" ``PAST_REF``. A clock time
    is a wall clock time: a zone that is written stands in the span and is not reckoned with. In the date line the dates
    have the role ``published`` or ``updated``, by the label before them.

    Leaves alone: "may" as a verb, months as names of persons, four digits that count something.

    >>> from datetime import datetime
    >>> passage = ReadingPassage(FieldName.BODY, 0, "Sales rose 4 per cent in 2018  from 3 per cent a year earlier.")
    >>> [(d.value, d.role.value, d.anchor) for d in find_dates(Reading([passage], datetime(2020, 1, 2)), Found())]
    [('2018', 'measure_period', None), ('2017', 'baseline_period', '2018')]
    """
    del found  # dates come first: they build on nothing
    for passage in reading.passages:
        story = Story(reading.published.date() if reading.published else None)
        yield from _dates_of(passage, story)


def _dates_of(passage: ReadingPassage, story: Story) -> Iterator[Date]:
    low = passage.tokens.lowers
    taken = 0
    for candidate in _candidates(encode(passage.tokens)):
        if candidate.start < taken:
            continue
        rule = RULES[candidate.rank]
        timex = rule.resolve(Hit(candidate.match, passage, story, low))
        if timex is None:
            continue
        taken = candidate.end
        first, last = candidate.start + timex.skip, candidate.end - timex.trim
        story.add(timex, taken)
        span = Span(passage.tokens[first].start, passage.tokens[last - 1].end)
        yield _date(passage, span, timex, rule.name, is_published=story.published is not None)


def _candidates(code: str) -> list[_Candidate]:
    """Return all matches of all rules: by place, the longest first, then in the order of the rules."""
    candidates: list[_Candidate] = []
    for run in _RUN.finditer(code):
        for rank in _ranks(run.group()):
            matches = RULES[rank].pattern.finditer(code, run.start(), run.end())
            candidates += [_Candidate(m.start(), m.end(), rank, m) for m in matches if m.end() > m.start()]
    return sorted(candidates, key=lambda c: (c.start, -c.end, c.rank))


@lru_cache(maxsize=1 << 14)
def _ranks(run: str) -> Sequence[int]:
    """Return the rules that match in a run of classes: most runs ("in the", "of 2018") come again and again."""
    if not _TRIGGER.search(run):
        return ()
    return tuple(rank for rank, rule in enumerate(RULES) if rule.pattern.search(run))


def _date(passage: ReadingPassage, span: Span, timex: Timex, name: str, *, is_published: bool) -> Date:
    start, end = timex.days or bounds_of(timex.value) or (None, None)
    sentence = passage.sentence_at(span.start)
    return Date(
        place=passage.place(span.start, span.end),
        sentence=sentence,
        rule=f"dates.{name}",
        confidence=0.9 if timex.anchor else 1.0,
        type=timex.type,
        value=timex.value,
        start_date=start,
        end_date=end,
        precision=precision_of(timex.value.partition("/")[0]),
        anchor=None if timex.anchor == "published" and not is_published else timex.anchor,
        role=_role(passage, span, sentence, timex),
    )


def _role(passage: ReadingPassage, span: Span, sentence: Span, timex: Timex) -> DateRole:
    if passage.field is FieldName.DATELINE and timex.type in {DateType.DATE, DateType.TIME}:
        label = passage.text[: span.start]
        return DateRole.UPDATED if _UPDATED.search(label) else DateRole.PUBLISHED
    if timex.value == "PRESENT_REF":
        return DateRole.PRESENT
    if timex.value.endswith("_REF"):
        return DateRole.VAGUE
    if timex.type in {DateType.DURATION, DateType.SET}:
        return DateRole.PERIOD
    if _FIGURE_WORDS.isdisjoint(passage.tokens.vocabulary):
        return DateRole.EVENT
    near = Span(max(sentence.start, span.start - _REACH), min(sentence.end, span.end + _REACH))
    return _role_of_figure(passage.text, span, near)


def _role_of_figure(text: str, span: Span, sentence: Span) -> DateRole:
    """Tell the period of a figure from the one that it is compared with; a sentence without a figure has neither."""
    whole = text[sentence.start : sentence.end]
    if not _FIGURE.search(whole):
        return DateRole.EVENT
    before = text[sentence.start : span.start]
    if _COMPARES.search(whole) and (
        _BASELINE_WORDS.search(text, span.start, span.end) or _COMPARED.search(before[-80:])
    ):
        return DateRole.BASELINE
    return DateRole.MEASURE_PERIOD
