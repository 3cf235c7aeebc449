"""What a number is a number of: the money, percent, unit or age that stands beside it.

Each function looks to the left or the right of a number and returns what it found with the span of the whole, or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from copydesk.extract.dates_words import UNIT_LETTERS, unit_of
from copydesk.extract.number_words import ABBREVIATED_SCALES, SCALES
from copydesk.extract.numerals import Numeral, find_numerals
from copydesk.extract.quantities_context import last_word
from copydesk.facts import QuantityKind


class Measured(NamedTuple):
    """A number with its unit: the kind, the unit's name, and the span and value of the whole."""

    kind: QuantityKind
    unit: str
    start: int
    end: int
    value: float


class Currencies(NamedTuple):
    """Signs before an amount (the longest first) and names after it, each with its ISO 4217 code."""

    signs: Mapping[str, str]
    names: Mapping[str, str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    ends: frozenset[str]
    """What a sign ends with, in lower case: one mark, or letters."""
    starts: frozenset[str]
    """The first letters of the names, up to three, in lower case, and marks."""

    def sign_before(self, text: str, end: int) -> re.Match[str] | None:
        """Return the sign that a text ends with; most texts are passed at a glance at their last letters."""
        window = text[max(0, end - _LOOK_BACK) : end]
        last = window.rstrip()
        if last[-1:].isalpha():
            tail = _LETTERS.search(last)
            return self.before.search(window) if tail and tail.group().lower() in self.ends else None
        return self.before.search(window) if last[-1:] in self.ends else None

    def name_after(self, text: str, start: int) -> re.Match[str] | None:
        """Return the name that follows an amount; most words are passed at a glance at their first letters."""
        at = start
        while at < start + 2 and (text[at : at + 1].isspace() or text[at : at + 1] == "-"):
            at += 1
        head = text[at : at + 3].lower()
        known = head in self.starts or head[:1] in self.starts or head[:2] in self.starts
        return self.after.match(text, start) if known else None


_PERCENT = re.compile(
    r"(?P<unit>\s?%|[\s-]{0,2}(?:per\s?cent|percent|percentage|pct\.?)(?![\w-]))(?P<points>[\s-]points?\b)?",
    re.IGNORECASE,
)
_PERCENT_OF = re.compile(r"\bper\s?cent\s+of\s+$", re.IGNORECASE)
_DEGREES = re.compile(
    r"\s?[-–]?(?:°|º|deg(?:rees?)?\b\.?)?\s?(?P<scale>celsius|centigrade|fahrenheit|[CFK])(?!\w|['’.]\w)"
    r"|\s?[-–]?(?P<degree>°|º|deg(?:rees?)?\b\.?)",
    re.IGNORECASE,
)
_SCALES: Mapping[str, str] = {"c": "celsius", "f": "fahrenheit", "k": "kelvin"}
_WARM = re.compile(
    r"\b(?:temperatures?|weather|outside|heat|heated|cold|warm|warmer|cool|cooler|hot|thermostat|forecast|freez\w+|below\s+zero|boil\w*)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"[\s-]{1,2}(?P<unit>years?|months?|weeks?|days?)(?:[\s-]{1,3}old\b|\s+of\s+age\b)|[\s-]{1,2}(?P<short>y/o)\b",
    re.IGNORECASE,
)
_AGED = re.compile(r"\b(?:aged|age)\s+(?:about\s+)?$", re.IGNORECASE)
_APPOSED_AGE = re.compile(r"[A-Z][\w.’'-]+,\s$")
_DURATION = re.compile(
    r"[\s-]{1,2}(?:(?:more|consecutive|straight|trading|working|business|full)\s+)?(?P<unit>seconds?|minutes?|hours?|days?"
    r"|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies))\b(?!-old)",
    re.IGNORECASE,
)
_WORD = r"[A-Za-zµμ°²³]+(?:/[A-Za-z]+)?[23²³]?(?![^\W_])"
_UNIT_WORDS = re.compile(rf"[\s-]{{0,2}}(?P<open>[(\[{{<])?(?P<words>{_WORD}(?:(?:\.\s|[\s-]){_WORD}){{0,3}})")
_PER_TIME = re.compile(
    r"(?:\s+per\s+|\s?/\s?)(?P<time>(?:milli|micro)?seconds?|ms|s|minutes?|min|hours?|h|days?)(?!\w)", re.IGNORECASE
)
_TIMES: Mapping[str, str] = {"ms": "millisecond", "s": "second", "min": "minute", "h": "hour"}
_IN_CODE = re.compile(r"[^\W_][-–]$")
_CLOSES: Mapping[str, str] = {"(": ")", "[": "]", "{": "}", "<": ">"}
_MAY_STAND_APART = frozenset({"m", "g", "l", "W", "V", "J", "mm", "cm", "dm", "km"})
_INCHES = re.compile(r"(?:\s+and)?\s+(\d{1,2}|[a-z]+)[\s-]?(inches|inch|in)\b", re.IGNORECASE)
_SCALE_AFTER = re.compile(r"\s(thousand|million|billion|trillion|bn|mn)\b", re.IGNORECASE)
_CENTS_AFTER = re.compile(r"\s+and\s+(\d{1,2}|[a-z-]+)\s+(?:cents?|pence)\b", re.IGNORECASE)
_POUNDS_OF_MONEY = re.compile(
    r"£|sterling|\b(?:pay|paid|costs?|price|fine[sd]?|worth|earn\w*|spen[dt]|bank|budget|fund\w*|salary|tax\w*|million|billion)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{1,16}\Z")
_CENTS = 100
_STRICT = ("a$", "s$", "r$")
_LOOK_BACK = 16
_LONGEST_SIGN = 3
_FEET_IN_INCHES = 12


@cache
def currencies() -> Currencies:
    """Return the currency table, read once."""
    signs: dict[str, str] = {"dollar": "USD", "usd": "USD", "eur": "EUR", "gbp": "GBP"}
    names: dict[str, str] = {"usd": "USD", "eur": "EUR", "gbp": "GBP"}
    codes: dict[str, str] = {}
    for code, its_signs, its_names in _rows("currencies.txt"):
        signs |= {sign.lower(): code for sign in its_signs.split()}
        names |= {name: code for name in its_names.split(";") if name} | {
            s: code for s in its_signs.split() if len(s) == 1
        }
        codes |= {form: code for form in (code, *its_signs.split()) if form.isupper() and form.isalpha()}
    # White space may stand within a sign ("hk $ 5"), but not in those that would be found in "a $5 fine"
    loose = "|".join(r"\s?".join(map(re.escape, s)) for s in _longest_first(signs) if s not in _STRICT)
    strict = "|".join(re.escape(s.upper()) for s in _STRICT)
    after = "|".join(r"\s+".join(map(re.escape, name.split())) for name in _longest_first(names))
    all_codes = "|".join(codes)
    return Currencies(
        signs | codes,
        names | codes,
        re.compile(rf"(?<![^\W_])(?P<sign>(?i:{loose})|{strict}|{all_codes})\s{{0,2}}$"),
        re.compile(rf"[\s-]{{0,2}}(?P<name>(?i:{after})|{all_codes})(?i:s)?(?![\w$])"),
        frozenset(end for sign in (*signs, *codes) for end in _ends(sign.lower())),
        frozenset(name.split()[0][:3].lower() for name in (*names, *codes)),
    )


def _ends(sign: str) -> list[str]:
    """Return what stands at the end of a sign: its last mark, or its last letters, of which a space may part some."""
    tail = _LETTERS.search(sign)
    return [tail.group()[at:] for at in range(len(tail.group()))] if tail else [sign[-1]]


def _longest_first(forms: Iterable[str]) -> list[str]:
    return sorted(forms, key=len, reverse=True)


@cache
def units() -> Mapping[str, tuple[str, str]]:
    """Return what each spelling of a unit measures, and the unit's name."""
    table: dict[str, tuple[str, str]] = {}
    for dimension, name, *others in _rows("units.txt"):
        for form in (name, *others):
            table[form] = (dimension, name)
            if (form == name or len(form) > _LONGEST_SIGN) and not form.endswith("s"):
                table[f"{form}s"] = (dimension, name)
        head, _, tail = name.partition(" per ")
        if tail:
            table[f"{head}s per {tail}"] = (dimension, name)
    return table


def _rows(name: str) -> list[list[str]]:
    text = files("copydesk").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("|") for line in text.splitlines() if line and not line.startswith("#")]


