"""Dates in figures alone (03/04/2024, 23.09.22) as a page's country reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal, get_args
from urllib.parse import urlsplit

from copydesk.readers.metadata_page import Page, addresses

DayOrder = Literal["day first", "month first"]
_MONTH_FIRST = frozenset("us pr gu as mp vi mh ph".split())
"""Countries that write the month first (Unicode CLDR, short date formats of English and Filipino)."""
_EITHER = frozenset(("ca",))
"""Canada writes both."""
_AMERICAN = frozenset(("gov", "mil", "edu", "us"))
_WORLDWIDE = frozenset("io co tv me ai fm ly to cc ws gg im sh so as am eu".split())
"""Domains of countries that sites from anywhere use."""
_LOCALE = re.compile(r"[a-z]{2}[-_](?P<country>[a-z]{2})\b", re.IGNORECASE)
_IN_PATH = re.compile(r"/[a-z]{2}[-_](?P<country>[a-z]{2})(?=/|$)", re.IGNORECASE)
_FIGURES = re.compile(
    r"(?<![\w./-])(?P<a>\d{1,2})(?P<bar>[/.-])[ ]?(?P<b>\d{1,2})(?P=bar)[ ]?(?P<year>\d{4}|\d{2})(?![\w/-]|\.\d|:\d)"
)
OLDEST = 70
"""Of years in two figures the first that belongs to the last century."""


def find_day_order(page: Page) -> DayOrder | None:
    """Return in which order the country of a page writes day and month with strokes between; None when not known.

    The country is that of the page's address (``/en-gb/``, ``.ie``), then of its locale. English without a country
    tells nothing; every other language has the day first.
    """
    country = next(_countries(page), None)
    if country is not None:
        return None if country in _EITHER else "month first" if country in _MONTH_FIRST else "day first"
    language = (page.language or page.meta("og:locale", "content-language") or "en")[:2].lower()
    return None if language == "en" else "day first"


def _countries(page: Page) -> Iterator[str]:
    for address in addresses(page):
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError:
            continue
        within = _IN_PATH.match(parts.path)
        if within:
            yield within["country"].lower()
        domain = host.rsplit(".", 1)[-1]
        if domain in _AMERICAN:
            yield "us"
        elif len(domain) == 2 and domain not in _WORLDWIDE:
            yield domain
    for locale in (page.language, page.meta("og:locale")):
        match = _LOCALE.match(locale) if locale else None
        if match:
            yield match["country"].lower()


def spell_out(text: str, order: DayOrder | None) -> str:
    """Return a text with its dates of two-figure years or of two possible days written in full, where that is possible.

    With full stops between, the day stands first everywhere.

    >>> spell_out("Posted 03/04/2024, 31.10.23 um 12 Uhr", "day first")
    'Posted 2024-04-03, 2023-10-31 um 12 Uhr'
    >>> spell_out("Posted 03/04/2024", None)
    'Posted 03/04/2024'
    """
    return _FIGURES.sub(lambda match: _written(match, order) or match[0], text)


def read_both_ways(text: str) -> frozenset[date]:
    """Return the two days that the first date in a text may be, if it can be read in two ways.

    >>> sorted(day.isoformat() for day in read_both_ways("03/04/2024")), read_both_ways("13/04/2024")
    (['2024-03-04', '2024-04-03'], frozenset())
    """
    match = _FIGURES.search(text)
    if match is None or _written(match, None) or match["bar"] == ".":
        return frozenset()
    days = filter(None, (_written(match, order) for order in get_args(DayOrder)))
    return frozenset(map(date.fromisoformat, days))


def _written(match: re.Match[str], order: DayOrder | None) -> str | None:
    first, second, year = int(match["a"]), int(match["b"]), match["year"]
    is_whole, is_clear = len(year) == 4, match["bar"] == "." or max(first, second) > 12 or first == second
    if (is_whole and is_clear) or (match["bar"] == "-" and not is_whole):
        return None
    if match["bar"] == "." or first > 12 or first == second or (second <= 12 and order == "day first"):
        day, month = first, second
    elif second > 12 or order == "month first":
        day, month = second, first
    else:
        return None
    whole = int(year) if is_whole else int(year) + (1900 if int(year) >= OLDEST else 2000)
    try:
        return date(whole, month, day).isoformat()
    except ValueError:
        return None
