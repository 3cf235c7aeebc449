"""Rules for dates that are counted from another day: "yesterday", "last Tuesday", "the previous year", "two weeks ago".

Most count from the day of publication. In a narrative ("the previous year", "a year earlier", "three months later") the
date that came before in the text is the anchor, where there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from copydesk.extract.dates_calendar import SEASON_MONTHS, bounds_of, precision_of, season_at, shift, value_at
from copydesk.extract.dates_durations import duration_value
from copydesk.extract.dates_explicit import clock_value
from copydesk.extract.dates_grammar import AMOUNT, APPROX, CLOCK, LEAD, REL, REL_YEAR, Hit, Rules, Timex, rule
from copydesk.extract.dates_words import DAY_PARTS, SEASONS, UNIT_LETTERS, WEEKDAYS, unit_of
from copydesk.extract.number_words import ORDINALS
from copydesk.facts import DateType

_DAY_NAMES: Mapping[str, int] = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_NAMELESS: Mapping[str, str] = {
    "today": "PRESENT_REF",
    "tonight": "PRESENT_REF",
    "yesterday": "PAST_REF",
    "tomorrow": "FUTURE_REF",
}
_BACK = frozenset({"last", "past", "previous", "preceding", "prior"})
_ON = frozenset({"next", "coming", "upcoming", "following"})
_NARRATIVE = frozenset({"previous", "preceding", "prior", "following", "same", "that", "corresponding", "comparable"})
_BLANK: Mapping[str, str] = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
}
_BEFORE_SEASON = frozenset({"in", "during", "since", "until", "by", "and", "or", "of", "every"})
_COUNTED = frozenset({"day", "week", "fortnight", "weekend", "month", "quarter", "half", "year", "decade", "century"})
_NEAR = 300
"""How many tokens a quarter is remembered for: a report on earnings names its quarter once."""

_WEEKDAY = "(?P<weekday>{weekday})(?:{dot}(?={comma|day}))?"
_PART = "(?P<part>{day_part})"
_DAY_REF = f"(?:(?P<rel>{REL})?{_WEEKDAY}{_PART}?|(?P<name>{{day_name}})(?P<name_part>{{day_part}})?)"
_OF_YEAR = f"(?:{{of|in}}?{{the}}?{{fiscal}}?(?P<year>{{year}})|{{of}}?{REL_YEAR})"


def _weekday(hit: Hit, published: date) -> date:
    """Return the day that a weekday means: the nearest one on the side that the words and the tense point to."""
    gap = (WEEKDAYS[hit.word("weekday")] - published.isoweekday()) % 7
    words = set(hit.words("rel"))
    if words & (_NARRATIVE - {"same"}) and hit.story.last and (days := bounds_of(hit.story.last)):
        published = days[0]
        gap = (WEEKDAYS[hit.word("weekday")] - published.isoweekday()) % 7
    if words & _BACK:
        return published + timedelta(days=gap - 7)
    if words & _ON:
        return published + timedelta(days=gap or 7)
    if "this" in words or hit.is_future():
        return published + timedelta(days=gap)
    return published + timedelta(days=gap - 7 if gap else 0)


def _day_ref(hit: Hit) -> Timex | None:
    """Resolve a weekday or a day's name, with its part of the day or a clock time."""
    part = hit.word("part") or hit.word("name_part") or ("night" if hit.word("name") == "tonight" else "")
    suffix = f"T{DAY_PARTS[part]}" if part else ""
    if hit.has("clock"):
        clock = clock_value(hit.text_of("clock"))
        if clock is None:
            return None
        suffix = clock
    kind, published = DateType.TIME if suffix else DateType.DATE, hit.story.published
    if published is None:
        blank = f"XXXX-WXX-{WEEKDAYS[hit.word('weekday')]}" if hit.has("weekday") else "XXXX-XX-XX"
        return Timex(kind, blank + suffix if suffix or hit.has("weekday") else _NAMELESS[hit.word("name")])
    day = _weekday(hit, published) if hit.has("weekday") else shift(published, _DAY_NAMES[hit.word("name")], "day")
    return Timex(kind, f"{day}{suffix}", "published")


def _day_part(hit: Hit) -> Timex | None:
    """Resolve "this morning", "last night", "overnight"."""
    part, words = hit.word("part") or "night", hit.words("rel")
    if hit.story.published is None:
        return Timex(DateType.TIME, f"XXXX-XX-XXT{DAY_PARTS[part]}")
    back = 1 if set(words) & _BACK or not words else 0
    day = shift(hit.story.published, -back, "day")
    return Timex(DateType.TIME, f"{day}T{DAY_PARTS[part]}", "published")


