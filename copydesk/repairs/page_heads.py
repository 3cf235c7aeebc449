"""What a line looks like that stands on top or at the foot of a page: numbers, names, titles, dates, addresses."""

from __future__ import annotations

import re
from functools import cache

from copydesk.repairs.jump_lines import is_jump_line
from copydesk.repairs.page_words import SEPARATED, page_words
from copydesk.repairs.sentences import ends_in_open_word

MAX_LINE = 90
"""Characters of a running head."""
MAX_HEAD = 130
"""Characters of a line beside a page's number: a browser prints a whole title there."""
END_MARK = "-30-"
"""Of an American reporter's copy."""
MAX_NAME = 5
"""Words of a paper's name in small letters."""
MAX_DATED = 9
"""Words of a head with a date."""
EARLY = 14
"""Where the date stands in the line on top of a page that a browser prints: at its beginning, behind the weekday."""
SHORT_NAME = 8
"""Letters of a name in capitals alone, "AFP"."""
INNER_STOP = re.compile(r"[.!?][\"”’]? +[\"“‘]?[^\W\d_a-z]")
_DIGITS = re.compile(r"\d+")
ADDRESS = re.compile(
    r"(?:https?://|www\.|file:/)\S+\s+(?:(?:page|p\.?|seite)\s*)?\d{1,4}\s*(?:/|of|von|de|sur)\s*\d{1,4}", re.IGNORECASE
)
_LOW = re.compile(r"[a-zß-öø-ÿа-яё]")
STOP = re.compile(r"[.!?…;:,][\"'”’»)]*$")
_NUMBERED = re.compile(r"\d{1,4}(?=\s)|.*?\s(?=\d{1,4}$)")
_BARE = re.compile(r"(?:[^\W\d_]{1,8}\.? )?\d{1,4}")
_PLAIN = re.compile(r"[^:\t%$€£<>=]+$")
_MARKS = "-–—*•·#+"
_DATE = re.compile(r"\b(?:1[89]|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_SMALL = frozenset(
    "the of and for in on at a an de la le les du des der die und von van het el los y e di del da do & to by".split()
)
_PREPOSITIONS = frozenset(
    "of and for in on at to by from with since until de du und von van y e am im en di da au".split()
)


def may_be_head(words: str) -> bool:
    """Tell whether words with a number at one end may be a head; items, prices and lines to another page are none."""
    return (
        _NUMBERED.match(words) is not None
        and words[0] not in _MARKS
        and bool(_PLAIN.match(words))
        and not is_jump_line(words)
    )


def is_numbered(words: str) -> bool:
    """Tell whether words are a head with the page's number set apart at one end: "PA | 2 May 2019 | 46"."""
    parts = [part.strip() for part in re.split(r"[|·•‖¦]", words)]
    if len(parts) < 2 or len(words) > MAX_LINE:
        return False
    return any(_BARE.fullmatch(part) for part in (parts[0], parts[-1])) and not all(
        map(has_digit, parts[:1] + parts[-1:])
    )


def shape(words: str) -> str:
    """Return a line with its figures all alike, so that it is known again with another number."""
    return _DIGITS.sub("0", words).casefold()


def has_digit(words: str) -> bool:
    """Tell whether a figure stands in words."""
    return _DIGITS.search(words) is not None


def is_explicit(words: str) -> bool:
    """Tell whether a mark can be nothing else: dashes around a number, page so of so many, an address with pages."""
    return (_explicit().fullmatch(words) is not None and words != END_MARK) or ADDRESS.fullmatch(words) is not None


def is_head(words: str) -> bool:
    """Tell whether a line looks like a running head: names, a title in capitals, a date; no sentence."""
    tokens = words.split()
    if words.isupper() and not words.isdigit():
        return len(tokens) > 1 or len(words) < SHORT_NAME
    if (
        len(words) > MAX_HEAD
        or STOP.search(words)
        or words[0] in "\"“‘'«-–—•*("
        or ends_in_open_word(words, 0, len(words))
    ):
        return False
    capitals = sum(map(_is_capital, tokens))
    if _DATE.search(words) and 1 < len(tokens) <= MAX_DATED and not INNER_STOP.search(words):
        large = sum(not _LOW.match(token) for token in tokens)
        return large * 3 > len(tokens) and tokens[0] not in _PREPOSITIONS
    if SEPARATED.search(words) or words[-1] in "|·•":
        return len(tokens) <= 14 and capitals * 2 > len(tokens)
    return len(tokens) <= 9 and capitals == len(tokens) and not words.isdigit()


def is_dated_title(words: str) -> bool:
    """Tell whether a line is what browsers print on top of a page: a date, the title, the site."""
    date = _DATE.search(words)
    if not date or date.start() > EARLY or INNER_STOP.search(words):
        return False
    parts = SEPARATED.split(words)
    return len(parts) > 1 and len(parts[-1].split()) <= MAX_DATED // 2 and is_head(parts[-1])


def _is_capital(token: str) -> bool:
    return not _LOW.match(token) or token in _SMALL or token.startswith("www.")


@cache
def number_line() -> re.Pattern[str]:
    """Return the pattern of a line that is a page's number and nothing else."""
    page, of = page_words()
    number = rf"(?:{page})?\s?(?:\d{{1,4}}|[ivxlc]{{1,6}}(?<=[ivxlc]{{2}}))(?:\s?(?:{of})\s?\d{{1,4}})?"
    return re.compile(rf"(?:[-–—~\[(<|•·]\s?){{0,2}}{number}(?:\s?[-–—~\])>|•·]){{0,2}}", re.IGNORECASE)


@cache
def _explicit() -> re.Pattern[str]:
    page, of = page_words()
    dashed = r"[-–—~]\s?\d{1,4}\s?[-–—~]"
    paged = rf"[\[(]?(?:{page})\s?\d{{1,4}}\s?(?:{of})\s?\d{{1,4}}[\])]?"
    return re.compile(f"{dashed}|{paged}", re.IGNORECASE)
