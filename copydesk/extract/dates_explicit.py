"""Rules for days, months, years and clock times that are named: "9 Mar 2021", "October 2015", "the 1990s"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from copydesk.extract.dates_calendar import is_day, precision_of
from copydesk.extract.dates_grammar import CLOCK, LEAD, REL, REL_YEAR, WEEKDAY, Hit, Rules, Timex, rule
from copydesk.extract.dates_words import DECADES, MONTHS
from copydesk.extract.number_words import ORDINALS, TENS, UNITS
from copydesk.facts import DateType

_DAY_MONTH = "{the}?(?P<day>{day}){ending}?{of}?{hyphen}?(?P<month>{any_month}){dot}?{hyphen}?{comma}?(?P<year>{year})"
_DAY_MONTH_ONLY = "{the}?(?P<day>{day}){ending}?{of}?{hyphen}?(?P<month>{any_month})"
_MONTH_DAY = """(?P<month>{any_month}){dot}?{the}?(?P<day>{day}){ending}?(?!{colon}{digits}|{am})
    (?:{comma}?(?P<year>{year}))?(?:{comma}?REL_YEAR)?""".replace("REL_YEAR", REL_YEAR)
_AT_CLOCK = f"(?:{{comma}}?(?:{{at}}|{{hyphen}})?{CLOCK})?"
_BEFORE_CLOCK = f"{CLOCK}{{comma}}?{{on}}?"
_OF_YEAR = f"(?:{{of|comma}}?(?P<year>{{year}})|{REL_YEAR})"

_NEAR_FUTURE = timedelta(days=75)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?::(?P<second>\d\d))?\s*(?P<half>[ap])?", re.IGNORECASE
)
_NOON = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}
_FULL_MONTHS = frozenset(name for name in MONTHS if len(name) > 4) | {"may", "june", "july"}
_PERSON_NAMES = frozenset({"april", "june", "may", "august", "jan"})
_BEFORE_TIME = frozenset(
    """in of since by from until till to through during before after between and or for last next this early late mid
    around about every each fiscal over than throughout beginning end start middle - – — ( at on the with as""".split()
)
_BEFORE_YEAR = _BEFORE_TIME - {"to", "than", "over", "about", "or", "at", "on", "with", "around", "and", "for"}
_YEARS_ALONE = range(1500, 2101)
_OLD_YEAR = 1800
_NUMBERED = frozenset({"$", "£", "€", "#", "no", "number", "page", "nos", ":"})
_NOT_AFTER_YEAR = frozenset(
    """people men women children troops soldiers percent per % dollars euros pounds miles km kilometers kilometres
    meters metres feet tons tonnes kg hours years days jobs words copies employees workers members times votes year
    points °""".split()
)


def clock_value(text: str) -> str | None:
    """Return the TIMEX3 time of a clock time as written, in wall clock hours; None when there is no such time.

    >>> clock_value("07:05 PM"), clock_value("5 a.m. GMT"), clock_value("noon"), clock_value("25:00")
    ('T19:05', 'T05:00', 'T12:00', None)
    """
    word = text.lower().split()[0]
    if word in _NOON:
        return _NOON[word]
    found = _CLOCK.match(text)
    hour = int(found["hour"]) if found else UNITS.get(word, 99)
    minute = found["minute"] if found and found["minute"] else "00"
    half = found["half"] if found else None
    if half:
        hour = hour % 12 + (12 if half in "pP" else 0) if hour <= 12 else 99
    if hour > 24 or int(minute) > 59:
        return None
    second = f":{found['second']}" if found and found["second"] else ""
    return f"T{hour:02}:{minute}{second}"


def _year_near(hit: Hit, month: int, day: int = 15) -> int | None:
    """Return the year that a month or a day of no stated year lies in, from publication and the tense."""
    published = hit.story.published
    if published is None:
        return None
    this = date(published.year, month, min(day, 28))
    nearest = min(
        (published.year + step for step in (-1, 0, 1)), key=lambda year: abs(this.replace(year=year) - published)
    )
    if hit.is_future():
        return published.year + (this < published - _NEAR_FUTURE)
    if this.replace(year=nearest) > published + _NEAR_FUTURE:
        return nearest - 1
    return nearest


def _stated_year(hit: Hit) -> int | None:
    if hit.has("year"):
        return int(hit.word("year"))
    if not hit.has("rel_year") or hit.word("year_unit") != "year" or hit.story.published is None:
        return None
    step = {"last": -1, "next": 1, "the previous": -1, "the following": 1}.get(hit.word("rel_year"), 0)
    return hit.story.published.year + step


def _named_day(hit: Hit) -> Timex | None:
    """Resolve a month with a day, and perhaps a year and a clock time."""
    month = int(hit.word("month")) if hit.word("month").isdigit() else MONTHS[hit.word("month")]
    day = ORDINALS[hit.word("nth")] if hit.has("nth") else int(hit.word("day"))
    stated = _stated_year(hit)
    year = stated if stated is not None else _year_near(hit, month, day)
    if not is_day(year or 2000, month, day):
        return None
    anchor = None if hit.has("year") or year is None else "published"
    value = f"{year:04}-{month:02}-{day:02}" if year is not None else f"XXXX-{month:02}-{day:02}"
    if not hit.has("clock"):
        return Timex(DateType.DATE, value, anchor)
    clock = clock_value(hit.text_of("clock"))
    return Timex(DateType.TIME, value + clock, anchor) if clock else None


def _slashes(hit: Hit) -> Timex | None:
    """Resolve 5/17/2018; the first number is the month where it can be (as in the United States)."""
    one, two, year = int(hit.word("one")), int(hit.word("two")), int(hit.word("year"))
    if len(hit.word("year")) not in {2, 4}:
        return None
    year = year if year > 99 else year + (2000 if year < 50 else 1900)
    month, day = (one, two) if one <= 12 else (two, one)
    return Timex(DateType.DATE, f"{year:04}-{month:02}-{day:02}") if is_day(year, month, day) else None


def _day_range(hit: Hit) -> Timex | None:
    month, first, last = MONTHS[hit.word("month")], int(hit.word("day")), int(hit.word("day2"))
    year = _stated_year(hit) or _year_near(hit, month, first)
    if first >= last or not is_day(year or 2000, month, last):
        return None
    anchor = None if hit.has("year") or year is None else "published"
    head = f"{year:04}-{month:02}" if year else f"XXXX-{month:02}"
    days = (date(year, month, first), date(year, month, last)) if year else None
    return Timex(DateType.DATE, f"{head}-{first:02}/{head}-{last:02}", anchor, days)


def _clock(hit: Hit) -> Timex | None:
    clock = clock_value(hit.text_of("clock"))
    words = hit.words("clock")
    if clock is None or (len(words) > 1 and words[-1] in {"a", "p"}):
        return None
    is_score = ":" in words and len(words) == 3 and hit.before() in {"won", "by", "lost", "beat", "score"}
    if is_score or (":" in words and len(words) == 3 and len(words[2]) != 2):
        return None
    last = (hit.story.last or "").partition("T")[0]
    day = last if precision_of(last) == "day" else None
    published = hit.story.published.isoformat() if hit.story.published else "XXXX-XX-XX"
    return Timex(DateType.TIME, (day or published) + clock, day or "published")


def _month(hit: Hit) -> Timex | None:
    """Resolve a month that stands alone: "in October", "last May", "early September"."""
    name, rel = hit.word("month"), hit.words("rel")[-1:] or [""]
    if not _is_month(hit, name):
        return None
    month, trim = MONTHS[name], int(hit.words()[-1] == "." and name in _FULL_MONTHS)
    published = hit.story.published
    if published is None:
        return Timex(DateType.DATE, f"XXXX-{month:02}", trim=trim)
    year = _year_near(hit, month) or published.year
    if rel[0] in {"last", "past"}:
        year = published.year - (month >= published.month)
    elif rel[0] in {"next", "coming"}:
        year = published.year + (month <= published.month)
    elif rel[0] == "this":
        year = published.year
    elif not hit.is_future() and (year, month) > (published.year, published.month):
        year -= 1
    return Timex(DateType.DATE, f"{year:04}-{month:02}", "published", trim=trim)


def _is_month(hit: Hit, name: str) -> bool:
    """Tell whether a word is a month here: not the verb, nor a person called April or June."""
    if hit.has("rel") or hit.has("lead"):
        return True
    token = hit.passage.tokens[hit.match.start("month")]
    after = hit.match.end("month")
    following = next(iter(hit.passage.tokens[after : after + 1]), None)
    is_led = hit.before() in _BEFORE_TIME
    if token.text.islower():
        return is_led and name != "may"
    if following and following.text[0].isupper() and name in _PERSON_NAMES:
        return False
    if name in _PERSON_NAMES | {"march", "mar", "sep", "dec", "nov"}:
        return is_led
    return True


def _month_year(hit: Hit) -> Timex | None:
    month, year = MONTHS[hit.word("month")], _stated_year(hit)
    value = f"{year:04}-{month:02}" if year else f"XXXX-{month:02}"
    return Timex(DateType.DATE, value, None if hit.has("year") else "published")


def _year(hit: Hit) -> Timex | None:
    """Resolve a year that stands alone; four digits that count or number something are none."""
    value = hit.word("year")
    if int(value) not in _YEARS_ALONE or hit.before() in _NUMBERED or _is_after_digits(hit):
        return None
    return Timex(DateType.DATE, value) if hit.has("lead") or _stands_as_year(hit, int(value)) else None


def _is_after_digits(hit: Hit) -> bool:
    """Tell whether the digits go on a number or a code: "555-2018"."""
    if len(hit.before(2)) == 4 and hit.before(2).isdecimal() and int(hit.before(2)) in _YEARS_ALONE:
        return False
    before = hit.passage.text[max(0, hit.start - 2) : hit.start]
    return before[-1:] in set("-–/.:") and before[:1].isdigit()


def _stands_as_year(hit: Hit, year: int) -> bool:
    before, after = hit.before(), hit.after()
    is_lower = hit.passage.text[hit.end + 1 : hit.end + 2].islower()
    if year < _OLD_YEAR and is_lower and after not in _BEFORE_TIME:
        return False
    if before in _BEFORE_YEAR and (before == "in" or after not in _NOT_AFTER_YEAR):
        return True
    is_plural = after.endswith("s") and after not in {"s", "was", "is", "has", "as", "does"}
    if is_lower and (after in _NOT_AFTER_YEAR or is_plural):
        return False
    return year >= _OLD_YEAR or before in _BEFORE_TIME


def _years(hit: Hit) -> Timex | None:
    """Resolve "2018-19"; the years of "2008-2012" are two dates."""
    first, second = hit.word("year"), hit.word("year2")
    last = int(first[:2] + second) if len(second) == 2 else 0
    if not int(first) < last < int(first) + 200 or int(first) not in _YEARS_ALONE:
        return None
    return Timex(DateType.DATE, f"{first}/{last:04}", None, (date(int(first), 1, 1), date(last, 12, 31)))


def _spoken_year(hit: Hit) -> Timex | None:
    """Resolve "nineteen ninety-six" and "the year two thousand"."""
    words = [word for word in hit.words("count") if word not in {"-", "‑"}]
    if hit.has("unit"):
        number = hit.number("count")
        return Timex(DateType.DATE, f"{int(number):04}") if number and int(number) in _YEARS_ALONE else None
    if words[0] not in {"eighteen", "nineteen"} or words[1] not in TENS or len(words) > 3:
        return None
    unit = UNITS.get(words[2], 0) if len(words) == 3 else 0
    return Timex(DateType.DATE, f"{UNITS[words[0]]}{TENS[words[1]] // 10}{unit}") if unit < 10 else None


def _decade(hit: Hit) -> Timex | None:
    if hit.has("year"):
        year = hit.word("year")
        is_adjacent = hit.passage.text[hit.end - 2] in "0'’"
        return Timex(DateType.DATE, year[:3]) if year.endswith("0") and is_adjacent else None
    if hit.has("short"):
        short = hit.word("short")
        return Timex(DateType.DATE, f"19{short[0]}") if len(short) == 2 and short[1] == "0" else None
    is_age = hit.before() in {"his", "her", "their", "my", "our"}
    return None if is_age or hit.words()[0] != "the" else Timex(DateType.DATE, f"19{DECADES[hit.word('word')]}")


def _century(hit: Hit) -> Timex | None:
    if hit.word("unit") != "century":
        return None
    number = int(hit.word("count")) if hit.has("count") else ORDINALS.get(hit.word("nth"), 0)
    return Timex(DateType.DATE, f"{number - 1:02}") if 1 < number <= 22 else None


def _quarter_code(hit: Hit) -> Timex | None:
    """Resolve "Q3 2018" and "H1"."""
    year = hit.word("year")
    number = int(hit.word("number")) if hit.word("number").isdigit() else 0
    if not 1 <= number <= (4 if hit.word("code") == "q" else 2):
        return None
    if not year and hit.story.published is None:
        return Timex(DateType.DATE, f"XXXX-{hit.word('code').upper()}{number}")
    year = year or str(hit.story.published.year if hit.story.published else "")
    return Timex(DateType.DATE, f"{year}-{hit.word('code').upper()}{number}", None if hit.has("year") else "published")


RULES: Rules = (
    rule(
        "iso_day",
        f"(?P<year>{{year}}){{hyphen}}(?P<month>{{day}}){{hyphen}}(?P<day>{{day}})(?:{{t}}?{CLOCK}{{t}}?)?",
        _named_day,
    ),
    rule("slashes", "(?P<one>{day}){slash}(?P<two>{day}){slash}(?P<year>{digits})", _slashes),
    rule("day_month_year", f"{WEEKDAY}?{_DAY_MONTH}{_AT_CLOCK}", _named_day),
    rule("day_month", f"{WEEKDAY}?{_DAY_MONTH_ONLY}{_AT_CLOCK}", _named_day),
    rule("month_day", f"{LEAD}?{WEEKDAY}?{_MONTH_DAY}{_AT_CLOCK}", _named_day),
    rule(
        "month_nth",
        f"{WEEKDAY}?(?P<month>{{any_month}}){{the}}?(?P<nth>{{nth}})(?:{{comma}}?(?P<year>{{year}}))?",
        _named_day,
    ),
    rule("clock_day_month", f"{_BEFORE_CLOCK}{WEEKDAY}?{_DAY_MONTH}", _named_day),
    rule("clock_month_day", f"{_BEFORE_CLOCK}{WEEKDAY}?{_MONTH_DAY}", _named_day),
    rule(
        "day_range",
        """(?P<day>{day}){ending}?{hyphen|to|and}(?P<day2>{day}){ending}?{of}?(?P<month>{any_month})
        (?:{dot}?{comma}?(?P<year>{year}))?""",
        _day_range,
    ),
    rule(
        "range_day",
        """(?P<month>{any_month}){dot}?(?P<day>{day}){ending}?{hyphen|to}(?P<day2>{day}){ending}?(?:{comma}?(?P<year>{year}))?""",
        _day_range,
    ),
    rule("clock", f"{{about}}?{CLOCK}", _clock),
    rule("month_year", f"{LEAD}?(?P<month>{{any_month}}){{dot}}?{_OF_YEAR}", _month_year),
    rule("month", f"{LEAD}?(?:(?P<rel>{REL})|(?P<lead>{LEAD}))?(?P<month>{{any_month}}){{dot}}?", _month),
    rule("year_span", "(?P<year>{year}){hyphen|slash}(?P<year2>{digits})", _years),
    rule("spoken_year", "(?:{the}(?P<unit>{unit}))?(?P<count>{spelled}(?:{hyphen}?{spelled}){1,3})", _spoken_year),
    rule(
        "decade",
        """{the}?(?:(?:{early}|{beginning|end}{of}{the}?|{second|last|first}{half}{of}{the}){hyphen}?)?
        (?:(?P<year>{year}){apostrophe}?{s}|{apostrophe}?(?P<short>{digits}){s}|(?P<word>{decade_word}))""",
        _decade,
    ),
    rule(
        "century",
        "{the}?(?:{early}{hyphen}?)?(?:(?P<count>{digits}){ending}|(?P<nth>{nth})){hyphen}?(?P<unit>{unit})",
        _century,
    ),
    rule("year", f"(?P<lead>{LEAD}{{fiscal}}?|{{fiscal}}|{{the}}{{unit}})?(?P<year>{{year}})", _year),
    rule("quarter_code", "(?P<code>{quarter_letter})(?P<number>{day}){hyphen}?(?P<year>{year})?", _quarter_code),
)