def _anchor(hit: Hit, *, is_narrative: bool) -> tuple[date, str] | None:
    """Return the day to count from, and its name: the date before in the text for a narrative, else publication."""
    if is_narrative and hit.story.last and (days := bounds_of(hit.story.last)):
        return days[0], hit.story.last
    return (hit.story.published, "published") if hit.story.published else None


def _unit(hit: Hit) -> Timex | None:
    """Resolve "last year", "this week", "the previous month", "the current fiscal year"."""
    unit, words = unit_of(hit.word("unit")), set(hit.words("rel"))
    if unit not in _COUNTED or _is_title(hit) or (unit == "day" and not words & (_NARRATIVE | {"next"})):
        return None
    step = -1 if words & _BACK else 1 if words & _ON else 0
    if words & {"that", "same"} and precision_of(hit.story.last or "") != unit:
        return None
    found = _anchor(hit, is_narrative=bool(words & _NARRATIVE) or (unit == "day" and "next" in words))
    if found is None:
        return Timex(DateType.DATE, _BLANK.get(unit, "XXXX"))
    day, anchor = found
    if unit == "quarter" and step == 0 and (words & {"latest"}):
        return _latest_quarter(hit)
    moved = shift(day, step, unit)
    clock = clock_value(hit.text_of("clock")) if hit.has("clock") else ""
    if moved is None or clock is None:
        return None
    return Timex(DateType.TIME if clock else DateType.DATE, value_at(moved, unit) + clock, anchor)


def _is_title(hit: Hit) -> bool:
    """Tell whether the words are a name: a programme called "This Week"."""
    tokens = hit.passage.tokens[hit.match.start() : hit.match.end()]
    first = hit.passage.sentence_at(tokens[0].start).start == tokens[0].start
    return len(tokens) > 1 and not first and all(token.text[0].isupper() for token in tokens)


def _latest_quarter(hit: Hit) -> Timex:
    """Resolve "the quarter" to the one that the text is about, else to the last one that ended before publication."""
    if hit.story.last_quarter:
        return Timex(DateType.DATE, hit.story.last_quarter, hit.story.last_quarter)
    if hit.story.published is None:
        return Timex(DateType.DATE, _BLANK["quarter"])
    day = shift(hit.story.published, -1, "quarter") or hit.story.published
    return Timex(DateType.DATE, value_at(day, "quarter"), "published")


def _season(hit: Hit) -> Timex | None:
    word, words = hit.word("season"), set(hit.words("rel"))
    if hit.words() == ["the", word] and word in {"spring", "fall"} and hit.before() not in _BEFORE_SEASON:
        return None  # a well, or a fall
    is_led = len(hit.words()) > 1 or (word not in {"spring", "fall"} and hit.before() in _BEFORE_SEASON)
    if not is_led or (hit.after() == "of" and word in {"spring", "fall"}):
        return None
    season, published = SEASONS[word], hit.story.published
    if hit.has("year"):
        return Timex(DateType.DATE, f"{hit.word('year')}-{season}")
    if published is None:
        return Timex(DateType.DATE, f"XXXX-{season}")
    year = published.year + {"last": -1, "next": 1}.get((hit.words("rel_year") or [""])[0], 0)
    begun = date(year, SEASON_MONTHS[season], 1)
    if words & _BACK and (begun > published or season_at(published) == season):
        year -= 1
    if words & _ON and begun <= published:
        year += 1
    return Timex(DateType.DATE, f"{year}-{season}", "published")