def read_money(text: str, number: Numeral) -> Measured | None:
    """Read an amount of money: "$5 million", "HK$ 10", "90 million Swedish kronor", "30 EUR million"."""
    table = currencies()
    left = max(0, number.start - _LOOK_BACK)
    if sign := table.sign_before(text, number.start):
        written = re.sub(r"\s", "", sign["sign"])
        code = table.signs.get(written) or table.signs[written.lower()]
        end, value = _tail(text, number.end, number.value)
        return Measured(QuantityKind.MONEY, code, left + sign.start(), end, value)
    name = table.name_after(text, number.end)
    if name is None or _is_no_money(text, name, number):
        return None
    end, value = _tail(text, name.end(), number.value)
    code = table.names.get(name["name"]) or table.names[_one_space(name["name"])]
    return Measured(QuantityKind.MONEY, code, number.start, end, value)


def _one_space(words: str) -> str:
    return " ".join(words.lower().split())


def _tail(text: str, end: int, value: float) -> tuple[int, float]:
    """Take a scale that stands after the currency ("30 EUR million") and cents ("2 dollars and 50 cents")."""
    if found := _SCALE_AFTER.match(text, end):
        scale = SCALES.get(found[1].lower()) or ABBREVIATED_SCALES[found[1].lower()]
        return found.end(), value * scale
    if found := _CENTS_AFTER.match(text, end):
        cents = next(find_numerals(found[1]), None)
        if cents and cents.value < _CENTS:
            return found.end(), value + cents.value / _CENTS
    return end, value


