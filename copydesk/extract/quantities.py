"""Figures in an article's texts: percentages and their changes, money, counts, measures, ages, durations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from copydesk.document import Span
from copydesk.extract.found import Found
from copydesk.extract.numerals import Numeral, find_numerals
from copydesk.extract.quantities_context import counted_noun, direction_of, is_no_figure, modifier_before
from copydesk.extract.quantities_measure import follows, measure_of
from copydesk.extract.quantities_periods import periods_of
from copydesk.extract.quantities_units import (
    Measured,
    read_age,
    read_dimension,
    read_duration,
    read_money,
    read_percent,
    read_temperature,
)
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.extract.spans import Spans
from copydesk.facts import Date, DateType, Quantity, QuantityKind

_READERS = (read_money, read_percent, read_age, read_temperature, read_duration, read_dimension)
_VAGUE: Mapping[str, float] = {
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 200.0,
    "thousands": 2e3,
    "tens of thousands": 2e4,
    "hundreds of thousands": 2e5,
    "millions": 2e6,
    "tens of millions": 2e7,
    "hundreds of millions": 2e8,
    "billions": 2e9,
    "tens of billions": 2e10,
    "hundreds of billions": 2e11,
    "trillions": 2e12,
}
"""Plurals of a number are at least two of it."""

_VAGUE_WORDS = frozenset(words.rsplit(maxsplit=1)[-1] for words in _VAGUE)
_VAGUE_COUNT = re.compile(
    rf"(?<![\w-])(?P<number>{'|'.join(sorted(_VAGUE, key=len, reverse=True))})\s+of\s+"
    r"(?P<noun>(?:[a-z-]+\s+)?[a-z-]+s\b|people\b|men\b|women\b|children\b)?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?[-–]\s?|\s+to\s+|\s+or\s+")
_BETWEEN = re.compile(r"\bbetween\s+(?:[$£€]\s?)?$", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+")
_FROM = re.compile(r"\bfrom\s+(?:\w+\s+)?(?:[$£€]\s?)?$", re.IGNORECASE)
_NUMBER_LIKE = re.compile(r"[\d./-]*\d[./+-]$|\d:$")
_LINK = 24
_UNTIMED = frozenset({QuantityKind.DURATION, QuantityKind.AGE, QuantityKind.ORDINAL})
_LENGTHS = frozenset({QuantityKind.DURATION, QuantityKind.AGE})
_LASTING = frozenset({DateType.DURATION, DateType.SET})
_LENGTH = re.compile(r"P(?P<time>T)?[\dX.]*(?P<letter>[A-Z])\w*")
_UNIT_OF: Mapping[str, str] = dict(
    zip("Y M W D N Q TH TM TS".split(), "year month week day night quarter hour minute second".split(), strict=True)
)
"""The unit of a TIMEX3 length by its letters."""
_PLAIN_KINDS = frozenset({QuantityKind.COUNT, QuantityKind.NUMBER})


@dataclass
class _Page:
    """One passage with what is known of it: spans that no figure may touch, and its dates, all in text order."""

    passage: ReadingPassage
    blocked: Sequence[Span]
    dates: Sequence[Date]
    lasting: Spans

    def is_blocked(self, span: Span) -> bool:
        """Tell whether a span touches a date or a name."""
        at = bisect_left(self.blocked, (span.start, span.start))
        return any(self.blocked[i].overlaps(span) for i in range(max(0, at - 1), min(len(self.blocked), at + 1)))

    def as_length(self, figure: Quantity) -> Quantity:
        """Return the number of a length of time as a duration: the 7 of "7 nights", the 30 of "30 to 60 minutes"."""
        start, end = figure.place.start, figure.place.end
        if figure.kind in _LENGTHS or not self.lasting.hold(Span(start, end)):
            return figure
        holder = self.dates[bisect_right(self.dates, start, key=_start_of) - 1]
        found = _LENGTH.fullmatch(holder.value)
        letters = f"{found['time'] or ''}{found['letter']}" if found else ""
        unit = _UNIT_OF.get(letters, "time")
        return replace(figure, kind=QuantityKind.DURATION, unit=unit, rule="quantities.duration", measure=None)

    def dates_of(self, sentence: Span) -> Sequence[Date]:
        """Return the dates of a sentence."""
        first = bisect_left(self.dates, sentence.start, key=_start_of)
        return self.dates[first : bisect_left(self.dates, sentence.end, key=_start_of)]


def _start_of(date: Date) -> int:
    return date.place.start


def find_quantities(reading: Reading, found: Found) -> Iterator[Quantity]:
    """Yield the figures of every passage, in text order; run it after ``find_dates`` and after names are found.

    A percentage that moves is a ``percent_change`` with its direction; the period that it is about and the one that it
    is compared with are the dates of its sentence with those roles. The words that blur a figure belong to its span.

    Leaves alone: numbers within dates (but a duration within one is a figure too) and names, "the two sides" and
    other references back, "one" as a determiner, labels ("Article 5"), scores, clock times, codes.

    >>> from copydesk.article import FieldName
    >>> passage = ReadingPassage(FieldName.BODY, 0, "Exports fell nearly 5 per cent to $2.5 million.")
    >>> [(q.value, q.unit, q.direction) for q in find_quantities(Reading([passage]), Found())]
    [(5.0, 'percent', <Direction.DECREASE: 'decrease'>), (2500000.0, 'USD', None)]
    """
    for passage in reading.passages:
        page = _page_of(passage, found)
        figures = (page.as_length(figure) for figure in (*_vague_counts(page), *_figures(page)))
        quantities = sorted(figures, key=lambda quantity: quantity.place)
        yield from _timed(page, quantities)


def _page_of(passage: ReadingPassage, found: Found) -> _Page:
    def here(facts: Iterable[Date]) -> list[Date]:
        return [f for f in facts if (f.place.field, f.place.ordinal) == (passage.field, passage.ordinal)]

    dates = here(found.dates)
    names = [m.place for m in found.mentions if (m.place.field, m.place.ordinal) == (passage.field, passage.ordinal)]
    blocked = [Span(d.place.start, d.place.end) for d in dates if d.type not in _LASTING]
    lasting = Spans(Span(d.place.start, d.place.end) for d in dates if d.type in _LASTING)
    return _Page(passage, _merged([*blocked, *(Span(n.start, n.end) for n in names)]), dates, lasting)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _vague_counts(page: _Page) -> Iterator[Quantity]:
    text = page.passage.text
    for found in _VAGUE_COUNT.finditer(text) if not _VAGUE_WORDS.isdisjoint(page.passage.tokens.vocabulary) else ():
        noun = found["noun"]
        span = Span(found.start(), found.end() if noun else found.end("number"))
        least = _VAGUE[" ".join(found["number"].lower().split())]
        if not page.is_blocked(span):
            measured = Measured(QuantityKind.VAGUE_COUNT, "count", span.start, span.end, least)
            yield _quantity(page, measured, least=least, measure=noun)


def _figures(page: _Page) -> Iterator[Quantity]:
    text, taken = page.passage.text, 0
    low: Numeral | None = None
    last: Quantity | None = None
    for number in find_numerals(text, page.passage.tokens):
        if number.start < taken:
            continue
        if page.is_blocked(Span(number.start, number.end)):
            low = None
            continue
        measured = _measured(text, number, taken)
        if measured is None and low is None and _opens_range(text, number):
            low = number
            continue
        measured = measured or _count(page, number)
        if measured:
            taken = measured.end
            last = _quantity(page, measured, low=low, last=last)
            yield last
        low = None


def _measured(text: str, number: Numeral, taken: int = 0) -> Measured | None:
    """Return what the number measures; what was taken by the figure before is not its sign."""
    for read in _READERS:
        if (measured := read(text, number)) and measured.start >= taken:
            return measured
    return None


def _is_code(text: str, number: Numeral) -> bool:
    """Tell whether digits belong to an address, a clock time or another code."""
    before, after = text[max(0, number.start - 12) : number.start], text[number.end : number.end + 3]
    if text[number.start] == "." and before[-1:].isdigit():
        return True
    return number.style == "digits" and bool(_NUMBER_LIKE.search(before) or re.match(r"[.:/]\d", after))


def _opens_range(text: str, number: Numeral) -> bool:
    """Tell whether a number is the first of "5 to 10 per cent" or "between 5 and 10": the second one has the unit."""
    before = text[max(0, number.start - _LINK) : number.start]
    is_between = _BETWEEN.search(before) is not None
    link = (_AND if is_between else _RANGE).match(text, number.end)
    if not link or _FROM.search(before) or _is_code(text, number):
        return False
    following = next(find_numerals(text[link.end() : link.end() + _LINK]), None)
    if following is None or following.start or following.value <= number.value:
        return False
    shifted = following._replace(start=link.end(), end=link.end() + following.end)
    return is_between or _measured(text, shifted) is not None


def _count(page: _Page, number: Numeral) -> Measured | None:
    text = page.passage.text
    if is_no_figure(text, number) or _is_code(text, number):
        return None
    if number.style == "ratio":
        return Measured(QuantityKind.RATIO, "ratio", number.start, number.end, number.value)
    sentence = page.passage.sentence_at(number.start)
    noun = counted_noun(text, number.end, sentence.end)
    is_count = noun is not None and number.style != "fraction" and number.value == int(number.value)
    kind = QuantityKind.COUNT if is_count else QuantityKind.NUMBER
    return Measured(kind, "count", number.start, number.end, number.value)


def _quantity(
    page: _Page,
    measured: Measured,
    *,
    low: Numeral | None = None,
    least: float | None = None,
    measure: str | None = None,
    last: Quantity | None = None,
) -> Quantity:
    """Return the fact: with its modifier, direction, measure and periods."""
    text = page.passage.text
    begin = min(low.start, measured.start) if low else measured.start
    sentence = page.passage.sentence_at(begin)
    blur = modifier_before(text, begin)
    if blur and page.is_blocked(Span(blur[0], begin)):
        blur = None
    span = Span(blur[0] if blur else begin, measured.end)
    is_percent = measured.kind in {QuantityKind.PERCENT, QuantityKind.PERCENTAGE_POINTS}
    direction = direction_of(text, Span(begin, measured.end), sentence) if is_percent else None
    before = last.measure if last and last.sentence == sentence and follows(text, last.place.end, span.start) else None
    kind = QuantityKind.PERCENT_CHANGE if direction and measured.kind is QuantityKind.PERCENT else measured.kind
    return Quantity(
        place=page.passage.place(span.start, span.end),
        sentence=sentence,
        rule=f"quantities.{'range' if low else kind.value}",
        confidence=0.9 if kind in _PLAIN_KINDS else 1.0,
        kind=kind,
        value=None if low or least else measured.value,
        unit=measured.unit,
        value_min=low.value if low else least,
        value_max=measured.value if low else None,
        direction=direction,
        modifier=blur[1] if blur else None,
        measure=measure or measure_of(text, measured, span, sentence, before),
    )


def _timed(page: _Page, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the figures with the periods that their sentences give them."""
    for sentence, group in groupby(quantities, key=lambda quantity: quantity.sentence):
        figures = list(group)
        dates = page.dates_of(sentence)
        spans = [Span(q.place.start, q.place.end) for q in figures if q.kind not in _UNTIMED]
        found = periods_of(page.passage.text, sentence, dates, spans) if dates else {}
        for quantity, span in ((q, Span(q.place.start, q.place.end)) for q in figures):
            if quantity.kind is QuantityKind.DURATION:
                yield replace(quantity, period=_holder(dates, span))
            else:
                periods = found.get(span)
                yield replace(quantity, period=periods.period, baseline=periods.baseline) if periods else quantity


def _holder(dates: Sequence[Date], span: Span) -> str | None:
    """Return the value of the duration that a figure stands in: the 15 years of "the past 15 years"."""
    holders = (d for d in dates if d.type is not DateType.DATE)
    return next((d.value for d in holders if d.place.start <= span.start and span.end <= d.place.end), None)