def _quarter(hit: Hit) -> Timex | None:
    """Resolve "the third quarter", "fourth-quarter", "the first half of 2018", "last year's third quarter"."""
    unit, nth = hit.word("quarter"), hit.word("nth")
    letter, count = ("H", 2) if unit == "half" else ("Q", 4)
    number = count if nth == "last" else ORDINALS.get(nth, 0)
    if unit not in {"quarter", "half"} or not 1 <= number <= count or (unit == "half" and not _names_year(hit)):
        return None
    published = hit.story.published
    if hit.has("year") or hit.has("before_year"):
        return Timex(DateType.DATE, f"{hit.word('year') or hit.word('before_year')}-{letter}{number}")
    if published is None:
        return Timex(DateType.DATE, f"XXXX-{letter}{number}")
    rel = (hit.words("rel_year") or hit.words("owner") or [""])[0]
    year = published.year + {"last": -1, "next": 1}.get(rel, 0)
    begun = date(year, (number - 1) * 12 // count + 1, 1)
    if not rel and begun > published and not hit.is_future():
        year -= (begun - published).days > 92
    return Timex(DateType.DATE, f"{year - hit.has('back')}-{letter}{number}", "published", skip=_skip_the(hit))


def _skip_the(hit: Hit) -> int:
    """Return 1 for the article before an adjective: "the third-quarter results"."""
    return int(hit.words()[0] == "the" and hit.words()[-2:-1] in (["-"], ["‑"]))


def _names_year(hit: Hit) -> bool:
    return any(hit.has(group) for group in ("year", "before_year", "rel_year", "owner"))


def _the_period(hit: Hit) -> Timex | None:
    """Resolve "the quarter", "the latest period", "the 1988 quarter"."""
    what, year = hit.word("what"), hit.word("year")
    quarter = hit.story.last_quarter
    if year:
        value = f"{year}{quarter[4:]}" if quarter and what in {"quarter", "period"} else year
        return Timex(DateType.DATE, value, quarter)
    if hit.has("back"):
        return _back_by_year(hit)
    if what == "quarter":
        return _latest_quarter(hit)
    if what == "period":
        return Timex(DateType.DATE, quarter, quarter) if quarter and "latest" in hit.words() else None
    return _the_unit(hit, what)


def _the_unit(hit: Hit, unit: str) -> Timex | None:
    """Resolve "the week", "the full year" to the ones of publication."""
    is_whole = unit in {"week", "month", "weekend"} or (unit == "year" and "full" in hit.words())
    if not is_whole or hit.after() in {"of", "before", "after", "-"}:
        return None
    found = _anchor(hit, is_narrative=False)
    if found is None:
        return Timex(DateType.DATE, _BLANK.get(unit, "XXXX"))
    is_over = unit == "weekend" and found[0].isoweekday() < _SATURDAY and not hit.is_future()
    day = shift(found[0], -1, "week") if is_over else found[0]
    return Timex(DateType.DATE, value_at(day or found[0], unit), "published")


def _back_by_year(hit: Hit) -> Timex | None:
    """Resolve "a year earlier", "the year-ago period": the period that the text is about, a year before."""
    quarter, story = hit.story.last_quarter, hit.story
    if quarter and hit.match.start() - story.quarter_end < _NEAR:
        return Timex(DateType.DATE, f"{int(quarter[:4]) - 1}{quarter[4:]}", quarter, is_aside=True)
    is_ago = "ago" in hit.words()
    found = _anchor(hit, is_narrative=not is_ago)
    if found is None:
        return Timex(DateType.DATE, "XXXX")
    return Timex(DateType.DATE, f"{found[0].year - 1:04}", found[1], is_aside=True)


def _year_ago(hit: Hit) -> Timex | None:
    return _back_by_year(hit) if "year" in {hit.word("unit"), hit.word("unit2")} else None


_SATURDAY = 6
_ENDS = frozenset({",", ".", ";", ":", ")", "", "and", "but", "when", "in"})
_SIGNS: Mapping[str, int] = {"ago": -1, "earlier": -1, "before": -1, "later": 1, "after": 1}


def _ago(hit: Hit) -> Timex | None:
    """Resolve "two weeks ago", "three months later", "a year earlier"."""
    word, unit = hit.word("word"), unit_of(hit.word("unit") or hit.word("one_unit"))
    if hit.has("one_unit") and unit == "year" and word in {"ago", "earlier", "before"}:
        return _back_by_year(hit)
    count = 1.0 if hit.has("one_unit") else hit.number("count")
    if "few" in hit.words() or "several" in hit.words():
        count = None
    if word in {"before", "after"} and hit.after() not in _ENDS:
        return None
    if (unit in UNIT_LETTERS and unit not in _COUNTED) or (count is None and unit in _COUNTED and word != "ago"):
        return Timex(DateType.DURATION, duration_value(count, unit), trim=1)
    if count is None or unit not in _COUNTED:
        return Timex(DateType.DATE, "PAST_REF" if _SIGNS[word] < 0 else "FUTURE_REF")
    found = _anchor(hit, is_narrative=word != "ago")
    moved = shift(found[0], _SIGNS[word] * round(count), unit) if found else None
    if moved is None or found is None:
        return Timex(DateType.DATE, "PAST_REF" if _SIGNS[word] < 0 else "FUTURE_REF") if found is None else None
    fine = "day" if unit in {"weekend", "fortnight"} or (unit == "week" and count <= 2) else unit
    return Timex(DateType.DATE, value_at(moved, "year" if unit in {"decade", "century"} else fine), found[1])


def _the_unit_before(hit: Hit) -> Timex | None:
    """Resolve "the year before", "the day after"."""
    unit = hit.word("unit")
    found = _anchor(hit, is_narrative=True)
    if unit not in _COUNTED or found is None or hit.after() not in _ENDS:
        return None
    moved = shift(found[0], _SIGNS[hit.word("word")], unit)
    return Timex(DateType.DATE, value_at(moved, unit), found[1]) if moved else None


def _edge(hit: Hit) -> Timex | None:
    """Resolve "the end of the year", "the beginning of this week"; the end of a month or year is its last day."""
    unit, story = hit.word("unit"), hit.story
    if unit not in {"year", "month", "week", "quarter", "decade", "century"}:
        return None
    if story.published is None:
        return Timex(DateType.DATE, _BLANK.get(unit, "XXXX"))
    step = {"last": -1, "next": 1}.get(hit.word("which"), 0)
    day = shift(story.published, step, unit)
    if day is None:
        return None
    value = value_at(day, unit)
    if "end" in hit.words() and unit in {"month", "year"} and (days := bounds_of(value)):
        value = days[1].isoformat()
    return Timex(DateType.DATE, value, "published")


RULES: Rules = (
    rule("clock_day", f"{{about}}?{CLOCK}{{comma}}?{{on}}?{_DAY_REF}", _day_ref),
    rule("day_clock", f"{_DAY_REF}{{comma}}?{{at}}?{CLOCK}", _day_ref),
    rule("day_ref", f"{LEAD}?{_DAY_REF}", _day_ref),
    rule("day_part", f"{LEAD}?(?P<rel>{{this|last}}){_PART}", _day_part),
    rule("overnight", "{overnight}", _day_part),
    rule("unit", f"{LEAD}?(?P<rel>{REL}|{{that}}){{fiscal}}?(?P<unit>{{unit}})(?!{{ago|earlier}})", _unit),
    rule(
        "clock_unit",
        f"{CLOCK}{{comma}}?{{on}}?(?P<rel>{{the}}?{{next|following|previous|same}})(?P<unit>{{unit}})",
        _unit,
    ),
    rule("season", f"{LEAD}?(?:(?P<rel>{REL})|{{the}})?{{early}}?(?P<season>{{any_season}}){_OF_YEAR}?", _season),
    rule(
        "quarter",
        f"""{LEAD}?(?:{{the}}|{REL}|(?P<owner>{{last|this|next}}{{unit}}){{apostrophe}}{{s}})?{{same}}?{{fiscal}}?{{hyphen}}?
        (?:(?P<before_year>{{year}})|(?P<back>{{unit}}{{hyphen}}{{ago|earlier}}))?{{fiscal}}?{{hyphen}}?
        (?P<nth>{{nth}}|{{last}}){{hyphen}}?(?P<quarter>{{unit|half}}){_OF_YEAR}?""",
        _quarter,
    ),
    rule(
        "the_period",
        """{the}(?:(?P<year>{year})|{latest|current|same|full}|{fiscal})?(?P<what>{unit|period})
        (?P<back>{a}{unit}{ago|earlier}|{last}{unit})?""",
        _the_period,
    ),
    rule(
        "year_ago",
        "(?:{the}?{same}?(?P<unit>{unit}){hyphen}{ago|earlier}{unit|period}|(?P<unit2>{unit}){hyphen}{ago|earlier})",
        _year_ago,
    ),
    rule(
        "ago",
        f"{APPROX}?(?:{AMOUNT}|{{a}}(?P<one_unit>{{unit}})|{{units}})(?:{{or}}{{so}})?(?P<word>{{ago|earlier|later|before|after}})",
        _ago,
    ),
    rule("unit_before", "{the}(?P<unit>{unit})(?P<word>{before|after})", _the_unit_before),
    rule("edge", "{the}?{beginning|end}{of}(?:{the}|(?P<which>{this|last|next})){fiscal}?(?P<unit>{unit})", _edge),
    rule("year_end", "{about}?(?P<unit>{unit})(?:{apostrophe}{s}|{hyphen})?{end}", _edge),
)