def _is_no_money(text: str, name: re.Match[str], number: Numeral) -> bool:
    """Tell whether "pounds" are a weight, and "won" and "mark" other words than money."""
    word, is_plural = name["name"].lower(), text[name.end() - 1] == "s"
    if word == "pound":
        return not _POUNDS_OF_MONEY.search(text, max(0, name.start() - 80), name.end() + 40)
    if word in {"mark", "crown"}:
        return not is_plural
    return word == "won" and number.value < _CENTS


def read_percent(text: str, number: Numeral) -> Measured | None:
    """Read "12 per cent", "5%", "2 percentage points"."""
    if found := _PERCENT.match(text, number.end):
        is_points = found["points"] is not None
        kind = QuantityKind.PERCENTAGE_POINTS if is_points else QuantityKind.PERCENT
        return Measured(kind, "percentage_point" if is_points else "percent", number.start, found.end(), number.value)
    is_led = last_word(text, number.start) == "of"
    before = _PERCENT_OF.search(text[max(0, number.start - _LOOK_BACK) : number.start]) if is_led else None
    if before and re.match(r"\s*(?:[.,;]|$)", text[number.end : number.end + 3]):
        start = number.start - len(before.group())
        return Measured(QuantityKind.PERCENT, "percent", start, number.end, number.value)
    return None


def read_temperature(text: str, number: Numeral) -> Measured | None:
    """Read "20 degrees Celsius", "98.6 F"; bare degrees are warmth only near words of weather, else an angle."""
    found = _DEGREES.match(text, number.end)
    if not found:
        return None
    if found["scale"]:
        written, lower = found["scale"], found["scale"].lower()
        gap = text[number.end : found.start("scale")]
        if len(written) == 1 and not re.search(r"°|º|deg", gap, re.IGNORECASE):
            return None
        return Measured(
            QuantityKind.TEMPERATURE,
            _SCALES["c" if lower[0] == "c" else lower[0]],
            number.start,
            found.end(),
            number.value,
        )
    around = text[max(0, number.start - 100) : found.end() + 60]
    is_warmth = _WARM.search(around) is not None
    kind = QuantityKind.TEMPERATURE if is_warmth else QuantityKind.DIMENSION
    return Measured(kind, "degree", number.start, found.end(), number.value)


