"""Which dates of its sentence a figure is about, and which one it is compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from copydesk.document import Span
from copydesk.extract.dates_calendar import precision_of
from copydesk.extract.words import MAX_SENTENCE
from copydesk.facts import Date, DateType

_TO_BASELINE = re.compile(
    r"\b(?:than|compared\s+(?:with|to)|(?:up|down)\s+from|from|against|versus|vs\.?|(?:up|down)\s+on"
    r"|(?:as\s+(?:many|much|high|low|large|big)\s+)as|(?:below|above)\s+(?:the\s+|its\s+)?(?:level|rate|figure|total|average|peak|value|number)s?\s+(?:of|in)"
    r"|(?:increase|decrease|rise|fall|drop|gain|decline)\s+(?:on|over|from))"
    r"\s+(?P<rest>(?:[^,;:()]|,(?=\d)|,\s+or\s[^,;]{1,40}\s(?:a|per)\s(?:share|unit),?){0,60})$",
    re.IGNORECASE,
)
"""Words before a date, or before a figure with its date, that make it the one compared with."""
_LINK = re.compile(
    r"(?:(?:in|during|(?:it|they)\s+(?:was|were|had\s+been)(?:\s+in)?|that\s+of|those\s+of|the\s+\w+\s+of|the\s+\w+\s+in|at|was\s+in|for"
    r"|about|some|nearly|just)\s*)*",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|says|told|announced|wrote|added|confirmed|warned|published|released)\s+(?:\w+\s+){0,4}$")
"""Words before a date on which something was said: no period of what is said."""
_SPAN = re.compile(r"\s+(?:and|to|until)\s+")
_OPENS_SPAN = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|today|currently|still)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[;:]|\b(?:where|whose|whereas)\b")
_YEAR_BACK = re.compile(r"\ba?\s*year[\s-](?:earlier|ago|before)\b|\bthe\s+year\s+before\b", re.IGNORECASE)
_PAST_LENGTH = re.compile(r"\b(?:past|last|previous|next|coming)\b", re.IGNORECASE)
_LENGTH_BEFORE = re.compile(r"\b(?:in|over|within|during|over\s+the\s+course\s+of)\s+$", re.IGNORECASE)
_ANOTHER = re.compile(r",\s+an?\s+(?:[\w-]+\s+)?(?:increase|decrease|rise|fall|drop|gain|jump|decline)\b")
"""What is said of another figure, behind a comma: ``, a threefold increase since``."""

_SAME = re.compile(r",\s+or\s+$")
_A_SHARE = re.compile(r"\s+(?:a|per|an?\s+\w+)\s+(?:share|unit)\b")
_AGAIN = re.compile(r",\s+or\s+[^,;]{1,40}\s(?:a|per)\s+(?:share|unit)(?:,(?=\s))?")
"""The same figure for each share: ``$10.1 million, or 49 cents a share,``."""
_FROM = re.compile(r"\bfrom\s+(?:\w+\s+)?$", re.IGNORECASE)
_FINER = frozenset({"month", "quarter", "half", "season", "day"})


class Periods(NamedTuple):
    """TIMEX3 values: what a figure is about, and what it is compared with."""

    period: str | None = None
    baseline: str | None = None


class _When(NamedTuple):
    """A date of the sentence, or two that are one span of time."""

    start: int
    end: int
    value: str
    is_year_back: bool


def periods_of(text: str, sentence: Span, dates: Sequence[Date], figures: Sequence[Span]) -> Mapping[Span, Periods]:
    """Return the periods of the figures of a sentence; ``dates`` are its dates, both in text order.

    A date belongs to the figure before it, one that opens the sentence to those after it. What "than", "from" or
    "compared with" brings, a date or a figure with its date, is what another figure is compared with.
    """
    if not figures or sentence.end - sentence.start > MAX_SENTENCE:
        return {}
    figures = [f for f in figures if not _is_same(text, f)] or figures
    own: dict[Span, str] = {}
    baseline: dict[Span, str] = {}
    backs: set[Span] = set()
    plain: list[_When] = []
    for when in _whens(text, sentence, dates):
        host = next((f for f in reversed(figures) if f.end <= when.start), None)
        compared = _compared(text, sentence, when, host)
        if compared is None:
            plain.append(when)
            if host is not None:
                own.setdefault(host, when.value)
            continue
        target = _other(figures, compared) if compared in figures else host or figures[0]
        if compared in figures:
            own.setdefault(compared, when.value)
        if target is not None and target not in baseline:
            baseline[target] = when.value
            if when.is_year_back:
                backs |= {target, compared}
    found: dict[Span, Periods] = {}
    for figure in figures:
        period = own.get(figure) or _inherited(text, figure, plain, figures)
        found[figure] = Periods(period, baseline.get(figure))
    return _refined(found, backs)


def _is_same(text: str, figure: Span) -> bool:
    """Tell whether a figure only says the one before it again, for each share."""
    return bool(_SAME.search(text, max(0, figure.start - 6), figure.start) and _A_SHARE.match(text, figure.end))


def _whens(text: str, sentence: Span, dates: Sequence[Date]) -> list[_When]:
    whens: list[_When] = []
    for date in dates:
        start, end = date.place.start, date.place.end
        words = text[start:end]
        if (
            date.type is DateType.SET
            or date.value.endswith("_REF")
            or _SAID.search(text, max(sentence.start, start - 60), start)
        ):
            continue
        is_length = date.type is DateType.DURATION
        if is_length and not (_PAST_LENGTH.search(words) or _LENGTH_BEFORE.search(text, sentence.start, start)):
            continue
        value = date.value.partition("T")[0] if date.type is DateType.TIME else date.value
        last = whens[-1] if whens else None
        is_joined = last is not None and not is_length and _SPAN.fullmatch(text, last.end, start)
        if last and is_joined and _OPENS_SPAN.search(text, sentence.start, last.start):
            whens[-1] = _When(last.start, end, f"{last.value}/{value}", is_year_back=False)
            continue
        whens.append(_When(start, end, value, _YEAR_BACK.search(words) is not None))
    return whens


def _compared(text: str, sentence: Span, when: _When, host: Span | None) -> Span | None:
    """Return the words that are compared with when a date is: a figure that it belongs to, else the date alone."""
    found = _TO_BASELINE.search(text, max(sentence.start, when.start - 120), when.start)
    if found is None:
        return None
    rest = Span(found.start("rest"), when.start)
    if host is not None and rest.start <= host.start:
        between = _AGAIN.sub("", text[host.end : when.start])
        is_its_own = len(between.split()) <= 5 and "," not in between and _LINK.fullmatch(text, rest.start, host.start)
        return host if is_its_own else None
    return Span(when.start, when.end) if _LINK.fullmatch(text, rest.start, rest.end) else None


def _other(figures: Sequence[Span], compared: Span) -> Span | None:
    """Return the figure that is compared with another one: the one before it, else the one after."""
    at = figures.index(compared)
    if at:
        return figures[at - 1]
    return figures[1] if len(figures) > 1 else None


def _inherited(text: str, figure: Span, plain: Sequence[_When], figures: Sequence[Span]) -> str | None:
    """Return the value of the nearest date that no word keeps from a figure without one of its own."""
    before = [w for w in plain if w.end <= figure.start]
    if before:
        between = text[before[-1].end : figure.start]
        if not _NOW.search(between) and not _ELSEWHERE.search(between):
            return before[-1].value
        return None
    if _FROM.search(text, max(0, figure.start - 30), figure.start):
        return None
    after = next((w for w in plain if w.start >= figure.end), None)
    if after is None or any(p.search(text, figure.end, after.start) for p in (_ELSEWHERE, _ANOTHER)):
        return None
    between_figures = [f for f in figures if figure.end <= f.start < after.start]
    joined = len(between_figures) == 1 and re.match(r"\s+to\s", text[figure.end : figure.end + 4])
    return after.value if joined or not between_figures else None


def _refined(found: Mapping[Span, Periods], backs: set[Span]) -> Mapping[Span, Periods]:
    """Return the same with "a year earlier" as fine as the period that it is counted from."""
    fine = next(
        (
            p.period
            for f, p in found.items()
            if p.period and f in backs and p.baseline and precision_of(p.period) in _FINER
        ),
        None,
    )
    if fine is None:
        return found
    back = f"{int(fine[:4]) - 1}{fine[4:]}"
    year = back[:4]
    return {
        f: Periods(
            back if f in backs and p.period == year else p.period,
            back if f in backs and p.baseline == year else p.baseline,
        )
        for f, p in found.items()
    }
