"""Times as articles state them beside their text: parsed, with nothing made up."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

_NAMES = (
    ("january jan januar januari janvier janv enero ene gennaio gen janeiro stycznia ledna ocak január января січня"),
    (
        "february feb februar februari février févr fevrier febrero febbraio fevereiro fev lutego února şubat "
        "február февраля лютого"
    ),
    "march mar märz maerz mars marts marzo março maart marca března mart maret március марта березня",
    "april apr avril avr abril abr aprile kwietnia dubna nisan április апреля квітня",
    "may mai mayo maggio mag maio maj maja mei května mayıs május мая травня",
    "june jun juni juin junio giugno giu junho czerwca června haziran június июня червня",
    "july jul juli juillet juil julio luglio lug julho lipca července temmuz július июля липня",
    ("august aug août aout agosto ago augusti augustus sierpnia srpna ağustos agustus augusztus августа серпня"),
    ("september sep sept septembre septiembre settembre set setembro września září eylül szeptember сентября вересня"),
    ("october oct oktober okt octobre octubre ottobre ott outubro out października října ekim október октября жовтня"),
    "november nov novembre noviembre novembro listopada listopadu kasım ноября листопада",
    (
        "december dec dezember dez décembre déc decembre diciembre dicembre dic dezembro desember des grudnia "
        "prosince aralık декабря грудня"
    ),
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
"""Month names as dates have them, in sixteen languages of Europe and in Indonesian, with usual short forms (CLDR
46)."""

ZONES = {
    "utc": "Z",
    "gmt": "Z",
    "z": "Z",
    "est": "-05:00",
    "edt": "-04:00",
    "pst": "-08:00",
    "pdt": "-07:00",
    "cet": "+01:00",
    "cest": "+02:00",
    "jst": "+09:00",
    "kst": "+09:00",
    "msk": "+03:00",
}
"""Abbreviations that name one offset in news from anywhere. IST, BST, CST and AST name several: they give none."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAYS = (
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday "
    "mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo "
    "понедельник вторник среда четверг пятница суббота воскресенье"
)
"""Day names in the same languages, with the usual short forms of English and German."""
_DAY_NAME = rf"(?:(?:{'|'.join(sorted(_DAYS.split(), key=len, reverse=True))})\b\.?,?\s+)?"
_DATE = (
    rf"{_DAY_NAME}(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\.?[\s-]+(?:of\s+|de\s+)?(?P<m1>{_MONTH})\.?,?[\s-]+(?:de\s+)?(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})"
    r"|(?P<d4>\d{1,2})\.\s?(?P<m4>\d{1,2})\.(?P<y4>\d{4})"
    r"|(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y5>\d{4})"
    r"|(?P<y6>\d{4})\s?[年년]\s?(?P<m6>\d{1,2})\s?[月월]\s?(?P<d6>\d{1,2})\s?[日일]"
    r")"
)
_TIME = (
    r"(?P<hour>\d{1,2})(?!\d)(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?(?:\s*(?P<half>[ap]\.?m\b\.?))?"
    r"(?:\s*(?:Uhr|hrs?|ET)\b)?(?:\s*\(?(?P<zone>[A-Z]{1,5}\b|Z|[+-]\d{2}(?::?\d{2})?)\)?)?"
)
_CLOCK = r"(?P<clock>(?:\d{1,2}[:.h]\d{2}|\d{1,2}\s*[ap]\.?m))"
_BEFORE = f"(?={_CLOCK}){_TIME}".replace("?P<", "?P<b_")
STAMP = re.compile(
    rf"(?<!\w)(?:{_BEFORE}\s*,?\s*(?:on\s+)?)?{_DATE}"
    rf"(?:(?:T|,?\s*(?:at|um|à|-|–|\||,)?\s*)(?={_CLOCK}){_TIME})?(?!\d)",
    re.IGNORECASE,
)
"""A date of one day with a clock time before or behind it, if any."""