def read_age(text: str, number: Numeral) -> Measured | None:
    """Read "five years old", "aged 12", "Jane Doe, 35, ..."."""
    if found := _AGE.match(text, number.end):
        unit = unit_of((found["unit"] or "year").lower())
        return Measured(QuantityKind.AGE, unit, number.start, found.end(), number.value)
    before, following = text[max(0, number.start - 40) : number.start], text[number.end : number.end + 1]
    is_whole = number.value == int(number.value) and 0 < number.value < 120
    is_led = last_word(text, number.start) in {"aged", "age", "about"} and _AGED.search(before)
    is_apposed = following == "," and number.style == "digits" and _APPOSED_AGE.search(before)
    if is_whole and (is_led or is_apposed):
        return Measured(QuantityKind.AGE, "year", number.start, number.end, number.value)
    return None


def read_duration(text: str, number: Numeral) -> Measured | None:
    """Read "three weeks", "10-year"."""
    found = _DURATION.match(text, number.end)
    if not found or unit_of(found["unit"].lower()) not in UNIT_LETTERS:
        return None
    return Measured(QuantityKind.DURATION, unit_of(found["unit"].lower()), number.start, found.end(), number.value)


def read_dimension(text: str, number: Numeral) -> Measured | None:
    """Read a length, a weight ...: "3-inch", "7 million barrels", "40 [kg]", "6 feet 4 inches", "90 km/h"."""
    found = _UNIT_WORDS.match(text, number.end)
    if not found or _IN_CODE.search(text[max(0, number.start - 3) : number.start]):
        return None
    named = _longest_unit(found["words"], text[number.end : found.start("words")], number)
    if named is None:
        return None
    spelling, dimension, name = named
    end = found.start("words") + len(spelling)
    if found["open"]:
        end += text[end : end + 1] == _CLOSES[found["open"]]
    if dimension == "length" and (per := _PER_TIME.match(text, end)):
        time = per["time"].lower()
        name, end = f"{name} per {_TIMES.get(time, time.removesuffix('s'))}", per.end()
    value = number.value
    if name == "foot" and (inches := _inches(text, end)):
        value, end = value + inches[0] / _FEET_IN_INCHES, inches[1]
    return Measured(QuantityKind.DIMENSION, name, number.start, end, value)


def _longest_unit(words: str, gap: str, number: Numeral) -> tuple[str, str, str] | None:
    table = units()
    pieces = [m.end() for m in re.finditer(r"[^\s/-]+(?=[\s/-]|$)", words)]
    for end in reversed(pieces):
        spelling = words[:end]
        key = re.sub(r"[\s-]+", " ", spelling)
        entry = table.get(key) if len(key) == 1 or key == "in" else table.get(key) or table.get(key.lower())
        if len(key) == 1 and entry is None:
            entry = table.get(key.lower()) if key in {"W", "V", "J"} else None
        if entry and _is_unit(key, gap, number):
            return spelling, *entry
    return None


def _is_unit(key: str, gap: str, number: Numeral) -> bool:
    """Tell whether a short sign is a unit: "in" is a word, and a letter apart from its number may be anything."""
    if key in {"in", "l", "j", "v", "w", "pa", "ha", "kn", "cal", "um", "mi"} or len(key) == 1:
        return number.style == "digits" and (gap == "" or key in _MAY_STAND_APART) and key != "in"
    return gap == "" or number.style != "digits" or not (gap == "-" and len(key) < 2)


def _inches(text: str, end: int) -> tuple[float, int] | None:
    found = _INCHES.match(text, end)
    number = next(find_numerals(found[1]), None) if found else None
    return (number.value, found.end()) if found and number and number.value < _FEET_IN_INCHES else None
