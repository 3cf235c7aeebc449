"""The words of English time expressions, each in one class, and texts as strings of classes.

``encode`` gives a text one character a token: the character of the token's class. A grammar over classes is then a set
of regular expressions over that short string, in which a match's offsets are token numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from copydesk.extract.number_words import ORDINALS, SCALES, TENS, UNITS
from copydesk.extract.tokens import Tokens

MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        """january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct
        november/nov december/dec""".split(),
        start=1,
    )
    for name in names.split("/")
}
WEEKDAYS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        """monday/mon tuesday/tue/tues wednesday/wed thursday/thu/thur/thurs friday/fri saturday/sat
        sunday/sun""".split(),
        start=1,
    )
    for name in names.split("/")
}
SEASONS: Mapping[str, str] = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAY_PARTS: Mapping[str, str] = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
DECADES: Mapping[str, int] = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
    "nineties": 9,
}
UNIT_LETTERS: Mapping[str, str] = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "night": "N",
    "weekend": "WE",
    "week": "W",
    "fortnight": "FN",
    "month": "M",
    "quarter": "Q",
    "season": "SE",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "millennium": "ML",
}
"""Units of time with their TIMEX3 letters (Timex3 of TempEval; a decade and a century are counted in years)."""

_PLURALS = {unit + "s": unit for unit in UNIT_LETTERS if unit not in {"century", "millennium", "night", "season"}} | {
    "centuries": "century",
    "millennia": "millennium",
    "nights": "night",
}
_SINGULARS = {unit: unit for unit in UNIT_LETTERS if unit not in {"second", "night", "season"}}
_SHORT_UNITS = {"yr": "year", "yrs": "year", "mins": "minute", "secs": "second", "hrs": "hour"}

_CLASSES: Mapping[str, str] = {
    "the": "the",
    "a": "a an",
    "this": "this",
    "that": "that",
    "these": "these those",
    "every": "each every",
    "last": "last",
    "past": "past",
    "previous": "previous preceding prior",
    "next": "next",
    "coming": "coming upcoming",
    "following": "following",
    "same": "same corresponding comparable",
    "current": "current",
    "latest": "latest",
    "recent": "recent",
    "early": "early mid late midway",
    "earlier": "earlier",
    "later": "later",
    "ago": "ago",
    "before": "before",
    "after": "after",
    "from": "from",
    "since": "since",
    "now": "now",
    "of": "of",
    "in": "in",
    "on": "on",
    "at": "at",
    "to": "to through until till",
    "and": "and",
    "or": "or",
    "between": "between",
    "by": "by",
    "beginning": "beginning start middle",
    "end": "end close",
    "half": "half",
    "fiscal": "fiscal financial",
    "full": "full entire whole",
    "first": "first",
    "several": "several many numerous",
    "few": "few",
    "some": "some",
    "couple": "couple",
    "about": "about nearly almost around roughly approximately under",
    "over": "over",
    "more": "more less no fewer",
    "than": "than",
    "up": "up",
    "least": "least most",
    "within": "within",
    "another": "another additional extra further",
    "s": "s",
    "for": "for",
    "during": "during",
    "other": "other",
    "final": "final opening",
    "day_name": "today yesterday tomorrow tonight",
    "noon": "noon midnight midday",
    "am": "am pm",
    "p": "p",
    "m": "m",
    "zone": "utc gmt est edt cst cdt mst mdt pst pdt cet cest bst ist jst kst msk eet eest aest et pt",
    "clock": "o",
    "oclock": "clock oclock",
    "t": "t z",
    "recently": "recently lately",
    "currently": "currently presently nowadays",
    "soon": "soon shortly",
    "present": "present",
    "moment": "moment",
    "right": "right",
    "future": "future",
    "near": "near foreseeable distant",
    "term": "term",
    "time": "time",
    "period": "period",
    "old": "old",
    "running": "trading business consecutive straight working calendar school",
    "daily": "daily weekly monthly quarterly yearly annually hourly nightly biweekly fortnightly",
    "overnight": "overnight",
    "eve": "eve",
    "long": "long",
    "ahead": "ahead",
    "so": "so",
    "hyphen": "- ‑ – —",
    "comma": ",",
    "dot": ".",
    "apostrophe": "' ’ ‘",
    "colon": ":",
    "slash": "/",
    "plus": "+",
    "quarter_letter": "q h",
    "left": "(",
    "open_bracket": "[",
    "close_bracket": "]",
}
_WORD_CLASS: dict[str, str] = {word: name for name, words in _CLASSES.items() for word in words.split()}
_WORD_CLASS |= dict.fromkeys((*UNITS, *TENS), "number_word") | dict.fromkeys((*SCALES, "hundred"), "scale_word")
_WORD_CLASS |= {word: "ordinal" for word in ORDINALS if word not in {"first", "second"}} | {"second": "second"}
_WORD_CLASS |= dict.fromkeys(_SINGULARS, "unit") | dict.fromkeys(_PLURALS, "units")
_WORD_CLASS |= dict.fromkeys(_SHORT_UNITS, "units") | dict.fromkeys(DAY_PARTS, "day_part")
_WORD_CLASS |= dict.fromkeys(DECADES, "decade_word") | {"mornings": "day_parts", "evenings": "day_parts"}
_WORD_CLASS |= {"afternoons": "day_parts", "summers": "seasons", "winters": "seasons"}
_WORD_CLASS |= dict.fromkeys(("summer", "winter", "autumn"), "season") | dict.fromkeys(("spring", "fall"), "spring")

_WORD_CLASS |= {f"{name}s": "weekdays" for name in WEEKDAYS if name.endswith("day")}

_ALWAYS_MONTH = frozenset(name for name in MONTHS if len(name) > 4) - {"march", "april", "august"}
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_YEARS = range(1000, 2200)
_DAYS = range(1, 32)
_NO_CLASS = "no_class"
_NAMES = sorted(
    {*_WORD_CLASS.values(), *"""month may weekday short_weekday day year number ending""".split(), _NO_CLASS}
)
CODES: Mapping[str, str] = {name: chr(ord("Ā") + at) for at, name in enumerate(_NAMES)}
"""The character of each class."""

_GROUPS: Mapping[str, Sequence[str]] = {
    "any_month": ("month", "may"),
    "digits": ("day", "year", "number"),
    "any_unit": ("unit", "units"),
    "nth": ("first", "second", "ordinal"),
    "any_season": ("season", "spring"),
    "spelled": ("number_word", "scale_word"),
}


def compile_grammar(pattern: str) -> re.Pattern[str]:
    """Return a regular expression over classes: ``{month} {dot}? {day}``; white space in it means nothing."""
    bare = re.sub(r"\s+", "", pattern)
    return re.compile(re.sub(r"\{([a-z_|]+)\}", lambda found: _char_class(found[1].split("|")), bare))


def _char_class(names: Sequence[str]) -> str:
    members = [CODES[member] for name in names for member in _GROUPS.get(name, (name,))]
    return members[0] if len(members) == 1 else f"[{''.join(members)}]"


def encode(tokens: Tokens) -> str:
    """Return one character a token.

    >>> encode(Tokens("On 3rd May 2021")) == "".join(CODES[name] for name in "on day ending may year".split())
    True
    """
    texts, codes, known, none = tokens.texts, _codes(), _known(), CODES[_NO_CLASS]
    code = [
        codes.get(text) or (CODES[_class_of(text)] if text[0].isdigit() or lower in known else none)
        for text, lower in zip(texts, tokens.lowers, strict=True)
    ]
    if not _ORDINAL_ENDINGS.isdisjoint(tokens.vocabulary):
        for at in range(1, len(texts)):
            is_close = tokens.ends[at - 1] == tokens.starts[at]
            if tokens.lowers[at] in _ORDINAL_ENDINGS and is_close and texts[at - 1][0].isdigit():
                code[at] = CODES["ending"]
    return "".join(code)


@cache
def _known() -> frozenset[str]:
    """Return the words that may have a class, in lower case."""
    return frozenset((*_WORD_CLASS, *MONTHS, *WEEKDAYS))


@cache
def _codes() -> Mapping[str, str]:
    """Return the characters of the words that have a class, as they are mostly written."""
    written = [spelled for word in _known() for spelled in (word, word.capitalize(), word.upper())]
    numbers = [str(number) for number in range(_YEARS.stop)]
    return {word: CODES[_class_of(word)] for word in (*written, *numbers)}


def _class_of(text: str) -> str:
    return _class_of_digits(text) if text[0].isdigit() else _class_of_word(text)


def _class_of_digits(text: str) -> str:
    if not text.isdecimal():
        return "number"
    if len(text) == 4 and int(text) in _YEARS:
        return "year"
    return "day" if len(text) <= 2 and int(text) in _DAYS else "number"


def _class_of_word(text: str) -> str:
    lower = text.lower()
    if lower in MONTHS and (lower in _ALWAYS_MONTH or text[0].isupper()):
        return "month" if lower in _ALWAYS_MONTH else "may"
    if lower in WEEKDAYS and (len(lower) > 5 or text[0].isupper()):
        return "weekday" if len(lower) > 5 else "short_weekday"
    if text in {"ET", "PT"} or lower not in {"et", "pt"}:
        return _WORD_CLASS.get(lower, _NO_CLASS)
    return _NO_CLASS


def unit_of(word: str) -> str:
    """Return the unit that a word names, in the singular ("centuries" -> "century")."""
    return _PLURALS.get(word) or _SHORT_UNITS.get(word) or word
