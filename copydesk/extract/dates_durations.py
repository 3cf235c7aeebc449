"""Rules for durations, sets and vague references: "the past 20 years", "every Monday", "at present", "recently"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from copydesk.extract.dates_calendar import shift
from copydesk.extract.dates_grammar import AMOUNT, APPROX, Hit, Rules, Timex, rule
from copydesk.extract.dates_words import DAY_PARTS, MONTHS, SEASONS, UNIT_LETTERS, WEEKDAYS, unit_of
from copydesk.facts import DateType

_CLOCK_UNITS = frozenset({"second", "minute", "hour"})
_YEARS_OF: Mapping[str, int] = {"decade": 10, "century": 100, "millennium": 1000}
_LAST = frozenset({"last", "past", "previous", "preceding", "prior"})
_NEXT = frozenset({"next", "coming", "upcoming", "following"})
_EVERY: Mapping[str, str] = {
    "daily": "XXXX-XX-XX",
    "nightly": "XXXX-XX-XXTNI",
    "weekly": "XXXX-WXX",
    "biweekly": "P2W",
    "fortnightly": "P2W",
    "monthly": "XXXX-XX",
    "quarterly": "XXXX-QX",
    "yearly": "XXXX",
    "annually": "XXXX",
    "hourly": "PT1H",
}
_VAGUE = frozenset({"few", "several", "many", "numerous"})
_UNCOUNTED = _VAGUE | {"dozens", "hundreds", "thousands"}
_BEFORE_UNITS = frozenset("for in within after over take took last lasted many".split())
_BEFORE_PERIOD = frozenset(
    """for in within after over during than least nearly almost only by last lasted take takes took taken spend spent
    half barely just another""".split()
)


def duration_value(count: float | None, unit: str, *, has_half: bool = False) -> str:
    """Return the TIMEX3 value of a length of time; ``X`` where the count is not known.

    >>> duration_value(10, "year"), duration_value(90, "minute"), duration_value(None, "week")
    ('P10Y', 'PT90M', 'PXW')
    >>> duration_value(2.5, "year"), duration_value(2, "decade")
    ('P2Y6M', 'P20Y')
    """
    if count is not None and unit in _YEARS_OF:
        count, unit = count * _YEARS_OF[unit], "year"
    head, letter = ("PT" if unit in _CLOCK_UNITS else "P"), UNIT_LETTERS[unit]
    if count is None:
        return f"{head}X{letter}"
    if unit == "fortnight":
        count, letter = count * 2, "W"
    count += 0.5 if has_half else 0.0
    whole, rest = int(count), count - int(count)
    lower = {"year": "6M", "minute": "30S", "hour": "30M"}.get(unit)
    if rest == 0.5 and lower and whole:
        return f"{head}{whole}{letter}{lower}"
    return f"{head}{count:g}{letter}" if count < 1e6 else f"{head}X{letter}"


def _count(hit: Hit) -> float | None:
    words = hit.words("count")
    if "couple" in words:
        return 2.0
    return None if set(words) & _VAGUE or words[-1:] == ["of"] else hit.number("count")


def _amount(hit: Hit) -> Timex | None:
    """Resolve "three weeks", "five-year", "2 1/2 hours"; an age is no time."""
    unit = unit_of(hit.word("unit"))
    if unit not in UNIT_LETTERS or hit.word("unit") == "quarter" or (unit == "quarter" and hit.after() == "of"):
        return None
    if "old" in {hit.after(), hit.after(2)}:
        return None
    is_plural, count = hit.word("unit") != unit, _count(hit)
    is_joined = "-" in hit.passage.text[hit.start : hit.end]
    is_fraction = unit == "quarter" and is_joined and is_plural  # three-quarters
    if is_fraction or hit.before() == "every" or (count is None and not set(hit.words("count")) & _UNCOUNTED):
        return None
    if not is_plural and count not in {1.0, None} and not is_joined and hit.after() in {",", ".", ""}:
        return None
    if hit.has("low") and (hit.number("low") or 0) > (count or 0):
        return None
    skip = int(hit.words()[0] == "the" and (is_joined or not is_plural))
    return Timex(DateType.DURATION, duration_value(count, unit), skip=skip)


def _one(hit: Hit) -> Timex | None:
    """Resolve "a week", "another year", "a minute and a half"; "$5 a year" is a rate and no time."""
    unit = hit.word("unit")
    if unit not in UNIT_LETTERS or unit in {"quarter", "weekend"}:
        return None
    is_led = hit.before() in _BEFORE_PERIOD or hit.words()[0] not in {"a", "an"} or hit.has("half")
    return Timex(DateType.DURATION, duration_value(1, unit, has_half=hit.has("half"))) if is_led else None


def _span(hit: Hit) -> Timex | None:
    """Resolve "the past 20 years", "the next few weeks", "the first nine months"."""
    unit, count = unit_of(hit.word("unit") or hit.word("bare")), _count(hit) if hit.has("count") else None
    if unit not in UNIT_LETTERS:
        return None
    which = set(hit.words("rel"))
    if hit.has("bare") and which & (_LAST | _NEXT):
        return _reference("PAST_REF" if which & _LAST else "FUTURE_REF")
    days = _days(hit.story.published, which, count, unit)
    anchor = "published" if hit.story.published and which & (_LAST | _NEXT) else None
    return Timex(DateType.DURATION, duration_value(count, unit), anchor, days)


def _days(
    published: date | None, which: set[str], count: float | None, unit: str
) -> tuple[date | None, date | None] | None:
    if published is None or count is None or unit in _CLOCK_UNITS:
        return None
    if which & _LAST:
        return shift(published, -round(count), unit), published
    return (published, shift(published, round(count), unit)) if which & _NEXT else None


def _bare_units(hit: Hit) -> Timex | None:
    """Resolve "for years", "in weeks"."""
    unit = unit_of(hit.word("unit"))
    if hit.before() not in _BEFORE_UNITS or unit in {"quarter", "second"}:
        return None
    return Timex(DateType.DURATION, duration_value(None, unit))


def _period(hit: Hit) -> Timex | None:
    """Resolve "the year ended March 31", "the six months"."""
    unit = hit.word("unit")
    if hit.after() not in {"ended", "ending", "ends"} or unit == "quarter":
        return None
    return Timex(DateType.DURATION, duration_value(1, unit))


def _every(hit: Hit) -> Timex | None:
    """Resolve "every Monday", "each year", "every two weeks", "every summer"."""
    part = f"T{DAY_PARTS[hit.word('part')]}" if hit.has("part") else ""
    if hit.has("weekday"):
        return Timex(DateType.SET, f"XXXX-WXX-{WEEKDAYS[hit.word('weekday').removesuffix('s')]}{part}")
    if hit.has("month"):
        return Timex(DateType.SET, f"XXXX-{MONTHS[hit.word('month')]:02}")
    if hit.has("season"):
        return Timex(DateType.SET, f"XXXX-{SEASONS[hit.word('season')]}")
    if part:
        return Timex(DateType.SET, f"XXXX-XX-XX{part}")
    unit, count = unit_of(hit.word("unit")), hit.number("count") if hit.has("count") else 1.0
    if unit not in UNIT_LETTERS:
        return None
    return Timex(DateType.SET, duration_value(2.0 if "other" in hit.words() else count, unit))


def _weekdays(hit: Hit) -> Timex | None:
    """Resolve "Mondays", "Tuesday nights"."""
    day = WEEKDAYS[(hit.word("weekday") or hit.word("day")).removesuffix("s")]
    parts = {"nights": "TNI", "mornings": "TMO", "afternoons": "TAF", "evenings": "TEV"}
    return Timex(DateType.SET, f"XXXX-WXX-{day}{parts.get(hit.word('part'), '')}")


def _daily(hit: Hit) -> Timex | None:
    """Resolve "daily" as an adverb; before a noun, after a figure or in a name it is none."""
    starts_name = hit.passage.tokens[hit.match.start()].text[0].isupper()
    figure = any(hit.before(step)[:1].isdigit() for step in (1, 2, 3))
    if starts_name or figure or hit.after()[:1].isalpha() or hit.word("word") not in _EVERY:
        return None
    return Timex(DateType.SET, _EVERY[hit.word("word")])


def _reference(value: str) -> Timex:
    return Timex(DateType.DATE, value, "published")


def _present(hit: Hit) -> Timex | None:
    if hit.words()[-1] == "now" and hit.after() == "that":
        return None
    return _reference("PRESENT_REF")


def _past(_hit: Hit) -> Timex | None:
    return _reference("PAST_REF")


def _recent_units(hit: Hit) -> Timex | None:
    word, unit = hit.word("word"), hit.word("units")
    if unit == unit_of(unit):
        return None
    if word in {"these", "those"}:
        return _reference("PRESENT_REF") if unit == "days" else None
    return _reference("PAST_REF" if word == "recent" else "FUTURE_REF")


def _future(hit: Hit) -> Timex | None:
    is_contract = hit.after() in {"contract", "contracts", "price", "prices"} or hit.before() in {
        "as",
        "too",
        "so",
        "how",
    }
    return None if is_contract else _reference("FUTURE_REF")


RULES: Rules = (
    rule(
        "span",
        f"""(?:{APPROX}{{the}}?|{{the}})?(?P<rel>{{last|past|next|coming|previous|following|first|final}})(?:{AMOUNT}|(?P<bare>{{units}}))
        (?:{{or}}{{so}})?""",
        _span,
    ),
    rule("amount", f"{APPROX}?{{the}}?{AMOUNT}(?:{{or}}{{so}})?", _amount),
    rule("one", f"{APPROX}?{{a|another}}{{full}}?(?P<unit>{{unit}})(?:{{and}}{{a}}(?P<half>{{half}}))?", _one),
    rule("bare_units", "(?P<unit>{units})", _bare_units),
    rule("period", "{the}{fiscal}?(?P<unit>{unit})", _period),
    rule(
        "every",
        """{every}(?:(?P<weekday>{weekday|weekdays})|(?P<month>{any_month})|(?P<season>{any_season})|(?P<part>{day_part})
        |(?:{other}|(?P<count>{day|number|spelled}|{few}))?(?P<unit>{any_unit}))""",
        _every,
    ),
    rule("weekdays", "(?P<weekday>{weekdays})|(?P<day>{weekday})(?P<part>{day_parts})", _weekdays),
    rule("daily", "(?P<word>{daily})", _daily),
    rule("present", "{right}?{now}|{currently}|{at}{present}|{at}{the}{moment}|{at}{this}{time}", _present),
    rule(
        "past",
        "{more}?{recently}|{the}{past}(?!{no_class}|{number_word}|{digits}|{any_unit}|{few}|{several}|{couple})",
        _past,
    ),
    rule(
        "recent_units",
        "{the}?(?P<word>{recent|coming|these|future})(?P<units>{any_unit})(?:{and}{units})?",
        _recent_units,
    ),
    rule("future", "{soon}(?!{after|before})|{the}{near}?{future}(?!{of})|{the}{near}{hyphen}?{term}", _future),
)
