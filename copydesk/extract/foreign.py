"""Dates and figures in languages other than English: what is written outright, and today, yesterday.

A day and a month without a year are of the year that brings them nearest to publication. Left alone are relative
expressions, numbers in words, and bare numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from copydesk.article import FieldName
from copydesk.document import Span
from copydesk.extract.dates import find_dates
from copydesk.extract.dates_calendar import bounds_of, is_day, precision_of
from copydesk.extract.found import Found
from copydesk.extract.languages import languages
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.facts import Date, DateRole, DateType, Quantity, QuantityKind

_SIGNS: Mapping[str, str] = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "R$": "BRL"}
_NUMBER = r"(?<![\w.,])\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d{1,4})?(?!\d)|(?<![\w.,])\d{1,15}(?:[.,]\d{1,4})?(?!\d)"
_GROUPED = re.compile(r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+")
_YEARS = range(1500, 2101)


class _Grammar(NamedTuple):
    dates: re.Pattern[str]
    figures: re.Pattern[str]
    months: Mapping[str, int]
    days: Mapping[str, int]
    scales: Mapping[str, float]
    currencies: Mapping[str, str]


def has_rules(language: str | None) -> bool:
    """Tell whether the dates and figures of a language are read here."""
    return language is not None and "months" in languages().get(language, {})


@cache
def _grammar(language: str) -> _Grammar:
    entry: Mapping[str, Any] = languages()[language]
    months = {name: at for at, names in enumerate(entry["months"], 1) for name in names.split()}
    month, days = _any(months), _any(entry["days"])
    year = r"(?P<{}>(?:1[5-9]|20)\d\d)\b"
    dates = re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:\.|º|ª|er|°)?\s+(?:de\s+|d['’])?(?P<month>{month})\b\.?"
        rf"(?:\s+(?:de[l]?\s+)?{year.format('year')})?"
        rf"|\b(?P<month2>{month})\b\.?\s+(?:de[l]?\s+)?{year.format('year2')}"
        r"|(?<![\d.])(?P<d3>\d{1,2})(?P<sep>[./-])(?P<m3>\d{1,2})(?P=sep)(?P<y3>(?:1[5-9]|20)\d\d)\b"
        r"|\b(?P<iso>(?:1[5-9]|20)\d\d-\d\d-\d\d)\b"
        rf"|\b(?P<name>{days})\b"
        rf"|\b(?:{_any(entry['before_year'].split())})\s+(?:de\s+|del\s+)?(?P<year4>(?:1[5-9]|20)\d\d)\b(?![.,]\d|\s*[%€$])",
        re.IGNORECASE,
    )
    scales, currencies = _any(entry["scales"]), _any(entry["currencies"])
    figures = re.compile(
        rf"(?P<sign>R\$|US\$|[€$£¥])?\s?(?P<number>{_NUMBER})"
        rf"(?:[\s\u00a0]+(?P<scale>{scales})\b\.?)?"
        rf"(?:[\s\u00a0\u202f]*(?P<percent>%|{entry['percent']}\b)"
        rf"|[\s\u00a0\u202f]*(?P<after>[€$£¥])|[\s\u00a0]+(?:de\s+|d['’])?(?P<currency>{currencies})\b)?",
        re.IGNORECASE,
    )
    return _Grammar(dates, figures, months, entry["days"], entry["scales"], entry["currencies"])


def _any(words: Mapping[str, object] | list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda w: (-len(w), w)))


def find_foreign_dates(reading: Reading, found: Found) -> Iterator[Date]:
    """Yield the dates of a text in a language whose rules are known.

    >>> from copydesk.article import FieldName
    >>> text = "Am 3. März 2021 und im Jahr 2019 sank der Pegel."
    >>> reading = Reading([ReadingPassage(FieldName.BODY, 0, text)], None, "de")
    >>> [d.value for d in find_foreign_dates(reading, Found())]
    ['2021-03-03', '2019']
    """
    datelines = [p for p in reading.passages if p.field is FieldName.DATELINE]
    yield from find_dates(replace(reading, passages=datelines), found)  # their words are often English, or digits
    grammar = _grammar(reading.language or "")
    published = reading.published.date() if reading.published else None
    for passage in reading.passages:
        if passage in datelines:
            continue
        for match in grammar.dates.finditer(passage.text):
            named = next(g for g in ("day", "month2", "d3", "iso", "name", "year4") if match[g])
            value, anchor = _READERS[named](match, grammar, published)
            if value is None:
                continue
            span = Span(*match.span("year4")) if match["year4"] else Span(*match.span())
            start, end = bounds_of(value) or (None, None)
            yield Date(
                place=passage.place(*span),
                sentence=passage.sentence_at(span.start),
                rule=f"foreign.{'day' if named in ('day', 'd3', 'iso') else named.rstrip('24')}",
                confidence=0.8,
                type=DateType.DATE,
                value=value,
                start_date=start,
                end_date=end,
                precision=precision_of(value),
                anchor=anchor,
                role=DateRole.EVENT,
            )


_Read = tuple[str | None, str | None]


def _day(match: re.Match[str], grammar: _Grammar, published: date | None) -> _Read:
    day, month = int(match["day"]), grammar.months[match["month"].lower()]
    if match["year"]:
        return _checked(int(match["year"]), month, day), None
    if not is_day(2000, month, day):
        return None, None
    if published is None:
        return f"XXXX-{month:02}-{day:02}", None
    years = (year for year in (published.year - 1, published.year, published.year + 1) if is_day(year, month, day))
    year = min(years, key=lambda y: abs(date(y, month, day) - published), default=published.year)
    return _checked(year, month, day), "published"


def _checked(year: int, month: int, day: int) -> str | None:
    return f"{year:04}-{month:02}-{day:02}" if is_day(year, month, day) else None


def _month(match: re.Match[str], grammar: _Grammar, _: date | None) -> _Read:
    return f"{match['year2']}-{grammar.months[match['month2'].lower()]:02}", None


def _digits(match: re.Match[str], _: _Grammar, __: date | None) -> _Read:
    return _checked(int(match["y3"]), int(match["m3"]), int(match["d3"])), None


def _iso(match: re.Match[str], _: _Grammar, __: date | None) -> _Read:
    year, month, day = map(int, match["iso"].split("-"))
    return _checked(year, month, day), None


def _named(match: re.Match[str], grammar: _Grammar, published: date | None) -> _Read:
    if published is None:
        return None, None
    return (published + timedelta(days=grammar.days[match["name"].lower()])).isoformat(), "published"


def _year(match: re.Match[str], _: _Grammar, __: date | None) -> _Read:
    return match["year4"] if int(match["year4"]) in _YEARS else None, None


_READERS = {"day": _day, "month2": _month, "d3": _digits, "iso": _iso, "name": _named, "year4": _year}


def find_foreign_quantities(reading: Reading, found: Found) -> Iterator[Quantity]:
    """Yield the percentages, sums and large numbers of a text in a language whose rules are known.

    >>> from copydesk.article import FieldName
    >>> text = "Les ventes ont augmenté de 3,5 % à 1,2 milliard d’euros."
    >>> reading = Reading([ReadingPassage(FieldName.BODY, 0, text)], None, "fr")
    >>> [(q.value, q.unit) for q in find_foreign_quantities(reading, Found())]
    [(3.5, 'percent'), (1200000000.0, 'EUR')]
    """
    grammar = _grammar(reading.language or "")
    for passage in reading.passages:
        dates = {
            at
            for d in found.dates
            if d.place[:2] == (passage.field, passage.ordinal)
            for at in range(d.place.start, d.place.end)
        }
        for match in grammar.figures.finditer(passage.text):
            if match.start("number") not in dates and (figure := _figure(passage, match, grammar)):
                yield figure


def _figure(passage: ReadingPassage, match: re.Match[str], grammar: _Grammar) -> Quantity | None:
    value = _number(match["number"])
    scale = " ".join(match["scale"].lower().split()) if match["scale"] else ""
    value *= grammar.scales.get(scale, 1)
    money = match["sign"] or match["after"] or match["currency"]
    if match["percent"]:
        kind, unit = QuantityKind.PERCENT, "percent"
    elif money:
        name = " ".join(money.lower().split())
        unit = grammar.currencies.get(name) or _SIGNS.get(money.upper().removeprefix("US"), "USD")
        kind = QuantityKind.MONEY
    elif scale:
        kind, unit = QuantityKind.NUMBER, "count"
    else:
        return None
    start = match.start("sign") if match["sign"] else match.start("number")
    return Quantity(
        place=passage.place(start, match.end()),
        sentence=passage.sentence_at(start),
        rule=f"foreign.{kind.value}",
        confidence=0.8,
        kind=kind,
        value=value,
        unit=unit,
    )


def _number(written: str) -> float:
    """Return a number with a decimal comma, its thousands set apart by points or blanks; 3.5 has a decimal point.

    >>> _number("1.234.567,5"), _number("12 000"), _number("3.5"), _number("0,25")
    (1234567.5, 12000.0, 3.5, 0.25)
    """
    whole, _, rest = written.partition(",")
    if _GROUPED.fullmatch(whole):
        whole = re.sub(r"\D", "", whole)
    return float(f"{whole}.{rest}") if rest else float(whole)