_ISO = re.compile(
    r"\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?\s*"
)
_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d:?\d\d)?\s*")
_CTIME = re.compile(
    r"\s*[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d) "
    r"(?P<zone>[A-Z]{1,5} )?(?P<year>\d{4})\s*"
)
_EARLIEST = 1800


class Stamp(NamedTuple):
    """A parsed time: see ``article.Moment``; ``start`` and ``end`` are its place in what was parsed."""

    start: int
    end: int
    local: datetime
    precision: str
    zone: str | None


def parse_stamps(text: str) -> list[Stamp]:
    """Return the times in a short text, in order. A day that could be read in two ways is left out.

    >>> [(s.local.isoformat(), s.precision, s.zone) for s in parse_stamps("14 Jun 2019 06:37 PM | 2020-09-07T19:58Z")]
    [('2019-06-14T18:37:00', 'minute', None), ('2020-09-07T19:58:00', 'minute', 'Z')]
    >>> parse_stamps("02/03/2024"), parse_stamps("31 June 2019")
    ([], [])
    """
    return [stamp for match in STAMP.finditer(text) if (stamp := _stamp(match))]


def parse_stamp(value: str) -> Stamp | None:
    """Return the first time in the value of a property; None when it states none.

    Besides what articles write, values may be compact (20240503T1547) or as the C library prints them.

    >>> parse_stamp("2024-05-03T15:47:42.389+0200").zone, parse_stamp("Tue Jan 28 15:28:56 CET 2020").zone
    ('+02:00', '+01:00')
    """
    match = _ISO.fullmatch(value) or _COMPACT.fullmatch(value)
    if match:
        return _iso(match)
    ctime = _CTIME.fullmatch(value)
    if ctime:
        value = "{day} {month} {year} {clock} ".format(**ctime.groupdict()) + (ctime["zone"] or "")
    return next(iter(parse_stamps(value)), None)


def _iso(match: re.Match[str]) -> Stamp | None:
    year, month, day, hour, minute, second, zone = match.groups()
    local = _date(int(year), int(month), int(day))
    if local is None or local.year < _EARLIEST:
        return None
    if hour is None:
        return Stamp(*match.span(), local, "day", None)
    clock = _clock(int(hour), int(minute), int(second or 0), "")
    if clock is None:
        return None
    local = local.replace(hour=clock[0], minute=clock[1], second=clock[2])
    return Stamp(*match.span(), local, "second" if second else "minute", _offset(zone) if zone else None)


def _stamp(match: re.Match[str]) -> Stamp | None:
    found = match.groupdict()
    day = _day(found)
    if day is None:
        return None
    prefix = "" if found["hour"] else "b_"
    hour, minute, second = (found[prefix + name] for name in ("hour", "minute", "second"))
    if hour is None:
        return Stamp(*match.span(), day, "day", None)
    half = (found[prefix + "half"] or "").lower()[:1]
    clock = _clock(int(hour), int(minute or 0), int(second or 0), half)
    if clock is None:
        return None
    local = day.replace(hour=clock[0], minute=clock[1], second=clock[2])
    zone = found[prefix + "zone"]
    return Stamp(*match.span(), local, "second" if second else "minute", _offset(zone) if zone else None)


def _day(found: dict[str, str | None]) -> datetime | None:
    """Return midnight of the day; None when there is no such day, or it could be either of two."""
    for number in "12346":
        year, month, day = (found[key + number] for key in "ymd")
        if year and month and day:
            return _date(int(year), MONTHS.get(month.lower()) or int(month), int(day))
    first, second, year = (found[key] for key in ("a", "b", "y5"))
    if not (first and second and year):
        return None
    if int(first) > 12 or first == second:
        return _date(int(year), int(second), int(first))
    return _date(int(year), int(first), int(second)) if int(second) > 12 else None


def _date(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - the zone is kept apart, where one is known
    except ValueError:
        return None


def _clock(hour: int, minute: int, second: int, half: str) -> tuple[int, int, int] | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _offset(zone: str) -> str | None:
    if zone[0] in "+-":
        return zone if ":" in zone else f"{zone[:3]}:{zone[3:] or '00'}"
    return ZONES.get(zone.lower())
